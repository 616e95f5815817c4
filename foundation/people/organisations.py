"""Organisations made, changed, closed and opened; with `organisation_moves`, the only writer of the union tree.

Every act stands in the ledger's stream `organisation:<id>`, without names; the history keeps names. This is also
where others find what they need of organisations: see `__all__`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people.organisation_acts import (
    LONGEST_PATH,
    Happened,
    check_codes,
    check_name,
    check_place,
    folded,
    locked,
    tell,
)
from foundation.people.organisation_draft import Draft, problems_with, read_draft, typed_of
from foundation.people.organisation_kinds import BELOW, Kind
from foundation.people.organisation_moves import merge, move, on_merge
from foundation.people.organisation_tables import ROOT_ID, Organisation, OrganisationChange
from foundation.people.organisation_tree import (
    ROOT_PATH,
    OrganisationFacts,
    ancestors,
    below,
    by_id,
    by_ids,
    children,
    count_below,
    is_below,
    segment,
    trail,
)
from foundation.store import generations
from foundation.store.commit import write

__all__ = [
    "ROOT_ID", "ROOT_PATH", "Draft", "Kind", "OrganisationFacts", "ancestors", "below", "by_id", "by_ids", "change",
    "children", "close", "count_below", "create", "is_below", "make", "merge", "move", "on_merge", "open_again",
    "rename", "trail",
]  # fmt: skip


async def create(parent_id: int, draft: Draft, by: str, now: datetime) -> int:
    """Put an organisation below another; answers its id. Raises Refused, NotFound where there is no such parent."""

    async def job() -> int:
        (parent,) = await locked(parent_id)
        return await make(parent, draft, by, now)

    return await write(job)


async def make(parent: OrganisationFacts, draft: Draft, by: str, now: datetime) -> int:
    """`create` inside the caller's transaction, who has `locked` the parent."""
    if problems := problems_with(draft):
        raise Refused(*problems)
    check_place(draft.kind, parent)
    await check_name(draft.name, parent.id)
    await check_codes(draft)
    row = Organisation(
        parent=parent.id,
        path="",
        kind=draft.kind.value,
        folded=folded(draft),
        created_at=now,
        **{name: getattr(draft, name) for name in typed_of(draft) if name != "kind"},
    )
    await row.save()
    path = parent.path + segment(row.id)
    if len(path) > LONGEST_PATH:
        raise Refused(Problem("organisation_deep", "parent"))
    await Organisation.update({Organisation.path: path}).where(Organisation.id == row.id)
    await tell(
        [Happened(row.id, "created", after=draft.name)],
        "created",
        by,
        now,
        about=f"organisation:{parent.id}",
        parent=parent.id,
        kind=draft.kind.value,
    )
    return int(row.id)


async def change(
    organisation_id: int, typed: Mapping[str, str], by: str, now: datetime, shown: Mapping[str, str] | None = None
) -> None:
    """Change the fields that were `typed`, where they differ from what the form had `shown`.

    What somebody else changed since is told (`organisation_meanwhile`, with both values) and not replaced, unless it
    was typed just so; fields that the form did not change stay as they are now. Without `shown`, what stands now was
    shown. Raises Refused, NotFound.
    """

    async def job() -> None:
        (facts,) = await locked(organisation_id)
        now_is = typed_of(facts)
        draft, problems = read_draft(typed, Draft(**{name: getattr(facts, name) for name in now_is}))
        if draft is None:
            raise Refused(*problems)
        wanted = {name: text for name, text in typed_of(draft).items() if name in typed}
        was = {**now_is, **(shown or {})}
        asked = {name: text for name, text in wanted.items() if text not in {was[name], now_is[name]}}
        if lost := [_meanwhile(name, was[name], now_is[name]) for name in asked if was[name] != now_is[name]]:
            raise Refused(*lost)
        if asked:
            await _save(facts, draft, asked, by, now)

    await write(job)


