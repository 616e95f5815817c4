"""Judges' cards: bound to one person, subject and day; a PIN that cannot be guessed; sessions that end with them."""

import asyncio
import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import accounts, sessions, venue_cards, venue_entry
from foundation.people.factor_tables import VenueCard, VenueSession
from foundation.people.venue_cards import Card
from foundation.store import ledger

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 5, 12)
NOW = datetime(2026, 5, 12, 0, 30, tzinfo=UTC)  # 8:30 at the venue
SUBJECT = "contest:2026-1-03"
OPENS = "/judge/contests/2026-1-03"


async def judge(sign_in: str = "ling", *roles: str) -> int:
    return (await accounts.create_account(sign_in, sign_in, roles, "test", NOW))[0]


async def issued(*people: int, subject: str = SUBJECT, day: date = DAY) -> list[Card]:
    return await venue_cards.issue(dict.fromkeys(people, OPENS), subject, day, 9, NOW)


async def refused(work) -> list[Problem]:
    with pytest.raises(Refused) as refusal:
        await work
    return list(refusal.value.problems)


def wrong(pin: str) -> str:
    return f"{(int(pin) + 1) % 10**6:06}"


async def test_a_card_opens_a_session_for_its_subject_and_nothing_else(database):
    ling = await judge("ling", "officer", "organiser")
    (card,) = await issued(ling)
    token, facts = await venue_entry.enter(card.code, card.pin, NOW, ZONE)
    assert (facts.account_id, facts.subject, facts.opens, facts.state) == (ling, SUBJECT, OPENS, "good")
    user = await sessions.from_token(token, NOW)
    assert user is not None
    assert (user.account_id, user.only, user.hats, user.roles) == (ling, SUBJECT, (), frozenset())


async def test_what_is_kept_tells_neither_code_nor_pin(database):
    (card,) = await issued(await judge())
    await venue_entry.enter(card.code, card.pin, NOW, ZONE)
    kept = json.dumps([*await VenueCard.select(), *await VenueSession.select()], default=str)
    told = json.dumps([dict(entry.payload) for entry in await ledger.entries(f"venue:{SUBJECT}")])
    assert card.code not in kept + told
    assert card.pin not in told
    assert f'"{card.pin}"' not in kept


async def test_the_session_is_over_with_the_day_in_the_registry_s_zone(database):
    (card,) = await issued(await judge())
    token, _ = await venue_entry.enter(card.code, card.pin, NOW, ZONE)
    midnight = datetime(2026, 5, 12, 16, 0, tzinfo=UTC)
    assert await sessions.from_token(token, midnight - timedelta(seconds=1)) is not None
    assert await sessions.from_token(token, midnight) is None


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (datetime(2026, 5, 11, 15, 59, tzinfo=UTC), "venue_card_early"),
        (datetime(2026, 5, 11, 16, 0, tzinfo=UTC), ""),
        (datetime(2026, 5, 12, 15, 59, tzinfo=UTC), ""),
        (datetime(2026, 5, 12, 16, 0, tzinfo=UTC), "venue_card_late"),
    ],
)
async def test_a_card_is_good_on_its_day_alone(database, at, code):
    (card,) = await issued(await judge())
    if not code:
        assert (await venue_entry.enter(card.code, card.pin, at, ZONE))[0]
    else:
        assert await refused(venue_entry.enter(card.code, card.pin, at, ZONE)) == [
            Problem(code, "", {"day": "2026-05-12"})
        ]


async def test_five_wrong_pins_lock_the_card_until_a_new_one_is_made(database):
    ling = await judge()
    (card,) = await issued(ling)
    for left in (4, 3, 2, 1):
        assert await refused(venue_entry.enter(card.code, wrong(card.pin), NOW, ZONE)) == [
            Problem("venue_pin_wrong", "pin", {"left": str(left)})
        ]
    assert await refused(venue_entry.enter(card.code, wrong(card.pin), NOW, ZONE)) == [Problem("venue_card_locked")]
    assert await refused(venue_entry.enter(card.code, card.pin, NOW, ZONE)) == [Problem("venue_card_locked")]
    assert [one.state for one in await venue_cards.cards_of(SUBJECT, DAY)] == ["locked"]
    assert (await ledger.entries(f"venue:{SUBJECT}"))[0].act == "venue_card.locked"
    (new,) = await issued(ling)
    assert await refused(venue_entry.enter(card.code, card.pin, NOW, ZONE)) == [Problem("venue_card_withdrawn")]
    await venue_entry.enter(new.code, new.pin, NOW, ZONE)
    assert [one.state for one in await venue_cards.cards_of(SUBJECT, DAY)] == ["good"]


async def test_a_right_pin_forgets_the_wrong_ones(database):
    (card,) = await issued(await judge())
    for _ in range(3):
        for _ in range(4):
            await refused(venue_entry.enter(card.code, wrong(card.pin), NOW, ZONE))
        await venue_entry.enter(card.code, f" {card.pin[:3]} {card.pin[3:]} ", NOW, ZONE)


