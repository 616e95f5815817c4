"""marks.csv: `entry,aspect,judge,mark`, one row a mark.

A contest has hundreds of thousands of rows made of a few hundred texts, so each text is read once and remembered.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from foundation.base.problem import Problem
from foundation.tabulation.checks import Aspects, Key, Pair
from foundation.tabulation.csv_text import Source, Table, open_table
from foundation.tabulation.marks import Mark, Value, Word, read_value
from foundation.tabulation.scheme_model import Aspect
from foundation.tabulation.texts import normal, shown

COLUMNS: Final = ("entry", "aspect", "judge", "mark")
_MARK: Final[Callable[[tuple[str, str, str, Value]], Mark]] = partial(tuple.__new__, Mark)
"""`Mark(...)` in a third of the time."""


@dataclass(slots=True)
class MarksFile:
    """What a marks file holds.

    `keys` and `lines` are of every row with a mark, also of those whose mark is wrong: rules across rows want them
    all. `given` is the place in `keys` of an entry's first real mark (no word) in an aspect that takes a coefficient.
    """

    source: Source
    problems: list[Problem]
    marks: list[Mark] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    given: dict[Pair, int] = field(default_factory=dict)

    def field_of(self, place: int) -> str:
        """Where the row at that place of `keys` stands."""
        return self.source.at(self.lines[place])


class _Once(dict[str, str]):
    """Each text normalised once."""

    def __missing__(self, text: str) -> str:
        self[text] = normalised = normal(text)
        return normalised


class _Values(dict[str, "Value | Problem"]):
    """Each text read once for one aspect."""

    def __init__(self, aspect: Aspect) -> None:
        super().__init__()
        self.read: Callable[[str], Value | Problem] = lambda text: read_value(aspect, text)

    def __missing__(self, text: str) -> "Value | Problem":
        self[text] = value = self.read(text)
        return value


def read_marks(source: Source, aspects: Aspects | None) -> MarksFile:
    """Every row with a mark; a blank mark is the same as no row. `aspects` is None where the scheme is unreadable."""
    table = open_table(source, COLUMNS)
    found = MarksFile(source, table.problems)
    if table.columns:
        _read_rows(table, aspects, found)
    return found


def _read_rows(table: Table, aspects: Aspects | None, found: MarksFile) -> None:
    entry_at, aspect_at, judge_at, mark_at = (table.columns[name] for name in COLUMNS)
    texts = _Once()
    known = [aspect for aspect in (aspects or {}).values() if aspect is not None]
    values = {aspect.code: _Values(aspect) for aspect in known}
    with_coefficient = {aspect.code for aspect in known if aspect.coefficient}
    marks, keys, lines, given = found.marks, found.keys, found.lines, found.given
    for line, row in table.rows():
        text = row[mark_at]
        if not texts[text]:
            continue
        entry, aspect, judge = key = texts[row[entry_at]], texts[row[aspect_at]], texts[row[judge_at]]
        if not (entry and aspect and judge):
            for name, code in zip(COLUMNS, key, strict=False):
                if not code:
                    table.refuse(line, "cell_blank", column=name)
            continue
        keys.append(key)
        lines.append(line)
        reader = values.get(aspect)
        if reader is None:
            if aspects is not None and aspect not in aspects:
                table.refuse(line, "no_such_aspect", code=shown(aspect))
            continue
        value = reader[text]
        if isinstance(value, Problem):
            table.refuse(line, value.code, **value.params)
        else:
            marks.append(_MARK((entry, aspect, judge, value)))
        if aspect in with_coefficient and not isinstance(value, Word):
            given.setdefault((entry, aspect), len(keys) - 1)
