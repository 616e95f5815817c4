"""Writes one workbook in a process of its own, as it is told line by line. Started by `sheets_out.py` alone.

Reads the file that is its first argument, one JSON list a line, and writes the workbook to its second: ["format", name,
properties], ["sheet", name, properties], ["row", number, [[column, value, format], ...], height], ["merge", first row,
first column, last row, last column, value, format], ["note", row, column, text], ["choices", first row, last row,
column, source, title, message]. Rows of a sheet come in order. A text is always written as text: no formula ever comes
out of here. A day is written ["2025-10-01"]. Imports nothing of ours.
"""

import datetime
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

CPU_SECONDS = 120
EXECUTABLE = ("=", "+", "-", "@", "\t", "\r")


class Writer:
    """A workbook that is being written."""

    def __init__(self, target: str) -> None:
        self.book = xlsxwriter.Workbook(target, {"constant_memory": True})
        self.book.set_calc_mode("manual")
        self.said: dict[str, dict[str, Any]] = {"": {}}
        self.made: dict[tuple[str, bool], Any] = {}
        self.sheet: Any = None

    def format(self, name: str, properties: dict[str, Any]) -> None:
        self.said[name] = properties

    def style(self, name: str, value: Any = None) -> Any:
        """A format; of a text that a program could take for a formula, one that says it is none."""
        quoted = isinstance(value, str) and value.startswith(EXECUTABLE)
        if (name, quoted) not in self.made:
            more = {"quote_prefix": True} if quoted else {}
            self.made[name, quoted] = self.book.add_format({**self.said[name], **more})
        return self.made[name, quoted]

    def begin(self, name: str, properties: dict[str, Any]) -> None:
        self.sheet = sheet = self.book.add_worksheet(name)
        sheet.set_paper(9)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        for at, (width, style) in enumerate(properties.get("columns", ())):
            sheet.set_column(at, at, width, self.style(style))
        if properties.get("hidden"):
            sheet.hide()
        if properties.get("landscape"):
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            sheet.center_horizontally()
        if "repeat" in properties:
            sheet.repeat_rows(*properties["repeat"])
        if "freeze" in properties:
            sheet.freeze_panes(*properties["freeze"])
        if "filter" in properties:
            sheet.autofilter(*properties["filter"])
        if "footer" in properties:
            sheet.set_footer(properties["footer"])
        if properties.get("first"):
            sheet.activate()

    def row(self, number: int, cells: list[list[Any]], height: float | None) -> None:
        if height is not None:
            self.sheet.set_row(number, height)
        for at, value, name in cells:
            self.cell(number, at, value, name)

    def cell(self, row: int, column: int, value: Any, name: str) -> None:
        style = self.style(name, value)
        if value is None:
            self.sheet.write_blank(row, column, None, style)
        elif isinstance(value, str):
            self.sheet.write_string(row, column, value[:32_000], style)
        elif isinstance(value, bool):
            self.sheet.write_boolean(row, column, value, style)
        elif isinstance(value, list):
            self.sheet.write_datetime(row, column, datetime.date.fromisoformat(value[0]), style)
        else:
            self.sheet.write_number(row, column, value, style)

    def merge(self, first: int, left: int, last: int, right: int, value: str, name: str) -> None:  # noqa: PLR0917
        self.sheet.merge_range(first, left, last, right, "", self.style(name, value))
        self.cell(first, left, value, name)

    def note(self, row: int, column: int, text: str) -> None:
        self.sheet.write_comment(row, column, text, {"x_scale": 2, "y_scale": 1 + len(text) // 60})

    def choices(self, first: int, last: int, column: int, source: list[Any], title: str, message: str) -> None:  # noqa: PLR0917
        """A drop-down whose words stand on another sheet: inline, 255 characters are the most."""
        name, at, size = source
        letter = xl_col_to_name(at)
        self.sheet.data_validation(
            first, column, last, column,
            {
                "validate": "list",
                "source": f"='{name}'!${letter}$1:${letter}${size}",
                "input_title": title[:32],
                "input_message": message[:255],
                "error_type": "warning",
            },
        )  # fmt: skip


def main() -> None:
    if os.name == "posix":
        import resource  # noqa: PLC0415 - only where there is one

        os.nice(10)
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    writer = Writer(sys.argv[2])
    acts: dict[str, Callable[..., None]] = {
        "format": writer.format,
        "sheet": writer.begin,
        "row": writer.row,
        "merge": writer.merge,
        "note": writer.note,
        "choices": writer.choices,
    }
    with Path(sys.argv[1]).open(encoding="utf-8") as told:
        for line in told:
            act, *rest = json.loads(line)
            acts[act](*rest)
    writer.book.close()


if __name__ == "__main__":
    main()
