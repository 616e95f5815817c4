"""What every act on the union tree does: lock, keep the history, tell the ledger. For the writers beside it only.

Whoever changes the tree locks the federation's row first, then the others in the order of their ids: no child is
made under a parent that is being moved, and two people at once wait for each other instead of undoing each other.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from piccolo.columns.combination import WhereRaw

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people.organisation_draft import Draft
from foundation.people.organisation_kinds import Kind, may_stand_below
from foundation.people.organisation_tables import ROOT_ID, Organisation, OrganisationChange
from foundation.people.organisation_tree import OrganisationFacts, by_id, end_of
from foundation.store import engines, ledger
from foundation.store.locks import lock_rows
from foundation.store.transactions import TransactionError, mine

LONGEST_PATH = 200
LONGEST_FOLDED = 2000
OWN_LINES = 4  # of the folded column: name, short name, code, union code
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of an organisation's history."""

    organisation: int
    what: str
    before: str = ""
    after: str = ""
    field: str = ""


async def locked(*ids: int) -> list[OrganisationFacts]:
    """Lock these organisations and read them as they stand now, in the order asked for. Raises NotFound."""
    await lock_rows(Organisation, {ROOT_ID, *ids})
    found = [await by_id(one) for one in ids]
    if None in found:
        raise NotFound
    return [one for one in found if one is not None]


async def tell(happened: Sequence[Happened], act: str, by: str, now: datetime, about: str = "", **payload: Any) -> None:
    """Keep the history lines, and put `act` into the ledger of each organisation among them, without any words."""
    rows = [
        OrganisationChange(
            organisation=one.organisation,
            what=one.what,
            field=one.field,
            before=one.before[:200],
            after=one.after[:200],
            at=now,
            actor=by,
        )
        for one in happened
    ]
    for start in range(0, len(rows), _AT_ONCE):
        await OrganisationChange.insert(*rows[start : start + _AT_ONCE])
    for organisation in sorted({one.organisation for one in happened}):
        ledger.record(
            stream=f"organisation:{organisation}", act=f"organisation.{act}", actor=by, about=about, payload=payload
        )


def fold(text: str) -> str:
    """How names are compared: width and case do not count, spaces are single."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def folded(of: Draft | OrganisationFacts, former: Iterable[str] = ()) -> str:
    """The column that searching compares: `OWN_LINES` lines, then former names; the oldest go if it gets too long."""
    text = "".join(f"{fold(line)}\n" for line in (of.name, of.short_name, of.code, of.union_code))
    for line in dict.fromkeys(fold(one) for one in former):
        if len(text) + len(line) >= LONGEST_FOLDED:
            break
        text += f"{line}\n"
    return text


def escaped(text: str) -> str:
    """Text as a LIKE pattern takes it literally, with a backslash as its ESCAPE."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def check_place(kind: Kind, parent: OrganisationFacts) -> None:
    """Raises Refused where an organisation of this kind may not stand below `parent`."""
    if not parent.active:
        raise Refused(Problem("organisation_parent_closed", "parent", {"parent": parent.name}))
    if not may_stand_below(kind, parent.kind):
        raise Refused(Problem("organisation_kind_place", "kind", {"kind": kind.value, "parent": parent.kind.value}))


async def check_codes(of: Draft | OrganisationFacts, except_id: int = 0) -> None:
    """Raises Refused with the name of the active organisation that has one of these codes."""
    for field, column in (("code", Organisation.code), ("union_code", Organisation.union_code)):
        taken = Organisation.select(Organisation.name).where(
            column == getattr(of, field),
            Organisation.active == True,  # noqa: E712 - a column, not a truth
            Organisation.id != except_id,
        )
        if getattr(of, field) and (row := await taken.first()):
            raise Refused(Problem("organisation_code_taken", field, {"name": row["name"]}))


async def check_name(name: str, parent_id: int | None, except_id: int = 0) -> None:
    """Raises Refused where an active organisation of this name stands below the same parent."""
    if parent_id is None:
        return
    taken = await Organisation.exists().where(
        Organisation.parent == parent_id,
        Organisation.active == True,  # noqa: E712 - a column, not a truth
        Organisation.id != except_id,
        starts(fold(name) + "\n"),
    )
    if taken:
        raise Refused(Problem("organisation_name_taken", "name", {"name": name}))


def starts(text: str) -> WhereRaw:
    """A condition: the folded column begins with `text`."""
    return like(f"{escaped(text)}%")


def like(pattern: str) -> WhereRaw:
    """A condition on the folded column; SQLite knows no escape character unless told."""
    return WhereRaw("organisation.folded LIKE {} ESCAPE '\\'", pattern)


async def repath(old: str, new: str, *, itself: bool) -> None:
    """Put what stands below the place `old` (and at it, if `itself`) below `new` instead, in one statement."""
    held = mine(engines.current())
    if held is None:
        raise TransactionError("The tree is changed only inside a transaction.")
    end = end_of(old)
    rows = await held.run(
        "SELECT max(length(path)) AS longest FROM organisation WHERE path >= {} AND path < {}", old, end
    )
    if (rows[0]["longest"] or 0) - len(old) + len(new) > LONGEST_PATH:
        raise Refused(Problem("organisation_deep", "parent"))
    first = ">=" if itself else ">"
    await held.run(
        f"UPDATE organisation SET path = {{}} || substr(path, {{}}) WHERE path {first} {{}} AND path < {{}}",  # noqa: S608
        new,
        len(old) + 1,
        old,
        end,
    )
