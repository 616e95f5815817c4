"""Kinds of sheets that units hand in. A domain declares one as a frozen value; everything else is done for it here.

    PROPOSALS = sheet_kinds.register(Kind("proposals", N_("Proposals"), may.HAND_IN_PROPOSALS, COLUMNS,
                                          check_row, write_chunk, show, hide, take_back, home="/proposals"))

Its pages are then at /sheets/proposals. Knows no domain and no table of one.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from foundation.base.problem import NotFound, Problem
from foundation.papers.sheet_columns import Column, Values
from foundation.people.permissions import Permission
from foundation.people.sessions import SignedIn

MOST = 50_000  # rows of one sheet


@dataclass(frozen=True, slots=True)
class Batch:
    """What one sheet brings: `id` stands in every row that its domain writes for it."""

    id: int
    organisation_id: int  # that hands it in
    by: int  # account
    at: datetime  # when it was asked to be taken in

    @property
    def actor(self) -> str:
        """Who does it, as the ledger writes them."""
        return f"account:{self.by}"


@dataclass(frozen=True, slots=True, repr=False)
class TakenRow:
    """A row in which nothing is wrong. It has no repr: it may hold an ID number."""

    line: int
    values: Values


@dataclass(frozen=True, slots=True)
class Compared:
    """How far the rows of a sheet that was taken in are compared with what else their unit may see."""

    page: str  # its address
    done: int
    total: int
    found: int  # rows that are much like another
    running: bool
    ended: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of sheet. `title` is an N_() sentence part; `permission` is for the unit whose hat is worn.

    `check(values)` is pure: what is wrong with a row whose cells are right, `field` being a column's name.

    Each of the others runs within a transaction that also holds what becomes of the sheet:
    `write_chunk(rows, batch)` writes rows that nobody sees yet, in a few milliseconds, its ledger entries included;
    `show(batch)` makes all of them visible by one statement, and bumps the generations of the pages that show them;
    `hide(batch)` makes them invisible again, or raises Refused where something has been built on one of them;
    `take_back(batch, most)` deletes up to `most` rows that are not visible, and answers how many it found.

    Two rows say the same where their columns `same` do (by default: all), however else they differ. What came into the
    domain otherwise is told by `there(rows, organisation_id)`: for each row whether the unit has it already. It runs
    within a transaction too, and does not see what is loaded and not yet visible.

    A domain that goes on to look for rows much like another says how far it is by `compared(user, sheet_id)`.
    """

    code: str  # in addresses and in the ledger
    title: str
    permission: Permission
    columns: tuple[Column, ...]
    check: Callable[[Values], Sequence[Problem]]
    write_chunk: Callable[[Sequence[TakenRow], Batch], Awaitable[None]]
    show: Callable[[Batch], Awaitable[None]]
    hide: Callable[[Batch], Awaitable[None]]
    take_back: Callable[[Batch, int], Awaitable[int]]
    home: str  # the address that the pages lead back to
    notes: tuple[str, ...] = ()  # of the template, in Chinese
    most: int = MOST
    same: tuple[str, ...] = ()
    there: Callable[[Sequence[Values], int], Awaitable[Sequence[bool]]] | None = None
    compared: Callable[[SignedIn, int], Awaitable[Compared]] | None = None

    def headings(self) -> Mapping[str, str]:
        """Column's name -> what it is called on the template."""
        return {column.name: column.heading for column in self.columns}


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known; called once where it is declared. Raises `ValueError` for a second one of its code."""
    if KINDS.setdefault(kind.code, kind) is not kind:
        raise ValueError(f"There is another kind of sheet called {kind.code!r}.")
    return kind


def for_user(user: SignedIn, code: str) -> Kind:
    """The kind, if the hat that is worn may hand in its sheets. Raises NotFound for strangers."""
    kind = KINDS.get(code)
    if kind is None or user.hat is None or not kind.permission.possible(user):
        raise NotFound
    return kind
