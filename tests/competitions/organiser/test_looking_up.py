"""Who seats judges and adds organisers finds whom they may know, and cannot try names or numbers one by one."""

import asyncio
from typing import Any

import pytest

from competitions import organisers, seats
from competitions.rules.panel import SeatDraft
from foundation.base.problem import Problem
from foundation.people import account_look_up, accounts, organisation_tree, organisations, throttle
from foundation.people.account_look_up import Finder
from foundation.people.organisations import Draft, Kind
from foundation.people.sessions import Hat, SignedIn
from tests.competitions.cast import NOW, frozen_contest, open_contest
from tests.competitions.organiser.test_contest_acts import refusal
from tests.competitions.organiser.test_organiser_pages import sentences
from tests.web import visitors

ELSEWHERE, NEAR, NOBODY_S = "13800138000", "13900139000", "13700137000"
SEAT = SeatDraft(("T1",))


async def finder_of_a_city() -> Finder:
    """How somebody at 景德镇 finds others: 远 and 散 are looked after by another city, 近 and 关 by a county below."""
    city = await organisations.create(1, Draft("景德镇市总工会", Kind.CITY), "cli", NOW)
    county = await organisations.create(city, Draft("浮梁县总工会", Kind.COUNTY), "cli", NOW)
    beside = await organisations.create(1, Draft("萍乡市总工会", Kind.CITY), "cli", NOW)
    for sign_in, name, roles, at, phone in (
        ("yuan", "远", ["organiser"], beside, ELSEWHERE),
        ("san", "散", [], beside, ""),
        ("jin", "近", ["organiser"], county, NEAR),
        ("closed", "关", ["organiser"], county, ""),
    ):
        await accounts.create_account(sign_in, name, roles, "cli", NOW, organisation_id=at, phone=phone)
    closed = await accounts.find("closed")
    assert closed is not None
    await accounts.set_active(closed.id, active=False, by="cli")
    place = await organisation_tree.by_id(city)
    assert place is not None
    hat = Hat(city, place.name, place.path, frozenset({"organiser"}))
    return account_look_up.finder(SignedIn(9, "梅", "", 0, hat, (hat,)), NOW, "sign_in")


@pytest.mark.parametrize("typed", [ELSEWHERE, NOBODY_S, "nobody", "closed", "138", "远"])
async def test_not_there_and_not_theirs_to_know_are_one_answer(database: Any, typed: str) -> None:
    story, finder = await frozen_contest(), await finder_of_a_city()
    contest, frame = story.contest.id, story.contest.competition.id
    about = {"sign_in": typed}
    seated = seats.seat_judges(contest, [typed], SEAT, story.organiser.id, finder)
    assert await refusal(seated) == [Problem("judge_unknown", "sign_in", about)]
    added = organisers.add(frame, typed, story.organiser.id, finder)
    assert await refusal(added) == [Problem("organiser_unknown", "sign_in", about)]


async def test_who_is_elsewhere_is_found_by_the_exact_name_and_who_is_near_by_number(database: Any) -> None:
    story, finder = await frozen_contest(), await finder_of_a_city()
    assert len(await seats.seat_judges(story.contest.id, ["YUAN", NEAR], SEAT, story.organiser.id, finder)) == 2
    # That somebody elsewhere is no organiser is told no more than that they are not there.
    added = organisers.add(story.contest.competition.id, "san", story.organiser.id, finder)
    assert [one.code for one in await refusal(added)] == ["organiser_unknown"]


async def test_only_look_ups_in_vain_are_used_up(database: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(throttle, "LOOK_UPS", 2)
    finder = await finder_of_a_city()
    for _ in range(5):
        assert await finder("jin") is not None
    assert [await finder("x"), await finder(ELSEWHERE)] == [None, None]
    paused = [Problem("look_ups_paused", "sign_in", {"minutes": "61"})]
    assert await refusal(finder("jin")) == paused
    monkeypatch.setattr(throttle, "LOOK_UPS_AT_ALL", 7)
    monkeypatch.setattr(throttle, "LOOK_UPS", 99)
    assert await refusal(finder("jin")) == paused


async def test_a_hundred_tries_at_once_are_no_more_than_one_after_the_other(database: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(throttle, "LOOK_UPS", 5)
    finder = await finder_of_a_city()
    answers = await asyncio.gather(*(finder(f"ghost{one}") for one in range(20)), return_exceptions=True)
    assert answers.count(None) == 5


async def test_both_pages_pause_with_a_sentence_and_keep_what_was_typed(database: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(throttle, "LOOK_UPS", 2)
    story = await open_contest()
    panel = f"/en/organise/contests/{story.contest.address}/panel"
    frame = f"/en/organise/competitions/{story.contest.competition.address}/organisers"
    paused = ["You looked for many accounts. Please wait"]
    async with visitors() as web:
        mei, guan = await web.signed_in("mei"), await web.signed_in("guan")
        page = await mei.post(panel, {"sign_in": "ghost\nghoul\nling", "aspects": ["T1"]})
        assert (page.status_code, [each[:41] for each in sentences(page)]) == (409, paused)
        assert "ghost\nghoul\nling" in page.text
        page = await mei.post(frame, {"sign_in": "sheng"})
        assert (page.status_code, [each[:41] for each in sentences(page)]) == (409, paused)
        assert (await guan.post(frame, {"sign_in": "sheng"})).status_code == 303


async def test_making_accounts_tells_only_so_often_who_is_there(database: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(throttle, "LOOK_UPS", 2)
    await open_contest()
    async with visitors() as web:
        guan = await web.signed_in("guan")
        answers = [await guan.post("/en/accounts", {"sign_in": "ling", "name": "玲"}) for _ in range(3)]
        assert ["There is already an account" in page.text for page in answers] == [True, True, False]
        assert "You looked for many accounts" in answers[2].text
        jun = await accounts.find("jun")
        assert jun is not None
        phone = await guan.post(f"/en/accounts/{jun.id}", {"act": "phone", "phone": NEAR})
        assert (phone.status_code, "You looked for many accounts" in phone.text) == (422, True)
