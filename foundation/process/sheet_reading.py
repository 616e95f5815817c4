"""Reading a sheet, as long work: typed row by row in short steps, each row right, wrong, or there already.

With `sheet_taking` the only writer of `SheetRow`. A process that dies is followed by one that opens the file again and
goes on behind the last line that was kept.
"""

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from foundation.base.clock import day_of
from foundation.base.problem import N_, Problem
from foundation.papers import sheets_in
from foundation.papers.sheet_columns import Values
from foundation.papers.sheets_in import LeftOut
from foundation.papers.sheets_in import Row as ReadRow
from foundation.people import privacy
from foundation.process import sheet_content, sheet_layouts
from foundation.process.rules.sheets import Stage, State, content_of
from foundation.process.sheet_kinds import Kind
from foundation.process.sheet_layouts import MOST_LEFT_OUT, Understood
from foundation.process.sheet_steps import address, delete_rows, kept_for, to_stage
from foundation.process.sheet_tables import Sheet, SheetRow, SheetTaken
from foundation.store import bulk, ledger
from foundation.store.commit import write
from foundation.work import jobs
from foundation.work.jobs import Progress

SPARE = 200  # lines above and below the rows
A_TURN = 0.003  # seconds of work in which rows are read in one go


@dataclass(frozen=True, slots=True)
class Checked:
    """One row with its verdict, but for those that were handed in before."""

    line: int
    state: State
    digest: str
    given: str
    sealed: str
    problems: str
    values: Values


async def _read(progress: Progress) -> str:
    row, kind = await kept_for(progress)
    if row["stage"] != Stage.READING:
        return address(row)
    if not progress.state:
        await delete_rows(row["id"])
    async with (
        sheet_content.opened(row["id"]) as path,
        sheets_in.opened(path, most_rows=kind.most + SPARE) as book,
    ):
        own = await sheet_layouts.remembered(kind, row["organisation"])
        sheet, layout = sheets_in.choose(book, kind.columns, own)
        others = tuple(one.name for one in book if sheet is None or one.path != sheet.path)
        samples = sheet_layouts.samples_of(sheet, layout) if sheet else {}
        found = Understood(sheet.name if sheet else "", layout, others, samples=samples)
        if sheet is None or not layout.ready:
            await _end(row["id"], Stage.ASKING, found)
            return address(row)
        reading = _Reading(kind, found, day_of(row["made_at"]))
        await _keep_rows(row, reading, sheets_in.rows(sheet, layout, kind.columns, reading.today), progress, sheet.size)
    await _end(row["id"], Stage.CHECKED, reading.understood())
    return address(row)


class _Reading:
    """What is known while the rows go by."""

    def __init__(self, kind: Kind, found: Understood, today: date) -> None:
        self.kind, self.today = kind, today
        self._found = found
        self._left_out: list[LeftOut] = []
        self._left_out_size = 0
        self._seen: dict[str, int] = {}  # digest -> line
        self._hashed = privacy.hasher("sheet_row")
        self._private = [column.name for column in kind.columns if column.private]
        self._headings = {**kind.headings(), **{one.column: one.words for one in found.layout.kept}}

    def understood(self) -> Understood:
        return replace(self._found, left_out=tuple(self._left_out), left_out_size=self._left_out_size)

    def note(self, line: LeftOut) -> None:
        self._left_out_size += 1
        if len(self._left_out) < MOST_LEFT_OUT:
            self._left_out.append(line)

    def check(self, row: ReadRow) -> Checked:
        """What becomes of one row, as far as this sheet alone tells."""
        problems = list(row.problems)
        if not problems:
            found = self.kind.check(row.values)
            problems = [sheets_in.at_place(one, row.line, self._headings.get(one.field, "")) for one in found]
        digest = "" if problems else self._hashed(content_of(row.values, self.kind.same))
        first = self._seen.setdefault(digest, row.line) if digest else row.line
        state = State.WRONG if problems else State.AGAIN if first != row.line else State.READY
        if state is State.AGAIN:
            problems = [Problem("sheet_row_twice", "", {"first": str(first)})]
        values = {name: value for name, value in row.values.items() if name not in self._private}
        said = {name: words for name, words in (row.said or {}).items() if name not in self._private}
        private = {name: row.values[name] for name in self._private if name in row.values}
        return Checked(
            row.line,
            state,
            digest,
            ledger.canonical({"values": values, "said": said}),
            privacy.seal(ledger.canonical(private)) if private else "",
            as_json(problems),
            row.values,
        )


