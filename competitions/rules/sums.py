"""Worked sums: numbers as one writes them on paper, and lines of arithmetic that can be done again by hand. Pure.

Knows arithmetic only; which sums a score needs is `working.py`. A number whose decimals never end is cut with "…"
and carries its fraction, so that the next line can go on exactly.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from foundation.tabulation.decimals import round_half_away, show_fixed

SHOWN_DECIMALS: Final = 4
"""So many decimals of a number that never ends are written before the "…"."""

Sign = Literal["", "+", "-", "×", "÷"]
What = Literal[
    "mark",
    "level",
    "full",
    "taken_off",
    "judges",
    "top_level",
    "halves",
    "factor",
    "coefficient",
    "weight",
    "points",
    "module",
    "carried",
    "penalty",
    "before",
]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number on paper: `8.5`; or `8.1666…` with its fraction `49/6`, which is empty where the decimals end."""

    text: str
    fraction: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One number of a sum, the sign before it (none before the first) and what the number is."""

    sign: Sign
    figure: Figure
    what: What


@dataclass(frozen=True, slots=True)
class Sum:
    """One line: terms, worked from left to right, their exact result, and the rounded one where it differs.

    The next line goes on with `rounded` where there is one.
    """

    terms: tuple[Term, ...]
    result: Figure
    rounded: str = ""


def figure(value: Fraction) -> Figure:
    """The value in full where its decimals end, else cut."""
    rest, places = value.denominator, 0
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest, count = rest // prime, count + 1
        places = max(places, count)
    if rest == 1:
        return Figure(show_fixed(value, places))
    units = abs(value.numerator) * 10**SHOWN_DECIMALS // value.denominator
    cut = show_fixed(Fraction(units, 10**SHOWN_DECIMALS), SHOWN_DECIMALS)
    return Figure(f"{'-' if value < 0 else ''}{cut}…", f"{value.numerator}/{value.denominator}")


class Paper:
    """A sheet on which one value is worked step by step; `lines` are the sums so far, `value` where they stand."""

    def __init__(self, value: Fraction = Fraction()) -> None:
        self.value = value
        self.lines: list[Sum] = []

    def add(self, terms: Sequence[tuple[Sign, Fraction, What]]) -> None:
        """Write down a row of summands; a row of one needs no line."""
        self.value = sum((-value if sign == "-" else value for sign, value, _ in terms), Fraction())
        if len(terms) > 1 or any(sign == "-" for sign, _, _ in terms):
            self.lines.append(Sum(tuple(_terms(terms)), figure(self.value)))

    def go_on(self, steps: Sequence[tuple[Sign, Fraction, What]]) -> None:
        """Multiply and divide what stands there, from left to right; a step by 1 is no step."""
        steps = [step for step in steps if step[1] != 1]
        if not steps:
            return
        before = self.value
        for sign, value, _ in steps:
            self.value = self.value * value if sign == "×" else self.value / value
        self.lines.append(Sum(tuple(_terms([("", before, "before"), *steps])), figure(self.value)))

    def round(self, digits: int) -> None:
        """Round what stands there; nothing is written where that changes nothing."""
        exact, self.value = self.value, round_half_away(self.value, digits)
        if exact == self.value:
            return
        rounded = show_fixed(self.value, digits)
        if self.lines and not self.lines[-1].rounded:
            last = self.lines.pop()
            self.lines.append(Sum(last.terms, last.result, rounded))
        else:
            self.lines.append(Sum((Term("", figure(exact), "before"),), figure(exact), rounded))


def _terms(terms: Iterable[tuple[Sign, Fraction, What]]) -> Iterable[Term]:
    return (
        Term("" if index == 0 and sign == "+" else sign, figure(value), what)
        for index, (sign, value, what) in enumerate(terms)
    )
