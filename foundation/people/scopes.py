"""Scopes: what a token of an organisation may be good for. Knows words and permissions; each package declares its own.

A scope opens nothing by itself: what is behind it goes through the permission it names, as for a clerk of the
organisation.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from foundation.people.permissions import Permission


@dataclass(frozen=True, slots=True)
class Scope:
    """One thing a token may do. `code` is as `proposals:read`; `what` an English sentence part marked with `N_`."""

    code: str
    what: str
    permission: Permission


_scopes: dict[str, Scope] = {}


def collect(found: Iterable[Scope]) -> None:
    """Offer a package's scopes; a second time under a code replaces it."""
    _scopes.update({scope.code: scope for scope in found})


def all_scopes() -> tuple[Scope, ...]:
    """All that were declared, in the order in which they were."""
    return tuple(_scopes.values())
