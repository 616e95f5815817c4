"""Reads one workbook in a process of its own, bounded in memory and time. Started by `sheets_in.py` alone.

Takes one JSON object from standard input: {"path", "folder", "most_rows", "most_columns"}; writes each visible sheet as
`{folder}/{number}.jsonl`, one line of cells a row, and says on standard output which there are, or what is wrong. A day
is written ["2025-10-01"], a formula without a result ["#"]. Imports nothing of ours.
"""

import datetime
import json
import os
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

MEMORY = 1536 * 1024 * 1024  # bytes of address space
CPU_SECONDS = 60
MOST_SHEETS = 50
EXACT = 10**15
PIECE = 1 << 20

_FAILED = re.compile(rb"<c\b(?=[^>]*\bt=\"e\")[^>]*\br=\"([A-Z]{1,3})(\d{1,7})\"")
_TARGET = re.compile(rb"<Relationship\b(?=[^>]*\bId=\"([^\"]+)\")[^>]*\bTarget=\"([^\"]+)\"")
_SHEET = re.compile(rb"<sheet\b[^>]*\br:id=\"([^\"]+)\"")


class Unfit(Exception):  # noqa: N818 - an answer about the file
    """The workbook is refused; the text is a problem's code."""


def cell_of(value: Any) -> Any:
    """A cell as it is written down."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < EXACT else value
    if isinstance(value, datetime.date):  # a datetime is one
        return [value.isoformat()[:10]]
    if isinstance(value, datetime.time | datetime.timedelta):
        return str(value)
    return value


def rows_of(sheet: CalamineSheet, failed: set[tuple[int, int]]) -> Iterator[list[Any]]:
    """Every row from the first on, without what is empty at its end."""
    before = [None] * (sheet.start[1] if sheet.start else 0)
    marked: dict[int, list[int]] = {}
    for at, column in failed:
        marked.setdefault(at, []).append(column)
    for number, row in enumerate(sheet.iter_rows()):
        cells: list[Any] = before + [cell_of(value) for value in row]
        for column in marked.get(number, ()):
            cells += [None] * (column + 1 - len(cells))
            cells[column] = ["#"]
        while cells and cells[-1] is None:
            cells.pop()
        yield cells


def failed_cells(path: str, place: int) -> set[tuple[int, int]]:
    """Where formulas of a sheet have no result, which the library reads as nothing; .xlsx only."""
    if not zipfile.is_zipfile(path):
        return set()
    try:
        with zipfile.ZipFile(path) as archive:
            targets = dict(_TARGET.findall(archive.read("xl/_rels/workbook.xml.rels")))
            target = targets[_SHEET.findall(archive.read("xl/workbook.xml"))[place]].decode()
            with archive.open(target.lstrip("/") if target.startswith("/") else f"xl/{target}") as part:
                return set(_found(part))
    except (KeyError, IndexError, zipfile.BadZipFile, UnicodeDecodeError):
        return set()


def _found(part: IO[bytes]) -> Iterator[tuple[int, int]]:
    rest = b""
    while piece := part.read(PIECE):
        rest += piece
        for letters, row in _FAILED.findall(rest):
            column = 0
            for letter in letters:
                column = column * 26 + letter - 64
            yield int(row) - 1, column - 1
        rest = rest[-200:]


def read(task: dict[str, Any]) -> dict[str, Any]:
    """Write every visible sheet down. Raises Unfit."""
    try:
        book = CalamineWorkbook.from_path(task["path"])
        shown = [
            (place, one)
            for place, one in enumerate(book.sheets_metadata)
            if one.visible is SheetVisibleEnum.Visible and one.typ is SheetTypeEnum.WorkSheet
        ]
        if len(shown) > MOST_SHEETS:
            raise Unfit("sheet_many")
        return {"sheets": [one for number, (place, _) in enumerate(shown) for one in _sheet(book, place, number, task)]}
    except PasswordError as error:
        raise Unfit("sheet_locked") from error
    except CalamineError as error:
        raise Unfit("sheet_broken") from error


def _sheet(book: CalamineWorkbook, place: int, number: int, task: dict[str, Any]) -> Iterator[dict[str, Any]]:
    sheet = book.get_sheet_by_index(place)
    if sheet.end is None:
        return
    height, width = sheet.end[0] + 1, sheet.end[1] + 1
    if height > task["most_rows"]:
        raise Unfit("sheet_long")
    if width > task["most_columns"]:
        raise Unfit("sheet_wide")
    failed = failed_cells(task["path"], place)
    with Path(task["folder"], f"{number}.jsonl").open("w", encoding="utf-8") as out:
        for cells in rows_of(sheet, failed):
            out.write(json.dumps(cells, ensure_ascii=False, separators=(",", ":")) + "\n")
    merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
    yield {"file": f"{number}.jsonl", "name": sheet.name, "rows": height, "merged": merged}


def _limits() -> None:
    """Give way to the server, and end before the machine does."""
    if os.name != "posix":
        return
    import resource  # noqa: PLC0415 - only where there is one

    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    _limits()
    try:
        answer = read(json.load(sys.stdin))
    except Unfit as unfit:
        answer = {"problem": str(unfit)}
    except MemoryError:
        answer = {"problem": "sheet_absurd"}
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the library's own, which it has no name for
            raise
        answer = {"problem": "sheet_broken"}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
