"""Judges' cards: bound to one person, subject and day; a PIN that cannot be guessed; sessions that end with them."""

import asyncio
import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import accounts, sessions, venue_cards, venue_entry, venue_pins
from foundation.people.factor_tables import VenueCard, VenuePin, VenueSession
from foundation.people.venue_cards import Card
from foundation.store import ledger

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 5, 12)
NOW = datetime(2026, 5, 12, 0, 30, tzinfo=UTC)  # 8:30 at the venue
SUBJECT = "contest:2026-1-03"
OPENS = "/judge/contests/2026-1-03"


PIN = "284917"


async def judge(sign_in: str = "ling", *roles: str) -> int:
    """Somebody who chose the PIN already."""
    account_id = (await accounts.create_account(sign_in, sign_in, roles, "test", NOW))[0]
    await venue_pins.choose(account_id, PIN, PIN, NOW)
    return account_id


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
    token, facts = await venue_entry.enter(card.code, PIN, NOW, ZONE)
    assert (facts.account_id, facts.subject, facts.opens, facts.state) == (ling, SUBJECT, OPENS, "good")
    user = await sessions.from_token(token, NOW)
    assert user is not None
    assert (user.account_id, user.only, user.hats, user.roles) == (ling, SUBJECT, (), frozenset())


async def test_what_is_kept_tells_neither_code_nor_pin(database):
    (card,) = await issued(await judge())
    await venue_entry.enter(card.code, PIN, NOW, ZONE)
    rows = [*await VenueCard.select(), *await VenueSession.select(), *await VenuePin.select()]
    kept = json.dumps(rows, default=str)
    streams = [f"venue:{SUBJECT}", f"account:{card.account_id}"]
    told = json.dumps([dict(entry.payload) for stream in streams for entry in await ledger.entries(stream)])
    assert card.code not in kept + told
    assert PIN not in told
    assert f'"{PIN}"' not in kept


async def test_the_session_is_over_with_the_day_in_the_registry_s_zone(database):
    (card,) = await issued(await judge())
    token, _ = await venue_entry.enter(card.code, PIN, NOW, ZONE)
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
        assert (await venue_entry.enter(card.code, PIN, at, ZONE))[0]
    else:
        assert await refused(venue_entry.enter(card.code, PIN, at, ZONE)) == [Problem(code, "", {"day": "2026-05-12"})]


async def test_five_wrong_pins_lock_it_for_every_card_until_another_is_chosen(database):
    """Whoever makes cards could otherwise make one after the other, and try five PINs with each."""
    ling = await judge()
    (card,) = await issued(ling)
    for left in (4, 3, 2, 1):
        assert await refused(venue_entry.enter(card.code, wrong(PIN), NOW, ZONE)) == [
            Problem("venue_pin_wrong", "pin", {"left": str(left)})
        ]
        (card,) = await issued(ling)
    for pin in (wrong(PIN), PIN):
        assert await refused(venue_entry.enter(card.code, pin, NOW, ZONE)) == [Problem("venue_pin_locked")]
    (card,) = await issued(ling)
    assert await refused(venue_entry.enter(card.code, PIN, NOW, ZONE)) == [Problem("venue_pin_locked")]
    assert await venue_pins.states([ling]) == {ling: "locked"}
    assert (await ledger.entries(f"account:{ling}"))[0].act == "venue_pin.locked"
    await venue_pins.choose(ling, "604182", "604182", NOW)
    await venue_entry.enter(card.code, "604182", NOW, ZONE)


async def test_a_right_pin_forgets_the_wrong_ones(database):
    (card,) = await issued(await judge())
    for _ in range(3):
        for _ in range(4):
            await refused(venue_entry.enter(card.code, wrong(PIN), NOW, ZONE))
        await venue_entry.enter(card.code, f" {PIN[:3]} {PIN[3:]} ", NOW, ZONE)


async def test_a_hundred_guesses_at_once_are_five(database):
    (card,) = await issued(await judge())
    guesses = [f"{number:06}" for number in range(40)]
    answers = await asyncio.gather(
        *(venue_entry.enter(card.code, guess, NOW, ZONE) for guess in guesses), return_exceptions=True
    )
    told = [answer.problems[0].code for answer in answers if isinstance(answer, Refused)]
    assert len(told) == len(guesses)
    assert told.count("venue_pin_wrong") == venue_pins.TRIES - 1


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
    first, _ = await venue_entry.enter(card.code, PIN, NOW, ZONE)
    second, _ = await venue_entry.enter(card.code.lower(), PIN, NOW, ZONE)
    assert await sessions.from_token(first, NOW) is None
    assert await sessions.from_token(second, NOW) is not None


async def test_withdrawing_a_card_ends_what_it_opened_and_leaves_others_alone(database):
    ling, jun = await judge(), await judge("jun")
    hers, his = await issued(ling, jun)
    tokens = [(await venue_entry.enter(card.code, PIN, NOW, ZONE))[0] for card in (hers, his)]
    own = await sessions.open_session(ling, NOW)
    with pytest.raises(NotFound):
        await venue_cards.withdraw(hers.id, "contest:2026-1-04", 9, NOW)
    await venue_cards.withdraw(hers.id, SUBJECT, 9, NOW)
    assert await sessions.from_token(tokens[0], NOW) is None
    assert await sessions.from_token(tokens[1], NOW) is not None
    assert await sessions.from_token(own, NOW) is not None
    assert await refused(venue_entry.enter(hers.code, PIN, NOW, ZONE)) == [Problem("venue_card_withdrawn")]
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
        await venue_entry.enter(card.code, PIN, NOW, ZONE)
    await venue_entry.enter(tomorrow.code, PIN, NOW + timedelta(days=1), ZONE)


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
    token, _ = await venue_entry.enter(card.code, PIN, NOW, ZONE)
    await accounts.set_active(ling, active=False, by="test")
    assert await sessions.from_token(token, NOW) is None
    assert await refused(issued(ling)) == [Problem("venue_card_account_closed", "accounts", {"name": "ling"})]


