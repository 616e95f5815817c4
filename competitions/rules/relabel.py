"""Judges' labels, dealt anew for every work and aspect, so that nobody can follow one judge through a bundle. Pure.

Within one work and aspect the marks are first put in an order that knows nothing of who gave them, then dealt out
as J1, J2 …: what comes out depends on the marks alone, never on the judges. Dealing anew for every aspect, not only
for every work, matters: a judge who alone marks one aspect would else be recognised by it in the others.
The standings stay as they were: the engine reads labels only to choose which of several equal marks is dropped.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from foundation.tabulation.marks import Mark, Value, Word

Shuffle = Callable[[int], Sequence[int]]
"""Gives a permutation of 0 … n-1; in earnest from the system's randomness, in tests from a seed."""


@dataclass(frozen=True, slots=True)
class Given:
    """One judge's mark and what was noted beside it (the marking sheet's own keys, as canonical JSON)."""

    mark: Mark
    detail: str = ""


def relabel(given: Iterable[Given], shuffle: Shuffle) -> list[Given]:
    """The same marks under new judge labels, in the order of work, aspect and label."""
    cells: dict[tuple[str, str], list[Given]] = defaultdict(list)
    for row in given:
        cells[row.mark.entry, row.mark.aspect].append(row)
    return [
        Given(row.mark._replace(judge=f"J{number}"), row.detail)
        for key in sorted(cells)
        for number, row in enumerate(_dealt(cells[key], shuffle), start=1)
    ]


def _dealt(rows: list[Given], shuffle: Shuffle) -> list[Given]:
    rows = sorted(rows, key=lambda row: (*_order(row.mark.value), row.detail))
    return [rows[index] for index in shuffle(len(rows))]


def _order(value: Value) -> tuple[int, int, str]:
    """Any order will do as long as it is one: numbers, then grades, then words."""
    if isinstance(value, Word):
        return 2, 0, value.value
    return (1, 0, value) if isinstance(value, str) else (0, value, "")
