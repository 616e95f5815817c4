"""How an office lays a sheet out: a title, perhaps 填报单位, headings of one to three lines, rows, totals, notes. Pure.

Finds the headings and which columns they stand for, and tells rows from what only looks like one.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from foundation.base.sheets import folded
from foundation.papers.sheet_cells import Cell, plain
from foundation.papers.sheet_columns import Column, bare, headings_of, nth, scale_of

WITHIN = 30  # headings stand in the first lines
DEEPEST = 3  # lines of headings
LONGEST_HEADING = 60

Merged = tuple[int, int, int, int]  # first row, first column, last row, last column; from 0
NUMBERING = {"序号", "序", "编号no", "no", "no.", "行号", "顺序号"}

_FOOT = re.compile(
    r"(合计|总计|小计|共计|累计|本页合计|填报单位|填报人|填表人|填表单位|制表|审核|审批|复核|负责人|单位负责人|主管领导|经办人|联系人|联系电话|联系方式"
    r"|填报日期|填表日期|日期|报送单位|报送日期|盖章|签字|签章|注|备注|说明|填表说明|填报说明|以下空白|total)"
)
_ENDS = re.compile(r"$|[:(\[、,，.。;；\d]")  # behind such a word, folded: it stands by itself
_UNIT = re.compile(r"单位[:：]?(?:人民币)?(万元|亿元|元)")
_EXAMPLE = re.compile(r"(示例|样例|例|例如|填写示例|example)[:：]?.{0,6}")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet; `number` counts from 1, as the spreadsheet shows it."""

    number: int
    cells: tuple[Cell, ...]

    def words(self, at: int) -> str:
        return plain(self.cells[at]).strip() if at < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of the file: where it stands (from 0), what its heading says, and whose values it holds ("": none)."""

    at: int
    words: str
    column: str = ""
    scale: int | None = None  # fen of the unit that it names


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet was understood. `first` and `last` are the lines of its headings; 0 where none were found."""

    first: int = 0
    last: int = 0
    headings: tuple[Heading, ...] = ()
    missing: tuple[str, ...] = ()  # names of required columns without a heading
    twice: tuple[str, ...] = ()  # names of columns that two headings claim

    @property
    def ready(self) -> bool:
        """Whether rows can be read."""
        return bool(self.last) and not self.missing and not self.twice

    @property
    def kept(self) -> tuple[Heading, ...]:
        return tuple(one for one in self.headings if one.column)

    @property
    def ignored(self) -> tuple[str, ...]:
        return tuple(one.words for one in self.headings if not one.column and folded(one.words) not in NUMBERING)


@dataclass(slots=True)
class Top:
    """The first lines of a sheet and its merged cells."""

    lines: Sequence[Line]
    merged: Sequence[Merged] = ()
    _covering: dict[tuple[int, int], Merged] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.merged:
            for row in range(one[0], min(one[2], WITHIN + DEEPEST) + 1):
                for column in range(one[1], min(one[3], 500) + 1):
                    self._covering[row, column] = one

    def line(self, number: int) -> Line:
        return next((line for line in self.lines if line.number == number), Line(number, ()))

    def words(self, number: int, at: int) -> str:
        """What stands there, merged cells being everywhere the same; without merging, above what is to its right."""
        found = self._covering.get((number - 1, at))
        return self.line(found[0] + 1).words(found[1]) if found else self.line(number).words(at)

    def inside(self, number: int) -> bool:
        """Whether a cell that is merged downwards goes on in this line: headings do not begin here."""
        return any(row == number - 1 and one[0] < row for (row, _), one in self._covering.items())

    def depth(self, number: int) -> int:
        """How many lines the headings that begin on this line are, by the cells that are merged downwards."""
        below = [one[2] - number + 2 for (row, _), one in self._covering.items() if row == one[0] == number - 1]
        return min(DEEPEST, max([1, *(deep for deep in below if deep > 0)]))


def find(top: Top, columns: Sequence[Column], remembered: Mapping[str, str]) -> Layout:
    """Where the headings are and what they stand for; `remembered` has a unit's own (comparable heading -> column).

    With none that fit, the line that looks most like headings, nothing of it understood.
    """
    known = headings_of(columns, remembered)
    tried = (
        _layout(top, line.number, depth, known, columns)
        for line in top.lines[:WITHIN]
        if not top.inside(line.number)
        for depth in range(top.depth(line.number), DEEPEST + 1)
    )
    best = max(tried, key=_fitness, default=Layout())
    return best if len(_names(best)) >= min(2, len(columns)) else _guess(top, known, columns)


def _names(layout: Layout) -> set[str]:
    return {one.column for one in layout.kept}


def _fitness(layout: Layout) -> tuple[int, bool, int, int]:
    """More columns understood, then more units of money known, then fewer lines of headings."""
    units = sum(one.scale is not None for one in layout.kept)
    return len(_names(layout)), layout.ready, units, layout.first - layout.last


