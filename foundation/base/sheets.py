"""Text that came out of a spreadsheet: its encoding, its cells, its header. Pure; knows no list in particular.

Written for what offices really send: GB18030 from old PCs, a title above the header, a 合计 row below, columns that
nobody asked for.
"""

import csv
import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from foundation.base.letters import composed
from foundation.base.problem import Problem

MOST_LINES = 2_000
HEADER_WITHIN = 10  # a header stands in the first lines, below at most a title and a note


@dataclass(frozen=True, slots=True)
class Line:
    """One line of cells; `number` counts the text's lines from 1. `broken` has cells with their line breaks."""

    number: int
    cells: tuple[str, ...]
    broken: Mapping[int, str] = field(default_factory=dict)

    def text(self) -> str:
        return " ".join(cell for cell in self.cells if cell)

    def paragraphs(self, at: int) -> str:
        """A cell with the line breaks it was written with, one between two paragraphs."""
        return self.broken.get(at, self.cells[at])


def decode(content: bytes, field: str) -> tuple[str, list[Problem]]:
    """The text of an uploaded file: UTF-8 with or without a byte-order mark, UTF-16 with one, or GB18030."""
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return content.decode(encoding), []
        except UnicodeDecodeError:
            continue
    return "", [Problem("upload_encoding", field)]


def read_lines(text: str, field: str, most: int = MOST_LINES) -> tuple[list[Line], list[Problem]]:
    """The text's lines of trimmed cells, blank lines left out; tabs part cells if there are any, else commas."""
    text = composed(text.removeprefix("\ufeff")).replace("\0", "")
    delimiter = "\t" if "\t" in text else "," if "," in text else "，" if "，" in text else ";"
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found, before = [], 0
    try:
        for cells in reader:
            broken = {at: _paragraphs(cell) for at, cell in enumerate(cells) if "\n" in cell.strip()}
            line = Line(before + 1, tuple(" ".join(cell.split()) for cell in cells), broken)
            before = reader.line_num
            if any(line.cells):
                found.append(line)
            if len(found) > most:
                return [], [Problem("upload_long", field, {"most": str(most)})]
    except csv.Error:
        return [], [Problem("upload_cells", field, {"line": str(before + 1)})]
    return found, []


def _paragraphs(cell: str) -> str:
    return "\n".join(" ".join(part.split()) for part in cell.splitlines() if part.strip())


def header_of(lines: Sequence[Line], words: Mapping[str, str], needed: set[str]) -> tuple[int, dict[int, str]] | None:
    """Where the header stands: its index in `lines` and which column holds what; None where there is none.

    `words` maps a folded heading to a column's name; a header holds all `needed` ones. It may take two lines, as where
    one heading spans several columns that have their own below it; the index is that of the lower one then.
    """
    for index, line in enumerate(lines[:HEADER_WITHIN]):
        columns = _headings(line, words)
        below = lines[index + 1] if index + 1 < len(lines) else Line(0, ())
        under = _headings(below, words)
        said = {at for at in columns if at < len(below.cells) and below.cells[at]}
        second = bool(columns and under) and said <= under.keys()  # below a heading stands nothing, or another
        if second and needed <= {*columns.values(), *under.values()}:
            return index + 1, {**columns, **under}
        if needed <= set(columns.values()):
            return index, columns
    return None


def _headings(line: Line, words: Mapping[str, str]) -> dict[int, str]:
    return {at: words[folded(cell)] for at, cell in enumerate(line.cells) if folded(cell) in words}


def folded(text: str) -> str:
    """How headings, names and units are compared: width, case and spaces do not count."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
