"""What officers read of the union tree: one organisation, the page of those below it, a search, a history.

Everything is selected through the permission that the page is for, so that another city's organisations are never
even read. Writes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from piccolo.querystring import QueryString

from foundation.base.problem import NotFound
from foundation.people.may import KEEP_ORGANISATIONS
from foundation.people.organisation_acts import OWN_LINES, escaped, fold, like
from foundation.people.organisation_tables import Organisation, OrganisationChange
from foundation.people.organisation_tree import OrganisationFacts, below, by_ids, facts
from foundation.people.permissions import Permission, permitted
from foundation.people.sessions import SignedIn
from foundation.people.tables import Account
from foundation.store import engines

LARGEST_ID = 2**31 - 1
LONGEST_SEARCH = 100
SIZE = 50  # of a page

# For each of some organisations, how many active ones stand below it: one range of the path's index each.
_COUNTS = """SELECT c.id, (
    SELECT count(*) FROM organisation d
    WHERE d.path > c.path AND d.path < substr(c.path, 1, length(c.path) - 1) || '/' AND d.active
) AS below FROM organisation c WHERE c.id IN ({places})"""


@dataclass(frozen=True, slots=True)
class Child:
    """An organisation in a list, and how many active ones stand below it."""

    facts: OrganisationFacts
    below: int


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a history; `who` is a person's name, or how the ledger calls who did it."""

    id: int
    what: str
    field: str
    before: str
    after: str
    at: datetime
    who: str


async def for_officer(
    user: SignedIn, organisation_id: int, permission: Permission = KEEP_ORGANISATIONS
) -> OrganisationFacts:
    """The organisation, if this person may do that to it; raises NotFound for strangers."""
    if not 0 < organisation_id <= LARGEST_ID:
        raise NotFound
    query = Organisation.select().where(Organisation.id == organisation_id)
    row = await permitted(query, permission, user).first()
    if row is None:
        raise NotFound
    return facts(row)


async def visible_trail(user: SignedIn, of: OrganisationFacts) -> list[OrganisationFacts]:
    """From the hat's organisation down to this one, itself last."""
    ids = [int(part, 36) for part in of.path.split(".") if part]
    at = ids.index(user.hat.organisation_id) if user.hat and user.hat.organisation_id in ids else len(ids) - 1
    return await by_ids(ids[at:])


async def children_after(
    parent: OrganisationFacts, after: tuple[int, int] | None, *, closed: bool, size: int = SIZE
) -> list[OrganisationFacts]:
    """The next `size + 1` directly below `parent`, after this (position, id); with `closed`, those closed instead."""
    query = Organisation.select().where(
        Organisation.parent == parent.id,
        Organisation.active == (not closed),
        below(Organisation.path, parent.path),  # what a long list is still loading stands outside the tree
    )
    if after is not None:
        position, last = after
        query = query.where(
            (Organisation.position > position) | ((Organisation.position == position) & (Organisation.id > last))
        )
    rows = await query.order_by(Organisation.position, Organisation.id).limit(size + 1)
    return [facts(row) for row in rows]


async def with_counts(found: Sequence[OrganisationFacts]) -> list[Child]:
    """The same organisations, each with how many active ones stand below it; one statement for all."""
    if not found:
        return []
    places = ", ".join("{}" for _ in found)
    query = QueryString(_COUNTS.format(places=places), *(one.id for one in found))
    counts = {row["id"]: row["below"] for row in await engines.current().run_querystring(query)}
    return [Child(one, counts.get(one.id, 0)) for one in found]


async def search(text: str, within_path: str, after_path: str = "", size: int = SIZE) -> list[OrganisationFacts]:
    """The next `size + 1` at or below a place that have this text in a name of theirs (former ones too) or code."""
    wanted = fold(text[:LONGEST_SEARCH])
    if not wanted:
        return []
    query = Organisation.select(Organisation.id).where(
        below(Organisation.path, within_path), like(f"%{escaped(wanted)}%")
    )
    if after_path:
        query = query.where(Organisation.path > after_path)
    rows = await query.order_by(Organisation.path).limit(size + 1)  # ids alone: SQLite finds them in an index
    return await by_ids([row["id"] for row in rows])


async def named(text: str, within_path: str, size: int = 20) -> list[OrganisationFacts]:
    """Active ones at or below a place whose name, short name or code is exactly this text."""
    wanted = fold(text[:LONGEST_SEARCH])
    if not wanted:
        return []
    line = escaped(wanted)
    query = Organisation.select().where(
        below(Organisation.path, within_path),
        Organisation.active == True,  # noqa: E712 - a column, not a truth
        like(f"{line}\n%") | like(f"%\n{line}\n%"),
    )
    rows = await query.order_by(Organisation.path).limit(size * 5)
    exact = [facts(row) for row in rows if wanted in row["folded"].split("\n")[:OWN_LINES]]
    return exact[:size]


async def history(organisation_id: int, before: int | None = None, size: int = SIZE) -> list[Change]:
    """The newest `size + 1` lines of an organisation's history, older than `before`."""
    query = OrganisationChange.select().where(OrganisationChange.organisation == organisation_id)
    if before is not None:
        query = query.where(OrganisationChange.id < before)
    rows = await query.order_by(OrganisationChange.id, ascending=False).limit(size + 1)
    names = await _names(row["actor"] for row in rows)
    return [
        Change(
            id=row["id"],
            what=row["what"],
            field=row["field"],
            before=row["before"],
            after=row["after"],
            at=row["at"],
            who=names.get(row["actor"], row["actor"]),
        )
        for row in rows
    ]


async def _names(actors: Iterable[str]) -> dict[str, str]:
    """The names of the accounts among those who act."""
    ids = {int(number) for kind, _, number in (one.partition(":") for one in actors) if kind == "account"}
    rows = await Account.select(Account.id, Account.name).where(Account.id.is_in(sorted(ids))) if ids else []
    return {f"account:{row['id']}": row["name"] for row in rows}