async def test_a_hundred_guesses_at_once_are_five(database):
    (card,) = await issued(await judge())
    guesses = [f"{number:06}" for number in range(40) if f"{number:06}" != card.pin]
    answers = await asyncio.gather(
        *(venue_entry.enter(card.code, guess, NOW, ZONE) for guess in guesses), return_exceptions=True
    )
    told = [answer.problems[0].code for answer in answers if isinstance(answer, Refused)]
    assert len(told) == len(guesses)
    assert told.count("venue_pin_wrong") == venue_cards.TRIES - 1


@pytest.mark.parametrize("pin", ["", "   ", "abc", "-", "１２"])
async def test_junk_instead_of_a_pin_is_refused(database, pin):
    (card,) = await issued(await judge())
    (problem,) = await refused(venue_entry.enter(card.code, pin, NOW, ZONE))
    assert problem.code == ("venue_pin_wrong" if pin == "１２" else "venue_pin_empty")


async def test_an_unknown_card_is_nothing(database):
    await issued(await judge())
    for code in ("", "x", "0" * 26, "甲" * 500):
        with pytest.raises(NotFound):
            await venue_entry.enter(code, "123456", NOW, ZONE)


async def test_another_tablet_closes_the_first(database):
    (card,) = await issued(await judge())
    first, _ = await venue_entry.enter(card.code, card.pin, NOW, ZONE)
    second, _ = await venue_entry.enter(card.code.lower(), card.pin, NOW, ZONE)
    assert await sessions.from_token(first, NOW) is None
    assert await sessions.from_token(second, NOW) is not None


async def test_withdrawing_a_card_ends_what_it_opened_and_leaves_others_alone(database):
    ling, jun = await judge(), await judge("jun")
    hers, his = await issued(ling, jun)
    tokens = [(await venue_entry.enter(card.code, card.pin, NOW, ZONE))[0] for card in (hers, his)]
    own = await sessions.open_session(ling, NOW)
    with pytest.raises(NotFound):
        await venue_cards.withdraw(hers.id, "contest:2026-1-04", 9, NOW)
    await venue_cards.withdraw(hers.id, SUBJECT, 9, NOW)
    assert await sessions.from_token(tokens[0], NOW) is None
    assert await sessions.from_token(tokens[1], NOW) is not None
    assert await sessions.from_token(own, NOW) is not None
    assert await refused(venue_entry.enter(hers.code, hers.pin, NOW, ZONE)) == [Problem("venue_card_withdrawn")]
    with pytest.raises(NotFound):
        await venue_cards.withdraw(hers.id, SUBJECT, 9, NOW)
    assert [(card.name, card.state) for card in await venue_cards.cards_of(SUBJECT, DAY)] == [
        ("jun", "good"),
        ("ling", "withdrawn"),
    ]


async def test_cards_of_another_day_or_contest_stay_as_they_are(database):
    ling = await judge()
    (today,) = await issued(ling)
    (tomorrow,) = await issued(ling, day=DAY + timedelta(days=1))
    (other,) = await issued(ling, subject="contest:2026-1-04")
    for card in (today, other):
        await venue_entry.enter(card.code, card.pin, NOW, ZONE)
    await venue_entry.enter(tomorrow.code, tomorrow.pin, NOW + timedelta(days=1), ZONE)


async def test_of_two_who_make_cards_at_once_one_card_is_good(database):
    ling, jun = await judge(), await judge("jun")
    made = await asyncio.gather(issued(ling, jun), issued(jun, ling))
    good = await VenueCard.select(VenueCard.account).where(VenueCard.withdrawn_at.is_null())
    assert sorted(row["account"] for row in good) == [ling, jun]
    assert len({card.code for cards in made for card in cards}) == 4


async def test_cards_are_refused_for_nobody_and_for_closed_accounts(database):
    assert await refused(issued()) == [Problem("venue_card_nobody", "accounts")]
    ling = await judge()
    with pytest.raises(NotFound):
        await issued(ling, 404)
    (card,) = await issued(ling)
    token, _ = await venue_entry.enter(card.code, card.pin, NOW, ZONE)
    await accounts.set_active(ling, active=False, by="test")
    assert await sessions.from_token(token, NOW) is None
    assert await refused(issued(ling)) == [Problem("venue_card_account_closed", "accounts", {"name": "ling"})]


async def test_the_ledger_says_who_made_and_who_used_a_card(database):
    ling = await judge()
    (card,) = await issued(ling)
    await venue_entry.enter(card.code, card.pin, NOW, ZONE)
    await venue_cards.withdraw(card.id, SUBJECT, 9, NOW)
    entries = await ledger.entries(f"venue:{SUBJECT}")
    assert [(entry.act, entry.actor, entry.about, dict(entry.payload)) for entry in reversed(entries)] == [
        (
            "venue_card.issued",
            "account:9",
            "venue_card:1",
            {"card": 1, "account": ling, "day": "2026-05-12"},
        ),
        ("venue_card.entered", f"account:{ling}", "venue_card:1", {"card": 1}),
        ("venue_card.withdrawn", "account:9", "venue_card:1", {"card": 1}),
    ]
