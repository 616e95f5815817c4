"""What the marks of a round come to: progress, spreads, severity for the chair; standings for the lock. Writes nothing.

Reads everybody's marks, so only the chair's page and the lock call it. Whoever keeps out of an entry names it in
`without`, and nothing that they are shown depends on it. Only reviews that were handed in are read at all.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from foundation.base.problem import Problem
from foundation.tabulation.decimals import show_exact, show_fixed
from foundation.tabulation.marks import ABSENT, Mark, read_value
from foundation.tabulation.ranking import tabulate
from foundation.tabulation.scheme import Scheme
from foundation.tabulation.standings import Entry, Line
from innovations import review_seats
from innovations.review_desk import scheme_of
from innovations.review_seats import Seat
from innovations.review_tables import ReviewEntry, ReviewMark, ReviewTask
from innovations.reviews import RoundFacts
from innovations.rules.review_scores import Given, Locked, LockedLine, Severity, least, severities, spread
from innovations.rules.review_steps import EntryStage

REVIEWED = [one.value for one in (EntryStage.ENTERED, EntryStage.AWARDED, EntryStage.NOT_AWARDED)]


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """A task that somebody has, for the chair."""

    id: int
    seat: int
    entry: int
    handed_in_at: datetime | None
    reminded_at: datetime | None
    private: str


@dataclass(frozen=True, slots=True)
class Row:
    """An entry in the chair's table; `apart` in thousandths between the highest and the lowest total."""

    id: int
    code: str
    field: str
    calibration: bool
    tasks: tuple[TaskFacts, ...]
    wanted: int
    apart: int | None

    @property
    def done(self) -> int:
        return sum(one.handed_in_at is not None for one in self.tasks)


@dataclass(frozen=True, slots=True)
class Overview:
    """Everybody's progress; `seen` tells these marks from any others."""

    seats: tuple[Seat, ...]
    rows: tuple[Row, ...]
    severities: tuple[Severity, ...]
    compared: tuple[tuple[str, tuple[Given, ...]], ...]  # of each calibration item what each reviewer gave
    seen: str

    def progress(self, seat: int) -> tuple[int, int]:
        """Of one reviewer: handed in, and all."""
        own = [task for row in self.rows for task in row.tasks if task.seat == seat]
        return sum(task.handed_in_at is not None for task in own), len(own)


async def overview(found: RoundFacts, without: Collection[int] = ()) -> Overview:
    """Everybody's progress, entries `without` left out as if they were not there."""
    scheme = scheme_of(found.rules)
    entries = [row for row in await _entries(found.id) if row["id"] not in without]
    tasks = [one for one in await _tasks(found.id) if one.entry not in without]
    marks = await _marks([one.id for one in tasks if one.handed_in_at is not None])
    given = [
        Given(one.seat, one.entry, sum(_numbers(scheme, marks[one.id]).values())) for one in tasks if one.id in marks
    ]
    apart = spread(given)
    rows = tuple(
        Row(
            row["id"], row["code"], row["field"], row["calibration"],
            tuple(one for one in tasks if one.entry == row["id"]), found.rules.each, apart.get(row["id"]),
        )
        for row in entries
    )  # fmt: skip
    compared = tuple((row.code, tuple(one for one in given if one.entry == row.id)) for row in rows if row.calibration)
    return Overview(
        tuple(await review_seats.of(found.id)), rows, tuple(severities(given)), compared, _digest(found, marks)
    )


