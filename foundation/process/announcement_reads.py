"""Announcements as frozen values: for the public what was issued, for those who write them the drafts too.

Selects and writes nothing; a draft is never selected for the public.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from piccolo.columns.combination import And

from foundation.base.problem import NotFound
from foundation.people.permissions import Permission, permitted
from foundation.people.sessions import SignedIn
from foundation.process.circular_tables import Announcement
from foundation.process.may import SEE_ANNOUNCEMENTS
from foundation.process.rules.publishing import OUT, Stage

PAGE = 30


@dataclass(frozen=True, slots=True)
class AnnouncementFacts:
    """An announcement."""

    id: int
    organisation_id: int
    organisation: str
    organisation_path: str
    number: str
    address: str
    title: str
    text: str
    stage: Stage
    revision: int
    drafted_by: int
    authors: frozenset[int]
    created_at: datetime
    handed_in_at: datetime | None
    reviewed_by: int | None
    signed_by: int | None
    issued_at: datetime | None
    text_hash: str
    corrects: int | None
    corrects_number: str
    corrects_address: str
    withdrawn_at: datetime | None
    withdrawn_reason: str

    @property
    def subject(self) -> str:
        return f"announcement:{self.id}"

    @property
    def public(self) -> bool:
        return True

    @property
    def corrects_public(self) -> bool:
        return True


async def public_announcement(address: str) -> AnnouncementFacts:
    """What everyone may read at this address. Raises NotFound."""
    return await _one(_query().where(Announcement.address == address, _out()))


async def public_page(before: tuple[datetime, int] | None, limit: int) -> list[AnnouncementFacts]:
    """`limit` announcements, the newest first, below the cursor (issued at, id)."""
    query = _query().where(_out())
    if before is not None:
        at, row_id = before
        query = query.where((Announcement.issued_at < at) | And(Announcement.issued_at == at, Announcement.id < row_id))
    rows = await query.order_by(Announcement.issued_at, Announcement.id, ascending=False).limit(limit)
    return [_facts(row) for row in rows]


async def for_desk(
    user: SignedIn, announcement_id: int, permission: Permission = SEE_ANNOUNCEMENTS
) -> AnnouncementFacts:
    """An announcement, draft or not, for those who may do this with it. Raises NotFound."""
    return await _one(permitted(_query().where(Announcement.id == announcement_id), permission, user))


async def desk_page(user: SignedIn, stages: Sequence[str], before: int | None, limit: int) -> list[AnnouncementFacts]:
    """`limit` announcements that this person may see, the newest first."""
    query = permitted(_query(), SEE_ANNOUNCEMENTS, user).where(Announcement.stage.is_in(list(stages)))
    if before is not None:
        query = query.where(Announcement.id < before)
    return [_facts(row) for row in await query.order_by(Announcement.id, ascending=False).limit(limit)]


async def corrections_of(announcement_id: int) -> list[AnnouncementFacts]:
    """The issued announcements that correct this one, the first first."""
    query = _query().where(Announcement.corrects == announcement_id, _out())
    return [_facts(row) for row in await query.order_by(Announcement.id)]


def _out() -> Any:
    return And(Announcement.number_key.is_not_null(), Announcement.stage.is_in([stage.value for stage in OUT]))


def _query() -> Any:
    return Announcement.select(
        *Announcement.all_columns(),
        Announcement.organisation.name.as_alias("organisation_name"),
        Announcement.organisation.path.as_alias("organisation_path"),
        Announcement.corrects.number.as_alias("corrects_number"),
        Announcement.corrects.address.as_alias("corrects_address"),
    )


async def _one(query: Any) -> AnnouncementFacts:
    row = await query.first()
    if row is None:
        raise NotFound
    return _facts(row)


def _facts(row: Mapping[str, Any]) -> AnnouncementFacts:
    special = {
        "organisation_id": row["organisation"],
        "organisation": row["organisation_name"],
        "address": row["address"] or "",
        "stage": Stage(row["stage"]),
        "authors": frozenset(int(part) for part in row["authors"].split(",") if part),
        "corrects_number": row["corrects_number"] or "",
        "corrects_address": row["corrects_address"] or "",
    }
    plain = {name: row[name] for name in AnnouncementFacts.__dataclass_fields__ if name not in special}
    return AnnouncementFacts(**plain, **special)
