"""All marks of one entry beside each other for the chief judge: a row an aspect, a column a judge. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from competitions.rules.conflicts import reasons
from competitions.rules.details import Detail
from competitions.rules.progress import Panelist, WorkProgress
from foundation.base.problem import Problem
from foundation.tabulation.marks import Value, Word, show_value
from foundation.tabulation.scheme import Aspect, Module, Scheme
from foundation.tabulation.standings import AspectStatus


@dataclass(frozen=True, slots=True)
class Cell:
    """One judge's mark for one aspect. `asked`: this judge marks it; `value` is empty while there is none."""

    judge: str
    asked: bool
    value: str = ""
    level_text: str = ""
    detail: Detail | None = None


@dataclass(frozen=True, slots=True)
class AspectRow:
    """One aspect, what tabulation makes of it so far, and what is open, in words for the chief judge."""

    aspect: Aspect
    status: AspectStatus
    cells: tuple[Cell, ...]
    open: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ModuleRows:
    """One module; `judges` are the columns: whoever marks anything in it."""

    module: Module
    void: bool
    judges: tuple[str, ...]
    rows: tuple[AspectRow, ...]


def side_by_side(
    scheme: Scheme, panel: Sequence[Panelist], progress: WorkProgress, details: Mapping[tuple[str, str], Detail]
) -> tuple[ModuleRows, ...]:
    """The whole entry; `details` by aspect and judge."""
    problems: dict[str, list[Problem]] = {}
    for problem in reasons(scheme, panel, progress):
        problems.setdefault(problem.field, []).append(problem)
    asked = {(aspect, judge.code) for judge in panel if judge.marks(progress.work) for aspect in judge.aspects}
    found: list[ModuleRows] = []
    for module, line in zip(scheme.modules, progress.line.modules, strict=True):
        given = {(each.code, mark.judge): mark.value for each in line.aspects for mark in each.marks}
        columns = [
            judge.code
            for judge in panel
            if any(
                (aspect.code, judge.code) in asked or (aspect.code, judge.code) in given for aspect in module.aspects
            )
        ]
        rows = tuple(
            AspectRow(
                aspect,
                seen.status,
                tuple(_cell(aspect, judge, asked, given, details) for judge in columns),
                tuple(problems.get(aspect.code, ())),
            )
            for aspect, seen in zip(module.aspects, line.aspects, strict=True)
        )
        found.append(ModuleRows(module, line.void, tuple(columns), rows))
    return tuple(found)


def _cell(
    aspect: Aspect,
    judge: str,
    asked: set[tuple[str, str]],
    given: Mapping[tuple[str, str], Value],
    details: Mapping[tuple[str, str], Detail],
) -> Cell:
    key = (aspect.code, judge)
    value = given.get(key)
    if value is None:
        return Cell(judge, key in asked)
    text = show_value(aspect, value)
    level = aspect.levels[int(text)] if aspect.levels and not isinstance(value, Word) else ""
    return Cell(judge, key in asked, text, level, details.get(key))
