"""What hinders publishing, and what the organiser should look at before: pure.

Knows the standings as they are now, which entries are locked, and the contest's stage. A contest may be published
when every entry that competes is complete and locked by the chief judge: from then on its marks cannot change.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from competitions.rules.stages import Stage, after
from competitions.rules.visibility import spelled
from foundation.base.problem import Problem
from foundation.tabulation.decimals import show_fixed
from foundation.tabulation.scheme import Aspect
from foundation.tabulation.standings import Line, Standings

NOTHING: Final[Mapping[str, Sequence[Aspect]]] = {}

UNDER_WAY: Final = ("ok", "incomplete", "conflict")
"""Of entries that did not compete to the end, no figures are shown."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Entries of one group with equal totals, each with its place; `decided_by` are the steps that parted them."""

    group: str
    total: str
    works: tuple[str, ...]
    places: tuple[int, ...]
    decided_by: tuple[str, ...]

    @property
    def shared(self) -> bool:
        """Whether some of them share a place after every step of the tie chain."""
        return len(set(self.places)) < len(self.places)


@dataclass(frozen=True, slots=True)
class WholeLine:
    """One entry as the organiser sees it before publishing: all figures, and no name."""

    group: str
    place: int | None
    entry: str
    status: str
    total: str
    modules: tuple[str, ...]
    tied: bool
    decided_by: str


def whole(standings: Standings, groups: Sequence[str] = ()) -> tuple[WholeLine, ...]:
    """Every entry, in the standings' order, with its figures as they are printed."""
    digits = standings.digits
    return tuple(
        WholeLine(
            group=spelled(line.group, groups),
            place=line.place,
            entry=line.entry,
            status=line.status,
            total="" if line.total is None else show_fixed(line.total, digits),
            modules=tuple(
                "" if module.points is None or line.status not in UNDER_WAY else show_fixed(module.points, digits)
                for module in line.modules
            ),
            tied=line.tied,
            decided_by=line.decided_by,
        )
        for line in standings.lines
    )


def hindrances(
    stage: Stage, standings: Standings, locked: Collection[str], lacking: Mapping[str, Sequence[Aspect]] = NOTHING
) -> list[Problem]:
    """Every reason why the results may not be published now, by work number; none means that they may.

    `locked` are the work numbers that the chief judge has locked. Entries that did not compete need no lock.
    `lacking` are the aspects whose difficulty is missing, by work number.
    """
    if after("publish", stage) is None:
        return [Problem("publish_published" if stage is Stage.PUBLISHED else "publish_too_early")]
    lines = sorted(standings.lines, key=lambda line: line.entry)
    problems = [
        Problem(f"publish_{line.status}", "", {"work": line.entry, "aspects": _aspects(line)})
        for line in lines
        if line.status in ("conflict", "incomplete") and _aspects(line)
    ]
    problems += [
        Problem("publish_difficulty", "", {"work": work, "aspect": f"{aspect.code} {aspect.name}"})
        for work, aspects in sorted(lacking.items())
        for aspect in aspects
    ]
    problems += [
        Problem("publish_unlocked", "", {"work": line.entry})
        for line in lines
        if (line.place is not None or _only_difficulty(line)) and line.entry not in locked
    ]
    if not problems and all(line.place is None for line in standings.lines):
        problems.append(Problem("publish_nothing"))
    return problems


def ties(standings: Standings, groups: Sequence[str] = ()) -> list[Tie]:
    """Every set of equal totals, in the standings' order; groups as the contest writes them."""
    placed = [line for line in standings.lines if line.place is not None]
    found: list[Tie] = []
    for (group, total), equals in groupby(placed, key=lambda line: (line.group, line.total)):
        lines = list(equals)
        if len(lines) > 1 and total is not None:
            found.append(
                Tie(
                    group=spelled(group, groups),
                    total=show_fixed(total, standings.digits),
                    works=tuple(line.entry for line in lines),
                    places=tuple(line.place or 0 for line in lines),
                    decided_by=_steps(lines),
                )
            )
    return found


def _only_difficulty(line: Line) -> bool:
    """Every mark is there, and only a coefficient keeps the entry from its place."""
    return line.status == "incomplete" and not _aspects(line)


def _aspects(line: Line) -> str:
    """The codes of the aspects that keep an entry from its place."""
    aspects = [aspect for module in line.modules for aspect in module.aspects]
    return ", ".join(aspect.code for aspect in aspects if aspect.status == line.status)


def _steps(lines: Iterable[Line]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.decided_by for line in lines if line.decided_by))
