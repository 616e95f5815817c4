"""Spreadsheets on their way in: a file becomes sheets of lines, and lines become typed values with every problem.

    async with sheets_in.opened(content, "file") as book:        # .xlsx, .xls, .et, .ods, or text; Refused
        sheet, layout = sheets_in.choose(book, COLUMNS, {})
        for row in sheets_in.rows(sheet, layout, COLUMNS, today):
            row.line, row.values, row.problems

Workbooks are read by a process of its own (`sheet_reader.py`), two at a time; the lines wait in a temporary folder and
are never in memory all at once. Knows no database and no page.
"""

import asyncio
import contextlib
import json
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from foundation.base import sheets
from foundation.base.problem import Problem, Refused
from foundation.papers.sheet_cells import FAILED, Cell, plain, read_cell
from foundation.papers.sheet_columns import Column, Value
from foundation.papers.sheet_formats import MOST, Format, format_of
from foundation.papers.sheet_layout import DEEPEST, WITHIN, Layout, Line, Merged, Rows, Top, find

MOST_ROWS = 120_000  # lines of one sheet
MOST_COLUMNS = 500
LONGEST = 90.0  # seconds of one workbook, on a machine that is busy
AT_ONCE = 2
_READER = Path(__file__).with_name("sheet_reader.py")
_turns: "WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore]" = WeakKeyDictionary()


class ReaderError(Exception):
    """The reading program itself failed: a fault of ours."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of an open workbook."""

    name: str
    size: int  # lines
    merged: tuple[Merged, ...]
    path: Path

    def lines(self) -> Iterator[Line]:
        """Its lines, one at a time."""
        with self.path.open(encoding="utf-8") as file:
            for number, text in enumerate(file, 1):
                yield Line(number, tuple(_cell(one) for one in json.loads(text)))

    def top(self) -> Top:
        """The lines in which headings may stand."""
        return Top(list(islice(self.lines(), WITHIN + DEEPEST)), self.merged)


