"""The union tree, read: one organisation, its children, everything at or below a place, and the trail up.

A place is a path such as "1.5.a2."; what stands at or below it is one range of one index. Writes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from piccolo.columns import Varchar
from piccolo.columns.combination import And

from foundation.people.organisation_kinds import Kind
from foundation.people.organisation_tables import Organisation

ROOT_PATH = "1."
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """An organisation as it stands now."""

    id: int
    parent_id: int | None
    path: str
    name: str
    short_name: str
    kind: Kind
    code: str
    union_code: str
    industry: str
    chain: str
    ownership: str
    headcount: int | None
    position: int
    contact_email: str
    active: bool
    merged_into: int | None
    created_at: datetime


def segment(organisation_id: int) -> str:
    """The last part of an organisation's path: its id in base 36 and a dot."""
    text = ""
    while organisation_id:
        organisation_id, digit = divmod(organisation_id, 36)
        text = _DIGITS[digit] + text
    return f"{text}."


def end_of(path: str) -> str:
    """The first text after every path that begins with `path`: "1.5." -> "1.5/" ("/" follows the dot in ASCII)."""
    return path[:-1] + "/"


def below(path_column: Varchar, path: str) -> And:
    """Rows whose organisation stands at or below `path`: `below(Circular.organisation.path, hat.path)`."""
    return And(path_column >= path, path_column < end_of(path))


def under(path_column: Varchar, path: str) -> And:
    """Rows whose organisation stands below `path`, the one at `path` itself left out."""
    return And(path_column > path, path_column < end_of(path))


def is_below(path: str, above: str) -> bool:
    """Whether the place `path` is `above` or stands below it."""
    return path.startswith(above)


def ancestors(path: str) -> list[int]:
    """The ids from the federation down to the organisation of this path, itself included."""
    return [int(part, 36) for part in path.split(".") if part]


async def by_id(organisation_id: int) -> OrganisationFacts | None:
    """The organisation with this id, closed or not."""
    row = await Organisation.select().where(Organisation.id == organisation_id).first()
    return facts(row) if row else None


def facts(row: Mapping[str, Any]) -> OrganisationFacts:
    """A whole row of `Organisation`."""
    return OrganisationFacts(
        id=row["id"],
        parent_id=row["parent"],
        path=row["path"],
        name=row["name"],
        short_name=row["short_name"],
        kind=Kind(row["kind"]),
        code=row["code"],
        union_code=row["union_code"],
        industry=row["industry"],
        chain=row["chain"],
        ownership=row["ownership"],
        headcount=row["headcount"],
        position=row["position"],
        contact_email=row["contact_email"],
        active=row["active"],
        merged_into=row["merged_into"],
        created_at=row["created_at"],
    )


async def by_ids(ids: Sequence[int]) -> list[OrganisationFacts]:
    """The organisations with these ids, in the order of their paths."""
    if not ids:
        return []
    rows = await Organisation.select().where(Organisation.id.is_in(list(ids))).order_by(Organisation.path)
    return [facts(row) for row in rows]


async def trail(organisation_id: int) -> list[OrganisationFacts]:
    """From the federation down to this organisation, itself last; empty where there is none."""
    own = await by_id(organisation_id)
    return await by_ids(ancestors(own.path)) if own else []


async def children(organisation_id: int) -> list[OrganisationFacts]:
    """The active organisations directly below this one, in their order; where there may be thousands, a page of
    `organisation_lists` instead."""
    rows = (
        await Organisation.select()
        .where(Organisation.parent == organisation_id, Organisation.active == True)  # noqa: E712
        .order_by(Organisation.position, Organisation.id)
    )
    return [facts(row) for row in rows]


async def count_below(path: str) -> int:
    """How many active organisations stand below `path`, itself not counted."""
    return int(
        await Organisation.count().where(
            under(Organisation.path, path),
            Organisation.active == True,  # noqa: E712 - a column, not a truth
        )
    )
