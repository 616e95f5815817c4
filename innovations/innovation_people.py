"""Who of a unit's workers an author may be: those of the same name, so that an award reaches the person's own page.

Reads alone. A name is no proof: the unit chooses, and nothing is linked by itself.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from foundation.people.worker_tables import Worker

MOST = 2000  # of all names of one innovation: more than a unit has of its commonest


@dataclass(frozen=True, slots=True)
class Candidate:
    """A worker of the unit; `said` is their name and what tells them from others of that name."""

    id: int
    name: str
    said: str


async def candidates(unit_id: int, names: Collection[str]) -> Mapping[str, list[Candidate]]:
    """By name, the workers of a unit who are called so."""
    asked = sorted({name for name in names if name})
    rows = await (
        Worker.select(Worker.id, Worker.name, Worker.occupation)
        .where(Worker.unit == unit_id, Worker.name.is_in(asked or [""]), Worker.merged_into.is_null())
        .order_by(Worker.id)
        .limit(MOST)
    )
    found: dict[str, list[Candidate]] = {}
    for row in rows:
        told = " · ".join(part for part in (row["name"], row["occupation"], f"#{row['id']}") if part)
        found.setdefault(row["name"], []).append(Candidate(row["id"], row["name"], told))
    return found
