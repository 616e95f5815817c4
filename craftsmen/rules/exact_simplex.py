"""Whether linear forms can be kept between bounds all at once, decided exactly. Pure; knows numbers alone.

The simplex of Dutertre and de Moura (2006): every form is a variable beside the plain ones, a tableau says some of
them by the others, and pivots repair one broken bound after the other. Bounds may be set anew at any time, tighter
or wider, and what was found before is where the next search begins. Fractions throughout, so nothing is rounded.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

ZERO, ONE = Fraction(0), Fraction(1)


class OutOfWorkError(Exception):
    """The work that was allowed is used up: nothing is known."""


class Simplex:
    """Variables 0..n-1, then one for each form; each has a lower and an upper bound (None: none)."""

    def __init__(self, plain: int, forms: Sequence[Mapping[int, int]], work: int) -> None:
        self.size = plain + len(forms)
        self.work = work  # how many numbers may still be worked out
        self.value = [ZERO] * self.size
        self.low: list[int | None] = [None] * self.size
        self.high: list[int | None] = [None] * self.size
        self._rows: dict[int, dict[int, Fraction]] = {
            plain + at: {name: Fraction(factor) for name, factor in form.items() if factor}
            for at, form in enumerate(forms)
        }

    def feasible(self, low: Sequence[int | None], high: Sequence[int | None]) -> bool:
        """Whether all bounds can hold at once; if so, `value` says how. Raises OutOfWorkError."""
        self.low, self.high = list(low), list(high)
        if any(a is not None and b is not None and a > b for a, b in zip(low, high, strict=True)):
            return False
        for name in range(self.size):
            if name not in self._rows and (bound := self._broken(name)) is not None:
                self._move(name, Fraction(bound))
        while True:
            basic = next((name for name in sorted(self._rows) if self._broken(name) is not None), None)
            if basic is None:
                return True
            bound = self._broken(basic)
            entering = self._entering(basic, rising=self.value[basic] < (bound or 0))
            if entering is None or bound is None:
                return False
            if self.work <= 0:
                raise OutOfWorkError
            self.work -= self.size
            step = (bound - self.value[basic]) / self._rows[basic][entering]
            self._move(entering, self.value[entering] + step)
            self._pivot(basic, entering)

    def _broken(self, name: int) -> int | None:
        """The bound that a variable breaks, or None."""
        low, high = self.low[name], self.high[name]
        if low is not None and self.value[name] < low:
            return low
        return high if high is not None and self.value[name] > high else None

    def _entering(self, basic: int, *, rising: bool) -> int | None:
        """The first variable (Bland's rule: no endless circles) that can push the basic one the right way."""
        row = self._rows[basic]
        for name in sorted(row):
            limit = self.high[name] if (row[name] > 0) == rising else self.low[name]
            if limit is None or self.value[name] != limit:
                return name
        return None

    def _move(self, name: int, value: Fraction) -> None:
        step = value - self.value[name]
        self.value[name] = value
        for basic, row in self._rows.items():
            if name in row:
                self.value[basic] += row[name] * step

    def _pivot(self, basic: int, entering: int) -> None:
        """Say `entering` by the others where `basic` was said."""
        row = self._rows.pop(basic)
        factor = row.pop(entering)
        said = {name: -part / factor for name, part in row.items()}
        said[basic] = ONE / factor
        for other in self._rows.values():
            share = other.pop(entering, None)
            if share is None:
                continue
            self.work -= len(said)
            for name, part in said.items():
                total = other.get(name, ZERO) + share * part
                if total:
                    other[name] = total
                else:
                    other.pop(name, None)
        self._rows[entering] = said
