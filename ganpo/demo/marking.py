"""Life-like marks: from how skilled somebody is, with each judge's own eye, in the steps the scheme allows.

Pure and repeatable: the random numbers are the caller's. Everything is whole numbers; skill runs from 0 to 1000.
The marks are what a judge's sheet would send: the value as in marks.csv, and what stands behind it.
"""

from collections.abc import Mapping, Sequence
from random import Random

from competitions.rules.details import Deduction, Detail
from competitions.rules.notes import AspectNotes, SheetNotes
from foundation.tabulation.marks import VOID, show_value
from foundation.tabulation.scheme import Aspect, Scheme

Given = tuple[str, Detail]
"""A mark: its value as text, and its detail."""

MANY_STEPS = 20  # a paper with more steps than this is marked as a whole, not point by point


def life_like(
    random: Random,
    scheme: Scheme,
    notes: SheetNotes,
    judges: Mapping[str, Sequence[str]],
    skill: int,
    *,
    severity: Mapping[str, int],
) -> dict[tuple[str, str], Given]:
    """All marks of one work, by judge and aspect. `judges` are those of each aspect; where the kind is no judgement
    and no panel, the first alone marks. `severity` is how many steps a judge usually stays below (or above) others.
    """
    marks: dict[tuple[str, str], Given] = {}
    for aspect in scheme.aspects():
        marking = judges[aspect.code]
        if aspect.kind == "judgement":
            levels = zip(marking, _levels(random, len(marking), skill), strict=True)
            marks |= {(judge, aspect.code): (str(level), Detail()) for judge, level in levels}
        elif aspect.kind == "panel":
            marks |= _panel(random, aspect, marking, skill, severity)
        else:
            marks[marking[0], aspect.code] = _alone(random, aspect, notes.of(aspect.code), skill)
    return marks


def voided(under: Given, condition: str) -> Given:
    """The mark after the judge stated a void condition; what stood there before is kept under it."""
    value, detail = under
    return VOID.value, Detail(voids=(condition,), under_value=value, under=detail)


def moved(
    marks: Mapping[tuple[str, str], Given], scheme: Scheme, notes: SheetNotes, source: str, target: str
) -> dict[tuple[str, str], Given]:
    """The same marks with one piece of a deduction moved from one aspect to another: other faults, the same total.

    Both are deductions; the piece is the first reason of `target` with the points of one that `source` names.
    Raises LookupError where there is no such piece, or where `target` has no marks left to lose.
    """
    by_aspect = {aspect: judge for judge, aspect in marks}
    giver, taker = (by_aspect[source], source), (by_aspect[target], target)
    used, there = marks[giver][1].deductions, marks[taker][1].deductions
    spent = sum(each.points * each.count for each in there)
    for fault in used:
        for key in notes.of(target).keys:
            if key.points == fault.points and spent + key.points <= (scheme.aspect(target).max or 0):
                less = _counted(used, fault.text, fault.points, -1)
                more = _counted(there, key.text, key.points, 1)
                return {
                    **marks,
                    giver: _deducted(scheme.aspect(source), less),
                    taker: _deducted(scheme.aspect(target), more),
                }
    raise LookupError(f"no piece can move from {source} to {target}")


def _alone(random: Random, aspect: Aspect, notes: AspectNotes, skill: int) -> Given:
    if aspect.kind == "grade":
        return _grade(random, aspect, skill), Detail()
    if aspect.kind == "deduction":
        return _deducted(aspect, _faults(random, notes, skill))
    return _measured(random, aspect, skill), Detail()


def _measured(random: Random, aspect: Aspect, skill: int) -> str:
    step = aspect.step or 1
    steps = ((aspect.max or 0) - aspect.min) // step
    if steps > MANY_STEPS:
        reached = steps * (560 + skill * 380 // 1000 + random.randint(-40, 40)) // 1000
    else:
        reached = sum(random.randrange(1000) < 420 + skill * 560 // 1000 for _ in range(steps))
    return show_value(aspect, aspect.min + min(reached, steps) * step)


def _faults(random: Random, notes: AspectNotes, skill: int) -> tuple[Deduction, ...]:
    chance = (1000 - skill) * 45 // 100
    counts = [(key, sum(random.randrange(1000) < chance for _ in range(2))) for key in notes.keys]
    return tuple(Deduction(key.text, key.points, count) for key, count in counts if count)


def _deducted(aspect: Aspect, faults: tuple[Deduction, ...]) -> Given:
    off = min(sum(fault.points * fault.count for fault in faults), aspect.max or 0)
    return show_value(aspect, off), Detail(deductions=faults)


def _counted(faults: Sequence[Deduction], text: str, points: int, change: int) -> tuple[Deduction, ...]:
    """The faults with one reason's count changed; reasons that occur no more are left out."""
    counts = {(fault.text, fault.points): fault.count for fault in faults}
    counts[text, points] = counts.get((text, points), 0) + change
    return tuple(Deduction(*reason, count) for reason, count in counts.items() if count)


def _levels(random: Random, judges: int, skill: int) -> list[int]:
    """Levels at most one apart: a common view, which some judges put one higher."""
    quality = skill + random.randint(-150, 150)
    common = 0 if quality < 120 else 1 if quality < 520 else 2
    return [common + (random.randrange(1000) < quality - 350) for _ in range(judges)]


def _panel(
    random: Random, aspect: Aspect, judges: Sequence[str], skill: int, severity: Mapping[str, int]
) -> dict[tuple[str, str], Given]:
    step = aspect.step or 1
    steps = ((aspect.max or 0) - aspect.min) // step
    quality = 620 + skill * 320 // 1000 + random.randint(-50, 50)
    noise = max(1, steps // 12)
    marks: dict[tuple[str, str], Given] = {}
    for judge in judges:
        reached = steps * quality // 1000 + random.randint(-noise, noise) - severity.get(judge, 0)
        value = aspect.min + max(0, min(reached, steps)) * step
        marks[judge, aspect.code] = (show_value(aspect, value), Detail())
    return marks


def _grade(random: Random, aspect: Aspect, skill: int) -> str:
    """Tables run from the best to the worst; the unskilled reach the end of them now and then."""
    quality = skill + random.randint(-200, 200)
    place = 0 if quality >= 480 else 1 if quality >= 240 else 2 if quality >= 60 else 3
    return aspect.table[min(place, len(aspect.table) - 1)][0]
