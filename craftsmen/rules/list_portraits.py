"""Which photograph of a zip each line of a list means, and what is wrong where it means none or several. Pure.

A line names a file, with or without its folder and its ending; width, case and spaces do not count, as nowhere in
lists. What two lines name belongs to neither, for a portrait of somebody else is worse than none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foundation.base.problem import Problem
from foundation.base.sheets import folded

MOST_UNUSED = 200  # so many unused files are named


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one line asks for."""

    row: int
    line: int
    photo: str


@dataclass(frozen=True, slots=True)
class Assigned:
    """The places of files by row, what is wrong by row, and the files that no line means."""

    found: Mapping[int, int]
    problems: Mapping[int, Problem]
    unused: tuple[str, ...]


def assign(wanted: Sequence[Wanted], paths: Sequence[str]) -> Assigned:
    """Give every line its file of `paths`."""
    places = _places(paths)
    named: dict[int, list[Wanted]] = {}
    problems: dict[int, Problem] = {}
    meant: set[int] = set()
    for one in wanted:
        at = places.get(folded(one.photo.replace("\\", "/").removeprefix("./")), [])
        meant |= set(at)
        if len(at) == 1:
            named.setdefault(at[0], []).append(one)
        else:
            code = "list_photo_several" if at else "list_photo_missing"
            problems[one.row] = Problem(code, "photo", {"name": one.photo})
    for rows in named.values():
        for one in rows if len(rows) > 1 else ():
            other = next(each for each in rows if each is not one)
            params = {"name": one.photo, "other": str(other.line)}
            problems[one.row] = Problem("list_photo_twice", "photo", params)
    found = {rows[0].row: place for place, rows in named.items() if len(rows) == 1}
    return Assigned(found, problems, tuple(path for place, path in enumerate(paths) if place not in meant))


def _places(paths: Sequence[str]) -> dict[str, list[int]]:
    """Where a file stands, by everything that a line may call it; the fuller name goes before the shorter."""
    kinds: tuple[dict[str, list[int]], ...] = ({}, {}, {}, {})
    for place, path in enumerate(paths):
        last = path.rpartition("/")[2]
        for kind, called in zip(kinds, (_stem(last), last, _stem(path), path), strict=True):
            kind.setdefault(folded(called), []).append(place)
    stems, names, whole_stems, whole = kinds
    return {**stems, **names, **_in_folders(whole_stems), **_in_folders(whole)}


def _in_folders(places: Mapping[str, list[int]]) -> dict[str, list[int]]:
    return {path: at for path, at in places.items() if "/" in path}


def _stem(path: str) -> str:
    """A name without its ending."""
    return path.rpartition(".")[0] or path
