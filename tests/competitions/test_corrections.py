"""Acts of two people in contests: taking back a lock, and correcting published results as the next version."""

from datetime import timedelta

import pytest

from competitions import locks, organisers, publishing, reopening, showcase
from competitions.bench import bench_for
from competitions.contests import contest_by_address
from competitions.reopening import being_corrected
from competitions.rules.stages import Stage
from competitions.tables import CompetitionOrganiser, Entry, Publication, Reopening
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import accounts
from foundation.store import ledger
from foundation.store.ledger_verify import verify
from foundation.store.transactions import transaction
from foundation.work import two_person
from tests.competitions.cast import NOW, actor
from tests.competitions.publishing.told import locked_contest, published_contest
from tests.web import visitors

LATER = NOW + timedelta(hours=3)


async def refused(awaited) -> list[str]:
    with pytest.raises(Refused) as raised:
        await awaited
    return [problem.code for problem in raised.value.problems]


async def chief_of(told) -> int:
    found = await accounts.find("chen")
    return found.id


async def ask_unlock(told, work="W2", reason="误锁:记录员少录一处扣分"):
    chief = await chief_of(told)
    return await locks.ask_to_unlock(await bench_for(chief, told.contest.address, work), reason, chief, LATER)


async def locked(told) -> list[str]:
    rows = await Entry.select(Entry.work_number).where(Entry.locked_at.is_not_null()).order_by(Entry.work_number)
    return [row["work_number"] for row in rows]


async def test_a_lock_is_taken_back_by_two_people(database):
    told = await locked_contest()
    before, officer = await locked(told), await actor("guan", "官", "officer")
    act = await ask_unlock(told)
    assert await locked(told) == before
    await two_person.confirm(act, officer.id, LATER)
    assert await locked(told) == [work for work in before if work != "W2"]
    entry = (await ledger.entries(f"contest:{told.contest.id}", limit=1))[0]
    assert (entry.act, entry.actor, entry.payload["work"]) == ("entry.unlocked", officer.user.actor, "W2")
    assert await verify() == []


async def test_only_the_chief_judge_asks_and_never_twice(database):
    told = await locked_contest()
    await ask_unlock(told)
    assert await refused(ask_unlock(told)) == ["act_open_already"]
    judge = await accounts.find("ling")
    with pytest.raises(NotFound):
        await bench_for(judge.id, told.contest.address, "W2")


async def test_the_chief_judge_cannot_confirm_what_they_asked(database):
    told = await locked_contest()
    act = await ask_unlock(told)
    assert await refused(two_person.confirm(act, await chief_of(told), LATER)) == ["act_own"]
    assert "W2" in await locked(told)


async def test_a_lock_is_not_taken_back_after_publication(database):
    told = await locked_contest()
    officer = await actor("guan", "官", "officer")
    act = await ask_unlock(told)
    await publishing.publish(told.contest.id, told.organiser.id, LATER)
    assert await refused(two_person.confirm(act, officer.id, LATER)) == ["marking_over"]
    assert "W2" in await locked(told)


async def test_a_correction_is_the_next_version_and_the_first_one_stays(database):
    told = await published_contest(names_shown="all", awarded_places=3)
    contest, officer = told.contest, await actor("guan", "官", "officer")
    first = await Publication.select().order_by(Publication.id)
    act = await reopening.ask_to_reopen(contest, "W2 少录一处扣分", "复核第 3 页", told.organiser.id, LATER)
    assert (await contest_by_address(contest.address)).stage is Stage.PUBLISHED
    await two_person.confirm(act, officer.id, LATER)
    contest = await contest_by_address(contest.address)
    assert contest.stage is Stage.MARKING
    assert await being_corrected(contest.id) == "W2 少录一处扣分"
    assert (await showcase.results(contest)).publication.version == 1

    async with visitors() as web:
        page = await web.visitor().get(f"/contests/{contest.address}")
    assert "成绩正在更正" in page.text
    assert "W2 少录一处扣分" in page.text
    assert "复核第 3 页" not in page.text

    assert await publishing.publish(contest.id, told.organiser.id, LATER) == 2
    assert await being_corrected(contest.id) == ""
    both = await Publication.select().order_by(Publication.id)
    assert both[0] == first[0]
    assert [(row["version"], row["reason"]) for row in both] == [(1, ""), (2, "W2 少录一处扣分")]
    assert (await showcase.results(await contest_by_address(contest.address))).publication.version == 2
    async with visitors() as web:
        page = await web.visitor().get(f"/contests/{contest.address}")
    assert "更正后的成绩" in page.text
    assert "复核第 3 页" not in page.text
    assert await verify() == []


async def test_what_was_asked_of_an_older_version_corrects_nothing(database):
    told = await published_contest()
    officer = await actor("guan", "官", "officer")
    act = await reopening.ask_to_reopen(told.contest, "公开", "内部", told.organiser.id, LATER)
    await two_person.confirm(act, officer.id, LATER)
    assert await refused(two_person.confirm(act, officer.id, LATER)) == ["act_is_confirmed"]
    contest = await contest_by_address(told.contest.address)
    assert await refused(reopening.ask_to_reopen(contest, "公开", "内部", told.organiser.id, LATER)) == [
        "reopen_not_published"
    ]
    assert await Reopening.count() == 1


async def test_every_missing_reason_is_told_at_once_and_what_was_typed_is_kept(database):
    told = await published_contest()
    with pytest.raises(Refused) as raised:
        await reopening.ask_to_reopen(told.contest, " ", "x" * 1001, told.organiser.id, LATER)
    assert raised.value.problems == (
        Problem("reopen_public_reason_empty", "public_reason"),
        Problem("reopen_long", "reason", {"most": "1000"}),
    )
    async with visitors() as web:
        mei = await web.signed_in("mei")
        address = f"/organise/contests/{told.contest.address}/results"
        page = await mei.post(f"{address}/correction", {"public_reason": "W2 少录一处扣分", "reason": ""})
        assert page.status_code == 422
        assert "W2 少录一处扣分" in page.text
        done = await mei.post(f"{address}/correction", {"public_reason": "W2 少录一处扣分", "reason": "复核"})
        assert done.status_code == 303
        stranger = await web.signed_in("sheng", roles=["organiser"])
        assert (await stranger.post(f"{address}/correction", {"reason": "x"})).status_code == 404


async def test_the_chief_judge_asks_on_the_page(database):
    told = await locked_contest()
    async with visitors() as web:
        chen = await web.signed_in("chen")
        address = f"/chief/contests/{told.contest.address}/works/W2"
        assert (await chen.post(f"{address}/unlocking", {"reason": " "})).status_code == 422
        answer = await chen.post(f"{address}/unlocking", {"reason": "误锁"})
        assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, address)
        ling = await web.signed_in("ling")
        assert (await ling.post(f"{address}/unlocking", {"reason": "误锁"})).status_code == 404


async def test_a_successor_runs_what_the_one_before_ran_but_nothing_that_they_judge(database):
    told = await published_contest()
    frame = told.contest.competition
    successor = await actor("sheng", "生", "organiser")
    async with transaction():
        await organisers.hand_over(told.organiser.id, successor.id, frame.organisation_id, "account:9")
    rows = await CompetitionOrganiser.select(CompetitionOrganiser.account)
    assert [row["account"] for row in rows] == [successor.id]
    async with transaction():
        await organisers.hand_over(successor.id, (await accounts.find("ling")).id, frame.organisation_id, "account:9")
    rows = await CompetitionOrganiser.select(CompetitionOrganiser.account)
    assert [row["account"] for row in rows] == [successor.id]