@dataclass(frozen=True, slots=True)
class Row:
    """One row. Problems name the column in `field`, its line in `params["row"]`, its heading in `params["column"]`."""

    line: int
    values: Mapping[str, Value]
    problems: tuple[Problem, ...] = ()
    said: Mapping[str, str] | None = None  # the words of the cells that are wrong, by column


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line below the headings that was taken for a total, a signature, a note or the example."""

    line: int
    words: str


@asynccontextmanager
async def opened(
    given: bytes | Path, field: str = "file", most_rows: int = MOST_ROWS, most: int = MOST
) -> AsyncIterator[tuple[Sheet, ...]]:
    """The sheets of a file that somebody uploaded, as long as the block runs. Raises Refused at `field`."""
    async with _placed(given, field, most) as (path, folder, kind):
        if kind is Format.TEXT:
            yield await asyncio.to_thread(_from_text, path, folder, field, most_rows)
        else:
            yield await _from_workbook(path, folder, field, most_rows)


async def as_text(given: bytes | Path, field: str = "file", most_rows: int = MOST_ROWS, most: int = MOST) -> str:
    """A text as it is, of a workbook its first sheet with tabs: for readers of pasted lists. Raises Refused."""
    async with _placed(given, field, most) as (path, folder, kind):
        if kind is Format.TEXT:
            return await asyncio.to_thread(_decoded, path, field)
        book = await _from_workbook(path, folder, field, most_rows)
        return await asyncio.to_thread(_joined, book[0]) if book else ""


@asynccontextmanager
async def _placed(given: bytes | Path, field: str, most: int) -> AsyncIterator[tuple[Path, Path, Format]]:
    """Where the file lies, a folder to work in, and what it is."""
    with tempfile.TemporaryDirectory(prefix="ganpo-sheet-") as name:
        folder = Path(name)
        path = given if isinstance(given, Path) else folder / "given"
        if isinstance(given, bytes):
            await asyncio.to_thread(path.write_bytes, given)
        yield path, folder, await asyncio.to_thread(format_of, path, field, most)


def choose(
    book: Sequence[Sheet], columns: Sequence[Column], remembered: Mapping[str, str]
) -> tuple[Sheet | None, Layout]:
    """The sheet whose headings fit best, the first of them; None where no sheet has any line that could be headings."""
    best: tuple[Sheet | None, Layout] = (None, Layout())
    for sheet in book:
        layout = find(sheet.top(), columns, remembered)
        if layout.last and (best[0] is None or _fits(layout) > _fits(best[1])):
            best = sheet, layout
    return best


def _fits(layout: Layout) -> tuple[bool, int]:
    return layout.ready, len(layout.kept)


def rows(sheet: Sheet, layout: Layout, columns: Sequence[Column], today: date) -> Iterator[Row | LeftOut]:
    """What stands below the headings, in order, each line typed and with all that is wrong with it."""
    by_name = {column.name: column for column in columns}
    for line, is_row in Rows.of(layout, columns).pick(sheet.lines()):
        if is_row:
            yield _row(line, layout, by_name, today)
        else:
            words = " ".join(filter(None, (line.words(at) for at in range(len(line.cells)))))
            yield LeftOut(line.number, " ".join(words.split())[:200])


def _row(line: Line, layout: Layout, columns: Mapping[str, Column], today: date) -> Row:
    values: dict[str, Value] = {}
    problems, said = [], {}
    for heading in layout.kept:
        column = columns[heading.column]
        cell = line.cells[heading.at] if heading.at < len(line.cells) else None
        value, problem = read_cell(column, cell, heading.scale, today)
        if value is not None:
            values[column.name] = value
        if problem is not None:
            problems.append(at_place(problem, line.number, heading.words))
            said[column.name] = plain(cell)[:200]
    return Row(line.number, values, tuple(problems), said)


def at_place(problem: Problem, line: int, heading: str) -> Problem:
    """The same problem with the row and the heading that its sentence or page names."""
    return replace(problem, params={**problem.params, "row": str(line), "column": heading})


def _joined(sheet: Sheet) -> str:
    def word(cell: Cell) -> str:
        return " ".join(plain(cell).split()).replace('"', "”")

    return "\n".join("\t".join(map(word, line.cells)) for line in sheet.lines())


def _cell(written: Any) -> Cell:
    if isinstance(written, list):
        return FAILED if written[0] == "#" else date.fromisoformat(written[0])
    cell: Cell = written
    return cell


def _from_text(path: Path, folder: Path, field: str, most_rows: int) -> tuple[Sheet, ...]:
    lines, problems = sheets.read_lines(_decoded(path, field), field, most_rows)
    if problems:
        raise Refused(*problems)
    by_number = {line.number: line.cells for line in lines}
    target, size = folder / "0.jsonl", max(by_number, default=0)
    with target.open("w", encoding="utf-8") as file:
        for number in range(1, size + 1):
            cells = [cell or None for cell in by_number.get(number, ())]
            file.write(json.dumps(cells, ensure_ascii=False) + "\n")
    return (Sheet("", size, (), target),) if size else ()


def _decoded(path: Path, field: str) -> str:
    text, problems = sheets.decode(path.read_bytes(), field)
    if problems:
        raise Refused(*problems)
    return text


async def _from_workbook(path: Path, folder: Path, field: str, most_rows: int) -> tuple[Sheet, ...]:
    limits = {"most_rows": most_rows, "most_columns": MOST_COLUMNS}
    task = {"path": str(path), "folder": str(folder), **limits}
    async with _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE)):
        code, said, complaint = await _run(json.dumps(task).encode())
    if code is None or code < 0:  # too long, too much memory, or a library that gave up
        raise Refused(Problem("sheet_absurd", field))
    if code != 0:
        raise ReaderError(complaint.decode("utf-8", "replace")[-2000:])
    answer = json.loads(said)
    if "problem" in answer:
        params = {"rows": str(most_rows), "columns": str(MOST_COLUMNS)}
        raise Refused(Problem(answer["problem"], field, params))
    return tuple(
        Sheet(one["name"], one["rows"], tuple(tuple(merged) for merged in one["merged"]), folder / one["file"])
        for one in answer["sheets"]
    )


async def _run(task: bytes) -> tuple[int | None, bytes, bytes]:
    """Exit code (None where it was ended for its slowness), output and complaints of one run."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", str(_READER),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ},
    )  # fmt: skip
    try:
        async with asyncio.timeout(LONGEST):
            said, complaint = await process.communicate(task)
        return process.returncode, said, complaint
    except TimeoutError:
        return None, b"", b""
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
