"""Judges' cards as the contest office makes them: for seats, for a day, shown once; and who may not."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any

import pytest

from competitions import venue
from competitions.panel import SeatFacts
from foundation.base.clock import today
from foundation.people import venue_cards, venue_pins
from tests.competitions.cast import Story, open_contest
from tests.web import visitors

PIN = "284917"


def cards_page(story: Story) -> str:
    return f"/en/organise/contests/{story.contest.address}/cards"


def codes_in(page: str) -> list[str]:
    return [re.sub(r"<[^>]*>", "", unescape(one)) for one in re.findall(r'<code class="code[^"]*">(.*?)</code>', page)]


async def test_cards_are_made_for_seats_and_open_the_contest(database: Any) -> None:
    story = await open_contest()
    for judge in story.judges.values():
        await venue_pins.choose(judge.id, PIN, PIN, datetime.now(UTC))
    async with visitors() as web:
        mei = await web.signed_in("mei")
        panel = await mei.get(f"/organise/contests/{story.contest.address}/panel")
        assert f'href="/organise/contests/{story.contest.address}/cards"' in panel.text
        page = await mei.get(cards_page(story))
        assert page.text.count('name="seats"') == page.text.count(" checked") == 4
        made = await mei.post(cards_page(story), {"day": today().isoformat(), "seats": ["1", "4"]})
        assert (made.status_code, made.headers["cache-control"]) == (200, "private, no-store")
        assert made.text.count("<svg role=") == 2
        assert "style=" not in made.text
        code, chief_code = codes_in(made.text)
        assert [len(code), len(chief_code)] == [26, 26]
        for one, opens in ((code, "judge"), (chief_code, "chief")):
            inside = await web.visitor().post(f"/venue/{one}", {"pin": PIN})
            assert inside.headers["location"] == f"/{opens}/contests/{story.contest.address}"
        again = await mei.get(cards_page(story))
        assert (again.text.count("the card is good"), again.text.count(" checked")) == (2, 2)
        assert code not in again.text
    facts = await venue_cards.cards_of(f"contest:{story.contest.address}", today())
    assert sorted((card.account_id, card.state) for card in facts) == [
        (story.judges["ling"].id, "good"),
        (story.judges["chen"].id, "good"),
    ]


async def test_a_good_card_is_replaced_only_knowingly(database: Any) -> None:
    story = await open_contest()
    async with visitors() as web:
        mei = await web.signed_in("mei")
        fields = {"day": today().isoformat(), "seats": "1"}
        (code,) = codes_in((await mei.post(cards_page(story), fields)).text)
        refused = await mei.post(cards_page(story), fields)
        assert (refused.status_code, "Confirm that it stops working" in refused.text) == (422, True)
        assert refused.text.count(" checked") == 1
        assert (await mei.post(cards_page(story), {**fields, "confirm": "yes"})).status_code == 200
        assert (await web.visitor().post(f"/venue/{code}", {"pin": PIN})).status_code == 422


async def test_a_card_is_withdrawn_once_and_only_by_its_own_contest_s_office(database: Any) -> None:
    story = await open_contest()
    async with visitors() as web:
        mei = await web.signed_in("mei")
        (code,) = codes_in((await mei.post(cards_page(story), {"day": today().isoformat(), "seats": "1"})).text)
        (card,) = await venue_cards.cards_of(f"contest:{story.contest.address}", today())
        stranger = await web.signed_in("sheng")
        assert (await stranger.post(f"{cards_page(story)}/{card.id}", {})).status_code == 404
        assert (await mei.post(f"{cards_page(story)}/999", {})).status_code == 404
        assert (await mei.post(f"{cards_page(story)}/99999999999", {})).status_code == 404
        assert (await mei.post(f"{cards_page(story)}/{card.id}", {"day": today().isoformat()})).status_code == 303
        assert (await web.visitor().post(f"/venue/{code}", {"pin": PIN})).status_code == 422
        assert (await mei.post(f"{cards_page(story)}/{card.id}", {})).status_code == 404


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"day": "2026-02-30", "seats": "1"}, "is no date"),
        ({"day": "", "seats": "1"}, "is no date"),
        ({"day": "2020-01-01", "seats": "1"}, "That day is over"),
        ({"seats": []}, "Choose at least one person"),
        ({"seats": ["1", "99"]}, "was taken away meanwhile"),
        ({"seats": ["x", "-1", "１", "99999999999"]}, "was taken away meanwhile"),
    ],
)
async def test_bad_input_is_refused_and_kept(database: Any, fields: dict[str, Any], said: str) -> None:
    story = await open_contest()
    async with visitors() as web:
        mei = await web.signed_in("mei")
        page = await mei.post(cards_page(story), {"day": today().isoformat(), **fields})
        assert (page.status_code, said in page.text) == (422, True)
        assert f'value="{fields.get("day", today().isoformat())}"' in page.text
    assert await venue_cards.cards_of(f"contest:{story.contest.address}", today()) == []


async def test_strangers_and_judges_find_no_cards(database: Any) -> None:
    story = await open_contest()
    async with visitors() as web:
        for who in ("sheng", "ling"):
            visitor = await web.signed_in(who)
            assert (await visitor.get(cards_page(story))).status_code == 404
            assert (await visitor.post(cards_page(story), {"seats": "1"})).status_code == 404


async def test_a_card_for_tomorrow_is_listed_under_tomorrow(database: Any) -> None:
    story = await open_contest()
    tomorrow = today() + timedelta(days=1)
    async with visitors() as web:
        mei = await web.signed_in("mei")
        typed = f"{tomorrow.year}年{tomorrow.month}月{tomorrow.day}日"
        assert (await mei.post(cards_page(story), {"day": typed, "seats": "2"})).status_code == 200
        shown = await mei.get(f"{cards_page(story)}?day={tomorrow}")
        assert shown.text.count("the card is good") == 1
        for junk in ("x", "2026-13-01", "%00", "9" * 300):
            assert (await mei.get(f"{cards_page(story)}?day={junk}")).status_code == 200


def test_days_are_read_as_people_type_them() -> None:
    right = date(2026, 10, 8)
    for typed in ("2026-10-08", " 2026-10-8 ", "2026/10/8", "2026.10.08", "2026年10月8日", "２０２６－１０－０８"):
        assert venue.read_day(typed) == right, typed
    for typed in ("", "2026", "2026-10", "2026-02-30", "10-08-2026", "0000-01-01", "2026-10-08T00:00", "٢٠٢٦-١٠-٠٨"):
        assert venue.read_day(typed) is None, typed


def test_the_first_page_is_what_the_seat_is_for() -> None:
    seat = SeatFacts(1, 1, 1, "ling", "玲", chief=True, aspects=("T1",), works=None)
    assert venue.first_page("2026-1-03", seat) == "/judge/contests/2026-1-03"
    bench = SeatFacts(1, 1, 1, "chen", "陈", chief=True, aspects=(), works=None)
    assert venue.first_page("2026-1-03", bench) == "/chief/contests/2026-1-03"


async def test_the_office_sees_who_has_no_pin_and_never_a_pin(database: Any) -> None:
    story = await open_contest()
    async with visitors() as web:
        mei = await web.signed_in("mei")
        before = await mei.get(cards_page(story))
        assert ("Judges who have no PIN yet: 4" in before.text, before.text.count("no PIN yet</span>")) == (True, 4)
        await venue_pins.choose(story.judges["ling"].id, PIN, PIN, datetime.now(UTC))
        made = await mei.post(cards_page(story), {"day": today().isoformat(), "seats": ["1"]})
        after = await mei.get(cards_page(story))
        assert "Judges who have no PIN yet: 3" in after.text
        assert PIN not in made.text + after.text
        (code,) = codes_in(made.text)
        tried = await mei.post(f"/en/venue/{code}/pin", {"proof": "x", "pin": "604182", "pin_repeated": "604182"})
        assert (tried.status_code, "neither your password" in tried.text) == (422, True)
