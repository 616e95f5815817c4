"""What marks of a review come to beside their totals: how far reviewers are apart, how severe each is. Pure.

Everything here is advice for the chair: totals and places are foundation.tabulation's alone. Exact rationals; marks in
thousandths.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import msgspec

from foundation.base.problem import Problem
from innovations.rules.review_rules import Award


class LockedLine(msgspec.Struct, frozen=True):
    """One entry as the lock found it; texts are rounded as the rubric says, `exact` is n/d.

    `place` is None where it has no total, and for a calibration item, which is not ranked.
    """

    entry: int
    code: str
    total: str
    exact: str
    place: int | None
    tied: bool
    decided_by: str
    lines: Mapping[str, str]  # by line of the rubric
    reviews: int


class Locked(msgspec.Struct, frozen=True):
    """All entries by place, unplaced ones last; `marks` is the sha256 of what was locked."""

    marks: str
    lines: tuple[LockedLine, ...]


class Given(msgspec.Struct, frozen=True):
    """The sum of what one reviewer gave one entry, in thousandths."""

    reviewer: int
    entry: int
    total: int


class Severity(msgspec.Struct, frozen=True):
    """How a reviewer's totals differ on average from those of the others on the same entries, in tenths of a point."""

    reviewer: int
    entries: int
    tenths: int


TENTH = 100  # thousandths


def spread(given: Iterable[Given]) -> Mapping[int, int]:
    """By entry with two reviews or more: the largest less the smallest total, in thousandths."""
    totals: dict[int, list[int]] = {}
    for one in given:
        totals.setdefault(one.entry, []).append(one.total)
    return {entry: max(found) - min(found) for entry, found in totals.items() if len(found) > 1}


def severities(given: Sequence[Given]) -> list[Severity]:
    """For each reviewer who shares an entry with another; the most severe first, equals by their number."""
    by_entry: dict[int, list[Given]] = {}
    for one in given:
        by_entry.setdefault(one.entry, []).append(one)
    apart: dict[int, list[Fraction]] = {}
    for each in by_entry.values():
        for one in each:
            others = [other.total for other in each if other.reviewer != one.reviewer]
            if others:
                apart.setdefault(one.reviewer, []).append(one.total - Fraction(sum(others), len(others)))
    found = [
        Severity(reviewer, len(values), round(sum(values, Fraction(0)) / len(values) / TENTH))
        for reviewer, values in apart.items()
    ]
    return sorted(found, key=lambda one: (one.tenths, one.reviewer))


def least(each: int, dropped: int) -> int:
    """How few reviews an entry may have when marks are locked: half of what the rules say, and one that counts."""
    return max((each + 1) // 2, dropped + 1)


def order_problems(
    lines: Sequence[LockedLine], awards: Sequence[Award], given: Mapping[int, str], reasons: Mapping[int, str]
) -> list[Problem]:
    """Awards that do not follow the places need a reason that the authors read: equals that part, a lower one before.

    `given` is the award's code by entry, or ""; every ranked entry stands in it.
    """
    level = {one.code: place for place, one in enumerate(awards)} | {"": len(awards)}
    ranked = [one for one in lines if one.place is not None]
    problems = []
    for one in ranked:
        mine = level.get(given.get(one.entry, ""), len(awards))
        passed = any(
            (other.place or 0) <= (one.place or 0) and level.get(given.get(other.entry, ""), len(awards)) > mine
            for other in ranked
            if other.entry != one.entry
        )
        if passed and not reasons.get(one.entry, "").strip():
            problems.append(Problem("review_out_of_order", f"reasons-{one.entry}", {"code": one.code}))
    return problems


def without(lines: Sequence[LockedLine], away: frozenset[int]) -> list[LockedLine]:
    """The ranking as if these entries had never been in it: places and ties of the others are counted anew."""
    if not away:
        return list(lines)
    kept = [one for one in lines if one.entry not in away]
    found = []
    for one in kept:
        before = sum(other.place is not None and other.place < (one.place or 0) for other in kept)
        equals = sum(other.place == one.place for other in kept if one.place is not None)
        place = before + 1 if one.place is not None else None
        parted = any(other is not one and other.total == one.total and other.place != one.place for other in kept)
        found.append(
            LockedLine(
                one.entry,
                one.code,
                one.total,
                one.exact,
                place,
                equals > 1,
                one.decided_by if parted else "",
                one.lines,
                one.reviews,
            )
        )
    return found
