"""By what standard a panel marks each aspect of its scheme (评分标准): lines of a form, and what is wrong. Pure.

A line is an aspect's code and a text: `S1 工艺达到国内先进水平，有独到之处`. An aspect may go without.
"""

from collections.abc import Iterable, Sequence

from craftsmen.rules.round_rules import Criterion
from foundation.base.problem import Problem

LONGEST = 300


def read_criteria(text: str) -> tuple[Criterion, ...]:
    """What was typed, line by line; a line without a text keeps an empty one, for `criteria_problems` to name."""
    found = []
    for line in text.splitlines():
        code, _, said = " ".join(line.split()).partition(" ")
        if code:
            found.append(Criterion(code, said))
    return tuple(found)


def lines_of(criteria: Iterable[Criterion]) -> str:
    """As a form shows them."""
    return "\n".join(f"{one.code} {one.text}".rstrip() for one in criteria)


def criteria_problems(criteria: Sequence[Criterion], aspects: Sequence[str]) -> list[Problem]:
    """What is wrong with them beside a scheme of these aspects: one problem a line."""
    problems, seen = [], set()
    for one in criteria:
        said = {"code": one.code[:40]}
        if one.code not in aspects:
            problems.append(Problem("round_criterion_aspect", "criteria", said))
        elif one.code in seen:
            problems.append(Problem("round_criterion_twice", "criteria", said))
        elif not one.text:
            problems.append(Problem("round_criterion_empty", "criteria", said))
        elif len(one.text) > LONGEST:
            problems.append(Problem("round_criterion_long", "criteria", {**said, "most": str(LONGEST)}))
        seen.add(one.code)
    return problems
