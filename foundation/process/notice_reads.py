"""Notices, read: for the public, and for the officers who keep them.

The public's loaders never select drafts, reviewers or who acted; objections are counted, never read.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from foundation.base.problem import NotFound
from foundation.people.permissions import Permission, permitted
from foundation.people.sessions import SignedIn
from foundation.process.notice_tables import Notice
from foundation.process.notice_waits import counts
from foundation.process.rules.notices import Stage, State, state, wording
from foundation.process.rules.objections import Count
from foundation.process.rules.shown import Shown, table_of

_ADDRESS = re.compile(r"[0-9]{4}-[1-9][0-9]{0,8}")
_PUBLIC = [Stage.OPEN.value, Stage.STOPPED.value]


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One line of a list."""

    id: int
    address: str
    organisation: str
    title: str
    label: str
    stage: Stage
    results: bool
    starts_on: date | None
    ends_at: datetime | None
    objections: Count

    def state(self, now: datetime) -> State | None:
        """Running, ended or stopped; None before it was opened."""
        return state(self.stage, self.ends_at, now)


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """An opened notice as anyone may see it."""

    id: int
    address: str
    organisation: str
    about: str
    label: str
    title: str
    text: str
    contact: str
    shown: Shown
    stage: Stage
    days: int
    starts_on: date
    first_day_counts: bool
    opened_at: datetime
    ends_at: datetime
    snapshot_hash: str
    stopped_at: datetime | None
    stop_reason: str
    replaces: str  # address of the stopped notice that this one takes the place of, or empty
    replaced_by: str  # the other way round
    objections: Count

    def state(self, now: datetime) -> State:
        """Running, ended or stopped."""
        return state(self.stage, self.ends_at, now) or State.STOPPED


@dataclass(frozen=True, slots=True)
class KeptNotice:
    """A notice as its officers see it, drafts included."""

    id: int
    address: str
    organisation_id: int
    organisation: str
    about: str
    label: str
    title: str
    text: str
    contact: str
    results: bool
    shown: Shown
    stage: Stage
    wording: str  # foundation.process.rules.notices.wording
    days: int
    end_time: str
    returned: str
    replaces: str  # address of the stopped one, or empty
    authors: frozenset[int]
    drafter: str
    drafted_at: datetime
    reviewer: str
    reviewed_at: datetime | None
    starts_on: date | None
    ends_at: datetime | None
    snapshot_hash: str
    opener: str
    opened_at: datetime | None
    stopped_at: datetime | None
    stop_reason: str
    objections: Count

    def state(self, now: datetime) -> State | None:
        """Running, ended or stopped; None before it was opened."""
        return state(self.stage, self.ends_at, now)


_LINE = (
    Notice.id, Notice.address, Notice.organisation.name.as_alias("organisation_name"), Notice.title, Notice.label,
    Notice.stage, Notice.results, Notice.starts_on, Notice.ends_at,
)  # fmt: skip
_NAMES = (
    Notice.organisation.name.as_alias("organisation_name"),
    Notice.drafted_by.name.as_alias("drafter"),
    Notice.reviewed_by.name.as_alias("reviewer"),
    Notice.opened_by.name.as_alias("opener"),
    Notice.replaces.address.as_alias("replaced_address"),
)
_OPENED = (
    Notice.id, Notice.address, Notice.organisation.name.as_alias("organisation_name"), Notice.about, Notice.label,
    Notice.title, Notice.text, Notice.contact, Notice.shown, Notice.stage, Notice.days, Notice.starts_on,
    Notice.first_day_counts, Notice.opened_at, Notice.ends_at, Notice.snapshot_hash, Notice.stopped_at,
    Notice.stop_reason, Notice.replaces.address.as_alias("replaces"),
)  # fmt: skip


async def public(address: str) -> PublicNotice:
    """The opened notice at this address. Raises NotFound for drafts and for nothing."""
    row = await Notice.select(*_OPENED).where(Notice.address == _checked(address), Notice.stage.is_in(_PUBLIC)).first()
    if row is None:
        raise NotFound
    newer = await Notice.select(Notice.address).where(Notice.replaces == row["id"], Notice.stage.is_in(_PUBLIC)).first()
    values = {
        **row,
        "organisation": row["organisation_name"],
        "shown": table_of(row["shown"]),
        "stage": Stage(row["stage"]),
        "replaces": row["replaces"] or "",
        "replaced_by": newer["address"] if newer else "",
        "objections": (await counts([row["id"]]))[row["id"]],
    }
    del values["organisation_name"]
    return PublicNotice(**values)


async def published(before: int | None, size: int) -> list[NoticeLine]:
    """The opened notices, the newest first, one more than `size`."""
    query = Notice.select(*_LINE).where(Notice.stage.is_in(_PUBLIC))
    if before:
        query = query.where(Notice.id < before)
    return await _lines(await query.order_by(Notice.id, ascending=False).limit(size + 1))


async def snapshot(address: str) -> str:
    """The canonical text whose sha256 the page shows. Raises NotFound."""
    row = (
        await Notice.select(Notice.snapshot)
        .where(Notice.address == _checked(address), Notice.stage.is_in(_PUBLIC))
        .first()
    )
    if row is None:
        raise NotFound
    return str(row["snapshot"])


async def kept(user: SignedIn, permission: Permission, address: str) -> KeptNotice:
    """The notice at this address if this person may do this with it. Raises NotFound for strangers."""
    query = Notice.select(*Notice.all_columns(), *_NAMES).where(Notice.address == _checked(address))
    rows = await permitted(query, permission, user)
    if not rows:
        raise NotFound
    row = rows[0]
    values = {name: row[name] for name in row if name in KeptNotice.__slots__} | {
        "organisation_id": row["organisation"],
        "organisation": row["organisation_name"],
        "shown": table_of(row["shown"]),
        "stage": Stage(row["stage"]),
        "wording": wording(row),
        "replaces": row["replaced_address"] or "",
        "authors": frozenset(int(one) for one in row["authors"].split(",") if one),
        "objections": (await counts([row["id"]]))[row["id"]],
    }
    return KeptNotice(**values | {name: row[name] or "" for name in ("drafter", "reviewer", "opener")})


async def may(user: SignedIn, permission: Permission, notice_id: int) -> bool:
    """Whether this person may do this with the notice."""
    return await permission.allows(user, Notice.id == notice_id)


async def keeping(user: SignedIn, permission: Permission, before: int | None, size: int) -> list[NoticeLine]:
    """The notices this person may do this with, the newest first, one more than `size`; discarded drafts left out."""
    query = Notice.select(*_LINE).where(Notice.stage != Stage.DISCARDED.value)
    if before:
        query = query.where(Notice.id < before)
    return await _lines(await permitted(query, permission, user).order_by(Notice.id, ascending=False).limit(size + 1))


def _checked(address: str) -> str:
    """What is no address is not asked for."""
    if not _ADDRESS.fullmatch(address):
        raise NotFound
    return address


async def _lines(rows: list[dict[str, Any]]) -> list[NoticeLine]:
    counted = await counts(row["id"] for row in rows)
    return [
        NoticeLine(
            **{name: value for name, value in row.items() if name not in ("organisation_name", "stage")},
            organisation=row["organisation_name"],
            stage=Stage(row["stage"]),
            objections=counted[row["id"]],
        )
        for row in rows
    ]
