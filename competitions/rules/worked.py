"""The shapes of "why this score": what a page shows of a score that was worked out by hand again. Pure.

Knows the shapes only; `working.py` fills them from a frozen score.
"""

from dataclasses import dataclass

from competitions.rules.sums import Figure, Sum
from foundation.tabulation.scheme_model import Kind


@dataclass(frozen=True, slots=True)
class MarkShown:
    """One judge's mark. `text` is the number, level or grade, or the word absent or void."""

    judge: str
    text: str
    level: str = ""  # what the scheme says of this level
    dropped: bool = False
    word: str = ""  # absent | void, else empty


@dataclass(frozen=True, slots=True)
class Reason:
    """One deduction key that was met: what, how often, how much each, and together."""

    text: str
    count: int
    each: Figure
    together: Figure


@dataclass(frozen=True, slots=True)
class AspectWorking:
    """One aspect from its marks to its points.

    `sums` lead from the marks to `points`; both are empty in a void module, and `sums` also where the one mark is
    the points. `table` is the look-up of a grade, `in_order` the marks of a median by size.
    """

    code: str
    name: str
    kind: Kind
    combine: str
    criterion: str
    full: Figure | None
    table: tuple[tuple[str, Figure], ...]
    marks: tuple[MarkShown, ...]
    reasons: tuple[Reason, ...]
    capped: bool  # the reasons come to more than the full marks, of which no more can be taken
    in_order: tuple[Figure, ...]
    sums: tuple[Sum, ...]
    points: Figure | None


@dataclass(frozen=True, slots=True)
class ModuleWorking:
    """One module: its aspects, and their sum with the weight.

    `void` (否决): the module counts 0; `conditions` are those that were met, as the sheet words them.
    """

    code: str
    name: str
    weight: Figure
    void: bool
    conditions: tuple[str, ...]
    aspects: tuple[AspectWorking, ...]
    sums: tuple[Sum, ...]
    points: Figure


@dataclass(frozen=True, slots=True)
class Working:
    """The whole score. An entry that was not placed has a status, and neither modules nor a total.

    `total_sum` is None where one module alone is the total. `time` as `12:05.5` or `1:02:05`.
    """

    entry: str
    group: str
    place: int | None
    status: str
    tied: bool
    decided_by: str
    modules: tuple[ModuleWorking, ...]
    total_sum: Sum | None
    total: str
    time: str
