"""Sheets as their unit sees them: one, the newest, and the rows of one. Writes nothing.

Everything is selected through the hat that is worn: another unit's sheets are never even read.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from foundation.base import identity
from foundation.base.problem import NotFound, Problem
from foundation.papers.sheet_cells import yuan
from foundation.papers.sheet_columns import Choice, Column, IdNumber, Money, Phone, Value
from foundation.people import privacy
from foundation.people.sessions import SignedIn
from foundation.process import sheet_layouts
from foundation.process.rules.sheets import UNDER_WAY, Stage, State
from foundation.process.sheet_kinds import Kind
from foundation.process.sheet_layouts import Understood
from foundation.process.sheet_tables import Sheet, SheetRow

SIZE = 50
LARGEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """One sheet."""

    id: int
    organisation_id: int
    stage: Stage
    name: str
    understood: Understood
    size: int
    wrong: int
    again: int
    taken: int
    made_at: datetime
    shown_at: datetime | None
    ended_at: datetime | None
    job: int | None

    @property
    def ready(self) -> int:
        """How many rows can be taken in, while none has been."""
        return self.size - self.wrong - self.again

    @property
    def under_way(self) -> bool:
        return self.stage in UNDER_WAY


@dataclass(frozen=True, slots=True)
class RowFacts:
    """One row of a sheet. `words` are its values as somebody would write them, those that are wrong as they came."""

    id: int
    line: int
    state: State
    words: Mapping[str, str]
    problems: tuple[Problem, ...]


_SAME = ("id", "name", "size", "wrong", "again", "taken", "made_at", "shown_at", "ended_at", "job")


def _facts(row: Mapping[str, Any]) -> SheetFacts:
    return SheetFacts(
        organisation_id=row["organisation"],
        stage=Stage(row["stage"]),
        understood=sheet_layouts.from_text(row["layout"]),
        **{name: row[name] for name in _SAME},
    )


async def for_unit(user: SignedIn, kind: Kind, sheet_id: int) -> SheetFacts:
    """The sheet, if the unit whose hat is worn handed it in. Raises NotFound."""
    if user.hat is None or not 0 < sheet_id <= LARGEST_ID:
        raise NotFound
    row = (
        await Sheet.select()
        .where(Sheet.id == sheet_id, Sheet.kind == kind.code, Sheet.organisation == user.hat.organisation_id)
        .first()
    )
    if row is None:
        raise NotFound
    return _facts(row)


async def listing(user: SignedIn, kind: Kind, before: int | None = None, size: int = SIZE) -> list[SheetFacts]:
    """The newest `size + 1` sheets of the unit whose hat is worn."""
    if user.hat is None:
        return []
    query = Sheet.select().where(Sheet.organisation == user.hat.organisation_id, Sheet.kind == kind.code)
    if before is not None:
        query = query.where(Sheet.id < before)
    return [_facts(row) for row in await query.order_by(Sheet.id, ascending=False).limit(size + 1)]


async def rows(
    kind: Kind, sheet_id: int, state: State | None, after: int | None = None, size: int = SIZE
) -> list[RowFacts]:
    """The next `size + 1` rows of a sheet, those of one state or all, after the row with the id `after`."""
    query = SheetRow.select().where(SheetRow.sheet == sheet_id)
    if state is not None:
        query = query.where(SheetRow.state == state.value)
    if after is not None:
        query = query.where(SheetRow.id > after)
    by_name = {column.name: column for column in kind.columns}
    return [_row(row, by_name) for row in await query.order_by(SheetRow.id).limit(size + 1)]


def _row(row: Mapping[str, Any], columns: Mapping[str, Column]) -> RowFacts:
    given: dict[str, Any] = json.loads(row["given"])
    private = json.loads(privacy.opened(row["sealed"])) if row["sealed"] else {}
    values = {**given["values"], **private}
    words = {name: shown(columns[name], value) for name, value in values.items() if name in columns}
    problems = json.loads(row["problems"] or "[]")
    return RowFacts(
        row["id"],
        row["line"],
        State(row["state"]),
        {**words, **given["said"]},
        tuple(Problem(code, field, params) for code, field, params in problems),
    )


def shown(column: Column, value: Value) -> str:
    """A value in words: 12345 fen as 123.45元, a choice by its label, an ID number masked."""
    match column.holds:
        case IdNumber():
            return identity.masked_id(str(value))
        case Phone():
            return identity.masked_phone(str(value))
        case Money() if isinstance(value, int):
            return f"{yuan(value)}元"
        case Choice(options):
            return next((one.label for one in options if one.code == value), str(value))
    return str(value)
