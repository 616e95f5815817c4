"""A CSV file's bytes to numbered rows, its columns found by name.

Knows UTF-8, commas and headers; what the columns mean is `files.py` and `marks_file.py`.
A row's line is the one it starts on, as an editor counts: the header is line 1.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from foundation.base.problem import Problem
from foundation.tabulation.texts import normal, shown

if TYPE_CHECKING:
    from _csv import Reader


@dataclass(frozen=True, slots=True)
class Source:
    """A file by the name that sentences give it, and its bytes; or the problem that kept it from being read."""

    name: str
    data: bytes
    unreadable: Problem | None = None

    def at(self, line: int) -> str:
        """`marks.csv:17`"""
        return f"{self.name}:{line}"

    def text(self) -> tuple[str, list[Problem]]:
        """The file as text, a byte-order mark left out; what is not UTF-8 is a problem at its line."""
        if self.unreadable is not None:
            return "", [self.unreadable]
        try:
            return self.data.decode("utf-8-sig"), []
        except UnicodeDecodeError as error:
            line = self.data.count(b"\n", 0, error.start) + 1
            return "", [Problem("not_utf8", self.at(line))]


@dataclass(slots=True)
class Table:
    """A CSV file being read: where each known column is, and the problems found so far.

    Columns that nobody asked for are passed over. Without a usable header there are no rows, only problems.
    """

    source: Source
    columns: dict[str, int]
    header_width: int
    problems: list[Problem]
    reader: "Reader"

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with its line, once; a row cut short or too long is noted and left out, an empty one is no row."""
        shortest, longest = max(self.columns.values(), default=0) + 1, self.header_width
        reader, line = self.reader, self.reader.line_num + 1
        try:
            for row in reader if self.columns else ():
                if shortest <= len(row) <= longest or self._fits(line, row, shortest):
                    yield line, row
                line = reader.line_num + 1
        except csv.Error:
            self.refuse(line, "csv_broken")

    def _fits(self, line: int, row: list[str], shortest: int) -> bool:
        if not any(map(str.strip, row)):
            return False
        counted = {"cells": str(len(row)), "columns": str(self.header_width)}
        if len(row) < shortest:
            self.refuse(line, "cells_missing", **counted)
            return False
        if any(map(str.strip, row[self.header_width :])):
            self.refuse(line, "cells_surplus", **counted)
            return False
        return True

    def refuse(self, line: int, code: str, /, **params: str) -> None:
        """Note that a line is wrong."""
        self.problems.append(Problem(code, self.source.at(line), params))


def open_table(source: Source, required: Sequence[str], optional: Sequence[str] = ()) -> Table:
    """The file with its header read; every missing or repeated column is a problem."""
    text, problems = source.text()
    table = Table(source, {}, 0, problems, csv.reader(StringIO(text, newline=""), strict=True))
    if problems:
        return table
    line, header = _header(table)
    names = [normal(name) for name in header]
    if not any(names):
        if not problems:
            table.refuse(line, "no_header", columns=",".join(required))
        return table
    for name in sorted({name for name in names if name and names.count(name) > 1}):
        table.refuse(line, "column_repeated", column=shown(name))
    for name in required:
        if name not in names:
            table.refuse(line, "column_missing", column=name)
    if not problems:
        table.columns = {name: names.index(name) for name in (*required, *optional) if name in names}
        table.header_width = len(names)
    return table


def _header(table: Table) -> tuple[int, list[str]]:
    """The first row that is no blank line, with its line."""
    line = 1
    try:
        for row in table.reader:
            if row:
                return line, row
            line = table.reader.line_num + 1
    except csv.Error:
        table.refuse(line, "csv_broken")
    return 1, []