async def rename(organisation_id: int, name: str, by: str, now: datetime, shown: str | None = None) -> None:
    """Give another name; the old one stays findable. `shown` is the name that the person saw."""
    await change(organisation_id, {"name": name}, by, now, None if shown is None else {"name": shown})


async def _save(facts: OrganisationFacts, draft: Draft, asked: Mapping[str, str], by: str, now: datetime) -> None:
    if "kind" in asked:
        await _check_kind(facts, draft.kind)
    if "name" in asked and facts.active:
        await check_name(draft.name, facts.parent_id, facts.id)
    if facts.active:
        await check_codes(draft, facts.id)
    before = typed_of(facts)
    happened = [
        Happened(facts.id, "renamed", facts.name, draft.name)
        if name == "name"
        else Happened(facts.id, "changed", before[name], asked[name], name)
        for name in asked
    ]
    await tell(happened, "changed", by, now, fields=sorted(asked))
    values: dict[Any, Any] = {name: getattr(draft, name) for name in asked}
    if "kind" in asked:
        values["kind"] = draft.kind.value
    values["folded"] = folded(draft, await _former_names(facts.id))
    await Organisation.update(values).where(Organisation.id == facts.id)
    if "name" in asked:
        generations.bump("organisations")  # public pages name who issued them


async def _former_names(organisation_id: int) -> list[str]:
    """Every name it had before, the newest first."""
    rows = (
        await OrganisationChange.select(OrganisationChange.before)
        .where(OrganisationChange.organisation == organisation_id, OrganisationChange.what == "renamed")
        .order_by(OrganisationChange.id, ascending=False)
    )
    return [row["before"] for row in rows]


async def _check_kind(facts: OrganisationFacts, kind: Kind) -> None:
    parent = await by_id(facts.parent_id) if facts.parent_id else None
    if parent is None:
        raise Refused(Problem("organisation_root", "kind"))
    check_place(kind, parent)
    allowed = [one.value for one in BELOW[kind]]
    misfits = Organisation.exists().where(
        Organisation.parent == facts.id,
        Organisation.active == True,  # noqa: E712 - a column, not a truth
        Organisation.kind.not_in(allowed or [""]),
    )
    if await misfits:
        raise Refused(Problem("organisation_kind_children", "kind", {"kind": kind.value}))


def _meanwhile(field: str, was: str, now_is: str) -> Problem:
    return Problem("organisation_meanwhile", field, {"was": was, "now": now_is})


async def close(organisation_id: int, by: str, now: datetime) -> None:
    """Close an organisation below which nothing active stands. Raises Refused, NotFound."""

    async def job() -> None:
        (facts,) = await locked(organisation_id)
        if facts.parent_id is None:
            raise Refused(Problem("organisation_root"))
        if not facts.active:
            raise Refused(Problem("organisation_closed_already"))
        if count := await count_below(facts.path):
            raise Refused(Problem("organisation_has_below", params={"count": str(count)}))
        await Organisation.update({Organisation.active: False}).where(Organisation.id == facts.id)
        await tell([Happened(facts.id, "closed")], "closed", by, now)

    await write(job)


async def open_again(organisation_id: int, by: str, now: datetime) -> None:
    """Open what was closed; what was merged stays merged. Raises Refused, NotFound."""

    async def job() -> None:
        (facts,) = await locked(organisation_id)
        if facts.active:
            raise Refused(Problem("organisation_open_already"))
        if facts.merged_into is not None:
            raise Refused(Problem("organisation_merged_stays"))
        parent = await by_id(facts.parent_id) if facts.parent_id else None
        if parent is None:
            raise NotFound
        check_place(facts.kind, parent)
        await check_name(facts.name, facts.parent_id, facts.id)
        await check_codes(facts, facts.id)
        await Organisation.update({Organisation.active: True}).where(Organisation.id == facts.id)
        await tell([Happened(facts.id, "opened")], "opened", by, now)

    await write(job)
