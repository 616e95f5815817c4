"""Permissions as predicates: which rows a person may act on under the hat they wear, and the words that say so.

A predicate answers with a condition for a query, so that what a person may not see is never selected. Knows hats
and paths in the union tree; knows no page and no table of a domain. Each package names its own permissions in one
file (`may.py`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar, cast

from piccolo.columns import Column
from piccolo.columns.combination import Combination, Where, WhereRaw
from piccolo.custom_types import Combinable
from piccolo.table import Table

from foundation.people.grants import Role
from foundation.people.organisation_tree import ROOT_PATH, below

if TYPE_CHECKING:
    from piccolo.columns import Varchar

    from foundation.people.sessions import SignedIn


class Everything(Enum):
    """The answer of a predicate that holds for every row; only `EVERYTHING`."""

    EVERYTHING = "everything"


EVERYTHING = Everything.EVERYTHING

Rows = Combinable | Everything | None
"""Which rows: a condition, every row, or (None) no row at all."""

Query = TypeVar("Query")


@dataclass(frozen=True, slots=True)
class Predicate:
    """Who may, in words, and for which rows.

    `who` is an English sentence part marked with `N_`; `roles` must be worn, any of them (none: a relation decides);
    `rows` is asked only for somebody who wears one. `a | b` holds where either does, `a & b` where both do.
    """

    who: str
    roles: frozenset[Role]
    rows: Callable[["SignedIn"], Rows]
    ways: tuple[tuple[str, ...], ...] = ()  # of what was joined: alternatives, each of parts that all must hold

    def __or__(self, other: "Predicate") -> "Predicate":
        return Predicate("", frozenset(), lambda user: _either(self.of(user), other.of(user)), self.said + other.said)

    def __and__(self, other: "Predicate") -> "Predicate":
        said = tuple((*one, *more) for one in self.said for more in other.said)
        return Predicate("", frozenset(), lambda user: _both(self.of(user), other.of(user)), said)

    @property
    def said(self) -> tuple[tuple[str, ...], ...]:
        """In words: the alternatives, each a tuple of parts that must all hold."""
        return self.ways or ((self.who,),)

    def of(self, user: "SignedIn") -> Rows:
        """The rows of this person under the hat they wear."""
        return self.rows(user) if not self.roles or self.roles & user.roles else None


@dataclass(frozen=True, slots=True)
class Permission:
    """One thing that may be done, and by whom. `what` is an English sentence part marked with `N_`."""

    code: str
    what: str
    held_by: Predicate

    def rows(self, user: "SignedIn") -> Rows:
        """The rows this person may do it to: a condition, EVERYTHING, or None for no row."""
        return self.held_by.of(user)

    def possible(self, user: "SignedIn") -> bool:
        """Whether the hat that is worn can hold it at all; the guard of a handler asks this."""
        return self.rows(user) is not None

    async def allows(self, user: "SignedIn", *conditions: Combinable) -> bool:
        """Whether there is a row under these conditions that this person may do it to; without any: `possible`."""
        rows = self.rows(user)
        if rows is None or not conditions:
            return rows is not None
        found: bool = await permitted(_table_of(conditions[0]).exists().where(*conditions), self, user)
        return found


@dataclass(frozen=True, slots=True)
class Area:
    """The permissions of one package, under a title that is marked with `N_`."""

    title: str
    permissions: tuple[Permission, ...]


_areas: dict[str, Area] = {}


def collect(title: str, found: Iterable[Permission]) -> None:
    """Put a package's permissions on the page that says who may do what; a second time under a title replaces them."""
    _areas[title] = Area(title, tuple(found))


def all_permissions() -> tuple[Area, ...]:
    """All that was collected, in the order in which it was."""
    return tuple(_areas.values())


def permitted(query: Query, permission: Permission, user: "SignedIn") -> Query:
    """The query narrowed to the rows that this person may act on; one that selects nothing where there are none."""
    rows = permission.rows(user)
    if isinstance(rows, Everything):
        return query
    narrowed: Query = query.where(WhereRaw("1 = 0") if rows is None else rows)  # type: ignore[attr-defined]
    return narrowed


def holder(role: Role | Sequence[Role], who: str, path_column: Column | None = None) -> Predicate:
    """Whoever wears the role (or one of them), for rows of organisations at or below the hat's.

    `path_column` is the path of the row's organisation, through foreign keys if need be
    (`Circular.organisation.path`); without one the role alone decides.
    """

    def rows(user: "SignedIn") -> Rows:
        if user.hat is None:
            return None
        if path_column is None or user.hat.path == ROOT_PATH:
            return EVERYTHING
        return below(cast("Varchar", path_column), user.hat.path)

    roles = frozenset({role}) if isinstance(role, Role) else frozenset(role)
    return Predicate(who, roles, rows)


def at_root(role: Role, who: str) -> Predicate:
    """Whoever wears the role for the federation itself."""

    def rows(user: "SignedIn") -> Rows:
        return EVERYTHING if user.hat is not None and user.hat.path == ROOT_PATH else None

    return Predicate(who, frozenset({role}), rows)


def _either(one: Rows, other: Rows) -> Rows:
    if isinstance(one, Everything) or isinstance(other, Everything):
        return EVERYTHING
    if one is None or other is None:
        return other if one is None else one
    return one | other


def _both(one: Rows, other: Rows) -> Rows:
    if one is None or other is None:
        return None
    if isinstance(one, Everything) or isinstance(other, Everything):
        return other if isinstance(one, Everything) else one
    return one & other


def _table_of(condition: Any) -> type[Table]:
    """The table whose rows a condition speaks of: of its first column, before any foreign key is followed."""
    while isinstance(condition, Combination):
        condition = condition.first
    if not isinstance(condition, Where):
        raise TypeError("The first condition names a column, so that it is known which table is meant.")
    chain = condition.column._meta.call_chain
    table: type[Table] = (chain[0] if chain else condition.column)._meta.table
    return table
