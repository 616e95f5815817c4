"""Taking a sheet in and taking it back, as long work: written in short steps where nobody sees it, then shown at once.

The only writer of `SheetTaken`. What is promised: nothing of a sheet is visible before all of it is; a row is taken
once, whoever dies meanwhile and whoever hands in the same at the same moment; what was stopped leaves nothing.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from foundation.base.problem import N_
from foundation.people import privacy
from foundation.process import sheet_content
from foundation.process.rules.sheets import Stage, State
from foundation.process.sheet_kinds import Kind, TakenRow
from foundation.process.sheet_reading import known_digests
from foundation.process.sheet_steps import address, batch_of, delete_rows, kept_for, record, row_of, to_stage
from foundation.process.sheet_tables import Sheet, SheetRow, SheetTaken
from foundation.store import bulk
from foundation.store.commit import write
from foundation.store.locks import lock_name, lock_row
from foundation.work import jobs
from foundation.work.jobs import Progress


async def _take(progress: Progress) -> str:
    row, kind = await kept_for(progress)
    chunk, done, total = bulk.Chunk(), progress.farthest, row["size"] - row["wrong"] - row["again"]
    while row["stage"] == Stage.TAKING:

        async def step(done: int = done) -> int:
            found = await _take_some(row, kind, progress.by, chunk)
            await progress.done(done + found, total)
            return found

        found = await write(step)
        if not found:
            break
        done += found
    await _show(row["id"], kind, progress)
    await delete_rows(row["id"], State.WRITTEN)
    if not row["wrong"]:
        await sheet_content.forget(row["id"])
    return address(row)


async def _take_some(row: Mapping[str, Any], kind: Kind, by: int, chunk: bulk.Chunk) -> int:
    """Write the next rows into the domain; those that the unit has handed in meanwhile are told apart."""
    await lock_row(Sheet, row["id"])
    await lock_name(f"sheet:{kind.code}:{row['organisation']}")  # two sheets with the same rows take each once
    stage = await Sheet.select(Sheet.stage).where(Sheet.id == row["id"]).first()
    if stage is None or stage["stage"] != Stage.TAKING:
        return 0
    with chunk.timed():
        rows = (
            await SheetRow.select()
            .where(SheetRow.sheet == row["id"], SheetRow.state == State.READY.value)
            .order_by(SheetRow.id)
            .limit(chunk.size)
        )
        taken = {one["digest"]: _taken(one) for one in rows}
        known = await known_digests(kind, row["organisation"], [(digest, one.values) for digest, one in taken.items()])
        fresh = [one for one in rows if one["digest"] not in known]
        if fresh:
            batch = batch_of(row, by, datetime.now(UTC))
            await kind.write_chunk([taken[one["digest"]] for one in fresh], batch)
            same = {"kind": kind.code, "organisation": row["organisation"], "sheet": row["id"]}
            await bulk.insert(SheetTaken, [{**same, "digest": one["digest"]} for one in fresh])
        await _mark(fresh, State.WRITTEN)
        await _mark([one for one in rows if one["digest"] in known], State.AGAIN)
    return len(rows)


def _taken(row: Mapping[str, Any]) -> TakenRow:
    private = json.loads(privacy.opened(row["sealed"])) if row["sealed"] else {}
    return TakenRow(row["line"], {**json.loads(row["given"])["values"], **private})


async def _mark(rows: Sequence[Mapping[str, Any]], state: State) -> None:
    if rows:
        ids = [row["id"] for row in rows]
        await SheetRow.update({SheetRow.state: state.value}).where(SheetRow.id.is_in(ids))


async def _show(sheet_id: int, kind: Kind, progress: Progress) -> None:
    """The one act by which all of it becomes visible."""

    async def job() -> None:
        if not await lock_row(Sheet, sheet_id):
            return
        row = await row_of(sheet_id)
        if row["stage"] != Stage.TAKING:
            return
        now = datetime.now(UTC)
        here = SheetRow.sheet == sheet_id
        counts = {
            "taken": await SheetRow.count().where(here, SheetRow.state == State.WRITTEN.value),
            "again": await SheetRow.count().where(here, SheetRow.state == State.AGAIN.value),
        }
        await kind.show(batch_of(row, progress.by, now))
        await to_stage(sheet_id, {Stage.TAKING}, Stage.VISIBLE)
        values: dict[Any, Any] = {getattr(Sheet, name): count for name, count in counts.items()}
        await Sheet.update({**values, Sheet.shown_at: now}).where(Sheet.id == sheet_id)
        record(sheet_id, "shown", row["asked_by"], {"kind": kind.code, "sha256": row["sha256"], **counts})
        await progress.done(counts["taken"], counts["taken"])

    await write(job)


async def _take_undone(progress: Progress) -> None:
    """Take away what was written, and have the sheet as it was before anybody asked to take it in."""
    sheet_id = int(progress.args["sheet"])

    async def begin() -> bool:
        stages = [Stage.TAKING.value, Stage.UNDOING.value]
        return bool(
            await Sheet.update({Sheet.stage: Stage.UNDOING.value})
            .where(Sheet.id == sheet_id, Sheet.stage.is_in(stages))
            .returning(Sheet.id)
        )

    if await write(begin):
        await _undo(progress)


async def _take_back(progress: Progress) -> str:
    row = await row_of(int(progress.args["sheet"]))
    if row["stage"] == Stage.UNDOING:
        await _undo(progress)
    return address(row)


async def _undo(progress: Progress) -> None:
    """Delete what the domain holds of a sheet, its digests, and mark its rows as they were."""
    row, kind = await kept_for(progress)
    batch = batch_of(row, progress.by, datetime.now(UTC))
    chunk = bulk.Chunk()

    async def domain() -> bool:
        with chunk.timed():
            return bool(await kind.take_back(batch, chunk.size))

    async def digests() -> bool:
        with chunk.timed():
            found = await SheetTaken.select(SheetTaken.id).where(SheetTaken.sheet == row["id"]).limit(chunk.size)
            if found:
                await SheetTaken.delete().where(SheetTaken.id.is_in([one["id"] for one in found]))
        return bool(found)

    async def rows() -> bool:
        with chunk.timed():
            found = (
                await SheetRow.select(SheetRow.id)
                .where(SheetRow.sheet == row["id"], SheetRow.state == State.WRITTEN.value)
                .limit(chunk.size)
            )
            await _mark(found, State.READY)
        return bool(found)

    for step in (domain, digests, rows):
        while await write(step):
            pass
    if await _end_undoing(row["id"], progress.by) is Stage.UNDONE:
        await delete_rows(row["id"])
        await sheet_content.forget(row["id"])


async def _end_undoing(sheet_id: int, by: int) -> Stage:
    async def job() -> Stage:
        row = await row_of(sheet_id)
        if row["stage"] != Stage.UNDOING:
            return Stage(row["stage"])
        end = Stage.CHECKED if row["shown_at"] is None else Stage.UNDONE
        await to_stage(sheet_id, {Stage.UNDOING}, end)
        if end is Stage.CHECKED:
            again = await SheetRow.count().where(SheetRow.sheet == sheet_id, SheetRow.state == State.AGAIN.value)
            await Sheet.update({Sheet.again: again}).where(Sheet.id == sheet_id)
        else:
            await Sheet.update({Sheet.ended_at: datetime.now(UTC), Sheet.layout: ""}).where(Sheet.id == sheet_id)
            record(sheet_id, "taken_back", by, {"kind": row["kind"], "taken": row["taken"]})
        return end

    return await write(job)


TAKE = jobs.register(jobs.Kind("sheet.take", N_("Take in a sheet"), _take, _take_undone))
TAKE_BACK = jobs.register(jobs.Kind("sheet.take_back", N_("Take back a sheet"), _take_back))