async def test_the_ledger_says_who_made_and_who_used_a_card(database):
    ling = await judge()
    (card,) = await issued(ling)
    await venue_entry.enter(card.code, PIN, NOW, ZONE)
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


async def activated(sign_in: str = "ling") -> tuple[int, str]:
    """Somebody without a PIN; answers the id and an activation code that is still good."""
    return await accounts.create_account(sign_in, sign_in, [], "test", NOW)


async def choose(card: Card, proof: str, pin: str = PIN, again: str = PIN) -> str:
    return (await venue_entry.choose(card.code, proof, pin, again, "10.0.0.1", NOW, ZONE))[0]


async def test_a_card_without_a_pin_opens_nothing_and_says_so(database):
    ling, _ = await activated()
    (card,) = await issued(ling)
    assert await refused(venue_entry.enter(card.code, PIN, NOW, ZONE)) == [Problem("venue_pin_none")]
    assert await venue_pins.states([ling, 99]) == {ling: "none", 99: "none"}


async def test_who_comes_with_paper_chooses_at_the_tablet_and_the_code_is_used_up(database):
    ling, code = await activated()
    (card,) = await issued(ling)
    token = await choose(card, f" {code[:5].lower()} {code[5:]} ")
    user = await sessions.from_token(token, NOW)
    assert user is not None
    assert (user.account_id, user.only) == (ling, SUBJECT)
    assert await refused(choose(card, code)) == [Problem("venue_proof_wrong", "proof")]
    with pytest.raises(Refused):
        await accounts.activate("ling", code, "long enough to be one")
    await venue_entry.enter(card.code, PIN, NOW, ZONE)
    payload = [dict(one.payload) for one in await ledger.entries(f"account:{ling}") if one.act == "venue_pin.chosen"]
    assert payload == [{"with": "activation"}]


async def test_the_password_lets_choose_another_and_closes_what_was_open(database):
    ling, code = await activated()
    await accounts.activate("ling", code, "long enough to be one")
    (card,) = await issued(ling)
    first = await choose(card, "long enough to be one")
    second = await choose(card, "long enough to be one", "604182", "604182")
    assert await sessions.from_token(first, NOW) is None
    assert await sessions.from_token(second, NOW) is not None
    assert [one.code for one in await refused(venue_entry.enter(card.code, PIN, NOW, ZONE))] == ["venue_pin_wrong"]


async def test_whoever_holds_the_card_alone_chooses_nothing(database):
    ling, code = await activated()
    (card,) = await issued(ling)
    other_code = (await activated("jun"))[1]
    for proof in ("wrong", card.code, other_code, "甲" * 500):
        assert await refused(choose(card, proof)) == [Problem("venue_proof_wrong", "proof")]
    assert await venue_pins.states([ling]) == {ling: "none"}
    answers = [await refused(choose(card, "guess")) for _ in range(8)]
    assert answers[-1][0].code == "sign_in_paused"
    assert await refused(choose(card, code)) == answers[-1]  # not even the right one, for a quarter of an hour


@pytest.mark.parametrize(
    ("proof", "pin", "again", "codes"),
    [
        ("", "", "", ["venue_proof_empty", "venue_pin_form"]),
        ("x", "12345", "12345", ["venue_pin_form"]),
        ("x", "1234567", "1234567", ["venue_pin_form"]),
        ("x", "000000", "000000", ["venue_pin_simple"]),
        ("x", "123456", "123456", ["venue_pin_simple"]),
        ("x", "987654", "987654", ["venue_pin_simple"]),
        ("x", "121212", "121212", ["venue_pin_simple"]),
        ("x", "314314", "314314", ["venue_pin_simple"]),
        ("x", PIN, "284918", ["venue_pins_differ"]),
    ],
)
async def test_pins_that_are_no_secret_are_refused(database, proof, pin, again, codes):
    ling, _ = await activated()
    (card,) = await issued(ling)
    assert [one.code for one in await refused(choose(card, proof, pin, again))] == codes


async def test_a_new_activation_code_ends_the_pin_and_a_withdrawn_card_lets_choose_none(database):
    ling = await judge()
    (card,) = await issued(ling)
    token, _ = await venue_entry.enter(card.code, PIN, NOW, ZONE)
    code = await accounts.new_activation(ling, "test")
    assert await sessions.from_token(token, NOW) is None
    assert await venue_pins.states([ling]) == {ling: "none"}
    await venue_cards.withdraw(card.id, SUBJECT, 9, NOW)
    assert await refused(choose(card, code)) == [Problem("venue_card_withdrawn")]


async def test_of_two_tablets_that_choose_with_one_code_one_gets_in(database):
    ling, code = await activated()
    (card,) = await issued(ling)
    outcomes = await asyncio.gather(choose(card, code), choose(card, code), return_exceptions=True)
    assert sorted(type(one) for one in outcomes if not isinstance(one, str)) == [Refused]
    assert len(await VenuePin.select()) == 1
