"""One contest's works: who made them, under which number, in what time, and every judge's marks. Pure.

Knows the plan, the sheet and the caller's random numbers; nothing of accounts, seats' ids or the database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random

from competitions.rules.notes import SheetNotes
from foundation.tabulation.marks import Mark, Word, read_value
from foundation.tabulation.ranking import tabulate
from foundation.tabulation.scheme import Scheme
from foundation.tabulation.standings import Entry, Line, OwnStatus
from ganpo.demo.marking import Given, life_like, moved, voided
from ganpo.demo.people import Person, draw_people, draw_students
from ganpo.demo.plans import STUDENTS, WORKERS, ContestPlan

SEED = "ganpo-demo"

Marks = dict[tuple[str, str], Given]
"""A work's marks by judge (sign-in name) and aspect."""


@dataclass(frozen=True, slots=True)
class Work:
    """One entry: `time` in thousandths of a second, `skill` from 0 to 1000."""

    number: str
    person: Person
    group: str
    skill: int
    time: int
    status: OwnStatus = "ok"


def random_of(plan: ContestPlan) -> Random:
    """A contest's own random numbers, the same every time and whatever else the demonstration holds.

    They make data only; codes, salts and the like come from the system's.
    """
    return Random(f"{SEED}:{plan.day.isoformat()}:{plan.letter}")  # noqa: S311 - nothing secret


def draw_works(random: Random, plan: ContestPlan, minutes: int, taken: Iterable[str] = ()) -> list[Work]:
    """The works of a contest, in the order in which their makers were registered. Nobody is called as in `taken`."""
    workers = draw_people(random, plan.workers, plan.industries, plan.known, taken)
    names = {*taken, *(person.name for person in workers)}
    students = draw_students(random, plan.students, names)
    grouped = bool(plan.draft.groups)
    people = [(person, WORKERS if grouped else "") for person in workers]
    people += [(person, STUDENTS if grouped else "") for person in students]
    numbers = [f"{plan.letter}{number:02d}" for number in range(1, len(people) + 1)]
    random.shuffle(numbers)
    works = [
        Work(number, person, group, _skill(random, person, plan), _time(random, minutes))
        for number, (person, group) in zip(numbers, people, strict=True)
    ]
    return _troubled(works, plan) if plan.troubles else works


def draw_marks(
    random: Random, plan: ContestPlan, scheme: Scheme, notes: SheetNotes, works: Sequence[Work]
) -> tuple[list[Work], dict[str, Marks]]:
    """All marks of every work that was handed in, by work number; and the works, two of them with an equal time."""
    judges = {
        aspect.code: [seat.sign_in for seat in plan.seats if aspect.code in seat.aspects] for aspect in scheme.aspects()
    }
    severity = {seat.sign_in: random.choice((-1, 0, 0, 0, 1)) for seat in plan.seats}
    marks = {
        work.number: life_like(random, scheme, notes, judges, work.skill, severity=severity)
        for work in works
        if work.status in {"ok", "disqualified"}
    }
    if plan.void:
        aspect, condition = plan.void
        weakest = min(works, key=lambda work: work.skill)
        key = (judges[aspect][0], aspect)
        marks[weakest.number][key] = voided(marks[weakest.number][key], condition)
    if plan.troubles:
        return _tied(scheme, notes, list(works), marks)
    return list(works), marks


def _time(random: Random, minutes: int) -> int:
    """Somewhere in the last quarter of what is allowed, in whole seconds."""
    return minutes * 60 * random.randrange(720, 1000) // 1000 * 1000


def _skill(random: Random, person: Person, plan: ContestPlan) -> int:
    """Those with a story in the material are among the best."""
    return random.randrange(800, 900) if person in plan.known else random.randrange(220, 860)


def _troubled(works: list[Work], plan: ContestPlan) -> list[Work]:
    """The last workers are absent and disqualified, the last student withdrew."""
    last = plan.workers - 1
    status: dict[int, OwnStatus] = {last: "absent", last - 1: "disqualified", len(works) - 1: "withdrawn"}
    return [replace(work, status=status.get(at, "ok")) for at, work in enumerate(works)]


def _tied(
    scheme: Scheme, notes: SheetNotes, works: list[Work], marks: dict[str, Marks]
) -> tuple[list[Work], dict[str, Marks]]:
    """The workers' third reaches the total of the second, and the sixth that of the fifth in the same time too."""
    ranked = {line.place: line.entry for line in _lines(scheme, works, marks) if line.group == WORKERS}
    by_number = {work.number: at for at, work in enumerate(works)}
    for above, below, same_time in ((2, 3, False), (5, 6, True)):
        first, second = ranked[above], ranked[below]
        marks[second] = _equal(marks[first], scheme, notes)
        time = works[by_number[first]].time
        works[by_number[second]] = replace(works[by_number[second]], time=time if same_time else time + 95_000)
    return works, marks


def _equal(marks: Marks, scheme: Scheme, notes: SheetNotes) -> Marks:
    """Other faults, the same total, as far as the marks allow."""
    for source, target in (("P3", "P8"), ("P8", "P3"), ("P4", "P3"), ("P4", "P8"), ("P3", "P4")):
        try:
            return moved(marks, scheme, notes, source, target)
        except LookupError:
            continue
    return dict(marks)


def _lines(scheme: Scheme, works: Sequence[Work], marks: dict[str, Marks]) -> Sequence[Line]:
    entries = [Entry(work.number, work.group, work.status, time=work.time) for work in works]
    rows = [
        Mark(number, aspect, judge, _value(scheme, aspect, given))
        for number, given_marks in marks.items()
        for (judge, aspect), given in given_marks.items()
    ]
    return tabulate(scheme, entries, rows).lines


def _value(scheme: Scheme, aspect: str, given: Given) -> int | str | Word:
    value = read_value(scheme.aspect(aspect), given[0])
    if not isinstance(value, int | str | Word):
        raise ValueError(f"{aspect} does not take {given[0]}")
    return value
