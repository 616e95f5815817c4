"""Difficulty (难度系数): how coefficients are read, where one is missing, and what the standings are meanwhile. Pure.

Contract: the spec's "coefficients.csv". An entry that competes and has marks in an aspect that takes a coefficient
needs one there; without it nothing can be said of its total, so it has no place yet.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from foundation.base.problem import Problem
from foundation.tabulation.decimals import WEIGHT_PLACES, read_decimal, show_decimal
from foundation.tabulation.marks import Mark, Word
from foundation.tabulation.ranking import UNPLACED, tabulate
from foundation.tabulation.scheme_model import MILLION, Aspect, Scheme
from foundation.tabulation.standings import Entry, Line, Standings

MOST = 1_000 * MILLION  # more is a slip of the finger; fits the 32-bit column
Coefficients = Mapping[tuple[str, str], int]
"""Millionths by work number and aspect."""


def with_difficulty(scheme: Scheme) -> tuple[Aspect, ...]:
    """The aspects that take a coefficient, in the scheme's order."""
    return tuple(aspect for aspect in scheme.aspects() if aspect.coefficient)


def read_coefficients(typed: Mapping[str, str]) -> tuple[dict[str, int | None], list[Problem]]:
    """What was typed, by aspect code, in millionths; blank means none. A problem's field is the aspect's code."""
    found: dict[str, int | None] = {}
    problems = []
    for code, text in typed.items():
        value = read_decimal(text, WEIGHT_PLACES) if text.strip() else None
        if text.strip() and (value is None or not 0 < value <= MOST):
            about = {"aspect": code[:40], "text": text.strip()[:40], "most": show_decimal(MOST, WEIGHT_PLACES)}
            problems.append(Problem("coefficient_wrong", code, about))
            value = None
        found[code] = value
    return found, problems


def show_coefficient(value: int | None) -> str:
    """As `read_coefficients` reads it; empty for none."""
    return "" if value is None else show_decimal(value, WEIGHT_PLACES)


def lacking(
    scheme: Scheme, entries: Iterable[Entry], marks: Iterable[Mark], coefficients: Coefficients
) -> dict[str, tuple[Aspect, ...]]:
    """By work number, the aspects whose coefficient is missing, in the scheme's order."""
    aspects = with_difficulty(scheme)
    codes, competing = {aspect.code for aspect in aspects}, {entry.code for entry in entries if entry.status == "ok"}
    missing: dict[str, set[str]] = {}
    for mark in marks:
        wanted = mark.aspect in codes and mark.entry in competing and not isinstance(mark.value, Word)
        if wanted and (mark.entry, mark.aspect) not in coefficients:
            missing.setdefault(mark.entry, set()).add(mark.aspect)
    return {
        work: tuple(aspect for aspect in aspects if aspect.code in found) for work, found in sorted(missing.items())
    }


def standings_of(scheme: Scheme, entries: Sequence[Entry], marks: Sequence[Mark], known: Coefficients) -> Standings:
    """The standings; an entry that lacks a coefficient stands among the incomplete, and the others are ranked."""
    missing = lacking(scheme, entries, marks, known)
    found = tabulate(scheme, entries, marks, known)
    held = {line.entry for line in found.lines if line.status == "ok" and line.entry in missing}
    if not held:
        return found
    rest = tabulate(scheme, [entry for entry in entries if entry.code not in held], marks, known)
    lines = [*rest.lines, *(_without_place(line) for line in found.lines if line.entry in held)]
    return replace(rest, lines=tuple(sorted(lines, key=_order)))


def _without_place(line: Line) -> Line:
    return replace(line, status="incomplete", place=None, total=None, exact_total=None, tied=False, decided_by="")


def _order(line: Line) -> tuple[str, int, int, str]:
    """The spec's order of lines; the sort keeps shared places as they were."""
    if line.place is not None or line.status == "ok":
        return line.group, -1, line.place or 0, ""
    return line.group, UNPLACED.index(line.status), 0, line.entry
