"""What an innovation brings in a year, with the working shown: (saving or gain) - cost. Pure; money is whole fen.

The formulas are those of enterprises' rules (RULES.md): hours saved at last year's mean cost of an hour, material saved
at its price. Each line is computed exactly and rounded once, half a fen up; a benefit is the sum of its lines, so the
sum of what is printed is what is printed as the sum. Forecast, claimed and verified are three figures, never added up.
"""

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

import msgspec

from foundation.base.problem import Problem

MONTHS = 12
THOUSAND = 1000
HUNDRED = 100


class Figure(StrEnum):
    """Which of the three figures a sum of money is (预计 / 申报 / 核定)."""

    FORECAST = "forecast"
    CLAIMED = "claimed"
    VERIFIED = "verified"


class Formula(StrEnum):
    """How a line is computed."""

    HOURS = "hours"  # (old - new quota hours) x cost of an hour x output
    MATERIAL = "material"  # (old - new use a unit) x price x output
    GAIN = "gain"  # another saving or gain, as its evidence says
    COST = "cost"  # what it took to make it so: taken off


class Line(msgspec.Struct, frozen=True):
    """One line of the working.

    `before` and `after` in thousandths of an hour or of a unit of use, `price` in fen for one of them and `finer` the
    hundredths of a fen beyond it (power costs 0.6235 yuan), `output` in pieces for the twelve months; GAIN and COST
    carry `amount` in fen alone.
    """

    formula: Formula
    what: str
    before: int = 0
    after: int = 0
    price: int = 0
    output: int = 0
    amount: int = 0
    finer: int = 0


def value(line: Line) -> int:
    """What a line adds in fen; below 0 for a cost, and where more is used than before."""
    if line.formula is Formula.GAIN:
        return line.amount
    if line.formula is Formula.COST:
        return -line.amount
    price = line.price * HUNDRED + line.finer
    exact = Fraction((line.before - line.after) * price * line.output, THOUSAND * HUNDRED)
    return (exact + Fraction(1, 2)).__floor__()


def benefit(lines: Sequence[Line]) -> int:
    """The benefit of the first twelve months in fen; below 0 where it cost more than it brought."""
    return sum(map(value, lines))


def line_problems(lines: Sequence[Line]) -> list[Problem]:
    """What is wrong with a working, by line from 1: nothing saved, nothing named, figures below 0."""
    problems = (
        [] if any(one.formula is not Formula.COST for one in lines) else [Problem("benefit_lines_empty", "lines")]
    )
    for number, one in enumerate(lines, 1):
        where = {"line": str(number)}
        if not one.what.strip():
            problems.append(Problem("benefit_line_unnamed", f"what-{number}", where))
        if min(one.before, one.after, one.price, one.output, one.amount, one.finer) < 0:
            problems.append(Problem("benefit_line_negative", f"line-{number}", where))
        elif one.formula in {Formula.GAIN, Formula.COST}:
            if not one.amount:
                problems.append(Problem("benefit_line_no_amount", f"amount-{number}", where))
        elif not ((one.price or one.finer) and one.output and one.before):
            problems.append(Problem("benefit_line_incomplete", f"line-{number}", where))
    return problems