async def _keep_rows(
    row: dict[str, Any], reading: _Reading, lines: Iterator[ReadRow | LeftOut], progress: Progress, size: int
) -> None:
    chunk, waiting, last = bulk.Chunk(), list[Checked](), int(progress.state.get("line", 0))
    began = time.thread_time()
    for line in lines:
        if isinstance(line, LeftOut):
            reading.note(line)
            continue
        checked = reading.check(line)
        if checked.line > last:
            waiting.append(checked)
        if time.thread_time() - began > A_TURN:
            await bulk.breath()
            began = time.thread_time()
        if len(waiting) >= chunk.size:
            await _keep_chunk(row, reading.kind, waiting, chunk, progress, size)
            waiting = []
    if waiting:
        await _keep_chunk(row, reading.kind, waiting, chunk, progress, size)


async def _keep_chunk(  # noqa: PLR0917
    row: dict[str, Any], kind: Kind, rows: Sequence[Checked], chunk: bulk.Chunk, progress: Progress, size: int
) -> None:
    async def step() -> None:
        with chunk.timed():
            right = [(one.digest, one.values) for one in rows if one.state is State.READY]
            known = await known_digests(kind, row["organisation"], right)
            await bulk.insert(SheetRow, [_columns(row["id"], one, again=one.digest in known) for one in rows])
        await progress.done(rows[-1].line, size, {"line": rows[-1].line})

    await write(step)


def _columns(sheet_id: int, one: Checked, *, again: bool) -> dict[str, Any]:
    state = State.AGAIN if again else one.state
    return {
        "sheet": sheet_id,
        "line": one.line,
        "state": state.value,
        "digest": one.digest,
        "given": one.given,
        "sealed": one.sealed,
        "problems": "" if again else one.problems,
    }


async def known_digests(kind: Kind, organisation_id: int, rows: Sequence[tuple[str, Values]]) -> set[str]:
    """Which of these rows, by digest and values, the unit has handed in before or has in its domain otherwise."""
    if not rows:
        return set()
    found = await SheetTaken.select(SheetTaken.digest).where(
        SheetTaken.organisation == organisation_id,
        SheetTaken.kind == kind.code,
        SheetTaken.digest.is_in([digest for digest, _ in rows]),
    )
    known = {row["digest"] for row in found}
    if kind.there is not None and (fresh := [row for row in rows if row[0] not in known]):
        there = await kind.there([values for _, values in fresh], organisation_id)
        known |= {digest for (digest, _), has in zip(fresh, there, strict=True) if has}
    return known


def as_json(problems: Sequence[Problem]) -> str:
    """Problems as `SheetRow.problems` holds them."""
    if not problems:
        return ""
    return json.dumps([[one.code, one.field, dict(one.params)] for one in problems], ensure_ascii=False)


async def _end(sheet_id: int, stage: Stage, found: Understood) -> None:
    async def job() -> None:
        counts = {
            name: await SheetRow.count().where(SheetRow.sheet == sheet_id, SheetRow.state == state.value)
            for name, state in (("wrong", State.WRONG), ("again", State.AGAIN))
        }
        size = await SheetRow.count().where(SheetRow.sheet == sheet_id)
        await to_stage(sheet_id, {Stage.READING}, stage)
        values = {"layout": sheet_layouts.to_text(found), "size": size, **counts}
        await Sheet.update({getattr(Sheet, name): value for name, value in values.items()}).where(Sheet.id == sheet_id)

    await write(job)


async def _read_undone(progress: Progress) -> None:
    """A sheet that could not be read to its end is dropped, and nothing of it is kept."""
    sheet_id = int(progress.args["sheet"])

    async def job() -> None:
        await Sheet.update({Sheet.stage: Stage.DROPPED.value}).where(
            Sheet.id == sheet_id, Sheet.stage == Stage.READING.value
        )

    await write(job)
    await delete_rows(sheet_id)
    await sheet_content.forget(sheet_id)


READ = jobs.register(jobs.Kind("sheet.read", N_("Read a sheet"), _read, _read_undone))
