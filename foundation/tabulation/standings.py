"""What comes out: standings with every step from a mark to a place, as frozen values.

Knows the shapes only; `ranking.py` fills them, `output.py` writes them. All points are exact rationals: a value is
rounded only where the scheme says so, and the unrounded one stands beside it.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from foundation.tabulation.marks import Value
from foundation.tabulation.scheme_model import Kind

OwnStatus = Literal["ok", "absent", "withdrawn", "disqualified"]
Status = Literal["ok", "conflict", "incomplete", "absent", "withdrawn", "disqualified"]
AspectStatus = Literal["ok", "incomplete", "conflict", "void"]


@dataclass(frozen=True, slots=True)
class Entry:
    """Who is ranked: a public work number, never a name. `penalty`, `carried` and `time` (seconds) in thousandths."""

    code: str
    group: str = ""
    status: OwnStatus = "ok"
    penalty: int = 0
    carried: int = 0
    time: int | None = None


class MarkLine(NamedTuple):
    """One judge's row, and whether the panel's trim left it out."""

    judge: str
    value: Value
    dropped: bool


@dataclass(frozen=True, slots=True)
class AspectLine:
    """One aspect of one entry, step by step; the steps that could not be taken are None.

    combined -> mark (= combined, rounded if `rounded_mark`) -> product (mark x factor x coefficient)
    -> points (= product, rounded if `rounded_points`). `coefficient` in millionths, None where the aspect has none.
    Without any row under "unmarked": "zero", and in a void module, only `points` is known: 0.
    """

    code: str
    kind: Kind
    status: AspectStatus
    marks: tuple[MarkLine, ...]
    combined: Fraction | None = None
    mark: Fraction | None = None
    rounded_mark: bool = False
    coefficient: int | None = None
    product: Fraction | None = None
    points: Fraction | None = None
    rounded_points: bool = False


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """One module of one entry: sum of aspects -> product (weight x sum) -> points (= product, rounded if `rounded`)."""

    code: str
    void: bool
    aspects: tuple[AspectLine, ...]
    sum: Fraction | None = None
    product: Fraction | None = None
    points: Fraction | None = None
    rounded: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One entry's line. Unplaced entries have no place and no total; their modules show what is there so far."""

    group: str
    place: int | None
    entry: str
    status: Status
    total: Fraction | None
    exact_total: Fraction | None
    carried: int
    penalty: int
    time: int | None
    tied: bool
    decided_by: str
    modules: tuple[ModuleLine, ...]


@dataclass(frozen=True, slots=True)
class Standings:
    """The whole table, in the order in which it is printed."""

    title: str
    digits: int
    modules: tuple[str, ...]
    lines: tuple[Line, ...]
