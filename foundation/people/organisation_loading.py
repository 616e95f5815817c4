"""Units of a long list on their way into the tree: loaded in small steps where nobody sees them, then all moved in.

Until then they stand at places such as "~0000000007:000012:1.5.a2.", the list, their line and where they will stand:
outside every subtree, and closed, so that no question about the tree meets them and none gets slower. One update takes
the first part off. Their history is written with them; the ledger tells of the list when it has entered.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from foundation.base.problem import Problem, Refused
from foundation.people.organisation_acts import LONGEST_PATH, fold, folded, locked
from foundation.people.organisation_placing import Placed
from foundation.people.organisation_rows import FIELD
from foundation.people.organisation_tables import ROOT_ID, Organisation, OrganisationChange
from foundation.people.organisation_tree import OrganisationFacts, ancestors, by_ids, is_below, segment
from foundation.store import engines
from foundation.store.bulk import insert, next_ids
from foundation.store.commit import write
from foundation.store.transactions import TransactionError, mine

BEFORE = len("~0000000007:000012:")
MOST_CHANGES = 1000  # of the tree while a list is loaded; after more it is looked over again
_LINE = slice(12, 18)
_PUTS_ELSEWHERE = {"moved", "merged", "closed"}

Where = tuple[int, str]  # an organisation's id and its place in the tree


def outside(list_id: int) -> tuple[str, str]:
    """The range of places where a list's units wait: from the first on, and before the second."""
    return f"~{list_id:010d}:", f"~{list_id:010d};"


async def newest_change() -> int:
    """The number of the newest line in the tree's history, when no change of the tree is under way."""

    async def job() -> int:
        await locked(ROOT_ID)
        newest = OrganisationChange.select(OrganisationChange.id).order_by(OrganisationChange.id, ascending=False)
        row = await newest.first()
        return int(row["id"]) if row else 0

    return await write(job)


async def waiting(list_id: int) -> dict[int, Where]:
    """What is loaded of a list, by line."""
    first, end = outside(list_id)
    rows = await Organisation.select(Organisation.id, Organisation.path).where(
        Organisation.path >= first, Organisation.path < end
    )
    return {int(row["path"][_LINE]): (row["id"], row["path"][BEFORE:]) for row in rows}


async def load(
    list_id: int, part: Sequence[Placed], above: Mapping[int, Where], by: str, now: datetime
) -> dict[int, Where]:
    """Make some units of a list inside the caller's transaction, where nobody sees them; answers where they stand.

    `above` has the earlier units of the list by line. Raises Refused.
    """
    ids = await next_ids(Organisation, len(part))
    made: dict[int, Where] = {}
    rows, happened = [], []
    for one, own in zip(part, ids, strict=True):
        draft, line = one.row.draft, one.row.line
        if draft is None:
            raise ValueError(f"line {line} is no unit")
        parent, place = _upper(one, made, above)
        made[line] = (own, place + segment(own))
        path = f"{outside(list_id)[0]}{line:06d}:{made[line][1]}"
        if len(path) > LONGEST_PATH:
            raise Refused(Problem("organisation_deep", "parent"))
        rows.append(_row(own, parent, path, draft, now))
        said = {"what": "created", "field": "", "before": "", "after": draft.name}
        happened.append({"organisation": own, **said, "at": now, "actor": by})
    await insert(Organisation, rows)
    await insert(OrganisationChange, happened)
    return made


def _upper(one: Placed, made: Mapping[int, Where], above: Mapping[int, Where]) -> Where:
    if one.parent is not None:
        return one.parent.id, one.parent.path
    return made.get(one.parent_line) or above[one.parent_line]


def _row(own: int, parent: int, path: str, draft: Any, now: datetime) -> dict[str, Any]:
    columns = (
        "name", "short_name", "code", "union_code", "industry", "chain", "ownership", "headcount", "position",
        "contact_email",
    )  # fmt: skip
    return {
        "id": own,
        "parent": parent,
        "path": path,
        "kind": draft.kind.value,
        "folded": folded(draft),
        "active": False,
        "created_at": now,
        **{name: getattr(draft, name) for name in columns},
    }


async def enter(list_id: int) -> None:
    """Put everything that is loaded of a list into the tree, inside the caller's transaction."""
    held = mine(engines.current())
    if held is None:
        raise TransactionError("The tree is changed only inside a transaction.")
    await held.run(
        "UPDATE organisation SET path = substr(path, {}), active = TRUE WHERE path >= {} AND path < {}",
        BEFORE + 1,
        *outside(list_id),
    )


async def remove(list_id: int, most: int) -> int:
    """Take up to `most` loaded units away, inside the caller's transaction, the last lines first; answers how many."""
    held = mine(engines.current())
    if held is None:
        raise TransactionError("The tree is changed only inside a transaction.")
    first, end = outside(list_id)
    rows = (
        await Organisation.select(Organisation.id)
        .where(Organisation.path >= first, Organisation.path < end)
        .order_by(Organisation.path, ascending=False)
        .limit(most)
    )
    ids = [(row["id"],) for row in rows]
    await held.run_many("DELETE FROM organisation_change WHERE organisation = {}", ids)
    await held.run_many("DELETE FROM organisation WHERE id = {}", ids)  # one by one: a lower unit before its upper one
    return len(ids)


@dataclass(slots=True)
class Claims:
    """What a list needs of the tree to stay as it was when the list was placed."""

    under: str  # the place of the organisation that the list is added to
    above: set[int] = field(default_factory=set)  # whatever the new units will stand below
    names: set[tuple[int | None, str]] = field(default_factory=set)  # with the upper unit
    codes: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, fresh: Iterable[Placed], under: OrganisationFacts) -> "Claims":
        claims = cls(under.path, set(ancestors(under.path)))
        for one in fresh:
            if one.row.draft is None:
                continue
            if one.parent is not None:
                if one.parent.id not in claims.above:
                    claims.above.update(ancestors(one.parent.path))
                claims.names.add((one.parent.id, fold(one.row.draft.name)))
            claims.codes.update(code for code in (one.row.draft.code, one.row.draft.union_code) if code)
        return claims

    def met_by(self, what: str, field_changed: str, one: OrganisationFacts) -> bool:
        """Whether this change of an organisation, as it stands now, takes away what was counted on."""
        elsewhere = what in _PUTS_ELSEWHERE or (what == "changed" and field_changed == "kind")
        if one.id in self.above and elsewhere:
            return True
        if what == "listed" and (is_below(one.path, self.under) or is_below(self.under, one.path)):
            return True
        taken = (one.parent_id, fold(one.name)) in self.names or not self.codes.isdisjoint({one.code, one.union_code})
        return one.active and taken


async def check_unchanged(claims: Claims, after: int, until: int | None = None) -> None:
    """Raises Refused where the tree's history, from line `after` on, has something that touches the list."""
    query = OrganisationChange.select(
        OrganisationChange.organisation, OrganisationChange.what, OrganisationChange.field
    ).where(OrganisationChange.id > after, OrganisationChange.organisation.path < "~")
    if until is not None:
        query = query.where(OrganisationChange.id <= until)
    rows = await query.limit(MOST_CHANGES + 1)
    changed = {one.id: one for one in await by_ids(sorted({row["organisation"] for row in rows}))}
    touched = (claims.met_by(row["what"], row["field"], changed[row["organisation"]]) for row in rows)
    if len(rows) > MOST_CHANGES or any(touched):
        raise Refused(Problem("organisations_changed", FIELD))
