"""Searches that somebody keeps, each with a feed if they like: the only writer of `SavedSearch`.

A feed's address is 128 random bits, of which the hash is kept; whoever holds it reads what its owner may see at that
moment under the hat of the search, and nothing once the account is closed, the post is over or the address taken back.
The ledger's stream is `saved-search:<id>`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from foundation.base import secrets
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import organisation_moves, sessions
from foundation.people.sessions import SignedIn
from foundation.people.tables import Account
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from innovations.search_tables import SavedSearch

MOST = 30  # of one account under one hat
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Saved:
    """A search that somebody keeps."""

    id: int
    account: int
    organisation: int
    name: str
    query: str
    only: str
    feed_at: datetime | None
    made_at: datetime


@tried_again
async def save(user: SignedIn, name: str, query: str, only: str, now: datetime) -> int:
    """Keep a search under the worn hat; one that is kept already answers its id. Raises NotFound, Refused."""
    if user.hat is None:
        raise NotFound
    query = " ".join(query.split())
    name = name.strip() or query[:LONGEST_NAME]
    if problems := _problems(name, query):
        raise Refused(*problems)
    place = user.hat.organisation_id
    async with transaction():
        await lock_row(Account, user.account_id)  # so that two at once keep one
        rows = await SavedSearch.select().where(
            SavedSearch.account == user.account_id, SavedSearch.organisation == place
        )
        same = [row["id"] for row in rows if (row["query"], row["only"]) == (query, only)]
        if same:
            return int(same[0])
        if len(rows) >= MOST:
            raise Refused(Problem("saved_search_many", "name", {"most": str(MOST)}))
        row = SavedSearch(
            account=user.account_id, organisation=place, name=name, query=query, only=only, feed_hash="", made_at=now
        )
        await row.save()
        _record(row.id, "saved", user, {"organisation": place})
        return int(row.id)


async def listed(user: SignedIn) -> list[Saved]:
    """This person's own under the worn hat, the newest first."""
    if user.hat is None:
        return []
    rows = await (
        SavedSearch.select()
        .where(SavedSearch.account == user.account_id, SavedSearch.organisation == user.hat.organisation_id)
        .order_by(SavedSearch.id, ascending=False)
    )
    return [_saved(row) for row in rows]


@tried_again
async def open_feed(user: SignedIn, saved_id: int, now: datetime) -> str:
    """A new address for its feed, which ends the one before; answers its code, which nobody can read again."""
    code = secrets.new_code()
    async with transaction():
        await _own(user, saved_id)
        values: dict[Any, Any] = {SavedSearch.feed_hash: secrets.digest(code), SavedSearch.feed_at: now}
        await SavedSearch.update(values).where(SavedSearch.id == saved_id)
        _record(saved_id, "feed_opened", user, {})
    return code


@tried_again
async def close_feed(user: SignedIn, saved_id: int) -> None:
    """Its feed's address answers nothing any more. Raises NotFound."""
    async with transaction():
        await _own(user, saved_id)
        values: dict[Any, Any] = {SavedSearch.feed_hash: "", SavedSearch.feed_at: None}
        await SavedSearch.update(values).where(SavedSearch.id == saved_id)
        _record(saved_id, "feed_closed", user, {})


@tried_again
async def remove(user: SignedIn, saved_id: int) -> None:
    """Keep it no longer; its feed ends. Raises NotFound."""
    async with transaction():
        await _own(user, saved_id)
        await SavedSearch.delete().where(SavedSearch.id == saved_id)
        _record(saved_id, "removed", user, {})


async def by_feed(code: str) -> tuple[Saved, SignedIn]:
    """The search behind a feed's address, and who its owner is at this moment. Raises NotFound."""
    typed = secrets.read_code(code[:80])
    row = await SavedSearch.select().where(SavedSearch.feed_hash == secrets.digest(typed)).first()
    owner = await sessions.standing_in(row["account"], row["organisation"]) if row is not None else None
    if row is None or owner is None:
        raise NotFound
    return _saved(row), owner


async def _own(user: SignedIn, saved_id: int) -> None:
    if not await lock_row(SavedSearch, saved_id):
        raise NotFound
    if not await SavedSearch.exists().where(SavedSearch.id == saved_id, SavedSearch.account == user.account_id):
        raise NotFound


def _problems(name: str, query: str) -> list[Problem]:
    problems = [] if query else [Problem("saved_search_empty", "q")]
    if len(name) > LONGEST_NAME:
        problems.append(Problem("saved_search_name_long", "name", {"most": str(LONGEST_NAME)}))
    return problems


def _saved(row: Mapping[str, Any]) -> Saved:
    return Saved(**{name: row[name] for name in Saved.__dataclass_fields__})


def _record(saved_id: int, act: str, user: SignedIn, payload: Mapping[str, Any]) -> None:
    ledger.record(stream=f"saved-search:{saved_id}", act=f"saved_search.{act}", actor=user.actor, payload=payload)


async def _follow_organisation(from_id: int, into_id: int) -> None:
    await SavedSearch.update({SavedSearch.organisation: into_id}).where(SavedSearch.organisation == from_id)


organisation_moves.on_merge(_follow_organisation)
