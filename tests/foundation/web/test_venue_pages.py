"""Judges at a venue: the page behind a card, the PIN, and that a card opens its contest and nothing else at all."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from foundation.people import accounts, venue_cards, venue_pins
from foundation.people.organisation_tables import ROOT_ID
from foundation.people.tables import Grant
from foundation.people.venue_cards import Card
from tests.competitions.cast import Story, open_contest
from tests.web import Visitor, Web, visitors

ZONE = ZoneInfo("Asia/Shanghai")
PIN = "284917"
LEAVING = {"/hand-on", "/sign-out"}
PLACE = re.compile(r"\{([^}:]*):(\w+)\}")


async def card_of(story: Story, who: str = "ling", days: int = 0, roles: str = "judge") -> Card:
    """A card for one of the story's judges, made by its organiser."""
    now = datetime.now(UTC)
    day = now.astimezone(ZONE).date() + timedelta(days=days)
    address = story.contest.address
    opens = f"/{roles}/contests/{address}"
    await venue_pins.choose(story.judges[who].id, PIN, PIN, now)
    cards = await venue_cards.issue({story.judges[who].id: opens}, f"contest:{address}", day, story.organiser.id, now)
    return cards[0]


async def at_tablet(web: Web, card: Card) -> Visitor:
    """Somebody who entered the PIN, and whose forms carry the session's token."""
    visitor = web.visitor()
    inside = await visitor.post(f"/venue/{card.code}", {"pin": PIN})
    assert inside.status_code == 303
    page = await visitor.get(inside.headers["location"])
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found is not None, page.text
    visitor.csrf = found.group(1)
    return visitor


async def test_card_and_pin_open_the_judge_s_works(database):
    story = await open_contest()
    async with visitors() as web:
        card = await card_of(story)
        visitor = web.visitor()
        asked = await visitor.get(f"/en/venue/{card.code.lower()}")
        assert asked.status_code == 200
        assert (asked.headers["cache-control"], asked.headers["referrer-policy"], asked.headers["x-robots-tag"]) == (
            "no-store",
            "strict-origin",
            "noindex",
        )
        assert PIN not in asked.text
        wrong = await visitor.post(f"/venue/{card.code}", {"pin": "12"})
        assert (wrong.status_code, "set-cookie" in wrong.headers) == (422, False)
        inside = await visitor.post(f"/en/venue/{card.code}", {"pin": PIN})
        assert (inside.status_code, inside.headers["location"]) == (303, f"/en/judge/contests/{story.contest.address}")
        seconds = int(re.search(r"[Mm]ax-[Aa]ge=(\d+)", inside.headers["set-cookie"]).group(1))
        assert 0 < seconds <= 24 * 3600
        works = await visitor.get(inside.headers["location"])
        assert works.status_code == 200
        assert "Hand the tablet on" in works.text
        assert 'href="/en/desk"' not in works.text


