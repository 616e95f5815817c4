"""What a kind of sheet asks for: its columns, how their headings may read, and what their cells hold. Frozen values.

A value that was read is a text or a whole number: text as it is kept, money in fen, days as "2025-10-01", "2025-10" or
"2025", choices by their code. Whatever is not there is no value at all.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from foundation.base.sheets import folded

YUAN = 100  # fen
WAN = 10_000 * YUAN  # 万元

Value: TypeAlias = str | int
Values: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Text:
    """Words, at most so many characters. With `lines`, line breaks stay."""

    most: int = 200
    lines: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """Digits that are no number: zeros in front of them count. `length` 0: any."""

    length: int = 0
    most: int = 60


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number; `unit` is the word that may stand behind it (人, 件)."""

    least: int = 0
    most: int = 1_000_000_000
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount. `unit` is fen of what a bare number means where neither heading nor cell says 元 or 万元."""

    unit: int = YUAN
    least: int = 0  # fen
    most: int = 10_000_000 * WAN  # fen


@dataclass(frozen=True, slots=True)
class Day:
    """A day, a month or a year: kept to `finest`, as far as it is known; coarser than `coarsest` is not enough."""

    finest: str = "day"
    coarsest: str = "day"
    past: bool = False  # nothing later than today


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: its code, the word for it, and other words that mean it."""

    code: str
    label: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some words."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class IdNumber:
    """An ID number (公民身份号码)."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A mobile telephone."""


Holds: TypeAlias = Text | Code | Whole | Money | Day | Choice | IdNumber | Phone


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `heading` is what it is called on our own template, `also` what offices call it as well."""

    name: str
    heading: str
    holds: Holds
    also: tuple[str, ...] = ()
    required: bool = False
    help: str = ""  # in the words of the template
    example: str = ""
    width: int = 14  # characters, on paper

    @property
    def private(self) -> bool:
        """Whether its values are kept sealed only."""
        return isinstance(self.holds, IdNumber | Phone)


_UNITS = {"万元": WAN, "万": WAN, "元": YUAN, "人民币元": YUAN, "人民币万元": WAN, "亿元": 10_000 * WAN}
_IN_BRACKETS = re.compile(r"[(\[【〔]([^)\]】〕]*)[)\]】〕]")
_UNIT_BEHIND = re.compile(r"(?:单位)?[:：/,]?(人民币)?(万元|亿元|元)$")
_MARKS = re.compile(r"[*＊★☆:：]+|^\d+[.、]|必填|选填|可选")


def bare(heading: str) -> str:
    """A heading for comparing: width, case, spaces, stars, what stands in brackets and a unit behind it aside."""
    text = _MARKS.sub("", _IN_BRACKETS.sub("", folded(heading)))
    return _UNIT_BEHIND.sub("", text) or text


def scale_of(heading: str) -> int | None:
    """Fen of one of the unit that a heading names: 效益(万元), 金额/元; None where it names none."""
    text = folded(heading)
    for inside in _IN_BRACKETS.findall(text):
        unit = inside.removeprefix("单位").lstrip(":：")
        if unit in _UNITS:
            return _UNITS[unit]
    behind = _UNIT_BEHIND.search(text)
    return _UNITS[behind[2]] if behind and behind[0] != text else None


def nth(heading: str, number: int) -> str:
    """What a comparable heading is remembered as where it stands over several columns, from the first of them."""
    return heading if number == 1 else f"{heading[:56]}\x1f{number}"


def headings_of(columns: Sequence[Column], remembered: Mapping[str, str]) -> dict[str, str]:
    """Comparable heading -> column's name: our own words, then other offices', then the unit's own, which win."""
    found = {bare(heading): column.name for column in columns for heading in column.also}
    found |= {bare(column.heading): column.name for column in columns}
    names = {column.name for column in columns}
    return found | {heading: name for heading, name in remembered.items() if name in names or not name}
