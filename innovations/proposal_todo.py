"""What waits for a unit in its proposals: one line for each thing to do, due when the first of its clocks ends."""

from collections.abc import Sequence
from datetime import datetime

from piccolo.query.functions.aggregate import Count

from foundation.base.problem import Problem
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.work.todo import Todo
from innovations.may import HANDLE_PROPOSALS
from innovations.proposal_tables import Proposal
from innovations.rules.proposals import Stage

LINES: tuple[tuple[str, str, tuple[Stage, ...]], ...] = (
    ("todo_proposals_take_up", "new", (Stage.SUBMITTED,)),
    ("todo_proposals_decide", "deciding", (Stage.ACCEPTED, Stage.REVIEW)),
    ("todo_proposals_begin", "doing", (Stage.ADOPTED, Stage.PARTLY)),
    ("todo_proposals_outcome", "doing", (Stage.CARRYING_OUT,)),
    ("todo_proposals_benefit", "benefit", (Stage.CARRIED_OUT,)),
    ("todo_proposals_reward", "benefit", (Stage.VERIFIED,)),
)
"""The sentence, the tab of the list, and the stages that wait."""


async def rows(user: SignedIn) -> Sequence[Todo]:
    """Everything that waits for the hat this person wears."""
    if not HANDLE_PROPOSALS.possible(user):
        return []
    query = Proposal.select(Proposal.stage, Count(alias="number"))
    waiting = [stage.value for _, _, stages in LINES for stage in stages]
    query = permitted(query.where(Proposal.stage.is_in(waiting)), HANDLE_PROPOSALS, user).group_by(Proposal.stage)
    found = {Stage(row["stage"]): int(row["number"]) for row in await query}
    lines = []
    for code, group, stages in LINES:
        if count := sum(found.get(stage, 0) for stage in stages):
            what = Problem(code, "", {"count": str(count)})
            due = await _first_due(user, stages)
            address = f"/proposals/desk?stage={group}"
            lines.append(Todo(Problem("todo_proposals_title"), what, address, count, "proposal", due=due))
    return lines


async def _first_due(user: SignedIn, stages: Sequence[Stage]) -> datetime | None:
    """When the first clock of these stages ends; None where none runs."""
    query = Proposal.select(Proposal.due_at).where(
        Proposal.stage.is_in([stage.value for stage in stages]), Proposal.due_at.is_not_null()
    )
    row = await permitted(query, HANDLE_PROPOSALS, user).order_by(Proposal.due_at).first()
    return row["due_at"] if row else None
