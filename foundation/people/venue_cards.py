"""Judges' cards at a venue: the only writer of `VenueCard`.

A card is one person's, for one subject (a contest; what that is, the caller knows) and one day in the registry's
zone. Its QR code carries 128 random bits of which only the hash is kept. It opens nothing alone: the judge's own PIN
(`venue_pins.py`) is known to nobody who makes, prints or hands out cards. Making a new card ends the earlier one, and
what it had opened.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from foundation.base import secrets
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import sessions
from foundation.people.factor_tables import VenueCard, VenueSession
from foundation.people.tables import Account
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row, lock_rows
from foundation.store.transactions import transaction


@dataclass(frozen=True, slots=True)
class Card:
    """A card as it is printed, once: `code` is kept nowhere."""

    id: int
    account_id: int
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class CardFacts:
    """A card as the office that made it sees it. `state`: good | withdrawn."""

    id: int
    account_id: int
    name: str
    subject: str
    opens: str
    valid_on: date
    state: str
    issued_at: datetime


@tried_again
async def issue(accounts: Mapping[int, str], subject: str, day: date, by: int, now: datetime) -> list[Card]:
    """Cards for these accounts (id -> the page that they open), in their order; earlier ones for that day end.

    Raises Refused for accounts that are closed or do not exist, and where nobody is named.
    """
    if not accounts:
        raise Refused(Problem("venue_card_nobody", "accounts"))
    cards: list[Card] = []
    async with transaction():
        await lock_rows(Account, accounts)  # of two who make cards for one person, the later one's is good
        rows = await Account.select(Account.id, Account.name, Account.active).where(Account.id.is_in(list(accounts)))
        known = {row["id"]: row for row in rows}
        if len(known) < len(accounts):
            raise NotFound
        closed = [row["name"] for row in rows if not row["active"]]
        if closed:
            raise Refused(*(Problem("venue_card_account_closed", "accounts", {"name": name}) for name in closed))
        await _end(
            await in_force(
                VenueCard.subject == subject, VenueCard.valid_on == day, VenueCard.account.is_in(list(known))
            ),
            by,
            now,
        )
        for account_id, opens in accounts.items():
            code = secrets.new_code()
            row = VenueCard(
                account=account_id,
                subject=subject,
                opens=opens,
                valid_on=day,
                code_hash=secrets.digest(code),
                withdrawn_at=None,
                issued_at=now.astimezone(UTC),
            )
            await row.save()
            cards.append(Card(row.id, account_id, known[account_id]["name"], code))
            payload = {"card": row.id, "account": account_id, "day": day.isoformat()}
            record(subject, "venue_card.issued", f"account:{by}", row.id, payload)
    return cards


@tried_again
async def withdraw(card_id: int, subject: str, by: int, now: datetime) -> None:
    """The card ends now, and with it the session it opened. Raises NotFound for a card of another subject."""
    async with transaction():
        await lock_row(VenueCard, card_id)
        cards = await in_force(VenueCard.id == card_id, VenueCard.subject == subject)
        if not cards:
            raise NotFound
        await _end(cards, by, now)


async def cards_of(subject: str, day: date) -> list[CardFacts]:
    """The newest card of each account for this subject and day, by name."""
    rows = await _facts(VenueCard.subject == subject, VenueCard.valid_on == day)
    newest = {card.account_id: card for card in rows}  # in the order of their ids
    return sorted(newest.values(), key=lambda card: (card.name, card.id))


async def card_by_code(code: str) -> CardFacts | None:
    """The card with this code, whatever its state."""
    rows = await _facts(VenueCard.code_hash == secrets.digest(secrets.read_code(code)))
    return rows[0] if rows else None


async def in_force(*conditions: Any) -> list[tuple[int, str]]:
    """(id, subject) of the cards under these conditions that were not withdrawn."""
    rows = await VenueCard.select(VenueCard.id, VenueCard.subject).where(*conditions, VenueCard.withdrawn_at.is_null())
    return [(row["id"], row["subject"]) for row in rows]


async def _end(cards: Sequence[tuple[int, str]], by: int, now: datetime) -> None:
    if not cards:
        return
    ids = [card_id for card_id, _ in cards]
    await VenueCard.update({VenueCard.withdrawn_at: now.astimezone(UTC)}).where(VenueCard.id.is_in(ids))
    await close_sessions(ids)
    for card_id, subject in cards:
        record(subject, "venue_card.withdrawn", f"account:{by}", card_id, {"card": card_id})


async def close_sessions(cards: Sequence[int]) -> None:
    """Inside the caller's transaction: end the sessions that these cards opened."""
    rows = await VenueSession.select(VenueSession.session).where(VenueSession.card.is_in(list(cards)))
    if rows:
        await sessions.close([row["session"] for row in rows])


async def close_all_of(account_id: int) -> None:
    """Inside the caller's transaction: end whatever any card of this person opened."""
    rows = await VenueCard.select(VenueCard.id).where(VenueCard.account == account_id)
    if rows:
        await close_sessions([row["id"] for row in rows])


async def _facts(*conditions: Any) -> list[CardFacts]:
    rows = (
        await VenueCard.select(*VenueCard.all_columns(), VenueCard.account.name.as_alias("name"))
        .where(*conditions)
        .order_by(VenueCard.id)
    )
    return [
        CardFacts(
            row["id"],
            row["account"],
            row["name"],
            row["subject"],
            row["opens"],
            row["valid_on"],
            "good" if row["withdrawn_at"] is None else "withdrawn",
            row["issued_at"],
        )
        for row in rows
    ]


def record(subject: str, act: str, actor: str, card_id: int, payload: Mapping[str, Any]) -> None:
    """Inside a transaction: an act on a card, in the ledger's stream of its subject."""
    ledger.record(stream=f"venue:{subject}", act=act, actor=actor, about=f"venue_card:{card_id}", payload=payload)
