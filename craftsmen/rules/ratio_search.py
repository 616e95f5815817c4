"""Whether places can be filled so that ratios hold: a search over how many of each kind are taken, exact. Pure.

People who count alike in every ratio are one kind, so there are few unknowns however many candidates there are.
Ratios are whole numbers throughout: 35% of 129 is a bound of 46, never 45.15. A search that uses up its work raises
`OutOfWorkError`: then nothing is known, and nobody guesses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd

from craftsmen.rules.exact_simplex import OutOfWorkError, Simplex

__all__ = ["WORK", "Kind", "OutOfWorkError", "Ratio", "Search"]

WHOLE = 10_000  # hundredths of a per cent
WORK = 800_000  # numbers worked out in one search and all that follow it: about two seconds


@dataclass(frozen=True, slots=True)
class Ratio:
    """At least (or at most) `percent` of those in the denominator; so many are in it, and in both, already."""

    least: bool
    percent: int  # hundredths of a per cent
    of: int
    among: int


@dataclass(frozen=True, slots=True)
class Kind:
    """So many who count alike: for each ratio whether they are in its denominator, and whether in both."""

    available: int
    within: tuple[tuple[bool, bool], ...]


class Search:
    """One question with its variants: kinds, ratios, and places to fill."""

    def __init__(self, kinds: Sequence[Kind], ratios: Sequence[Ratio], work: int = WORK) -> None:
        self.kinds, self.ratios = list(kinds), list(ratios)
        self._of = [self._form(at, 0) for at in range(len(ratios))]
        self._among = [self._form(at, 1) for at in range(len(ratios))]
        everybody = dict.fromkeys(range(len(kinds)), 1)
        # Counts before ratios: a count that is no whole number is settled first, and most ratios are settled by that.
        forms = [everybody, *self._of, *self._among, *(self._balance(at) for at in range(len(ratios)))]
        self._simplex = Simplex(len(kinds), forms, work)

    @property
    def work(self) -> int:
        """How much of the allowance is left."""
        return self._simplex.work

    def fill(self, places: int, least: Sequence[int] = ()) -> list[int] | None:
        """How many of each kind fill exactly so many places, at least `least` of each; None where it cannot be."""
        count, rows = len(self.kinds), len(self.ratios)
        low: list[int | None] = [*(least or [0] * count), places, *[0] * (2 * rows)]
        high: list[int | None] = [*(kind.available for kind in self.kinds), places, *[places] * (2 * rows)]
        low += [self._least_balance(at) for at in range(rows)]
        high += [None] * rows
        waiting = [(low, high)]
        while waiting:
            low, high = waiting.pop()
            self._simplex.work -= len(low)
            if self._simplex.work <= 0:
                raise OutOfWorkError
            if not self._tightened(low, high) or not self._simplex.feasible(low, high):
                continue
            broken = self._no_whole_number()
            if broken is None:
                return [int(value) for value in self._simplex.value[:count]]
            value = self._simplex.value[broken]
            under, over = list(high), list(low)
            under[broken], over[broken] = value.__floor__(), value.__ceil__()
            waiting += [(low, under), (over, high)]
        return None

    def _form(self, ratio: int, part: int) -> dict[int, int]:
        return {at: 1 for at, kind in enumerate(self.kinds) if kind.within[ratio][part]}

    def _factors(self, at: int) -> tuple[int, int]:
        """What one in both and one in the denominator weigh, in lowest terms; below zero is broken."""
        ratio = self.ratios[at]
        shared = gcd(WHOLE, ratio.percent)
        sign = 1 if ratio.least else -1
        return sign * WHOLE // shared, -sign * ratio.percent // shared

    def _balance(self, at: int) -> dict[int, int]:
        both, one = self._factors(at)
        among = self._among[at]
        return {kind: one + (both if kind in among else 0) for kind in self._of[at]}

    def _least_balance(self, at: int) -> int:
        both, one = self._factors(at)
        return -(both * self.ratios[at].among + one * self.ratios[at].of)

    def _tightened(self, low: list[int | None], high: list[int | None]) -> bool:
        """Draw bounds of counts closer by what whole numbers allow; False where nothing is left."""
        count, rows = len(self.kinds), len(self.ratios)
        for at, ratio in enumerate(self.ratios):
            of, among = count + 1 + at, count + 1 + rows + at
            if ratio.least:  # at least the share of the fewest that can be in the denominator
                share = -(-ratio.percent * (ratio.of + (low[of] or 0)) // WHOLE) - ratio.among
                low[among] = max(low[among] or 0, share)
            else:
                share = ratio.percent * (ratio.of + (high[of] or 0)) // WHOLE - ratio.among
                high[among] = min(high[among] or 0, share)
        return all(a is None or b is None or a <= b for a, b in zip(low, high, strict=True))

    def _no_whole_number(self) -> int | None:
        """What to part next: counts of denominators, of numerators, then of kinds."""
        count, rows = len(self.kinds), len(self.ratios)
        value = self._simplex.value
        order = [*range(count + 1, count + 1 + 2 * rows), *range(count)]
        return next((at for at in order if value[at].denominator != 1), None)
