"""A tree of masters and apprentices (师承), from agreements. Pure.

Who is named is decided before: an agreement that somebody may not see is only counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

DEEPEST = 6  # generations below the one asked for


@dataclass(frozen=True, slots=True)
class Tie:
    """One agreement as a line of the tree."""

    id: int
    master: int
    apprentice: int
    name: str  # of the apprentice
    unit: str
    skill: str
    stage: str
    years: str  # 2019–2022


@dataclass(frozen=True, slots=True)
class Branch:
    """An apprentice with their own apprentices below."""

    tie: Tie
    branches: tuple["Branch", ...] = ()
    hidden: int = 0  # further apprentices of theirs, of whom nothing is said here


def grown(
    person: int, ties: Mapping[int, Sequence[Tie]], hidden: Mapping[int, int], deep: int = DEEPEST
) -> tuple[Branch, ...]:
    """The branches below somebody; `ties` and `hidden` are by master. A ring, however it came about, is cut."""
    return _below(person, ties, hidden, frozenset({person}), deep)


def _below(
    person: int, ties: Mapping[int, Sequence[Tie]], hidden: Mapping[int, int], above: frozenset[int], deep: int
) -> tuple[Branch, ...]:
    if not deep:
        return ()
    return tuple(
        Branch(
            tie,
            _below(tie.apprentice, ties, hidden, above | {tie.apprentice}, deep - 1),
            hidden.get(tie.apprentice, 0),
        )
        for tie in ties.get(person, ())
        if tie.apprentice not in above
    )
