"""What a circular opens, as a reference such as "contest:2026-1-03", and at which address that stands.

Knows no domain: each tells here, once, where its things are.
"""

_PLACES: dict[str, str] = {}


def register_place(kind: str, address: str) -> None:
    """`register_place("contest", "/contests/{}")`: things called "contest:<name>" have their page there."""
    _PLACES[kind] = address


def place_of(reference: str) -> str:
    """The page of what a reference names; "" where nobody told."""
    kind, _, name = reference.partition(":")
    return _PLACES[kind].format(name) if kind in _PLACES and name else ""
