"""Long lists of units: where one stands, what its page shows, and how its work reads it again.

Knows the stages of `OrganisationList`, and that a step is taken once; checks and adds nothing.
"""

import asyncio
import base64
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people.organisation_list_tables import OrganisationList, OrganisationListProblem
from foundation.people.organisation_rows import FIELD, Row, outline, rows_of
from foundation.people.organisation_tree import OrganisationFacts, by_id
from foundation.store.bulk import breath
from foundation.store.commit import write
from foundation.store.locks import lock_row
from foundation.work.jobs import Progress

_A_TURN = 25  # rows that are read in one go
_A_STEP = 2000  # rows after which it is said how far the reading is


class Stage(StrEnum):
    """Where a long list stands."""

    CHECKING = "checking"
    CHECKED = "checked"
    ADDING = "adding"
    UNDOING = "undoing"  # what was loaded is taken away again; then it is `CHECKED`
    ADDED = "added"
    FORGOTTEN = "forgotten"  # nobody added it for a month


@dataclass(frozen=True, slots=True)
class LongList:
    """A long list as its page shows it."""

    id: int
    under: int
    stage: Stage
    ignored: tuple[str, ...]
    units: int
    fresh: int
    known: int
    wrong: int
    made_at: datetime
    job: int | None


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line that needs mending."""

    line: int
    name: str
    problems: tuple[Problem, ...]


async def of(under: OrganisationFacts, list_id: int) -> LongList:
    """The list that was made for this organisation. Raises NotFound."""
    row = (
        await OrganisationList.select(*_SHOWN)
        .where(OrganisationList.id == list_id, OrganisationList.under == under.id)
        .first()
    )
    if row is None:
        raise NotFound
    return LongList(**{**row, "stage": Stage(row["stage"]), "ignored": tuple(json.loads(row["ignored"]))})


_SHOWN = [getattr(OrganisationList, name) for name in LongList.__dataclass_fields__]


async def wrong_lines(list_id: int, after: int, size: int) -> list[Wrong]:
    """The next `size + 1` lines that need mending."""
    rows = (
        await OrganisationListProblem.select()
        .where(OrganisationListProblem.of_list == list_id, OrganisationListProblem.line > after)
        .order_by(OrganisationListProblem.line)
        .limit(size + 1)
    )
    return [
        Wrong(
            row["line"],
            row["name"],
            tuple(Problem(code, at, params) for code, at, params in json.loads(row["problems"])),
        )
        for row in rows
    ]


async def step(list_id: int, before: set[Stage], after: Stage) -> dict[str, Any]:
    """The list's next stage, its row locked. Raises Refused where it stands elsewhere, NotFound."""
    if not await lock_row(OrganisationList, list_id):
        raise NotFound
    row: dict[str, Any] | None = await OrganisationList.select().where(OrganisationList.id == list_id).first()
    if row is None:
        raise NotFound
    if row["stage"] not in before:
        raise Refused(Problem("organisations_list_late", FIELD))
    await OrganisationList.update({OrganisationList.stage: after.value}).where(OrganisationList.id == list_id)
    return row


async def kept_for(progress: Progress) -> dict[str, Any]:
    row: dict[str, Any] | None = (
        await OrganisationList.select().where(OrganisationList.id == progress.args["list"]).first()
    )
    if row is None:
        raise Refused(Problem("organisations_list_late", FIELD))
    return row


async def under_of(kept: Mapping[str, Any]) -> OrganisationFacts:
    under = await by_id(kept["under"])
    if under is None or not under.active:
        raise Refused(Problem("organisations_changed", FIELD))
    return under


async def read_rows(kept: Mapping[str, Any], progress: Progress | None = None) -> list[Row]:
    """The list's rows; others get their turn between them."""
    found = await asyncio.to_thread(lambda: outline(_unpacked(kept["content"])))
    rows: list[Row] = []
    for row in rows_of(found):
        rows.append(row)
        if len(rows) % _A_TURN == 0:
            await breath()
        if progress is not None and len(rows) % _A_STEP == 0:
            await write(lambda: progress.done(len(rows), len(found.lines)))
    return rows


def address(kept: Mapping[str, Any]) -> str:
    return f"/organisations/{kept['under']}/lists/{kept['id']}"


def packed(text: str) -> str:
    return base64.b64encode(zlib.compress(text.encode())).decode()


def _unpacked(packed: str) -> str:
    return zlib.decompress(base64.b64decode(packed)).decode()
