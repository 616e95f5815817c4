"""What a circular opens or a notice is about, as a reference such as "contest:2026-1-03": where it stands, and whose.

Knows no domain: each tells here, once, where its things are and to which organisation one belongs.
"""

from collections.abc import Awaitable, Callable

from foundation.base.problem import Problem
from foundation.people import organisation_tree

Owner = Callable[[str], Awaitable[str | None]]  # the name of a thing -> its organisation's path; None: no such thing

_PLACES: dict[str, str] = {}
_OWNERS: dict[str, Owner] = {}


def register_place(kind: str, address: str, owner: Owner | None = None) -> None:
    """`register_place("contest", "/contests/{}", owner)`: things called "contest:<name>" have their page there.

    Without `owner` nothing of the kind can be named: nobody could tell whose it is.
    """
    _PLACES[kind] = address
    if owner is not None:
        _OWNERS[kind] = owner


def place_of(reference: str) -> str:
    """The page of what a reference names; "" where nobody told."""
    kind, _, name = reference.partition(":")
    return _PLACES[kind].format(name) if kind in _PLACES and name else ""


async def reference_problems(reference: str, organisation_id: int, field: str) -> list[Problem]:
    """Why this organisation may not speak of the thing: there is none, or it belongs neither to it nor below it."""
    if not reference:
        return []
    kind, _, name = reference.partition(":")
    owner = await _OWNERS[kind](name) if kind in _OWNERS and name else None
    issuer = await organisation_tree.by_id(organisation_id)
    if owner is not None and issuer is not None and organisation_tree.is_below(owner, issuer.path):
        return []
    return [Problem("reference_not_yours", field, {"reference": reference[:100]})]
