"""What is stored of marks, as others read it: every revision of a judge, and the newest marks of a contest.

Reads `Mark`, with work numbers and the positions of seats; who a contestant is, is never selected.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from competitions.rules.details import Detail, read_detail
from competitions.rules.progress import standing_value
from competitions.rules.revisions import Revision
from competitions.tables import Mark, SchemeVersion
from foundation.base.problem import NotFound
from foundation.tabulation.marks import Mark as Row
from foundation.tabulation.scheme import Scheme, read_scheme

MOST_PARSED = 256
_parsed: dict[str, Scheme] = {}  # by hash, so that it never goes stale


@dataclass(frozen=True, slots=True)
class GivenMark:
    """The newest mark of one judge for one aspect.

    `row` is what tabulation reads: the entry is its work number, the judge J1, J2 … by the seat's position.
    """

    id: int
    entry_id: int
    row: Row
    detail: Detail


async def newest_scheme(contest: int, known_hash: str = "") -> Scheme:
    """The newest frozen scheme; raises NotFound where none is frozen.

    Who knows the hash of the newest is answered without a query once this process has read that scheme.
    """
    if known_hash in _parsed:
        return _parsed[known_hash]
    row = (
        await SchemeVersion.select(SchemeVersion.scheme, SchemeVersion.scheme_hash)
        .where(SchemeVersion.contest == contest)
        .order_by(SchemeVersion.version, ascending=False)
        .first()
    )
    if row is None:
        raise NotFound
    scheme, problems = read_scheme(row["scheme"])
    if scheme is None:
        raise ValueError(f"the stored scheme is damaged: {problems}")
    if len(_parsed) >= MOST_PARSED:
        _parsed.clear()
    _parsed[row["scheme_hash"]] = scheme
    return scheme


def digest(row: Mapping[str, Any]) -> str:
    """What the ledger keeps of a mark: sha256 over its salt and every other column but its own id."""
    names = ("salt", "contest", "entry", "seat", "aspect", "revision", "value", "detail", "client_id", "account")
    listed = [*(row[name] for name in names), row["given_at"].astimezone(UTC).isoformat(timespec="microseconds")]
    return hashlib.sha256(json.dumps(listed, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


async def revisions(seat: int, entry: int | None = None) -> dict[int, list[Revision]]:
    """All revisions of one seat by entry, of one entry only where it is named."""
    query = Mark.select(Mark.entry, Mark.aspect, Mark.revision, Mark.value, Mark.detail, Mark.client_id)
    query = query.where(Mark.seat == seat)
    if entry is not None:
        query = query.where(Mark.entry == entry)
    found: dict[int, list[Revision]] = {}
    for row in await query:
        found.setdefault(row["entry"], []).append(revision_of(row))
    return found


async def current(contest: int, scheme: Scheme | None = None, entries: Iterable[int] | None = None) -> list[GivenMark]:
    """The newest marks of a contest (of some entries only, by id), by work number, aspect and judge; ones taken back
    are left out, and so are those that an amended `scheme` (the newest where it is not given) no longer allows.
    """
    scheme = scheme or await newest_scheme(contest)
    query = Mark.select(
        Mark.id,
        Mark.entry,
        Mark.aspect,
        Mark.value,
        Mark.detail,
        Mark.entry.work_number.as_alias("number"),
        Mark.seat.position.as_alias("position"),
    ).where(Mark.contest == contest)
    if entries is not None:
        query = query.where(Mark.entry.is_in(list(entries)))
    newest = {
        (row["number"], row["aspect"], row["position"]): row for row in await query.order_by(Mark.revision, Mark.id)
    }
    aspects = {aspect.code: aspect for aspect in scheme.aspects()}
    given: list[GivenMark] = []
    for (number, aspect, position), row in sorted(newest.items()):
        value = standing_value(aspects.get(aspect), row["value"])
        if value is not None:
            mark = Row(number, aspect, f"J{position}", value)
            given.append(GivenMark(row["id"], row["entry"], mark, read_detail(row["detail"])))
    return given


def revision_of(row: Mapping[str, Any]) -> Revision:
    """A row of `Mark` as the rules know it."""
    return Revision(row["aspect"], row["revision"], row["value"], row["detail"], row["client_id"])
