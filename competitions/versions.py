"""What a contest is marked by: the draft of its scheme and every frozen version, as frozen values.

Reads the scheme's columns of `Contest`, and `SchemeVersion`; `schemes.py` writes them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from competitions.rules.notes import SheetNotes, read_notes
from competitions.tables import Contest, SchemeVersion
from foundation.tabulation.scheme import Scheme, read_scheme


@dataclass(frozen=True, slots=True)
class FrozenScheme:
    """One frozen version of a contest's scheme: what is marked by and hashed. `reason` is empty for version 1."""

    id: int
    version: int
    scheme: Scheme
    notes: SheetNotes
    scheme_hash: str
    sheet_hash: str
    frozen_at: datetime
    reason: str
    account_id: int


async def draft_scheme(contest_id: int) -> tuple[Scheme | None, SheetNotes]:
    """The draft as it was last saved; no scheme where none was."""
    row = await Contest.select(Contest.scheme, Contest.sheet).where(Contest.id == contest_id).first()
    if row is None or not row["scheme"]:
        return None, SheetNotes()
    return _scheme(row["scheme"]), read_notes(row["sheet"])


async def frozen_scheme(contest_id: int) -> FrozenScheme | None:
    """The newest frozen version."""
    row = (
        await SchemeVersion.select()
        .where(SchemeVersion.contest == contest_id)
        .order_by(SchemeVersion.version, ascending=False)
        .first()
    )
    return _frozen(row) if row else None


async def scheme_versions(contest_id: int) -> list[FrozenScheme]:
    """Every frozen version, the oldest first."""
    rows = await SchemeVersion.select().where(SchemeVersion.contest == contest_id).order_by(SchemeVersion.version)
    return [_frozen(row) for row in rows]


async def current_scheme(contest_id: int) -> Scheme | None:
    """The scheme as it stands now: the newest frozen scheme, before that the draft."""
    frozen = await frozen_scheme(contest_id)
    return frozen.scheme if frozen else (await draft_scheme(contest_id))[0]


def _frozen(row: Mapping[str, Any]) -> FrozenScheme:
    return FrozenScheme(
        id=row["id"],
        version=row["version"],
        scheme=_scheme(row["scheme"]),
        notes=read_notes(row["sheet"]),
        scheme_hash=row["scheme_hash"],
        sheet_hash=row["sheet_hash"],
        frozen_at=row["frozen_at"],
        reason=row["reason"],
        account_id=row["account"],
    )


def _scheme(text: str) -> Scheme:
    """A scheme that was checked before it was stored; anything else is damage, and stops the page."""
    scheme, problems = read_scheme(text)
    if scheme is None:
        raise ValueError(f"the stored scheme is damaged: {problems}")
    return scheme
