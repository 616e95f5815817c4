"""The made-up reviews: the federation's is decided, a city's is being marked and its reviewer has something to do."""

from collections import Counter

from craftsmen.honour_tables import Honour
from foundation.people import accounts
from ganpo.demo.cast import REVIEWER
from innovations import review_chair
from innovations.review_tables import ReviewEntry, ReviewRound, ReviewTask
from tests.demonstration import Demonstration


async def test_one_is_decided_and_one_is_marked(province: Demonstration) -> None:
    rows = await ReviewRound.select(ReviewRound.id, ReviewRound.level, ReviewRound.stage).order_by(ReviewRound.id)
    assert [(row["level"], row["stage"]) for row in rows] == [("province", "decided"), ("city", "marking")]
    awards = await ReviewEntry.select(ReviewEntry.award, ReviewEntry.stage).where(ReviewEntry.round == rows[0]["id"])
    assert Counter(row["award"] for row in awards) == {"award1": 1, "award2": 2, "award3": 2, "": 1}
    locked = await review_chair.locked_of(rows[0]["id"])
    assert locked is not None
    assert [one.reviews for one in locked.lines] == [3] * 6
    honours = await Honour.select(Honour.worker, Honour.document).where(Honour.source.like("review:%"))
    assert len(honours) == len({row["worker"] for row in honours}) == 3
    assert {row["document"] for row in honours} == {"演工发〔2026〕28号"}


async def test_the_account_for_reviewing_has_tasks_at_every_point(province: Demonstration) -> None:
    account = await accounts.find(REVIEWER.sign_in)
    assert account is not None
    tasks = await ReviewTask.select(ReviewTask.handed_in_at).where(ReviewTask.seat.account == account.id)
    assert len(tasks) >= 2
    assert {row["handed_in_at"] is None for row in tasks} == {True, False}
