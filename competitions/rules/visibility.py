"""Who sees what of a result: standings and the contest's settings turned into the lines that everyone may see. Pure.

The source is DESIGN.md: by default names, units and totals of the awarded, work numbers for all others. What may not
be seen is not written at all; `PublicLine` is the whole allow-list. Nothing may be concluded from it either: a line
with a total says which step of the tie chain parted it only from others whose totals are shown too, for "decided by
the practical module" on the last awarded line would tell the total of the first that is not.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from foundation.tabulation.decimals import show_fixed
from foundation.tabulation.standings import Line, Standings
from foundation.tabulation.texts import normal


class NamesShown(StrEnum):
    """Whose name, unit and city stand on the public page."""

    AWARDED = "awarded"
    ALL = "all"
    NOBODY = "nobody"


class TotalsShown(StrEnum):
    """Whose total and module points stand on the public page."""

    AWARDED = "awarded"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Visibility:
    """A contest's settings. Places 1 … `awarded_places` of each group are awarded; a shared one counts whole."""

    names: NamesShown
    totals: TotalsShown
    awarded_places: int


@dataclass(frozen=True, slots=True)
class Person:
    """Who made a work, as far as the public may ever know."""

    name: str
    unit: str
    city: str


NOBODY: Final = Person("", "", "")


@dataclass(frozen=True, slots=True)
class PublicLine:
    """One line of the public page. Texts that are not shown are empty."""

    group: str
    place: int
    work_number: str
    name: str
    unit: str
    city: str
    total: str
    modules: tuple[str, ...]
    tied: bool
    decided_by: str


def is_awarded(place: int | None, visibility: Visibility) -> bool:
    return place is not None and place <= visibility.awarded_places


def shows_total(line: Line, visibility: Visibility) -> bool:
    """Whether the public sees this entry's total."""
    return line.place is not None and (visibility.totals is TotalsShown.ALL or is_awarded(line.place, visibility))


def shows_name(line: Line, visibility: Visibility) -> bool:
    """Whether the public sees whose work this is."""
    if visibility.names is NamesShown.NOBODY or line.place is None:
        return False
    return visibility.names is NamesShown.ALL or is_awarded(line.place, visibility)


def with_totals(standings: Standings, visibility: Visibility) -> frozenset[str]:
    """The entries whose totals the public sees."""
    return frozenset(line.entry for line in standings.lines if shows_total(line, visibility))


def public_lines(
    standings: Standings,
    among_shown: Standings,
    visibility: Visibility,
    people: Mapping[str, Person],
    groups: Sequence[str] = (),
) -> list[PublicLine]:
    """The public lines in the order of the page: groups as the contest names them, then place, then work number.

    `among_shown` are the standings of the entries of `with_totals` alone, where ties are parted among themselves.
    Entries without a place have no line: they are only counted.
    """
    parted = {line.entry: line.decided_by for line in among_shown.lines}
    rank = {normal(group): number for number, group in enumerate(groups)}
    placed = [line for line in standings.lines if line.place is not None]
    placed.sort(key=lambda line: (rank.get(line.group, len(rank)), line.group, line.place or 0, line.entry))
    lines = [_line(line, parted, visibility, people, standings.digits) for line in placed]
    return [replace(line, group=spelled(line.group, groups)) for line in lines]


def spelled(group: str, groups: Sequence[str]) -> str:
    """A group as the contest writes it: `职工组（一）`; standings hold it as files do, in the normal form."""
    return next((written for written in groups if normal(written) == group), group)


def _line(
    line: Line, parted: Mapping[str, str], visibility: Visibility, people: Mapping[str, Person], digits: int
) -> PublicLine:
    person = people.get(line.entry, NOBODY) if shows_name(line, visibility) else NOBODY
    shown = shows_total(line, visibility) and line.total is not None
    return PublicLine(
        group=line.group,
        place=line.place or 0,
        work_number=line.entry,
        name=person.name,
        unit=person.unit,
        city=person.city,
        total=show_fixed(line.total, digits) if shown and line.total is not None else "",
        modules=tuple(show_fixed(module.points, digits) for module in line.modules if module.points is not None)
        if shown
        else (),
        tied=line.tied,  # to be seen from the places anyway
        decided_by=parted.get(line.entry, "") if shown else "",
    )


def counts(lines: Iterable[Line], groups: Sequence[str] = ()) -> dict[str, dict[str, int]]:
    """How many entries of each status, by group."""
    numbers: dict[str, dict[str, int]] = {}
    for line in lines:
        group = numbers.setdefault(spelled(line.group, groups), {})
        group[line.status] = group.get(line.status, 0) + 1
    return numbers


@dataclass(frozen=True, slots=True)
class GroupResults:
    """One group's lines in the order of the page, and how many of its entries have which status."""

    group: str
    lines: tuple[PublicLine, ...]
    counts: Mapping[str, int]


def by_group(lines: Iterable[PublicLine], numbers: Mapping[str, Mapping[str, int]]) -> tuple[GroupResults, ...]:
    """The page's groups in the order of the lines; last those in which nobody was placed."""
    found: dict[str, list[PublicLine]] = {}
    for line in lines:
        found.setdefault(line.group, []).append(line)
    return tuple(
        GroupResults(group, tuple(found.get(group, ())), numbers.get(group, {}))
        for group in dict.fromkeys([*found, *numbers])
    )
