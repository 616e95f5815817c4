"""Organisations moved below another, and merged into another of the same kind.

Both re-path whole subtrees in one statement. Rooms whose rows speak of organisations register with `on_merge`, so
that posts, workers and the like follow in the same transaction. Knows none of them.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from piccolo.columns.combination import And

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people.organisation_acts import Happened, check_name, check_place, locked, repath, tell
from foundation.people.organisation_tables import ROOT_ID, Organisation
from foundation.people.organisation_tree import OrganisationFacts, below, by_id, is_below, segment
from foundation.store.commit import write
from foundation.store.locks import lock_row

Mover = Callable[[int, int], Awaitable[None]]
Teller = Callable[[int], Awaitable[Sequence[Problem]]]

_movers: dict[Mover, Teller | None] = {}


def on_merge(mover: Mover, tell_before: Teller | None = None) -> None:
    """Have `mover(from_id, into_id)` awaited inside every merge, after the subtree moved; it raises Refused to stop it.

    `tell_before(from_id)` answers what will move, as problems whose sentences the confirming page shows. Registering
    the same mover again changes nothing.
    """
    _movers.setdefault(mover, tell_before)


async def what_will_move(organisation_id: int) -> list[Problem]:
    """What other rooms will move when this organisation is merged into another, in sentences."""
    return [problem for teller in _movers.values() if teller is not None for problem in await teller(organisation_id)]


async def move(organisation_id: int, to_id: int, by: str, now: datetime, shown_parent: int | None = None) -> None:
    """Put an organisation and everything below it under another one.

    `shown_parent` is the parent that the person saw; where it is another by now, nothing is moved. Raises Refused,
    NotFound.
    """

    async def job() -> None:
        facts, to = await locked(organisation_id, to_id)
        parent = await _parent_of(facts)
        if shown_parent is not None and facts.parent_id != shown_parent:
            raise Refused(Problem("organisation_moved_meanwhile", "target", {"parent": parent.name}))
        if problem := move_problem(facts, to):
            raise Refused(problem)
        check_place(facts.kind, to)
        if facts.active:
            await check_name(facts.name, to.id, facts.id)
        await repath(facts.path, to.path + segment(facts.id), itself=True)
        await Organisation.update({Organisation.parent: to.id}).where(Organisation.id == facts.id)
        happened = [Happened(facts.id, "moved", parent.name, to.name)]
        await tell(happened, "moved", by, now, about=f"organisation:{to.id}", source=parent.id, to=to.id)

    await write(job)


async def merge(organisation_id: int, into_id: int, by: str, now: datetime) -> None:
    """Merge an organisation into another of the same kind: what stands below it, and what refers to it, moves there.

    The merged one stays, closed, with its name findable and `merged_into` set. Raises Refused, NotFound.
    """

    async def job() -> None:
        facts, into = await locked(organisation_id, into_id)
        await _parent_of(facts)
        if problem := merge_problem(facts, into):
            raise Refused(problem)
        await lock_row(Organisation, facts.id, ending=True)  # whatever is being made to refer to it moves along
        children = And(Organisation.parent == facts.id, below(Organisation.path, facts.path))  # none still loading
        rows = await Organisation.select(Organisation.id).where(children)
        moved = [Happened(row["id"], "moved", facts.name, into.name) for row in rows]
        await Organisation.update({Organisation.parent: into.id}).where(children)
        await repath(facts.path, into.path, itself=False)
        await Organisation.update({Organisation.active: False, Organisation.merged_into: into.id}).where(
            Organisation.id == facts.id
        )
        for mover in _movers:
            await mover(facts.id, into.id)
        about = f"organisation:{into.id}"
        if moved:
            await tell(moved, "moved", by, now, about=about, source=facts.id, to=into.id)
        merged = [Happened(facts.id, "merged", facts.name, into.name)]
        await tell(merged, "merged", by, now, about=about, into=into.id, children=len(moved))
        took = [Happened(into.id, "took_in", after=facts.name)]
        await tell(took, "took_in", by, now, about=f"organisation:{facts.id}", merged=facts.id, children=len(moved))

    await write(job)


async def moved(most: int) -> list[tuple[int, str]]:
    """Those that were ever moved, with the place where they stand now; the `most` that were moved last.

    For what is kept with the organisations that stood above it once, such as documents of the index.
    """
    rows = await Organisation.raw(
        "SELECT o.id, o.path FROM organisation o JOIN (SELECT organisation, max(id) AS last FROM organisation_change "
        "WHERE what = 'moved' GROUP BY organisation ORDER BY last DESC LIMIT {}) m ON m.organisation = o.id",
        most,
    )
    return [(row["id"], row["path"]) for row in rows]


def move_problem(facts: OrganisationFacts, to: OrganisationFacts) -> Problem | None:
    """Why one cannot stand below the other, whatever their kinds."""
    if facts.id == ROOT_ID:
        return Problem("organisation_root", "target")
    if facts.merged_into is not None:
        return Problem("organisation_merged_stays", "target")
    if is_below(to.path, facts.path):
        return Problem("organisation_below_itself", "target")
    if facts.parent_id == to.id:
        return Problem("organisation_there_already", "target", {"parent": to.name})
    return None


def merge_problem(facts: OrganisationFacts, into: OrganisationFacts) -> Problem | None:
    """Why one cannot be merged into the other."""
    if facts.id == ROOT_ID:
        return Problem("organisation_root", "target")
    if facts.id == into.id:
        return Problem("organisation_merge_itself", "target")
    if not facts.active or not into.active:
        return Problem("organisation_merge_closed", "target", {"name": into.name if facts.active else facts.name})
    if facts.kind != into.kind:
        return Problem("organisation_merge_kind", "target", {"name": into.name})
    if is_below(into.path, facts.path) or is_below(facts.path, into.path):
        return Problem("organisation_merge_below", "target")
    return None


async def _parent_of(facts: OrganisationFacts) -> OrganisationFacts:
    if facts.parent_id is None:
        raise Refused(Problem("organisation_root", "target"))
    parent = await by_id(facts.parent_id)
    if parent is None:
        raise NotFound
    return parent
