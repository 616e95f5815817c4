"""Proposals for the unit that answers them and the unions above it: lists, one proposal, how many stand where.

Every query goes through what the reader may see; drafts are never selected.
"""

from collections.abc import Mapping, Sequence

from piccolo.query.functions.aggregate import Count

from foundation.base.problem import NotFound
from foundation.people.permissions import Permission, permitted
from foundation.people.sessions import SignedIn
from innovations.may import HANDLE_PROPOSALS, SEE_PROPOSALS
from innovations.proposal_facts import COLUMNS, ProposalFacts, facts
from innovations.proposal_tables import Proposal
from innovations.rules.proposals import Stage

PAGE = 30

GROUPS: Mapping[str, Sequence[Stage]] = {
    "new": (Stage.SUBMITTED,),
    "deciding": (Stage.ACCEPTED, Stage.REVIEW),
    "doing": (Stage.ADOPTED, Stage.PARTLY, Stage.CARRYING_OUT),
    "benefit": (Stage.CARRIED_OUT, Stage.VERIFIED),
    "returned": (Stage.RETURNED,),
    "not_adopted": (Stage.NOT_ADOPTED, Stage.NOT_ACCEPTED),
    "passed_on": (Stage.PASSED_ON,),
    "finished": (Stage.REWARDED, Stage.CLOSED, Stage.WITHDRAWN),
}
"""The tabs of the list, in the order of the work."""


async def listed(user: SignedIn, group: str = "", before: int | None = None) -> list[ProposalFacts]:
    """The newest first, one more than a page; `group` is one of `GROUPS` or empty for all."""
    query = permitted(Proposal.select(*COLUMNS), SEE_PROPOSALS, user)
    if group:
        query = query.where(Proposal.stage.is_in([stage.value for stage in GROUPS[group]]))
    if before is not None:
        query = query.where(Proposal.id < before)
    return [facts(row) for row in await query.order_by(Proposal.id, ascending=False).limit(PAGE + 1)]


async def counts(user: SignedIn) -> dict[str, int]:
    """How many of the hat's own unit stand in each group."""
    query = permitted(Proposal.select(Proposal.stage, Count()), HANDLE_PROPOSALS, user)
    found = {Stage(row["stage"]): row["count"] for row in await query.group_by(Proposal.stage)}
    return {group: sum(found.get(stage, 0) for stage in stages) for group, stages in GROUPS.items()}


async def one(user: SignedIn, proposal_id: int, permission: Permission = SEE_PROPOSALS) -> ProposalFacts:
    """The proposal, if this person may do this with it. Raises NotFound for strangers."""
    row = await permitted(Proposal.select(*COLUMNS).where(Proposal.id == proposal_id), permission, user).first()
    if row is None:
        raise NotFound
    return facts(row)


async def handles(user: SignedIn, proposal_id: int) -> bool:
    """Whether this person answers this proposal."""
    return HANDLE_PROPOSALS.possible(user) and await HANDLE_PROPOSALS.allows(user, Proposal.id == proposal_id)
