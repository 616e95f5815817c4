"""One entry: its modules and its total. Rules: the spec's "points(module) = ..." and "total = ...".

Knows one entry at a time; places are `ranking.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from foundation.tabulation.aspects import ZERO, Row, is_void, score_aspect, void_aspect
from foundation.tabulation.decimals import round_half_away
from foundation.tabulation.scheme_model import MILLION, THOUSAND, Module, Scheme
from foundation.tabulation.standings import AspectLine, Entry, ModuleLine, Status

Rows = Mapping[str, Sequence[Row]]
"""One entry's rows by aspect code."""
NO_ROWS: Sequence[Row] = ()


@dataclass(frozen=True, slots=True)
class Scored:
    """An entry with its points, before it has a place; totals are None unless its status is ok."""

    entry: Entry
    status: Status
    modules: tuple[ModuleLine, ...]
    total: Fraction | None
    exact_total: Fraction | None


def score_entry(scheme: Scheme, entry: Entry, rows: Rows, coefficients: Mapping[str, int]) -> Scored:
    """The entry worked out from its rows and its coefficients (millionths by aspect code)."""
    modules = tuple([score_module(scheme, module, rows, coefficients) for module in scheme.modules])
    status = entry_status(entry, modules)
    points = [module.points for module in modules if module.points is not None]
    if status != "ok":
        return Scored(entry, status, modules, None, None)
    exact = sum(points, Fraction(entry.carried - entry.penalty, THOUSAND))
    return Scored(entry, status, modules, round_half_away(exact, scheme.digits), exact)


def score_module(scheme: Scheme, module: Module, rows: Rows, coefficients: Mapping[str, int]) -> ModuleLine:
    """weight x sum of its aspects' points; without points while an aspect has none."""
    if any(is_void(rows.get(aspect.code, NO_ROWS)) for aspect in module.aspects):
        voided = tuple(void_aspect(aspect, rows.get(aspect.code, NO_ROWS)) for aspect in module.aspects)
        return ModuleLine(module.code, True, voided, ZERO, ZERO, ZERO, module.round)
    aspects = tuple(
        [
            score_aspect(
                aspect, rows.get(aspect.code, NO_ROWS), scheme.unmarked, scheme.digits, coefficients.get(aspect.code)
            )
            for aspect in module.aspects
        ]
    )
    total = _sum(aspects)
    if total is None:
        return ModuleLine(module.code, False, aspects, rounded=module.round)
    product = total if module.weight == MILLION else total * Fraction(module.weight, MILLION)
    points = round_half_away(product, scheme.digits) if module.round else product
    return ModuleLine(module.code, False, aspects, total, product, points, module.round)


def entry_status(entry: Entry, modules: Sequence[ModuleLine]) -> Status:
    """Its own if not ok; else conflict if any aspect is; else incomplete if any aspect is; else ok."""
    if entry.status != "ok":
        return entry.status
    found = {aspect.status for module in modules for aspect in module.aspects}
    if "conflict" in found:
        return "conflict"
    return "incomplete" if "incomplete" in found else "ok"


def _sum(aspects: Sequence[AspectLine]) -> Fraction | None:
    """The exact sum; None while an aspect has no points."""
    points = [aspect.points for aspect in aspects if aspect.points is not None]
    return sum(points, ZERO) if len(points) == len(aspects) else None
