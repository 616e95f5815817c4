"""A unit's own sheet with its problems in red, as the writing process is told of it. Knows no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from foundation.papers.sheet_cells import Cell, plain
from foundation.papers.sheet_layout import Layout, Line, Merged
from foundation.papers.sheet_script import Script
from foundation.papers.sheets_in import Sheet

MOST_NOTES = 1000  # comments of one sheet; what is wrong stands behind each row as well
HEADING = "需要修改之处"


@dataclass(frozen=True, slots=True)
class Mark:
    """What is wrong in one row: a sentence, and the column (from 0) that it is about, where it is about one."""

    words: str
    at: int | None = None


Marks = Mapping[int, Sequence[Mark]]  # by line


class Copy:
    """One copy while it is told."""

    def __init__(self, script: Script, sheet: Sheet, layout: Layout, marks: Marks, *, only_wrong: bool) -> None:
        self._script, self._sheet, self._layout, self._marks = script, sheet, layout, marks
        self._only_wrong, self._notes = only_wrong, 0
        self._above = layout.first - 1 if only_wrong else 0  # lines that are left out above the headings
        self._width = max([one.at + 1 for one in layout.headings], default=0)
        merged = [one for one in sheet.merged if self._above <= one[0] and one[2] < layout.last]
        self._merged: dict[tuple[int, int], Merged] = {(one[0], one[1]): one for one in merged}
        self._covered = {
            (row, at) for one in merged for row in range(one[0], one[2] + 1) for at in range(one[1], one[3] + 1)
        }

    def tell(self) -> None:
        """Every line that belongs to the copy, in order."""
        layout = self._layout
        widths = [[16, "plain"] for _ in range(self._width)] + [[60, "wrap"]]
        name = (self._sheet.name or "Sheet1")[:31]
        self._script.sheet(name, columns=widths, freeze=[layout.last - self._above, 0], first=True)
        row = 0
        for line in self._sheet.lines():
            marks = self._marks.get(line.number, ())
            if self._only_wrong and not marks and not layout.first <= line.number <= layout.last:
                continue
            self._line(row, line, marks)
            row += 1

    def _line(self, row: int, line: Line, marks: Sequence[Mark]) -> None:
        wrong = {one.at for one in marks if one.at is not None}
        head = self._layout.first <= line.number <= self._layout.last
        values = [*line.cells, *([None] * (max(wrong, default=-1) + 1 - len(line.cells)))]
        cells = []
        for at, value in enumerate(values):
            if (whole := self._merged.get((line.number - 1, at))) is not None:
                first, left, last, right = whole
                where = (first - self._above, left, last - self._above, right)
                self._script.merge(where, plain(value), "head" if head else "title")
            elif (line.number - 1, at) not in self._covered and (value is not None or at in wrong):
                cells.append((at, value, _style(value, at in wrong, head)))
        if line.number == self._layout.last:
            cells.append((self._width, HEADING, "head"))
        if marks:
            cells.append((self._width, "\n".join(one.words for one in marks), "wrap"))
        self._script.row(row, cells)
        for at in sorted(wrong):
            self._note(row, at, "\n".join(one.words for one in marks if one.at == at))

    def _note(self, row: int, at: int, words: str) -> None:
        if self._notes < MOST_NOTES:
            self._script.note(row, at, words)
        self._notes += 1


def _style(value: Cell, wrong: bool, head: bool) -> str:
    if head:
        return "head"
    return ("wrong" if wrong else "plain") + (" day" if isinstance(value, date) else "")
