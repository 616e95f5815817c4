"""The scheme as frozen values: modules, their aspects, and how equal totals are parted.

Knows the shapes only. Reading and checking is `scheme_reading.py`, the text that is hashed is `scheme_text.py`.
Units: marks, `max`, `min`, `step` and table values are whole thousandths; `weight` and `factor` whole millionths.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["measurement", "deduction", "grade", "judgement", "panel"]
Combine = Literal["mean", "median", "sum"]
Unmarked = Literal["incomplete", "zero"]
By = Literal["module", "aspect", "time", "penalty"]

THOUSAND: Final = 1_000
MILLION: Final = 1_000_000
HIGHEST_LEVEL: Final = 3
"""Judgement levels are 0, 1, 2 and 3."""

COLUMNS_BEFORE: Final = ("group", "place", "entry", "status", "total")
COLUMNS_AFTER: Final = ("tied", "decided_by")
"""The standings' own columns stand before and after one column a module: no module may carry such a code."""


@dataclass(frozen=True, slots=True)
class Aspect:
    """One line of the marking sheet.

    What a kind does not use keeps its default. `judges` is None where the scheme leaves it out: then any number of
    rows is welcome and one is enough (measurement, deduction and grade only).
    """

    code: str
    name: str
    kind: Kind
    max: int | None = None
    min: int = 0
    step: int | None = None
    table: tuple[tuple[str, int], ...] = ()
    judges: int | None = None
    levels: tuple[str, ...] = ()
    max_spread: int = 1
    combine: Combine | None = None
    drop_highest: int = 0
    drop_lowest: int = 0
    min_marks: int = 1
    round_mark: bool = False
    factor: int = MILLION
    round_points: bool = False
    coefficient: bool = False


@dataclass(frozen=True, slots=True)
class Module:
    """A part of the contest: its points are weight x the sum of its aspects' points."""

    code: str
    name: str
    weight: int
    round: bool
    aspects: tuple[Aspect, ...]


@dataclass(frozen=True, slots=True)
class TieStep:
    """One step of the tie chain; `code` is empty for time and penalty."""

    by: By
    code: str = ""

    def __str__(self) -> str:
        """As `decided_by` shows it: `module:P`, `aspect:P1`, `time`, `penalty`."""
        return f"{self.by}:{self.code}" if self.code else self.by


@dataclass(frozen=True, slots=True)
class Scheme:
    """How one contest is marked and ranked."""

    title: str
    digits: int
    unmarked: Unmarked
    modules: tuple[Module, ...]
    tie_break: tuple[TieStep, ...] = ()

    def aspects(self) -> Iterator[Aspect]:
        """Every aspect, in the scheme's order."""
        for module in self.modules:
            yield from module.aspects

    def aspect(self, code: str) -> Aspect:
        """The aspect of that code; KeyError where there is none."""
        for aspect in self.aspects():
            if aspect.code == code:
                return aspect
        raise KeyError(code)
