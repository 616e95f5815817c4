"""Where each unit of a list would stand, and what does not fit the tree as it is now. Writes nothing.

Knows the tree as far as a list speaks of it: upper units by name or code, names and codes that are taken. A unit that
stands there already just as the list has it is known, and left alone: the same list twice adds nothing.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from foundation.base.problem import Problem
from foundation.people.organisation_acts import OWN_LINES, fold
from foundation.people.organisation_draft import Draft, typed_of
from foundation.people.organisation_kinds import Kind, may_stand_below
from foundation.people.organisation_rows import Row
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import OrganisationFacts, below, by_ids, facts
from foundation.store.bulk import breath

FEW = 500  # names and codes that are asked for by themselves; for more, the part of the tree is read through
_AT_ONCE = 500
_ROWS_A_TURN = 100  # between two breaths, so that nobody waits for a long list


@dataclass(frozen=True, slots=True)
class Placed:
    """A row and its upper unit: one of the tree, or an earlier row of the list (its line), or neither found."""

    row: Row
    parent: OrganisationFacts | None = None
    parent_line: int = 0
    parent_name: str = ""
    known: OrganisationFacts | None = None  # stands there already, just as the list has it

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.row.problems

    @property
    def fresh(self) -> bool:
        """Whether it is to be added."""
        return self.known is None and not self.problems

    def with_problem(self, code: str, at: str, **params: str) -> "Placed":
        return replace(self, row=self.row.with_problem(code, at, **params))


@dataclass(slots=True)
class _Tree:
    """The active organisations that a list may mean: by what they are called, and by upper unit and name."""

    called: dict[str, list[OrganisationFacts]] = field(default_factory=dict)
    siblings: dict[tuple[int | None, str], OrganisationFacts] = field(default_factory=dict)

    def add(self, one: OrganisationFacts) -> None:
        for text in _called(one):
            self.called.setdefault(text, []).append(one)
        self.siblings[one.parent_id, fold(one.name)] = one


async def place(rows: Sequence[Row], under: OrganisationFacts) -> list[Placed]:
    """Find each row's upper unit at or below `under`, and tell what does not fit the tree as it is now."""
    tree = await _tree_for(rows, under)
    earlier: dict[str, Placed] = {}
    placed: list[Placed] = []
    for number, row in enumerate(rows):
        if number % _ROWS_A_TURN == _ROWS_A_TURN - 1:
            await breath()
        one = _compared(_placed(row, under, tree, earlier), tree)
        placed.append(one)
        for text in _called(row.draft) if row.draft else {fold(row.written.get("name", ""))} - {""}:
            earlier.setdefault(text, one)
    taken = await _codes_taken(placed)
    return [_with_codes(one, taken) if one.known is None else one for one in placed]


def _placed(row: Row, under: OrganisationFacts, tree: _Tree, earlier: dict[str, Placed]) -> Placed:
    if not row.parent:
        return _fitting(Placed(row, under, parent_name=under.name), under.kind)
    wanted = fold(row.parent)
    other = earlier.get(wanted)
    if other is not None:
        draft, written = other.row.draft, other.row.written.get("name", "")
        if draft is None:  # that line needs mending, not this one
            return Placed(row, parent_line=other.row.line, parent_name=written)
        if other.known is not None:
            return _fitting(Placed(row, other.known, parent_name=draft.name), draft.kind)
        return _fitting(Placed(row, parent_line=other.row.line, parent_name=draft.name), draft.kind)
    found = tree.called.get(wanted, [])
    if len(found) == 1:
        return _fitting(Placed(row, found[0], parent_name=found[0].name), found[0].kind)
    code = "organisations_parent_several" if found else "organisations_parent_unknown"
    return Placed(row.with_problem(code, "parent", text=row.parent[:40]), parent_name=row.parent)


def _fitting(one: Placed, parent: Kind) -> Placed:
    draft = one.row.draft
    if draft is None or may_stand_below(draft.kind, parent):
        return one
    return one.with_problem("organisation_kind_place", "kind", kind=draft.kind.value, parent=parent.value)


