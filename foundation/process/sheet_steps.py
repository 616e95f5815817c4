"""What the steps of a sheet's long work have in common: its row, its stage, its batch, and rows that go."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from foundation.base.problem import NotFound, Problem, Refused
from foundation.process.rules.sheets import Stage, State
from foundation.process.sheet_kinds import KINDS, Batch, Kind
from foundation.process.sheet_tables import Sheet, SheetRow
from foundation.store import ledger
from foundation.store.commit import write
from foundation.store.locks import lock_row
from foundation.work.jobs import Progress

ROWS_AT_ONCE = 400  # that are deleted in one step


async def row_of(sheet_id: int) -> dict[str, Any]:
    """The whole row of a sheet. Raises NotFound."""
    row: dict[str, Any] | None = await Sheet.select().where(Sheet.id == sheet_id).first()
    if row is None:
        raise NotFound
    return row


async def kept_for(progress: Progress) -> tuple[dict[str, Any], Kind]:
    """The sheet that a job is about, and its kind. Raises NotFound, Refused."""
    row = await row_of(int(progress.args["sheet"]))
    kind = KINDS.get(row["kind"])
    if kind is None:
        raise Refused(Problem("sheet_kind_gone"))
    return row, kind


async def to_stage(sheet_id: int, before: Collection[Stage], after: Stage) -> dict[str, Any]:
    """The sheet's next stage, its row locked; answers the row as it was. Raises NotFound, Refused where it is late."""
    if not await lock_row(Sheet, sheet_id):
        raise NotFound
    row = await row_of(sheet_id)
    if row["stage"] not in before:
        raise Refused(Problem(f"sheet_is_{row['stage']}"))
    await Sheet.update({Sheet.stage: after.value}).where(Sheet.id == sheet_id)
    return row


def batch_of(row: Mapping[str, Any], by: int, now: datetime) -> Batch:
    """The batch of a sheet as its domain is told of it."""
    return Batch(row["id"], row["organisation"], row["asked_by"] or by, row["asked_at"] or now)


def record(sheet_id: int, act: str, by: int | None, payload: Mapping[str, Any] | None = None) -> None:
    """One line of the sheet's own stream in the ledger; `by` None is the registry itself, once a day."""
    actor = "system" if by is None else f"account:{by}"
    ledger.record(stream=f"sheet:{sheet_id}", act=f"sheet.{act}", actor=actor, payload=payload)


def address(row: Mapping[str, Any]) -> str:
    """The page of a sheet."""
    return f"/sheets/{row['kind']}/{row['id']}"


async def delete_rows(sheet_id: int, *states: State) -> None:
    """Delete a sheet's rows, those of some states or all, in steps of their own."""

    async def some() -> bool:
        query = SheetRow.select(SheetRow.id).where(SheetRow.sheet == sheet_id)
        if states:
            query = query.where(SheetRow.state.is_in([state.value for state in states]))
        ids = [row["id"] for row in await query.limit(ROWS_AT_ONCE)]
        if ids:
            await SheetRow.delete().where(SheetRow.id.is_in(ids))
        return bool(ids)

    while await write(some):
        pass
