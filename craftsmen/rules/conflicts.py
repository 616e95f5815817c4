"""Who must keep out of a nomination (回避) because the registry knows that they stand too near. Pure.

A member stands too near whose own unit, by a post or by who looks after the account, is the nominated person's unit,
the one directly above it or the one directly below it; the federation, which is above everybody, is too near to nobody.
So does one who bears the same name: whoever is meant, a person decides nothing about themselves. What nobody can see
from here (kinship, a shared work) members declare.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Ground(StrEnum):
    """Why somebody keeps out, as far as the registry can tell; the strongest first."""

    SAME_NAME = "same_name"
    SAME_UNIT = "same_unit"
    NEXT_UNIT = "next_unit"  # its parent, or a part of it


@dataclass(frozen=True, slots=True)
class Sitting:
    """A member as this rule looks at them. Paths are places in the union tree ("1.5.a2.")."""

    seat: int
    name: str
    paths: frozenset[str]


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody nominated, or a team with its members' names."""

    nomination: int
    names: frozenset[str]
    path: str


def ground(member: Sitting, nominee: Standing) -> Ground | None:
    """Why this member keeps out of this nomination, or None."""
    if _plain(member.name) in {_plain(name) for name in nominee.names if name}:
        return Ground.SAME_NAME
    if nominee.path in member.paths:
        return Ground.SAME_UNIT
    if any(_next(path, nominee.path) for path in member.paths):
        return Ground.NEXT_UNIT
    return None


def all_grounds(members: Collection[Sitting], nominees: Collection[Standing]) -> dict[tuple[int, int], Ground]:
    """Every (seat, nomination) that the registry finds too near."""
    found = {(one.seat, other.nomination): ground(one, other) for one in members for other in nominees}
    return {key: why for key, why in found.items() if why is not None}


def _next(one: str, other: str) -> bool:
    """Whether one place is directly above the other, and neither is the whole federation."""
    above, below = sorted((one, other), key=len)
    return below.startswith(above) and below.count(".") == above.count(".") + 1 and above.count(".") > 1


def _plain(name: str) -> str:
    return "".join(name.split())
