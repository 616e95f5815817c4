"""An innovation that carries on one of another year (上年成果再报): which one it may be, and what changed since.

The unit says so itself, and what is much like one of its own is set beside it as well; the writer is `innovations`.
Texts of the earlier one are those it was handed in with last.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from innovations import innovation_versions
from innovations.innovation_reads import InnovationFacts
from innovations.innovation_standing import TOLD
from innovations.innovation_tables import Innovation
from innovations.may_innovations import SEE_INNOVATIONS
from innovations.rules.version_changes import Change, changes

MOST = 200  # to choose from; an older one is told by its number
QUOTED = 40  # letters of what was typed, in a problem


@dataclass(frozen=True, slots=True)
class Earlier:
    """One of the unit's own that was handed in before."""

    id: int
    address: str
    title: str
    year: int
    version: int


async def choices(one: InnovationFacts, stands: Earlier | None) -> list[Earlier]:
    """What of the unit's own it may carry on, the newest first; what `stands` there already is always among them."""
    rows = await (
        _all()
        .where(Innovation.organisation == one.organisation_id, Innovation.id < one.id, Innovation.version > 0)
        .order_by(Innovation.id, ascending=False)
        .limit(MOST)
    )
    found = [Earlier(**row) for row in rows]
    return [*found, stands] if stands is not None and stands not in found else found


async def numbered(organisation_id: int, text: str) -> int:
    """The unit's own that has this number (`2026-0000123`), however its dash was typed. Raises Refused."""
    which = Innovation.address == typed_number(text)
    found = await _all().where(Innovation.organisation == organisation_id, which).first()
    if found is None or not found["version"]:
        raise Refused(Problem("innovation_earlier_number", "earlier_number", {"text": text.strip()[:QUOTED]}))
    return int(found["id"])


def typed_number(text: str) -> str:
    """The number of an innovation as it is stored, however its digits and its dash were typed."""
    return re.sub(r"[-—–−]+", "-", "".join(unicodedata.normalize("NFKC", text).split()))


async def of(user: SignedIn, one: InnovationFacts) -> Earlier | None:
    """What it carries on, where its reader may read that too; None where it is new."""
    row = await Innovation.select(Innovation.earlier).where(Innovation.id == one.id).first()
    if row is None or row["earlier"] is None:
        return None
    query = _all().where(Innovation.id == row["earlier"], Innovation.version > 0)
    found = await permitted(query, SEE_INNOVATIONS, user).first()
    return Earlier(**found) if found else None


async def like(user: SignedIn, one: InnovationFacts, other: int) -> Earlier:
    """Another that the same unit handed in before, to be set beside this one. Raises NotFound."""
    query = _all().where(
        Innovation.id == other, Innovation.id < one.id, Innovation.version > 0,
        Innovation.organisation == one.organisation_id,
    )  # fmt: skip
    found = await permitted(query, SEE_INNOVATIONS, user).first()
    if found is None:
        raise NotFound
    return Earlier(**found)


async def compared(one: InnovationFacts, earlier: Earlier) -> list[Change]:
    """What changed from the earlier one as it was handed in last to this one as its reader has it."""
    before = await innovation_versions.one(earlier.id, earlier.version)
    return changes(innovation_versions.texts(before), innovation_versions.texts(one.said))


def _all() -> Any:
    return Innovation.select(*TOLD, Innovation.address, Innovation.version)
