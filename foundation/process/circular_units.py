"""Which units a circular is for, which of them signed, and which have not: one query each over the subtree.

Reads organisations and receipts; writes nothing. Who may ask was decided when the circular was loaded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from piccolo.columns.combination import And

from foundation.base.problem import NotFound
from foundation.people.organisation_kinds import Kind
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import below
from foundation.process.circular_reads import CircularFacts
from foundation.process.circular_tables import CircularReceipt

PAGE = 50
IN_REMINDER = 300  # units that a reminder names; it says how many more there are


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that has not signed, with the union above it."""

    id: int
    path: str
    name: str
    upper: str


@dataclass(frozen=True, slots=True)
class Signed:
    """A unit's receipt."""

    id: int
    unit: str
    name: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """How many units signed, and how many have not."""

    signed: int
    missing: int


async def counts(circular: CircularFacts) -> Counts:
    """Of the units as the tree stands now; receipts of units that were closed since still count as signed."""
    signed = await CircularReceipt.count().where(CircularReceipt.circular == circular.id)
    return Counts(int(signed), int(await Organisation.count().where(_missing(circular))))


async def missing(circular: CircularFacts, after: int | None, limit: int) -> list[Unit]:
    """`limit` units that have not signed, in the order of the tree, behind the unit `after`."""
    query = Organisation.select(
        Organisation.id, Organisation.path, Organisation.name, Organisation.parent.name.as_alias("upper")
    ).where(_missing(circular))
    if after is not None:
        last = await Organisation.select(Organisation.path).where(Organisation.id == after).first()
        if last is None:
            raise NotFound
        query = query.where(Organisation.path > last["path"])
    rows = await query.order_by(Organisation.path).limit(limit)
    return [Unit(row["id"], row["path"], row["name"], row["upper"] or "") for row in rows]


async def signed(circular: CircularFacts, before: int | None, limit: int) -> list[Signed]:
    """`limit` receipts, the newest first."""
    query = CircularReceipt.select(
        CircularReceipt.id,
        CircularReceipt.organisation.name.as_alias("unit"),
        CircularReceipt.name,
        CircularReceipt.signed_at,
    ).where(CircularReceipt.circular == circular.id)
    if before is not None:
        query = query.where(CircularReceipt.id < before)
    rows = await query.order_by(CircularReceipt.id, ascending=False).limit(limit)
    return [Signed(row["id"], row["unit"], row["name"], row["signed_at"]) for row in rows]


def _missing(circular: CircularFacts) -> Any:
    receipts = CircularReceipt.select(CircularReceipt.organisation).where(CircularReceipt.circular == circular.id)
    return And(_addressed(circular), Organisation.id.not_in(receipts))


def _addressed(circular: CircularFacts) -> Any:
    units: Any = And(
        below(Organisation.path, circular.addressed_path),
        And(Organisation.active == True, Organisation.id != circular.organisation_id),  # noqa: E712 - a column
    )
    kinds: Sequence[str] = circular.kinds
    if kinds:
        return And(units, Organisation.kind.is_in(list(kinds)))
    return And(units, Organisation.kind != Kind.OFFICE.value)
