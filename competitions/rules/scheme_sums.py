"""The editor's sums: full marks by row, by module with its weight, and of the whole. Pure.

Adds up what is right already, so that the sums help while the rows are still being written.
"""

from dataclasses import dataclass
from fractions import Fraction

from competitions.rules.scheme_form import figure, one_aspect
from competitions.rules.scheme_rows import ModuleRow, SchemeRows
from foundation.tabulation.decimals import WEIGHT_PLACES, read_decimal, round_half_away
from foundation.tabulation.full_marks import full_marks


@dataclass(frozen=True, slots=True)
class ModuleSum:
    """One module's figures as they are shown; an aspect's is blank where it cannot be told yet."""

    aspects: tuple[str, ...]
    full_marks: str  # before the weight
    weight: str
    counts: str  # what the module counts in the total
    complete: bool  # no aspect is left out of the sum


@dataclass(frozen=True, slots=True)
class Sums:
    """All figures; `total` leaves out what cannot be told yet, and `complete` says whether it does."""

    modules: tuple[ModuleSum, ...]
    weights: str
    total: str
    complete: bool


def add_up(rows: SchemeRows) -> Sums:
    """Add up the rows; a coefficient (difficulty) has no full marks of its own, so it leaves a sum incomplete."""
    digits = read_decimal(rows.top.get("digits", ""), 0)
    digits = digits if digits is not None and 0 <= digits <= 3 else 2
    modules, total, weights = [], Fraction(0), Fraction(0)
    for module in rows.modules:
        shown, counts, weight = _module(module, digits)
        modules.append(shown)
        total += counts
        weights += weight
    return Sums(tuple(modules), figure(weights), figure(total), all(module.complete for module in modules))


def _module(module: ModuleRow, digits: int) -> tuple[ModuleSum, Fraction, Fraction]:
    parts = []
    for row in module.aspects:
        aspect = one_aspect(row, digits)
        parts.append(full_marks(aspect, digits) if aspect else None)
    known = [part for part in parts if part is not None]
    whole = sum(known, Fraction(0))
    typed = module.get("weight").strip()
    millionths = read_decimal(typed, WEIGHT_PLACES) if typed else 1_000_000
    weight = Fraction(millionths or 0, 1_000_000)
    counts = whole * weight
    if module.get("round") == "yes":
        counts = round_half_away(counts, digits)
    shown = ModuleSum(
        aspects=tuple("" if part is None else figure(part) for part in parts),
        full_marks=figure(whole),
        weight=figure(weight),
        counts=figure(counts),
        complete=len(known) == len(parts) and millionths is not None,
    )
    return shown, counts, weight
