"""Sheets that units hand in: the only writer of `Sheet`, with the long work of `sheet_reading` and `sheet_taking`.

A sheet is kept, read and looked at, then taken in by one act and taken back by one. `by` is the acting account. The
ledger's stream is `sheet:<id>`.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from piccolo.columns.combination import WhereRaw

from foundation.base.problem import Problem, Refused
from foundation.files.names import clean_name
from foundation.papers import sheets_in
from foundation.people import organisation_moves
from foundation.process import sheet_content, sheet_layouts
from foundation.process.rules.sheets import UNDER_WAY, Stage
from foundation.process.sheet_kinds import Kind
from foundation.process.sheet_reading import READ, SPARE
from foundation.process.sheet_reads import SheetFacts
from foundation.process.sheet_steps import batch_of, delete_rows, record, row_of, to_stage
from foundation.process.sheet_tables import Sheet, SheetHeading, SheetPiece, SheetTaken
from foundation.process.sheet_taking import TAKE, TAKE_BACK
from foundation.store.commit import write
from foundation.store.locks import lock_row
from foundation.work import jobs

FIELD = "file"
KEPT = timedelta(days=30)  # of a sheet that nobody takes in, and of the file of one that had wrong rows
FORGOTTEN_AT_ONCE = 20
ENDINGS = (".xlsx", ".xls", ".et", ".ods", ".csv", ".txt")
_ENDED = frozenset({Stage.VISIBLE, Stage.UNDONE, Stage.DROPPED})
_JOBS = {Stage.READING: READ, Stage.TAKING: TAKE, Stage.UNDOING: TAKE_BACK}


async def take_in(kind: Kind, name: str, path: Path, organisation_id: int, by: int, now: datetime) -> int:  # noqa: PLR0917
    """Keep a file and have it read; answers the sheet's id. Raises Refused where it is no sheet with rows.

    The same file that is being worked on for this unit already is not taken twice: its sheet is answered, and read anew
    where rows of it were there already.
    """
    async with sheets_in.opened(path, FIELD, kind.most + SPARE) as book:
        if not book:
            raise Refused(Problem("sheet_nothing", FIELD))
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    going_on = [stage.value for stage in (*UNDER_WAY, Stage.ASKING, Stage.CHECKED)]
    same = (
        await Sheet.select(Sheet.id, Sheet.again)
        .where(Sheet.organisation == organisation_id, Sheet.kind == kind.code)
        .where(Sheet.sha256 == digest, Sheet.stage.is_in(going_on), Sheet.job.is_not_null())
        .first()
    )
    if same is not None:
        if same["again"]:
            await _look_anew(same["id"], by, now)
        return int(same["id"])

    async def begin() -> int:
        row = Sheet(
            kind=kind.code,
            organisation=organisation_id,
            stage=Stage.READING.value,
            name=clean_name(name, ENDINGS),
            sha256=digest,
            layout="",
            made_by=by,
            made_at=now,
        )
        made = await Sheet.insert(row)
        record(int(made[0]["id"]), "kept", by, {"kind": kind.code, "sha256": digest})
        return int(made[0]["id"])

    sheet_id = await write(begin)
    await sheet_content.keep(sheet_id, path)
    await _start(sheet_id, READ, by, now)
    return sheet_id


async def _start(sheet_id: int, work: jobs.Kind, by: int, now: datetime) -> None:
    async def job() -> None:
        await _begin(sheet_id, work, by, now)

    await write(job)


async def _begin(sheet_id: int, work: jobs.Kind, by: int, now: datetime) -> None:
    job = await jobs.start(work, {"sheet": sheet_id}, by, now)
    await Sheet.update({Sheet.job: job}).where(Sheet.id == sheet_id)


async def _look_anew(sheet_id: int, by: int, now: datetime) -> None:
    """Read a sheet once more of which rows were there already: what they were in may have been taken back since."""

    async def job() -> None:
        await lock_row(Sheet, sheet_id)
        if (await row_of(sheet_id))["stage"] == Stage.CHECKED:
            await to_stage(sheet_id, {Stage.CHECKED}, Stage.READING)
            await _begin(sheet_id, READ, by, now)

    await write(job)


async def say_headings(one: SheetFacts, kind: Kind, said: Mapping[int, str], by: int, now: datetime) -> None:
    """Remember what the unit's headings stand for, and read the sheet again. Raises Refused.

    `said` has a column's name, or "" for none, by the place of the heading in the file.
    """
    names = [name for name in said.values() if name]
    known = {column.name for column in kind.columns}
    if not set(names) <= known:
        raise Refused(Problem("sheet_column_unknown"))
    problems = [
        Problem("sheet_column_twice", _field(at), {"column": kind.headings()[name]})
        for at, name in said.items()
        if name and names.count(name) > 1
    ]
    missing = [column for column in kind.columns if column.required and column.name not in names]
    problems += [Problem("sheet_column_missing", "", {"column": column.heading}) for column in missing]
    if problems:
        raise Refused(*problems)
    chosen = [(heading, said.get(heading.at, "")) for heading in one.understood.choosable]

    async def job() -> None:
        await to_stage(one.id, {Stage.ASKING, Stage.CHECKED}, Stage.READING)
        await sheet_layouts.remember(kind, one.organisation_id, chosen)
        await _begin(one.id, READ, by, now)

    await write(job)


def _field(at: int) -> str:
    return f"column-{at}"


async def take(one: SheetFacts, *, without_wrong: bool, by: int, now: datetime) -> None:
    """Have what fits taken in, visible as a whole. Raises Refused: wrong rows stop it, unless they are left out."""

    async def job() -> None:
        row = await to_stage(one.id, {Stage.CHECKED}, Stage.TAKING)
        if row["wrong"] and not without_wrong:
            raise Refused(Problem("sheet_wrong", "without_wrong", {"count": str(row["wrong"])}))
        if row["size"] == row["wrong"] + row["again"]:
            raise Refused(Problem("sheet_nothing_new"))
        await Sheet.update({Sheet.asked_by: by, Sheet.asked_at: now}).where(Sheet.id == one.id)
        record(one.id, "taking", by)
        await _begin(one.id, TAKE, by, now)

    await write(job)


async def take_back(one: SheetFacts, kind: Kind, by: int, now: datetime) -> None:
    """Make a sheet invisible at once, and have it deleted. Raises Refused, the domain's reasons among them."""

    async def job() -> None:
        row = await to_stage(one.id, {Stage.VISIBLE}, Stage.UNDOING)
        await kind.hide(batch_of(row, by, now))
        record(one.id, "taking_back", by)
        await _begin(one.id, TAKE_BACK, by, now)

    await write(job)


