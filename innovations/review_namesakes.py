"""Who of the registry's workers a reviewer is: those of the same name, for the office to choose from. Writes nothing.

Only of a reviewer who is known as a worker conflicts are found, so that of a name that hundreds have the right one
must be found too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from piccolo.query.functions.aggregate import Count

from foundation.people.tables import Account
from foundation.people.worker_tables import Worker
from foundation.text import names
from innovations.review_seats import MOST_SEATS, Seat

SHOWN = 20  # of one name; of more, those of a unit are looked for


@dataclass(frozen=True, slots=True)
class Same:
    """A worker of the registry who may be the person of an account."""

    id: int
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Namesakes:
    """The workers who are called as a reviewer is, and whether there are more than are shown."""

    shown: tuple[Same, ...] = ()
    more: bool = False


async def of(seats: Sequence[Seat], who: int = 0, unit: str = "") -> Mapping[int, Namesakes]:
    """By seat; whoever was said to be the reviewer comes first.

    `unit` is a part of a unit's name: for the seat `who`, those of a name that many have are looked for there.
    """
    wanted = {one.id: names.compared(one.name) for one in seats}
    counted = (
        await Worker.select(Worker.folded, Count())
        .where(Worker.folded.is_in(sorted(set(wanted.values())) or [""]), Worker.merged_into.is_null())
        .group_by(Worker.folded)
    )
    many = {row["folded"] for row in counted if row["count"] > SHOWN}
    few = sorted(set(wanted.values()) - many)
    rows = await _called(SHOWN * MOST_SEATS, Worker.folded.is_in(few or [""]))
    found = {}
    for one in seats:
        name = wanted[one.id]
        there = [row for row in rows if row["folded"] == name]
        if name in many:
            looked = [Worker.unit.name.like(f"%{unit}%")] if unit and one.id == who else []
            there = await _called(SHOWN, Worker.folded == name, *looked)
        if one.worker and one.worker not in {row["id"] for row in there}:
            there = [*await _called(1, Worker.id == one.worker), *there]
        there.sort(key=lambda row: (row["id"] != one.worker, row["id"]))
        shown = tuple(Same(row["id"], row["name"], row["unit"]) for row in there)
        found[one.id] = Namesakes(shown, name in many)
    return found


async def is_one(seat: Seat, worker_id: int) -> bool:
    """Whether this worker is called as the reviewer is."""
    found: bool = await Worker.exists().where(
        Worker.id == worker_id, Worker.folded == names.compared(seat.name), Worker.merged_into.is_null()
    )
    return found


async def only(account_id: int) -> int | None:
    """The only worker of the registry with this account's name; None where there is none, or more than one."""
    row = await Account.select(Account.name).where(Account.id == account_id).first()
    if row is None:
        return None
    rows = (
        await Worker.select(Worker.id)
        .where(Worker.folded == names.compared(row["name"]), Worker.merged_into.is_null())
        .limit(2)
    )
    return int(rows[0]["id"]) if len(rows) == 1 else None


async def _called(most: int, *which: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = (
        await Worker.select(Worker.id, Worker.name, Worker.folded, Worker.unit.name.as_alias("unit"))
        .where(*which, Worker.merged_into.is_null())
        .order_by(Worker.id)
        .limit(most)
    )
    return rows
