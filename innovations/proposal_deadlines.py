"""By when a unit answers: the only writer of `ProposalDeadline`, and how it is read."""

from dataclasses import asdict
from datetime import datetime

from foundation.people import organisation_moves
from foundation.store import ledger
from foundation.store.commit import write
from innovations.proposal_tables import ProposalDeadline
from innovations.rules.answers import DEFAULT, Deadlines


async def of(organisation_id: int) -> Deadlines:
    """A unit's own working days, or those that are shipped."""
    row = (
        await ProposalDeadline.select(ProposalDeadline.take_up, ProposalDeadline.decide, ProposalDeadline.begin)
        .where(ProposalDeadline.organisation == organisation_id)
        .first()
    )
    return Deadlines(**row) if row else DEFAULT


async def put(deadlines: Deadlines, organisation_id: int, by: int, now: datetime) -> None:
    """Set a unit's own; what is under way keeps its clock."""
    values = asdict(deadlines)

    async def job() -> None:
        row = ProposalDeadline(organisation=organisation_id, **values)
        if not await ProposalDeadline.insert(row).on_conflict(action="DO NOTHING"):
            changes = {getattr(ProposalDeadline, name): days for name, days in values.items()}
            await ProposalDeadline.update(changes).where(ProposalDeadline.organisation == organisation_id)
        ledger.record(
            stream=f"organisation:{organisation_id}", act="proposal_deadlines.set", actor=f"account:{by}",
            payload=values,
        )  # fmt: skip

    await write(job)


async def _follow(from_id: int, into_id: int) -> None:
    """Two organisations become one: the one that stays keeps its own."""
    await ProposalDeadline.delete().where(ProposalDeadline.organisation == from_id)


organisation_moves.on_merge(_follow)
