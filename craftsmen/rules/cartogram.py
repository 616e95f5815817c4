"""The province as tiles: one for each city where it lies on the map, roughly. Data and one look-up; pure.

A tile map shows counts fairly (a large city takes no more room than a small one) and needs no picture. Rows go from
north to south, columns from west to east.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

PLACES: Mapping[str, tuple[int, int]] = {  # (row, column)
    "九江": (1, 2),
    "景德镇": (1, 3),
    "宜春": (2, 1),
    "赣江新区": (2, 2),
    "鹰潭": (2, 3),
    "上饶": (2, 4),
    "萍乡": (3, 1),
    "南昌": (3, 2),
    "抚州": (3, 3),
    "新余": (4, 1),
    "吉安": (4, 2),
    "赣州": (5, 2),
}


@dataclass(frozen=True, slots=True)
class Tile(Generic[T]):
    """A city on the map: `value` is what the caller has for it, None where it has nothing."""

    name: str
    row: int
    column: int
    value: T | None


def tiles(values: Mapping[str, T]) -> list[Tile[T]]:
    """Every tile from north to south, with the value whose name begins with the city's."""
    found = []
    for name, (row, column) in PLACES.items():
        value = next((value for called, value in values.items() if called.startswith(name)), None)
        found.append(Tile(name, row, column, value))
    return found
