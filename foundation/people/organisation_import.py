"""A list of units put below an organisation: where each of them would stand, and then all of them at once or none.

Knows the tree as far as the list speaks of it: upper units by name or code, names and codes that are taken. The rows
themselves are read in `organisation_rows`; each is made by `organisations`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from foundation.base.problem import Problem, Refused
from foundation.people.organisation_acts import fold, locked
from foundation.people.organisation_draft import Draft
from foundation.people.organisation_kinds import Kind, may_stand_below
from foundation.people.organisation_rows import FIELD, Row, UnitList
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import OrganisationFacts, below, facts
from foundation.people.organisations import make
from foundation.store.commit import write


@dataclass(frozen=True, slots=True)
class Placed:
    """A row and its upper unit: one of the tree, or an earlier row of the list (its line), or neither found."""

    row: Row
    parent: OrganisationFacts | None = None
    parent_line: int = 0
    parent_name: str = ""

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.row.problems


async def place(units: UnitList, under: OrganisationFacts) -> list[Placed]:
    """Find each row's upper unit at or below `under`, and tell what does not fit the tree as it is now."""
    tree = await _named({row.parent for row in units.rows if row.parent}, under)
    placed: list[Placed] = []
    for row in units.rows:
        placed.append(_placed(row, under, tree, placed))
    names = await _names_taken(placed)
    drafts = [row.draft for row in units.rows if row.draft]
    codes = await _codes_taken({code for draft in drafts for code in (draft.code, draft.union_code) if code})
    return [_against_tree(one, names, codes) for one in placed]


async def add(units: UnitList, under_id: int, by: str, now: datetime) -> list[int]:
    """Make all units of a list below an organisation, or none; answers their ids. Raises Refused, NotFound."""

    async def job() -> list[int]:
        (under,) = await locked(under_id)
        placed = await place(units, under)
        if any(one.problems for one in placed):
            raise Refused(Problem("organisations_changed", FIELD))
        made: dict[int, OrganisationFacts] = {}
        for one in placed:
            parent = one.parent or made[one.parent_line]
            if one.row.draft is not None:
                (made[one.row.line],) = await locked(await make(parent, one.row.draft, by, now))
        return [facts.id for facts in made.values()]

    return await write(job)


def _placed(
    row: Row, under: OrganisationFacts, tree: dict[str, list[OrganisationFacts]], above: Sequence[Placed]
) -> Placed:
    if not row.parent:
        return _fitting(Placed(row, under, parent_name=under.name), under.kind)
    wanted = fold(row.parent)
    for other in above:
        draft = other.row.draft
        if draft and wanted in _called(draft):
            return _fitting(Placed(row, parent_line=other.row.line, parent_name=draft.name), draft.kind)
    found = tree.get(wanted, [])
    if len(found) == 1:
        return _fitting(Placed(row, found[0], parent_name=found[0].name), found[0].kind)
    code = "organisations_parent_several" if found else "organisations_parent_unknown"
    return Placed(row.with_problem(code, "parent", text=row.parent[:40]), parent_name=row.parent)


def _fitting(one: Placed, parent: Kind) -> Placed:
    draft = one.row.draft
    if draft is None or may_stand_below(draft.kind, parent):
        return one
    row = one.row.with_problem("organisation_kind_place", "kind", kind=draft.kind.value, parent=parent.value)
    return Placed(row, one.parent, one.parent_line, one.parent_name)


def _called(one: Draft | OrganisationFacts) -> set[str]:
    """What a list may call an upper unit."""
    return {fold(text) for text in (one.name, one.short_name, one.code, one.union_code) if text}


async def _named(texts: Iterable[str], under: OrganisationFacts) -> dict[str, list[OrganisationFacts]]:
    """The active organisations at or below `under` with one of these names, short names or codes, by it folded."""
    wanted = sorted({text for text in texts if len(text) <= 100})
    if not wanted:
        return {}
    rows = await Organisation.select().where(
        below(Organisation.path, under.path),
        Organisation.active == True,  # noqa: E712 - a column, not a truth
        Organisation.name.is_in(wanted)
        | Organisation.short_name.is_in(wanted)
        | Organisation.code.is_in(wanted)
        | Organisation.union_code.is_in(wanted),
    )
    found: dict[str, list[OrganisationFacts]] = {}
    for row in rows:
        for text in _called(one := facts(row)):
            found.setdefault(text, []).append(one)
    return found


async def _names_taken(placed: Iterable[Placed]) -> set[tuple[int, str]]:
    """Which of these names stand already below the parents they are meant for."""
    pairs = [(one.parent.id, one.row.draft.name) for one in placed if one.parent and one.row.draft]
    if not pairs:
        return set()
    rows = await Organisation.select(Organisation.parent, Organisation.name).where(
        Organisation.parent.is_in(sorted({parent for parent, _ in pairs})),
        Organisation.name.is_in(sorted({name for _, name in pairs})),
        Organisation.active == True,  # noqa: E712 - a column, not a truth
    )
    return {(row["parent"], fold(row["name"])) for row in rows}


async def _codes_taken(codes: Iterable[str]) -> dict[str, str]:
    """Of these codes those that an active organisation has, with its name."""
    wanted = sorted(set(codes))
    if not wanted:
        return {}
    rows = await Organisation.select(Organisation.code, Organisation.union_code, Organisation.name).where(
        Organisation.code.is_in(wanted) | Organisation.union_code.is_in(wanted),
        Organisation.active == True,  # noqa: E712 - a column, not a truth
    )
    return {code: row["name"] for row in rows for code in (row["code"], row["union_code"]) if code}


def _against_tree(one: Placed, names: set[tuple[int, str]], codes: dict[str, str]) -> Placed:
    row, draft = one.row, one.row.draft
    if draft is None:
        return one
    if one.parent and (one.parent.id, fold(draft.name)) in names:
        row = row.with_problem("organisation_name_taken", "name", name=draft.name)
    for column, code in (("code", draft.code), ("union_code", draft.union_code)):
        if code in codes:
            row = row.with_problem("organisation_code_taken", column, name=codes[code])
    return Placed(row, one.parent, one.parent_line, one.parent_name)
