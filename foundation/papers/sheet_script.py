"""What a workbook is told to be, line by line, and the process that makes it one. Knows files and processes.

A text stays a text: nothing that is written can be executed as a formula (`sheet_writer.py`).
"""

import asyncio
import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import IO, Any
from weakref import WeakKeyDictionary

from foundation.papers.sheet_cells import Cell, Failed

LONGEST = 180.0  # seconds of one workbook, on a machine that is busy
AT_ONCE = 2
_WRITER = Path(__file__).with_name("sheet_writer.py")
_turns: "WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore]" = WeakKeyDictionary()

INK, RULE, HEAD, WRONG = "#1B2A41", "#9AA5B1", "#E8EEF3", "#F8D7DA"
FORMATS: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "align": "center", "valign": "vcenter", "font_color": INK},
    "line": {"align": "left", "valign": "vcenter"},
    "middle": {"align": "center", "valign": "vcenter"},
    "right": {"align": "right", "valign": "vcenter"},
    "head": {
        "bold": True, "border": 1, "border_color": RULE, "bg_color": HEAD, "align": "center", "valign": "vcenter",
        "text_wrap": True,
    },
    "text": {"border": 1, "border_color": RULE, "valign": "vcenter", "text_wrap": True},
    "number": {"border": 1, "border_color": RULE, "valign": "vcenter", "num_format": "#,##0"},
    "money": {"border": 1, "border_color": RULE, "valign": "vcenter", "num_format": "#,##0.00"},
    "day": {"border": 1, "border_color": RULE, "valign": "vcenter", "num_format": "yyyy-mm-dd", "align": "left"},
    "as text": {"num_format": 49},
    "as day": {"num_format": "yyyy-mm-dd"},
    "example": {"italic": True, "font_color": "#5C6B7A", "num_format": 49, "text_wrap": True},
    "plain": {},
    "plain day": {"num_format": "yyyy-mm-dd"},
    "wrong": {"bg_color": WRONG, "font_color": "#9C0006"},
    "wrong day": {"bg_color": WRONG, "font_color": "#9C0006", "num_format": "yyyy-mm-dd"},
    "wrap": {"text_wrap": True, "valign": "top"},
}  # fmt: skip

Placed = Sequence[tuple[int, Any, str]]  # column, value, format


class WriterError(Exception):
    """The writing program itself failed: a fault of ours."""


class Script:
    """The lines of one workbook, in the order in which they are written."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        for name, properties in FORMATS.items():
            self._say("format", name, properties)

    def _say(self, *words: Any) -> None:
        self._file.write(json.dumps(words, ensure_ascii=False, separators=(",", ":")) + "\n")

    def sheet(self, name: str, **properties: Any) -> None:
        """Go on with another sheet."""
        self._say("sheet", name, properties)

    def row(self, number: int, cells: Placed, height: float | None = None) -> None:
        """One row, from 0."""
        self._say("row", number, [[at, written(value), style] for at, value, style in cells], height)

    def merge(self, where: tuple[int, int, int, int], words: str, style: str) -> None:
        """First row and column, last row and column."""
        if where[:2] == where[2:]:
            self.row(where[0], [(where[1], words, style)])
        else:
            self._say("merge", *where, words, style)

    def note(self, row: int, column: int, words: str) -> None:
        self._say("note", row, column, words)

    def choices(self, rows: tuple[int, int], column: int, source: tuple[str, int, int], title: str, told: str) -> None:
        """A drop-down from row to row; `source` is the sheet with its words, their column, and how many there are."""
        self._say("choices", *rows, column, source, title, told)


def written(value: Cell) -> Any:
    """A cell as the script holds it."""
    if isinstance(value, date):
        return [value.isoformat()[:10]]
    return "#N/A" if isinstance(value, Failed) else value


async def workbook(tell: Callable[[Script], None]) -> bytes:
    """The .xlsx that `tell` describes; it runs in a thread, and the writing in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="ganpo-sheet-") as name:
        told, made = Path(name, "told"), Path(name, "made.xlsx")
        await asyncio.to_thread(_write_down, told, tell)
        async with _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE)):
            await _run(told, made)
        return await asyncio.to_thread(made.read_bytes)


def _write_down(told: Path, tell: Callable[[Script], None]) -> None:
    with told.open("w", encoding="utf-8") as file:
        tell(Script(file))


async def _run(told: Path, made: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", str(_WRITER), str(told), str(made), stderr=asyncio.subprocess.PIPE,
        env={name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ},
    )  # fmt: skip
    try:
        async with asyncio.timeout(LONGEST):
            _, complaint = await process.communicate()
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode != 0:
        raise WriterError(complaint.decode("utf-8", "replace")[-2000:])
