"""The newest of what the federation told everyone, and what it told about one thing: circulars, notices, announcements.

Selects what is public, and of that titles, dates and addresses only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from foundation.process import suspensions
from foundation.process.circular_tables import Announcement, Circular
from foundation.process.notice_tables import Notice
from foundation.process.rules import notices
from foundation.process.rules.publishing import Stage


@dataclass(frozen=True, slots=True)
class Told:
    """One line: `kind` is circular, notice or announcement."""

    kind: str
    title: str
    organisation: str
    address: str
    at: datetime


async def newest(limit: int = 3) -> Sequence[Told]:
    """What was issued or opened last and stands, whatever its kind, the newest first."""
    more = limit + len(await suspensions.load())  # a suspended address takes one line out
    found = [
        *await _documents("circular", Circular, more, Circular.public.eq(True)),
        *await _documents("announcement", Announcement, more),
        *await _notices(more),
    ]
    return await _newest_standing(found, limit)


async def about(reference: str, limit: int = 10) -> Sequence[Told]:
    """The circulars that open a thing ("contest:2026-1-03") and the notices about it, the newest first."""
    more = limit + len(await suspensions.load())
    found = [
        *await _documents("circular", Circular, more, Circular.public.eq(True), Circular.opens == reference),
        *await _notices(more, Notice.about == reference),
    ]
    return await _newest_standing(found, limit)


async def _newest_standing(found: Sequence[Told], limit: int) -> list[Told]:
    standing = await suspensions.standing(found, lambda told: told.address)
    return sorted(standing, key=lambda told: told.at, reverse=True)[:limit]


async def _documents(kind: str, table: Any, limit: int, *conditions: Any) -> list[Told]:
    rows = (
        await table.select(table.title, table.address, table.issued_at, table.organisation.name.as_alias("issuer"))
        .where(table.stage == Stage.ISSUED.value, table.issued_at.is_not_null(), *conditions)
        .order_by(table.issued_at, table.id, ascending=False)
        .limit(limit)
    )
    return [Told(kind, row["title"], row["issuer"], f"/{kind}s/{row['address']}", row["issued_at"]) for row in rows]


async def _notices(limit: int, *conditions: Any) -> list[Told]:
    rows = (
        await Notice.select(Notice.title, Notice.address, Notice.opened_at, Notice.organisation.name.as_alias("issuer"))
        .where(Notice.stage == notices.Stage.OPEN.value, Notice.opened_at.is_not_null(), *conditions)
        .order_by(Notice.opened_at, Notice.id, ascending=False)
        .limit(limit)
    )
    return [Told("notice", row["title"], row["issuer"], f"/notices/{row['address']}", row["opened_at"]) for row in rows]