def _compared(one: Placed, tree: _Tree) -> Placed:
    """Whether the name stands below that upper unit already, and if so, whether it is the same unit."""
    draft = one.row.draft
    if draft is None or one.parent is None:
        return one
    there = tree.siblings.get((one.parent.id, fold(draft.name)))
    if there is None:
        return one
    if not one.problems and _says_the_same(one.row, draft, there):
        return replace(one, known=there)
    return one.with_problem("organisation_name_taken", "name", name=draft.name)


def _says_the_same(row: Row, draft: Draft, there: OrganisationFacts) -> bool:
    """Whether what the list says of a unit stands of it already; what it leaves empty it does not say."""
    wanted, stands = typed_of(draft), typed_of(there)
    said = {column for column, text in row.written.items() if text and column in wanted}
    if draft.union_code:  # may have been written in the one column of codes
        said = said - {"code"} | {"union_code"} | ({"code"} if draft.code else set())
    return all(wanted[column] == stands[column] for column in said)


def _called(one: Draft | OrganisationFacts) -> set[str]:
    """What a list may call an upper unit."""
    return {fold(text) for text in (one.name, one.short_name, one.code, one.union_code) if text}


async def _tree_for(rows: Sequence[Row], under: OrganisationFacts) -> _Tree:
    """The active organisations at or below `under` that these rows name, as upper units or as themselves."""
    parents = {row.parent for row in rows if row.parent}
    wanted = {text for text in {*parents, *(row.draft.name for row in rows if row.draft)} if len(text) <= 100}
    tree = _Tree()
    if len(wanted) <= FEW:
        for one in await _asked_for(sorted(wanted), under):
            tree.add(one)
        return tree
    folded = await asyncio.to_thread(lambda: {fold(text) for text in wanted})
    async for ids in _read_through(folded, under):
        for one in await by_ids(ids):
            tree.add(one)
    return tree


async def _asked_for(wanted: list[str], under: OrganisationFacts) -> list[OrganisationFacts]:
    if not wanted:
        return []
    rows = await Organisation.select().where(
        below(Organisation.path, under.path),
        Organisation.active == True,  # noqa: E712 - a column, not a truth
        Organisation.name.is_in(wanted)
        | Organisation.short_name.is_in(wanted)
        | Organisation.code.is_in(wanted)
        | Organisation.union_code.is_in(wanted),
    )
    return [facts(row) for row in rows]


async def _read_through(folded: set[str], under: OrganisationFacts) -> AsyncIterator[list[int]]:
    """The ids of those that are called so, page by page along the index of places."""
    after = ""
    while True:
        query = Organisation.select(Organisation.id, Organisation.path, Organisation.folded).where(
            below(Organisation.path, under.path),
            Organisation.path > after,
            Organisation.active == True,  # noqa: E712 - a column, not a truth
        )
        page = await query.order_by(Organisation.path).limit(_AT_ONCE)
        ids = [row["id"] for row in page if not folded.isdisjoint(row["folded"].split("\n")[:OWN_LINES])]
        if ids:
            yield ids
        if len(page) < _AT_ONCE:
            return
        after = page[-1]["path"]


async def _codes_taken(placed: Iterable[Placed]) -> dict[str, str]:
    """Of the codes of new units those that an active organisation anywhere has, with its name."""
    drafts = [one.row.draft for one in placed if one.row.draft and one.known is None]
    wanted = sorted({code for draft in drafts for code in (draft.code, draft.union_code) if code})
    taken: dict[str, str] = {}
    for part in _parts(wanted):
        rows = await Organisation.select(Organisation.code, Organisation.union_code, Organisation.name).where(
            Organisation.code.is_in(part) | Organisation.union_code.is_in(part),
            Organisation.active == True,  # noqa: E712 - a column, not a truth
        )
        taken |= {code: row["name"] for row in rows for code in (row["code"], row["union_code"]) if code}
    return taken


def _parts(texts: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(texts), _AT_ONCE):
        yield list(texts[start : start + _AT_ONCE])


def _with_codes(one: Placed, taken: dict[str, str]) -> Placed:
    draft = one.row.draft
    for column, code in (("code", draft.code), ("union_code", draft.union_code)) if draft else ():
        if code in taken:
            one = one.with_problem("organisation_code_taken", column, name=taken[code])
    return one
