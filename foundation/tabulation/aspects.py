"""One aspect of one entry: from its rows to the combined mark, and from there to points.

Knows one aspect's rows at a time, already checked. Rules: the spec's kinds, and "points(aspect) = ...".
Inside an aspect everything is whole thousandths; a rational is made once, when the mark is combined.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from operator import itemgetter
from typing import Final

from foundation.tabulation.decimals import round_half_away
from foundation.tabulation.marks import VOID, Value, Word
from foundation.tabulation.scheme_model import HIGHEST_LEVEL, MILLION, THOUSAND, Aspect, Unmarked
from foundation.tabulation.standings import AspectLine, AspectStatus, MarkLine

Row = tuple[str, Value]
"""A judge's code and value."""
Given = tuple[int, str]
"""A mark that was given, in thousandths (a grade's key already looked up), and the judge's code."""

ZERO: Final = Fraction(0)
_BY_JUDGE: Final = itemgetter(0)
_MARK_LINE: Final[Callable[[tuple[str, Value, bool]], MarkLine]] = partial(tuple.__new__, MarkLine)
"""`MarkLine(...)` in a third of the time: there is one for every mark."""


def score_aspect(
    aspect: Aspect, rows: Sequence[Row], unmarked: Unmarked, digits: int, coefficient: int | None
) -> AspectLine:
    """The aspect worked out from one entry's rows, in any order; a void row is a row without a mark.

    `coefficient` in millionths, None where there is none. An aspect that needs one and has none (an entry that will
    not be placed) stops before its points.
    """
    rows = sorted(rows, key=_BY_JUDGE)
    if not rows and unmarked == "zero":
        return AspectLine(aspect.code, aspect.kind, "ok", (), points=ZERO)
    given = given_marks(aspect, rows)
    status = aspect_status(aspect, rows, given)
    if status != "ok":
        return AspectLine(aspect.code, aspect.kind, status, mark_lines(rows, ()))
    dropped = dropped_judges(given, aspect.drop_highest, aspect.drop_lowest)
    combined = combine(aspect, [value for value, judge in given if judge not in dropped])
    mark = round_half_away(combined, digits) if aspect.round_mark else combined
    product = multiply(aspect, mark, coefficient)
    return AspectLine(
        code=aspect.code,
        kind=aspect.kind,
        status="ok",
        marks=mark_lines(rows, dropped),
        combined=combined,
        mark=mark,
        rounded_mark=aspect.round_mark,
        coefficient=coefficient,
        product=product,
        points=round_half_away(product, digits) if aspect.round_points and product is not None else product,
        rounded_points=aspect.round_points,
    )


def void_aspect(aspect: Aspect, rows: Sequence[Row]) -> AspectLine:
    """An aspect of a void module: it counts 0, whatever is marked or missing in it."""
    return AspectLine(aspect.code, aspect.kind, "void", mark_lines(sorted(rows, key=_BY_JUDGE), ()), points=ZERO)


def given_marks(aspect: Aspect, rows: Sequence[Row]) -> list[Given]:
    """The marks of those who gave one, absent ones left out."""
    if aspect.kind == "grade":
        worth = dict(aspect.table)
        return [(worth[value], judge) for judge, value in rows if isinstance(value, str)]
    return [(value, judge) for judge, value in rows if isinstance(value, int)]


def aspect_status(aspect: Aspect, rows: Sequence[Row], given: Sequence[Given]) -> AspectStatus:
    """conflict, incomplete or ok, in this order: marks that contradict each other do so while others are missing.

    An aspect without `judges` wants one row at least.
    """
    if given and in_conflict(aspect, rows, given):
        return "conflict"
    if len(rows) < (aspect.judges or 1) or len(given) < aspect.min_marks:
        return "incomplete"
    return "ok"


def in_conflict(aspect: Aspect, rows: Sequence[Row], given: Sequence[Given]) -> bool:
    """Levels too far apart, or agreed marks that do not agree; grades agree by key, whatever the keys count."""
    if aspect.kind == "panel":
        return False
    if aspect.kind == "judgement":
        levels = [value for value, _ in given]
        return max(levels) - min(levels) > aspect.max_spread * THOUSAND
    return len({value for _, value in rows if not isinstance(value, Word)}) > 1


def dropped_judges(given: Sequence[Given], highest: int, lowest: int) -> frozenset[str]:
    """The judges whose marks are left out: first the highest, then the lowest of the rest.

    Among equal marks it is the one of the last judge code.
    """
    if not highest and not lowest:
        return frozenset()
    falling = sorted(given, reverse=True)
    dropped, rest = falling[:highest], falling[highest:]
    # Sorting keeps the order of equals, which is falling by judge: the last judge's mark comes first here too.
    rest.sort(key=itemgetter(0))
    dropped += rest[:lowest]
    return frozenset([judge for _, judge in dropped])


def combine(aspect: Aspect, values: Sequence[int]) -> Fraction:
    """The one mark of the values that count: at least one value, in thousandths."""
    if aspect.kind == "judgement":
        return Fraction((aspect.max or 0) * sum(values), HIGHEST_LEVEL * THOUSAND * THOUSAND * len(values))
    if aspect.kind == "deduction":
        return Fraction(max((aspect.max or 0) - values[0], 0), THOUSAND)
    if aspect.combine == "mean":
        return Fraction(sum(values), THOUSAND * len(values))
    if aspect.combine == "sum":
        return Fraction(sum(values), THOUSAND)
    if aspect.combine == "median":
        ordered, middle = sorted(values), len(values) // 2
        return Fraction(ordered[middle] + ordered[-1 - middle], 2 * THOUSAND)
    return Fraction(values[0], THOUSAND)


def multiply(aspect: Aspect, mark: Fraction, coefficient: int | None) -> Fraction | None:
    """mark x factor x coefficient; None where the coefficient is wanted and missing."""
    if aspect.coefficient:
        if coefficient is None:
            return None
        return Fraction(mark.numerator * aspect.factor * coefficient, mark.denominator * MILLION * MILLION)
    return mark if aspect.factor == MILLION else Fraction(mark.numerator * aspect.factor, mark.denominator * MILLION)


def mark_lines(rows: Sequence[Row], dropped: frozenset[str] | tuple[()]) -> tuple[MarkLine, ...]:
    """The rows as they are shown, in the order of judges."""
    return tuple([_MARK_LINE((judge, value, judge in dropped)) for judge, value in rows])


def is_void(rows: Sequence[Row]) -> bool:
    """Whether a row holds the word that voids the module."""
    return VOID in [value for _, value in rows]
