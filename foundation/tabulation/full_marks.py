"""Full marks (配分) of aspects, modules and the whole scheme, for the page where a scheme is made.

Without coefficients: where an aspect has one, its full marks depend on the entry, and the sums are None.
"""

from fractions import Fraction

from foundation.tabulation.decimals import round_half_away
from foundation.tabulation.scheme_model import MILLION, THOUSAND, Aspect, Module, Scheme


def full_marks(aspect: Aspect, digits: int | None = None) -> Fraction | None:
    """The most points an aspect can give, its factor included; None where it has a coefficient.

    `digits` is the scheme's: what `round_mark` and `round_points` round to; without it nothing is rounded.
    """
    if aspect.coefficient:
        return None
    highest = max(value for _, value in aspect.table) if aspect.kind == "grade" else aspect.max or 0
    mark = Fraction(highest, THOUSAND)
    if aspect.combine == "sum" and aspect.judges is not None:
        mark *= aspect.judges - aspect.drop_highest - aspect.drop_lowest
    if aspect.round_mark and digits is not None:
        mark = round_half_away(mark, digits)
    points = mark * Fraction(aspect.factor, MILLION)
    return round_half_away(points, digits) if aspect.round_points and digits is not None else points


def module_full_marks(module: Module, digits: int) -> Fraction | None:
    """Weight x the sum of the aspects' full marks, rounded where the module is."""
    parts = [full_marks(aspect, digits) for aspect in module.aspects]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    points = sum(known, Fraction(0)) * Fraction(module.weight, MILLION)
    return round_half_away(points, digits) if module.round else points


def scheme_full_marks(scheme: Scheme) -> Fraction | None:
    """The sum of the modules' full marks."""
    parts = [module_full_marks(module, scheme.digits) for module in scheme.modules]
    known = [part for part in parts if part is not None]
    return sum(known, Fraction(0)) if len(known) == len(parts) else None
