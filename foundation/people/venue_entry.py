"""From a card and its PIN to a session on a shared tablet: the only writer of `VenueSession`.

The session may do what the card is good for and nothing else (`foundation/web/access.py` keeps it there). It ends with
the day, with the card, and when the tablet is handed on. Five wrong PINs lock the card until a new one is made.
"""

import hmac
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from foundation.base import secrets
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import sessions
from foundation.people.factor_tables import VenueCard, VenueSession
from foundation.people.venue_cards import TRIES, CardFacts, card_by_code, close_sessions, in_force, pin_hash, record
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction


def card_problems(card: CardFacts, now: datetime, zone: ZoneInfo) -> list[Problem]:
    """Why this card opens nothing now; nothing where it does."""
    today = now.astimezone(zone).date()
    if card.state == "withdrawn":
        return [Problem("venue_card_withdrawn")]
    if today != card.valid_on:
        code = "venue_card_early" if today < card.valid_on else "venue_card_late"
        return [Problem(code, "", {"day": card.valid_on.isoformat()})]
    return [Problem("venue_card_locked")] if card.state == "locked" else []


async def enter(code: str, pin: str, now: datetime, zone: ZoneInfo) -> tuple[str, CardFacts]:
    """Open the card's session with its PIN; answers the cookie's token. Raises Refused, NotFound for an unknown card.

    A tablet that the card had opened before is closed: a judge is at one tablet at a time.
    """
    card = await card_by_code(code)
    if card is None:
        raise NotFound
    typed = "".join(str(int(digit)) for digit in pin if digit.isdecimal())
    if problems := card_problems(card, now, zone):
        raise Refused(*problems)
    if not typed:
        raise Refused(Problem("venue_pin_empty", "pin"))
    failures, kept = await _count_attempt(card)
    if not hmac.compare_digest(pin_hash(secrets.read_code(code), typed), kept):
        await _was_wrong(card, TRIES - failures)
    token = ""
    async with transaction():
        await lock_row(VenueCard, card.id)
        if not await in_force(VenueCard.id == card.id):
            raise Refused(Problem("venue_card_withdrawn"))
        await VenueCard.update({VenueCard.failures: 0}).where(VenueCard.id == card.id)
        await close_sessions([card.id])
        token, session_id = await sessions.open_until(card.account_id, now, day_end(card.valid_on, zone), card.subject)
        await VenueSession(session=session_id, card=card.id).save()
        record(card.subject, "venue_card.entered", f"account:{card.account_id}", card.id, {"card": card.id})
    return token, card


def day_end(day: date, zone: ZoneInfo) -> datetime:
    """The moment at which this day is over in the registry's zone."""
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)


async def _count_attempt(card: CardFacts) -> tuple[int, str]:
    """Count before looking, so that a hundred guesses at once are five. Answers the count and the PIN's hash."""
    counted: Sequence[Mapping[str, Any]] = []
    async with transaction():
        counted = (
            await VenueCard.update({VenueCard.failures: VenueCard.failures + 1})
            .where(VenueCard.id == card.id, VenueCard.failures < TRIES)
            .returning(VenueCard.failures, VenueCard.pin_hash)
        )
        if not counted:
            raise Refused(Problem("venue_card_locked"))
    return counted[0]["failures"], counted[0]["pin_hash"]


async def _was_wrong(card: CardFacts, left: int) -> None:
    if left:
        raise Refused(Problem("venue_pin_wrong", "pin", {"left": str(left)}))
    async with transaction():
        record(card.subject, "venue_card.locked", f"account:{card.account_id}", card.id, {"card": card.id})
    raise Refused(Problem("venue_card_locked"))
