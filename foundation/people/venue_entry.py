"""From a card and its judge's PIN to a session on a shared tablet: the only writer of `VenueSession`.

The session may do what the card is good for and nothing else (`foundation/web/access.py` keeps it there). It ends with
the day, with the card, with the PIN, and when the tablet is handed on. A judge who has no PIN yet, or a locked one,
chooses one here with the password or with the activation code that their union handed them.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import accounts, factors, sessions, venue_pins
from foundation.people.factor_tables import VenueCard, VenueSession
from foundation.people.tables import Account
from foundation.people.venue_cards import CardFacts, card_by_code, close_sessions, in_force, record
from foundation.store.conflicts import tried_again
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
    return []


async def enter(code: str, pin: str, now: datetime, zone: ZoneInfo) -> tuple[str, CardFacts]:
    """Open the card's session with the PIN; answers the cookie's token. Raises Refused, NotFound for an unknown card.

    A tablet that the card had opened before is closed: a judge is at one tablet at a time.
    """
    card, typed = await _good(code, now, zone), venue_pins.read(pin)
    if not typed:
        raise Refused(Problem("venue_pin_empty", "pin"))
    return await _open(card, await venue_pins.check(card.account_id, typed), now, zone), card


@tried_again
async def _open(card: CardFacts, checked: str, now: datetime, zone: ZoneInfo) -> str:
    async with transaction():
        await _lock(card)
        await venue_pins.take(card.account_id, checked)
        return await _opened(card, now, zone)


async def choose(  # noqa: PLR0917 - what a person types, and from where
    code: str, proof: str, pin: str, repeated: str, address: str, now: datetime, zone: ZoneInfo
) -> tuple[str, CardFacts]:
    """Choose the PIN at the tablet, and open the card's session with it; answers as `enter` does.

    `proof` is the account's password, or an activation code, which is used up. Attempts in vain count with those at
    the door. Raises Refused, NotFound for an unknown card.
    """
    card = await _good(code, now, zone)
    pin = venue_pins.read(pin)
    problems = venue_pins.problems_with(pin, venue_pins.read(repeated))
    if not proof.strip():
        problems.insert(0, Problem("venue_proof_empty", "proof"))
    if problems:
        raise Refused(*problems)
    by_code = await sessions.prove_at_venue(card.account_id, proof, address, now)
    roles = frozenset(role for hat in await sessions.hats_of(card.account_id) for role in hat.roles)
    if await factors.needed(card.account_id, roles) is not factors.Need.NONE:
        raise Refused(Problem("venue_pin_needs_factor"))
    return await _choose(card, proof if by_code else "", await venue_pins.hashed(pin), now, zone), card


@tried_again
async def _choose(card: CardFacts, code: str, sealed: str, now: datetime, zone: ZoneInfo) -> str:
    async with transaction():
        await _lock(card)
        if code:
            await accounts.use_up_activation(card.account_id, code)
        await venue_pins.put(card.account_id, sealed, "activation" if code else "password", now)
        return await _opened(card, now, zone)


async def _lock(card: CardFacts) -> None:
    """A card that is good until COMMIT. The person's row comes first, as whoever makes cards takes it."""
    await lock_row(Account, card.account_id)
    await lock_row(VenueCard, card.id)
    if not await in_force(VenueCard.id == card.id):
        raise Refused(Problem("venue_card_withdrawn"))


async def _good(code: str, now: datetime, zone: ZoneInfo) -> CardFacts:
    card = await card_by_code(code)
    if card is None:
        raise NotFound
    if problems := card_problems(card, now, zone):
        raise Refused(*problems)
    return card


async def _opened(card: CardFacts, now: datetime, zone: ZoneInfo) -> str:
    await close_sessions([card.id])
    token, session_id = await sessions.open_until(card.account_id, now, day_end(card.valid_on, zone), card.subject)
    await VenueSession(session=session_id, card=card.id).save()
    record(card.subject, "venue_card.entered", f"account:{card.account_id}", card.id, {"card": card.id})
    return token


def day_end(day: date, zone: ZoneInfo) -> datetime:
    """The moment at which this day is over in the registry's zone."""
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
