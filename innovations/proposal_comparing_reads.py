"""Proposals of a sheet that are much like another, as their unit sees them: the likest first. Writes nothing.

Pairs and both of their proposals are selected through what the hat that is worn may see.
"""

from dataclasses import dataclass

from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.process.sheet_kinds import Compared
from foundation.text.similar import shared
from foundation.work import jobs
from innovations.may_proposals import SEE_ALIKE, SEE_PROPOSALS
from innovations.proposal_comparing import page
from innovations.proposal_comparing_tables import ProposalAlike, ProposalComparison
from innovations.proposal_facts import COLUMNS, ProposalFacts, facts
from innovations.proposal_index import words_of
from innovations.proposal_tables import Proposal

PAGE = 30


@dataclass(frozen=True, slots=True)
class Pair:
    """A proposal of a sheet and the one it is most like; `shared` are the folded pairs and words both have."""

    id: int
    one: ProposalFacts
    other: ProposalFacts
    likeness: int  # thousandths
    shared: tuple[str, ...]


async def compared(user: SignedIn, sheet_id: int) -> Compared:
    """How far a sheet of this unit is."""
    row = await ProposalComparison.select().where(ProposalComparison.sheet == sheet_id).first()
    if row is None:
        return Compared(page(sheet_id), 0, 0, 0, running=False, ended=False)
    job = await jobs.facts_of(row["job"])
    found = await permitted(ProposalAlike.count().where(ProposalAlike.sheet == sheet_id), SEE_ALIKE, user)
    running = job is not None and job.running
    return Compared(page(sheet_id), row["done"], row["total"], found, running=running, ended=row["before"] == 0)


async def pairs(user: SignedIn, sheet_id: int, before: tuple[int, int] | None = None) -> list[Pair]:
    """The likest first, one more than a page, below the (likeness, id) `before`."""
    query = permitted(ProposalAlike.select().where(ProposalAlike.sheet == sheet_id), SEE_ALIKE, user)
    if before is not None:
        likeness, number = before
        less = ProposalAlike.likeness < likeness
        query = query.where(less | ((ProposalAlike.likeness == likeness) & (ProposalAlike.id < number)))
    rows = await query.order_by(ProposalAlike.likeness, ProposalAlike.id, ascending=False).limit(PAGE + 1)
    ids = {row[side] for row in rows for side in ("proposal", "other")}
    loaded = permitted(Proposal.select(*COLUMNS).where(Proposal.id.is_in(sorted(ids) or [0])), SEE_PROPOSALS, user)
    by_id = {row["id"]: facts(row) for row in await loaded}
    return [
        _pair(row["id"], by_id[row["proposal"]], by_id[row["other"]], row["likeness"])
        for row in rows
        if {row["proposal"], row["other"]} <= by_id.keys()
    ]


def _pair(number: int, one: ProposalFacts, other: ProposalFacts, likeness: int) -> Pair:
    both = shared(*(words_of(each.title, each.problem, each.suggestion) for each in (one, other)))
    return Pair(number, one, other, likeness, both)
