"""Judges' cards for a contest: who of the panel gets one, and what the card is good for.

Knows seats and addresses; the cards themselves and what they open are `foundation/people`. Of a judge's PIN it knows
whether there is one. A judge who holds a
card opens the pages of this one contest: `foundation/web/access.py` refuses everything else.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from competitions.contests import ContestFacts
from competitions.panel import SeatFacts, seats_of
from competitions.rules.stages import Stage
from foundation.base.problem import Problem, Refused
from foundation.people import venue_cards, venue_pins
from foundation.people.venue_cards import Card, CardFacts


@dataclass(frozen=True, slots=True)
class Holder:
    """A seat of the panel, its card of one day if it has one, and whether the judge has a PIN: none | good | locked."""

    seat: SeatFacts
    card: CardFacts | None
    pin: venue_pins.State


def subject_of(address: str) -> str:
    """What a card of this contest is good for; handlers open to it say `venue="contest:{address}"`."""
    return f"contest:{address}"


async def holders(contest: ContestFacts, day: date) -> list[Holder]:
    """Every seat in the order of the panel, with its newest card of this day."""
    cards = {card.account_id: card for card in await venue_cards.cards_of(subject_of(contest.address), day)}
    seats = await seats_of(contest.id)
    pins = await venue_pins.states([seat.account_id for seat in seats]) if seats else {}
    return [Holder(seat, cards.get(seat.account_id), pins[seat.account_id]) for seat in seats]


def read_day(typed: str) -> date | None:
    """`2026-10-18` as people type it; None for anything else."""
    match = re.fullmatch(
        r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?", unicodedata.normalize("NFKC", typed).strip()
    )
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


async def issue(
    contest: ContestFacts,
    positions: Collection[int],
    day: date,
    *,
    today: date,
    by: int,
    now: datetime,
    replacing: bool = False,
) -> list[tuple[SeatFacts, Card]]:
    """Cards for these seats, in the order of the panel. Raises Refused.

    Where a seat has a good card of that day it ends, if `replacing` says that this is known.
    """
    problems = []
    if contest.stage is Stage.PUBLISHED:
        problems.append(Problem("cards_published"))
    if day < today:
        problems.append(Problem("venue_card_of_past", "day"))
    seats = [seat for seat in await seats_of(contest.id) if seat.position in positions]
    if len(seats) < len(positions):
        problems.append(Problem("cards_seat_gone", "seats"))
    if not positions:
        problems.append(Problem("venue_card_nobody", "seats"))
    good = {one.seat.position for one in await holders(contest, day) if one.card and one.card.state == "good"}
    if not replacing and good & set(positions):
        problems.append(Problem("cards_replace", "confirm"))
    if problems:
        raise Refused(*problems)
    wanted = {seat.account_id: first_page(contest.address, seat) for seat in seats}
    cards = await venue_cards.issue(wanted, subject_of(contest.address), day, by, now)
    return list(zip(seats, cards, strict=True))


async def withdraw(contest: ContestFacts, card_id: int, by: int, now: datetime) -> None:
    """End a card of this contest and what it opened. Raises NotFound."""
    await venue_cards.withdraw(card_id, subject_of(contest.address), by, now)


def first_page(address: str, seat: SeatFacts) -> str:
    """What a judge comes for: the works to mark, or for a chief judge who marks nothing the bench."""
    return f"/{'judge' if seat.aspects else 'chief'}/contests/{quote(address)}"