def _layout(top: Top, first: int, depth: int, known: Mapping[str, str], columns: Sequence[Column]) -> Layout:
    width = max((len(top.line(first + down).cells) for down in range(depth)), default=0)
    stated = _stated(top, first)
    headings = tuple(_heading(top, first, depth, at, known, stated) for at in range(width))
    headings = tuple(_apart([one for one in headings if one.words], known))
    names = [one.column for one in headings if one.column]
    missing = tuple(one.name for one in columns if one.required and one.name not in names)
    twice = tuple(one.name for one in columns if names.count(one.name) > 1)
    return Layout(first, first + depth - 1, headings, missing, twice)


def _apart(headings: Sequence[Heading], known: Mapping[str, str]) -> Iterator[Heading]:
    """Of headings that read alike, each further one as its unit said of it."""
    stood: Counter[str] = Counter()
    for one in headings:
        name = bare(one.words)
        stood[name] += 1
        column = known.get(nth(name, stood[name])) if stood[name] > 1 else None
        yield one if column is None else replace(one, column=column)


def _stated(top: Top, first: int) -> int | None:
    """The unit of money that is said above all headings, mostly at their right: 单位：万元."""
    above = [plain(cell) for line in top.lines if line.number < first for cell in line.cells]
    found = (_UNIT.search(folded(words)) for words in above)
    return next((scale_of(f"({one[1]})") for one in found if one), None)


def _heading(  # noqa: PLR0917
    top: Top, first: int, depth: int, at: int, known: Mapping[str, str], stated: int | None
) -> Heading:
    parts = list(dict.fromkeys(part for down in range(depth) if (part := _part(top, first, depth, down, at))))
    words = " ".join(" ".join(parts).split())[:LONGEST_HEADING]
    own = top.words(first + depth - 1, at)
    scale = next((found for part in (own, words, *parts) if (found := scale_of(part)) is not None), stated)
    for name in ("".join(parts), "".join(reversed(parts)), own):
        if name and (column := known.get(bare(name))) is not None:
            return Heading(at, words, column, scale)
    return Heading(at, words, "", scale)


def _part(top: Top, first: int, depth: int, down: int, at: int) -> str:
    """One line of a heading. Over two columns written but not merged, the upper words stand above the first alone."""
    words = top.words(first + down, at)
    if words or down == depth - 1 or not top.words(first + down + 1, at):
        return words
    for left in range(at - 1, -1, -1):
        if above := top.words(first + down, left):
            return above if top.words(first + down + 1, left) else ""
    return ""


def _guess(top: Top, known: Mapping[str, str], columns: Sequence[Column]) -> Layout:
    """The first line with about as many words that are no numbers as the wordiest of them has."""

    def wordy(line: Line) -> int:
        return sum(isinstance(cell, str) and 0 < len(cell.strip()) <= LONGEST_HEADING for cell in line.cells)

    lines = [line for line in top.lines[:WITHIN] if wordy(line) >= 2]
    if not lines:
        return Layout()
    most = max(map(wordy, lines))
    line = next(line for line in lines if wordy(line) * 5 >= most * 3)
    return _layout(top, line.number, top.depth(line.number), known, columns)


@dataclass(frozen=True, slots=True)
class Rows:
    """Tells the lines below the headings apart."""

    layout: Layout
    required: frozenset[str]

    @classmethod
    def of(cls, layout: Layout, columns: Sequence[Column]) -> "Rows":
        return cls(layout, frozenset(one.name for one in columns if one.required))

    def pick(self, lines: Iterator[Line]) -> Iterator[tuple[Line, bool]]:
        """Every line that says something, and whether it is a row; else it is a total, a note or the example."""
        again = []
        places = [one.at for one in self.layout.kept]
        for line in lines:
            if line.number <= self.layout.last:
                if line.number >= self.layout.first:
                    again.append(line.cells)
                continue
            said = [at for at in range(len(line.cells)) if line.words(at)]
            if not said:
                continue
            if line.cells in again or self._numbered_only(line, said):  # headings repeated on a printed page
                continue
            if not any(at in said for at in places):
                yield line, False
                continue
            yield line, not self._is_foot(line, said)

    def _numbered_only(self, line: Line, said: Sequence[int]) -> bool:
        """A line that waits to be filled: nothing but its number."""
        numbering = {one.at for one in self.layout.headings if folded(one.words) in NUMBERING}
        return all(at in numbering and line.words(at).isdecimal() for at in said)

    def _is_foot(self, line: Line, said: Sequence[int]) -> bool:
        words = line.words(said[0])
        if _EXAMPLE.fullmatch(folded(words)):
            return True
        found = _FOOT.match(folded(words))
        if found is None:
            return False
        needed = [one.at for one in self.layout.kept if one.column in self.required]
        missing = sum(at not in said for at in needed)
        if _ENDS.match(folded(words)[found.end() :]) or _FOOT.fullmatch(folded(words.split()[0])):
            return bool(missing) or not needed
        return missing * 2 > len(needed) or not needed  # 注塑机… is a row that lacks something, not a note
