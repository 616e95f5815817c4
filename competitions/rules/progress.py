"""How far the marking of a contest is: each entry by module and by judge, and what needs the chief judge. Pure.

Knows work numbers, judge codes and the newest marks. What is complete or in conflict is tabulation's word, so that
nothing is locked here that could not be published there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from foundation.base.problem import Problem
from foundation.tabulation.marks import VOID, Mark, Value, read_value
from foundation.tabulation.ranking import tabulate
from foundation.tabulation.scheme import Aspect, Module, Scheme
from foundation.tabulation.standings import Entry, Line, ModuleLine, OwnStatus


class State(StrEnum):
    """Where one entry stands in the chief judge's eyes."""

    LOCKED = "locked"
    CONFLICT = "conflict"
    INCOMPLETE = "incomplete"
    READY = "ready"  # complete and without conflict: may be locked
    OUT = "out"  # absent, withdrawn or disqualified: may be locked as it is


NEEDS_CHIEF = (State.CONFLICT, State.READY, State.OUT)


@dataclass(frozen=True, slots=True)
class Work:
    """An entry as its judges know it."""

    id: int
    number: str
    group: str
    status: OwnStatus
    locked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Panelist:
    """A seat: which aspects it marks, on which entries (ids; None: on every one)."""

    code: str
    aspects: frozenset[str]
    works: frozenset[int] | None

    def marks(self, work: Work) -> bool:
        return self.works is None or work.id in self.works


@dataclass(frozen=True, slots=True)
class Count:
    """How many marks are given of those wanted; `wanted` 0: none is asked for."""

    done: int
    wanted: int

    @property
    def missing(self) -> int:
        return self.wanted - self.done


@dataclass(frozen=True, slots=True)
class ModuleProgress:
    """One module of one entry; in a void module nothing is missing."""

    code: str
    count: Count
    conflicts: int
    void: bool


@dataclass(frozen=True, slots=True)
class WorkProgress:
    """One entry: `judges` in the order of the panel. `line` holds every aspect as tabulation sees it."""

    work: Work
    state: State
    modules: tuple[ModuleProgress, ...]
    judges: tuple[Count, ...]
    line: Line

    @property
    def needs_chief(self) -> bool:
        return self.state in NEEDS_CHIEF

    @property
    def missing(self) -> int:
        """Marks that were asked for and not given; a scheme may let an entry be ready without them."""
        return sum(module.count.missing for module in self.modules)

    @property
    def settled(self) -> bool:
        """May be locked together with others, unseen: nothing at all is missing, or it is not placed anyway."""
        return self.state is State.OUT or (self.state is State.READY and not self.missing)


def overview(
    scheme: Scheme, works: Sequence[Work], panel: Sequence[Panelist], marks: Sequence[Mark]
) -> tuple[WorkProgress, ...]:
    """Every entry's progress, in the order of `works`."""
    lines = {line.entry: line for line in tabulate(scheme, [_entry(work) for work in works], marks).lines}
    given: dict[str, set[tuple[str, str]]] = {}
    for mark in marks:
        given.setdefault(mark.entry, set()).add((mark.aspect, mark.judge))
    return tuple(_progress(scheme, work, panel, lines[work.number], given.get(work.number, set())) for work in works)


def totals(works: Iterable[WorkProgress]) -> Mapping[State, int]:
    """How many entries stand where; every state is named."""
    found = dict.fromkeys(State, 0)
    for each in works:
        found[each.state] += 1
    return found


def own_count(scheme: Scheme, aspects: Iterable[str], values: Mapping[str, str]) -> Count:
    """How far one judge is with one entry: `values` are this judge's newest marks as stored, by aspect.

    Where this judge found a void condition, nothing of that module is missing.
    """
    mine = frozenset(aspects)
    done = wanted = 0
    for module in scheme.modules:
        asked = [aspect for aspect in module.aspects if aspect.code in mine]
        found = [standing_value(aspect, values.get(aspect.code, "")) for aspect in asked]
        wanted += len(asked)
        done += len(asked) if VOID in found else sum(value is not None for value in found)
    return Count(done, wanted)


def standing_value(aspect: Aspect | None, text: str) -> Value | None:
    """A stored mark as it counts: None where it was taken back, or an amendment no longer allows it."""
    if aspect is None or not text:
        return None
    value = read_value(aspect, text)
    return None if isinstance(value, Problem) else value


def _entry(work: Work) -> Entry:
    return Entry(work.number, work.group, work.status)


def _progress(
    scheme: Scheme, work: Work, panel: Sequence[Panelist], line: Line, given: set[tuple[str, str]]
) -> WorkProgress:
    judges = [judge for judge in panel if judge.marks(work)]
    modules = tuple(
        _module(module, seen, judges, given) for module, seen in zip(scheme.modules, line.modules, strict=True)
    )
    void = {module.code for module in modules if module.void}
    by_judge = tuple(_judge_count(scheme, judge, given, void) if judge.marks(work) else Count(0, 0) for judge in panel)
    return WorkProgress(work, _state(work, line), modules, by_judge, line)


def _state(work: Work, line: Line) -> State:
    if work.locked_at is not None:
        return State.LOCKED
    if work.status != "ok":
        return State.OUT
    return {"ok": State.READY, "conflict": State.CONFLICT}.get(line.status, State.INCOMPLETE)


def _module(
    module: Module, line: ModuleLine, judges: Sequence[Panelist], given: set[tuple[str, str]]
) -> ModuleProgress:
    asked = [(aspect.code, judge.code) for aspect in module.aspects for judge in judges if aspect.code in judge.aspects]
    done = len(asked) if line.void else sum(pair in given for pair in asked)
    conflicts = sum(aspect.status == "conflict" for aspect in line.aspects)
    return ModuleProgress(module.code, Count(done, len(asked)), conflicts, line.void)


def _judge_count(scheme: Scheme, judge: Panelist, given: set[tuple[str, str]], void: set[str]) -> Count:
    asked = [
        (module.code, aspect.code)
        for module in scheme.modules
        for aspect in module.aspects
        if aspect.code in judge.aspects
    ]
    done = sum(module in void or (aspect, judge.code) in given for module, aspect in asked)
    return Count(done, len(asked))