async def resume(one: SheetFacts, by: int, now: datetime) -> None:
    """Go on with what came to a stop: the same steps, none of them twice. Raises Refused."""

    async def job() -> None:
        row = await row_of(one.id)
        work = _JOBS.get(Stage(row["stage"]))
        going_on = await jobs.facts_of(row["job"]) if row["job"] else None
        if work is None or (going_on is not None and going_on.running):
            raise Refused(Problem("sheet_not_stopped"))
        await to_stage(one.id, {Stage(row["stage"])}, Stage(row["stage"]))
        await _begin(one.id, work, by, now)

    await write(job)


async def drop(one: SheetFacts, by: int, now: datetime) -> None:
    """Throw away a sheet that was not taken in. Raises Refused."""

    async def job() -> None:
        await to_stage(one.id, {Stage.ASKING, Stage.CHECKED}, Stage.DROPPED)
        await Sheet.update({Sheet.ended_at: now, Sheet.layout: ""}).where(Sheet.id == one.id)
        record(one.id, "dropped", by)

    await write(job)
    await _forget(one.id)


async def _forget(sheet_id: int) -> None:
    await delete_rows(sheet_id)
    await sheet_content.forget(sheet_id)


async def forget_old(now: datetime) -> None:
    """Drop what nobody has taken in for a month, and the files of what was taken in before; some at a time."""
    rows = (
        await SheetPiece.select(SheetPiece.sheet, SheetPiece.sheet.stage.as_alias("stage"))
        .where(SheetPiece.number == 0, SheetPiece.sheet.made_at < now - KEPT)
        .where(SheetPiece.sheet.stage.not_in([Stage.TAKING.value, Stage.UNDOING.value]))
        .limit(FORGOTTEN_AT_ONCE)
    )
    for row in rows:
        if row["stage"] in _ENDED or await _drop_old(row["sheet"], row["stage"], now):
            await _forget(row["sheet"])


async def _drop_old(sheet_id: int, stage: str, now: datetime) -> bool:
    """Whether it still was where it stood: somebody may take it in just now."""

    async def job() -> bool:
        dropped = (
            await Sheet.update({Sheet.stage: Stage.DROPPED.value, Sheet.ended_at: now, Sheet.layout: ""})
            .where(Sheet.id == sheet_id, Sheet.stage == stage)
            .returning(Sheet.id)
        )
        if dropped:
            record(sheet_id, "dropped", None)
        return bool(dropped)

    return await write(job)


async def _follow_organisation(from_id: int, into_id: int) -> None:
    """Two units become one: sheets, headings and what was handed in go along. Runs in the merging transaction."""
    tables: tuple[tuple[Any, str], ...] = ((SheetHeading, "heading"), (SheetTaken, "digest"))
    for table, column in tables:
        name = table._meta.tablename
        both = (  # what both have, the one that stays has already
            f"EXISTS (SELECT 1 FROM {name} other WHERE other.organisation = {{}} "  # noqa: S608 - names of ours
            f"AND other.kind = {name}.kind AND other.{column} = {name}.{column})"
        )
        await table.delete().where(table.organisation == from_id, WhereRaw(both, into_id))
        await table.update({table.organisation: into_id}).where(table.organisation == from_id)
    await Sheet.update({Sheet.organisation: into_id}).where(Sheet.organisation == from_id)


organisation_moves.on_merge(_follow_organisation)
