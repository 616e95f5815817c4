"""From entries and marks to standings: places, ties, and what decided them. Rules: the spec's "Ranking" and "Output".

Marks are taken as valid: `checks.py` and `marks.py` say what is not.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Final

from foundation.tabulation.aspects import Row
from foundation.tabulation.marks import Mark
from foundation.tabulation.points import Rows, Scored, score_entry
from foundation.tabulation.scheme_model import Scheme, TieStep
from foundation.tabulation.standings import Entry, Line, Standings, Status

Key = tuple[Fraction | tuple[int, int] | int, ...]
"""What entries of a group are ordered by: the total first, then one value a tie-break step; lower is better."""

UNPLACED: Final[tuple[Status, ...]] = ("conflict", "incomplete", "absent", "withdrawn", "disqualified")
"""The order in which unplaced entries follow the placed ones."""

NO_COEFFICIENTS: Final[Mapping[tuple[str, str], int]] = {}


def tabulate(
    scheme: Scheme,
    entries: Iterable[Entry],
    marks: Iterable[Mark],
    coefficients: Mapping[tuple[str, str], int] = NO_COEFFICIENTS,
) -> Standings:
    """The standings of all entries; each group is ranked on its own.

    `coefficients` in millionths by (entry, aspect). The order of entries, marks and coefficients never matters.
    """
    rows = _rows_by_entry(marks)
    factors: dict[str, dict[str, int]] = {}
    for (entry, aspect), coefficient in coefficients.items():
        factors.setdefault(entry, {})[aspect] = coefficient
    scored = [score_entry(scheme, each, rows.get(each.code, {}), factors.get(each.code, {})) for each in entries]
    scored.sort(key=lambda each: each.entry.group)
    lines: list[Line] = []
    for _, group in groupby(scored, key=lambda each: each.entry.group):
        lines += _rank_group(list(group), scheme.tie_break)
    return Standings(scheme.title, scheme.digits, tuple(module.code for module in scheme.modules), tuple(lines))


def entries_of(codes: Iterable[str]) -> list[Entry]:
    """The entries where no list of entries is given: those that the marks name, each with status ok."""
    return [Entry(code) for code in sorted(set(codes))]


def _rows_by_entry(marks: Iterable[Mark]) -> Mapping[str, Rows]:
    rows: dict[str, dict[str, list[Row]]] = {}
    for entry, aspect, judge, value in marks:
        of_entry = rows.get(entry)
        if of_entry is None:
            of_entry = rows[entry] = {}
        of_aspect = of_entry.get(aspect)
        if of_aspect is None:
            of_entry[aspect] = [(judge, value)]
        else:
            of_aspect.append((judge, value))
    return rows


def _rank_group(scored: Sequence[Scored], steps: Sequence[TieStep]) -> list[Line]:
    placed = sorted(((_key(each, steps), each) for each in scored if each.status == "ok"), key=_key_then_code)
    keys = [key for key, _ in placed]
    decided = _deciding_steps(keys)
    lines: list[Line] = []
    for key, equals in groupby(placed, key=lambda each: each[0]):
        sharing = [each for _, each in equals]
        place = len(lines) + 1
        step = decided[key]
        decided_by = str(steps[step - 1]) if step else ""
        lines += [_line(each, place, len(sharing) > 1, decided_by) for each in sharing]
    unplaced = [each for each in scored if each.status != "ok"]
    unplaced.sort(key=lambda each: (UNPLACED.index(each.status), each.entry.code))
    return lines + [_line(each, None, False, "") for each in unplaced]


def _key_then_code(each: tuple[Key, Scored]) -> tuple[Key, str]:
    return each[0], each[1].entry.code


def _key(scored: Scored, steps: Sequence[TieStep]) -> Key:
    """Rounded total, then each step on exact values; more points come first, and no time comes after any time."""
    assert scored.total is not None  # noqa: S101 - only entries of status ok get here
    modules = {module.code: module for module in scored.modules}
    aspects = {aspect.code: aspect for module in scored.modules for aspect in module.aspects}
    key: list[Fraction | tuple[int, int] | int] = [-scored.total]
    for step in steps:
        if step.by == "time":
            time = scored.entry.time
            key.append((1, 0) if time is None else (0, time))
        elif step.by == "penalty":
            key.append(scored.entry.penalty)
        else:
            points = (modules[step.code] if step.by == "module" else aspects[step.code]).points
            key.append(-(points or 0))
    return tuple(key)


def _deciding_steps(keys: Sequence[Key]) -> dict[Key, int]:
    """For each key, the last step that parted it from an equal total (1 is the first step); 0 where none did.

    `keys` are sorted, so the one that stayed equal the longest stands next to it.
    """
    steps = dict.fromkeys(keys, 0)
    for before, after in pairwise(steps):
        step = next(index for index, (one, other) in enumerate(zip(before, after, strict=True)) if one != other)
        steps[before] = max(steps[before], step)
        steps[after] = max(steps[after], step)
    return steps


def _line(scored: Scored, place: int | None, tied: bool, decided_by: str) -> Line:
    entry = scored.entry
    return Line(
        group=entry.group,
        place=place,
        entry=entry.code,
        status=scored.status,
        total=scored.total,
        exact_total=scored.exact_total,
        carried=entry.carried,
        penalty=entry.penalty,
        time=entry.time,
        tied=tied,
        decided_by=decided_by,
        modules=scored.modules,
    )