async def standings(found: RoundFacts) -> tuple[Locked, list[Problem]]:
    """What would be locked now, and which entries have too few reviews for that."""
    scheme = scheme_of(found.rules)
    entries = await _entries(found.id)
    tasks = [one for one in await _tasks(found.id) if one.handed_in_at is not None]
    marks = await _marks([one.id for one in tasks])
    dropped = max((one.drop_highest + one.drop_lowest for one in scheme.aspects()), default=0)
    rows, counts, problems = list[Mark](), dict[str, int](), list[Problem]()
    for entry in entries:
        own = [one for one in tasks if one.entry == entry["id"]]
        counts[entry["code"]] = len(own)
        if not entry["calibration"]:
            rows += _as_marks(scheme, entry["code"], [marks.get(one.id, {}) for one in own], found.rules.each)
            if len(own) < least(found.rules.each, dropped):
                problems.append(Problem("review_few", "", {"code": entry["code"], "count": str(len(own))}))
    ranked = {entry["code"]: entry["id"] for entry in entries if not entry["calibration"]}
    table = tabulate(scheme, [Entry(code) for code in sorted(ranked)], rows)
    lines = tuple(_line(ranked[line.entry], line, scheme, counts[line.entry]) for line in table.lines)
    return Locked(_digest(found, marks), lines), problems


def _as_marks(scheme: Scheme, code: str, given: Sequence[Mapping[str, str]], each: int) -> list[Mark]:
    """The marks of one entry under labels that name nobody; missing reviews shrink the panel, they are never 0."""
    found = []
    for place in range(max(each, len(given))):
        for aspect in scheme.aspects():
            text = given[place].get(aspect.code, "") if place < len(given) else ""
            value = read_value(aspect, text) if text else ABSENT
            if place < each and not isinstance(value, Problem):
                found.append(Mark(code, aspect.code, f"J{place + 1}", value))
    return found


def _line(entry: int, line: Line, scheme: Scheme, reviews: int) -> LockedLine:
    parts = {
        seen.code: show_fixed(seen.points, scheme.digits)
        for module in line.modules
        for seen in module.aspects
        if seen.points is not None
    }
    total, exact = line.total, line.exact_total
    return LockedLine(
        entry, line.entry, show_fixed(total, scheme.digits) if total is not None else "",
        show_exact(exact) if exact is not None else "", line.place, line.tied, line.decided_by, parts, reviews,
    )  # fmt: skip


async def _entries(round_id: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = await (
        ReviewEntry.select(
            ReviewEntry.id,
            ReviewEntry.code,
            ReviewEntry.calibration,
            ReviewEntry.innovation.handed_field.as_alias("field"),
        )
        .where(ReviewEntry.round == round_id, ReviewEntry.stage.is_in(REVIEWED))
        .order_by(ReviewEntry.code)
    )
    return rows


async def _tasks(round_id: int) -> list[TaskFacts]:
    rows = await (
        ReviewTask.select(
            ReviewTask.id, ReviewTask.seat, ReviewTask.entry, ReviewTask.handed_in_at, ReviewTask.reminded_at,
            ReviewTask.private,
        )
        .where(
            ReviewTask.seat.round == round_id, ReviewTask.ended_at.is_null(),
            ReviewTask.entry.stage.is_in(REVIEWED),
        )
        .order_by(ReviewTask.id)
    )  # fmt: skip
    return [TaskFacts(**row) for row in rows]


async def _marks(tasks: Sequence[int]) -> dict[int, dict[str, str]]:
    """By task: the mark that counts of each line."""
    rows = await (
        ReviewMark.select(ReviewMark.task, ReviewMark.aspect, ReviewMark.value)
        .where(ReviewMark.task.is_in(list(tasks) or [0]))
        .order_by(ReviewMark.revision)
    )
    found: dict[int, dict[str, str]] = {}
    for row in rows:
        found.setdefault(row["task"], {})[row["aspect"]] = row["value"]
    return found


def _numbers(scheme: Scheme, marks: Mapping[str, str]) -> dict[str, int]:
    values = {one.code: read_value(one, marks[one.code]) for one in scheme.aspects() if marks.get(one.code)}
    return {code: value for code, value in values.items() if isinstance(value, int)}


def _digest(found: RoundFacts, marks: Mapping[int, Mapping[str, str]]) -> str:
    counted = [[task, aspect, value] for task, each in sorted(marks.items()) for aspect, value in sorted(each.items())]
    return hashlib.sha256(json.dumps([found.rules_hash, counted], ensure_ascii=False).encode()).hexdigest()
