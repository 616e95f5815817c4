"""What a unit's own system reads: the unit's proposals and innovations, and nothing of the units below it.

Every query goes through a permission that a clerk of the unit has.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from innovations.innovation_tables import Innovation
from innovations.may import HANDLE_PROPOSALS, KEEP_INNOVATIONS
from innovations.proposal_facts import COLUMNS, ProposalFacts, facts
from innovations.proposal_tables import Proposal

PAGE = 100

_INNOVATION = (
    Innovation.id, Innovation.address, Innovation.title, Innovation.kind, Innovation.year, Innovation.stage,
    Innovation.version, Innovation.changed_at,
)  # fmt: skip


async def proposals(
    user: SignedIn, stage: str = "", before: int | None = None, since: datetime | None = None
) -> list[ProposalFacts]:
    """The unit's own, the newest first, one more than a page; of one stage, or all that were handed in; `since`: what
    changed then or later."""
    query = permitted(Proposal.select(*COLUMNS), HANDLE_PROPOSALS, user)
    if stage:
        query = query.where(Proposal.stage == stage)
    if since is not None:
        query = query.where(Proposal.changed_at >= since)
    if before is not None:
        query = query.where(Proposal.id < before)
    return [facts(row) for row in await query.order_by(Proposal.id, ascending=False).limit(PAGE + 1)]


async def innovations(
    user: SignedIn, stage: str = "", before: int | None = None, since: datetime | None = None
) -> Sequence[dict[str, Any]]:
    """The unit's own as it writes them, drafts too, the newest first, one more than a page; `since` as above."""
    query = permitted(Innovation.select(*_INNOVATION), KEEP_INNOVATIONS, user)
    if stage:
        query = query.where(Innovation.stage == stage)
    if since is not None:
        query = query.where(Innovation.changed_at >= since)
    if before is not None:
        query = query.where(Innovation.id < before)
    rows: Sequence[dict[str, Any]] = await query.order_by(Innovation.id, ascending=False).limit(PAGE + 1)
    return rows