async def test_a_mark_is_given_under_the_judge_s_own_account(database):
    story = await open_contest()
    async with visitors() as web:
        visitor = await at_tablet(web, await card_of(story))
        here = f"/judge/contests/{story.contest.address}/works/W1"
        sheet = await visitor.get(here)
        fields = dict(re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', sheet.text))
        saved = await visitor.post(here, {**fields, "mark-T1": "88"})
        assert saved.status_code == 303, saved.text
        assert 'value="88"' in (await visitor.get(here)).text


@pytest.mark.parametrize(("days", "words"), [(1, "does not open anything before"), (-1, "any more")])
async def test_a_card_of_another_day_asks_for_no_pin(database, days, words):
    story = await open_contest()
    async with visitors() as web:
        card = await card_of(story, days=days)
        page = await web.visitor().get(f"/en/venue/{card.code}")
        assert words in page.text
        assert 'name="pin"' not in page.text
        tried = await web.visitor().post(f"/en/venue/{card.code}", {"pin": PIN})
        assert (tried.status_code, "set-cookie" in tried.headers) == (422, False)
        assert words in tried.text


async def test_five_wrong_pins_lock_it_and_a_withdrawn_card_is_told(database):
    story = await open_contest()
    async with visitors() as web:
        card, now = await card_of(story), datetime.now(UTC)
        visitor = web.visitor()
        for _ in range(5):
            page = await visitor.post(f"/en/venue/{card.code}", {"pin": f"{(int(PIN) + 1) % 10**6:06}"})
            assert page.status_code == 422
        assert "locked after five wrong ones" in page.text
        assert 'name="proof"' in page.text
        assert (await visitor.post(f"/venue/{card.code}", {"pin": PIN})).status_code == 422
        await venue_cards.withdraw(card.id, f"contest:{story.contest.address}", story.organiser.id, now)
        assert "no longer valid" in (await visitor.get(f"/en/venue/{card.code}")).text


async def test_the_code_can_be_typed_from_the_card(database):
    story = await open_contest()
    async with visitors() as web:
        card, visitor = await card_of(story), web.visitor()
        assert (await visitor.get("/venue")).status_code == 200
        typed = await visitor.post("/venue", {"code": f" {card.code[:5]} {card.code[5:].lower()}"})
        assert (typed.status_code, typed.headers["location"]) == (303, f"/venue/{card.code}")
        for junk in ("", "x", "0" * 26, "甲" * 900):
            again = await visitor.post("/venue", {"code": junk})
            assert (again.status_code, junk in again.text) == (422, True)


async def test_an_unknown_code_is_nothing(database):
    async with visitors() as web:
        for code in ("x", "0" * 26, "%00", "%F0%9F"):
            assert (await web.visitor().get(f"/venue/{code}")).status_code in {400, 404}
            assert (await web.visitor().post(f"/venue/{code}", {"pin": "123456"})).status_code in {400, 404}


async def test_handing_the_tablet_on_ends_the_session(database):
    story = await open_contest()
    async with visitors() as web:
        visitor = await at_tablet(web, await card_of(story))
        before = dict(visitor.client.cookies)
        done = await visitor.post("/hand-on", {})
        assert (done.status_code, done.headers["location"]) == (303, "/venue")
        visitor.client.cookies.update(before)  # even a kept cookie opens nothing
        assert (await visitor.get(f"/judge/contests/{story.contest.address}")).status_code == 303


async def test_withdrawing_the_card_closes_the_tablet(database):
    story = await open_contest()
    async with visitors() as web:
        card = await card_of(story)
        visitor = await at_tablet(web, card)
        await venue_cards.withdraw(card.id, f"contest:{story.contest.address}", story.organiser.id, datetime.now(UTC))
        assert (await visitor.get(f"/judge/contests/{story.contest.address}")).status_code == 303


async def test_a_card_reaches_its_contest_and_nothing_else(database):
    """Every handler of the application, by a chief judge whose own account is an officer's as well."""
    story = await open_contest()
    async with visitors() as web:
        await Grant(
            account=story.judges["chen"].id, role="officer", organisation=ROOT_ID, granted_at=datetime.now(UTC)
        ).save()
        assert (await (await web.signed_in("chen")).get("/accounts")).status_code == 200
        card = await card_of(story, "chen", roles="chief")
        visitor = await at_tablet(web, card)
        mine, reached, refused = story.contest.address, [], []
        for route in web.app.routes:
            for handler in getattr(route, "route_handlers", []):
                if handler.opt.get("public") or "OPTIONS" in handler.http_methods:
                    continue
                for address in (mine, "2026-1-99"):
                    values = {"address": address, "work_number": "W1"}
                    path = PLACE.sub(lambda place: values.get(place[1], "1"), route.path)  # noqa: B023 - used at once
                    page = await (visitor.get(path) if "GET" in handler.http_methods else visitor.post(path, {}))
                    here = (handler.opt.get("venue"), path)
                    if path in LEAVING:
                        visitor = await at_tablet(web, card)
                    # Programs show a token instead.
                    elif page.status_code == (401 if handler.opt.get("scope") else 404):
                        refused.append(here)
                    else:
                        reached.append(here)
        assert all(f"/contests/{mine}" in path for _, path in reached)
        assert {opt for opt, _ in reached} == {"contest:{address}"}
        for path in ("/desk", "/accounts", "/me/second-factor", "/hats", "/judge/contests/2026-1-99"):
            assert path in {path for _, path in refused}, path
        assert f"/organise/contests/{mine}/panel" in {path for _, path in refused}


async def test_a_card_opens_no_other_contest_even_where_the_judge_has_a_seat(database):
    """The judge's own account opens both; the card opens the one it was made for."""
    story = await open_contest()
    async with visitors() as web:
        other = await web.signed_in("ling")
        assert (await other.get(f"/judge/contests/{story.contest.address}")).status_code == 200
        now = datetime.now(UTC)
        await venue_pins.choose(story.judges["ling"].id, PIN, PIN, now)
        (card,) = await venue_cards.issue(
            {story.judges["ling"].id: "/venue"}, "contest:2026-9-09", now.astimezone(ZONE).date(), 1, now
        )
        visitor = web.visitor()
        assert (await visitor.post(f"/venue/{card.code}", {"pin": PIN})).status_code == 303
        for path in (
            f"/judge/contests/{story.contest.address}",
            f"/judge/contests/{story.contest.address}/works/W1",
            f"/en/judge/contests/{story.contest.address}",
        ):
            assert (await visitor.get(path)).status_code == 404


async def test_the_own_page_takes_the_password_and_a_card_reaches_it_not(database):
    story = await open_contest()
    code = await accounts.new_activation(story.judges["ling"].id, "test")
    await accounts.activate("ling", code, "long enough to be one")
    fields = {"pin": "604182", "pin_repeated": "60 41 82", "password": "long enough to be one"}
    async with visitors() as web:
        ling = await web.signed_in("ling")
        assert "You have no PIN yet" in (await ling.get("/en/me/venue-pin")).text
        for wrong in ({"password": "wrong wrong wrong"}, {"pin": "111111"}, {"pin_repeated": "604183"}):
            page = await ling.post("/en/me/venue-pin", {**fields, **wrong})
            assert (page.status_code, "604182" in page.text) == (422, False)
        assert (await ling.post("/en/me/venue-pin", fields)).status_code == 303
        assert "You have a PIN" in (await ling.get("/en/me/venue-pin")).text
        visitor = await at_tablet(web, await card_of(story))
        assert (await visitor.get("/me/venue-pin")).status_code == 404


async def test_a_judge_with_a_slip_from_the_union_chooses_at_the_tablet_and_begins(database):
    story = await open_contest()
    code = await accounts.new_activation(story.judges["ling"].id, "test")
    async with visitors() as web:
        now = datetime.now(UTC)
        works = f"/judge/contests/{story.contest.address}"
        (card,) = await venue_cards.issue(
            {story.judges["ling"].id: works}, f"contest:{story.contest.address}", now.astimezone(ZONE).date(), 1, now
        )
        visitor = web.visitor()
        page = await visitor.get(f"/en/venue/{card.code}")
        assert ("You have no PIN yet" in page.text, 'name="proof"' in page.text) == (True, True)
        fields = {"proof": code, "pin": PIN, "pin_repeated": PIN}
        differ = await visitor.post(f"/en/venue/{card.code}/pin", {**fields, "pin_repeated": "604182"})
        assert (differ.status_code, "The two PINs are not the same" in differ.text) == (422, True)
        assert [one for one in fields.values() if one in differ.text] == []
        inside = await visitor.post(f"/venue/{card.code}/pin", fields)
        assert (inside.status_code, inside.headers["location"]) == (303, works)
        assert (await visitor.get(works)).status_code == 200
        assert (await web.visitor().post("/venue/unknown/pin", fields)).status_code == 404
