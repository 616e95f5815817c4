"""What a proposal's writer sees of it: by their code, or on their own page. Who answered is never selected.

A code is 128 random bits, found by its hash alone. A wrong one opens nothing and is counted.
"""

from collections.abc import Sequence
from datetime import datetime

from piccolo.columns.combination import And, Or

from foundation.base import clock, secrets
from foundation.base.problem import N_, NotFound
from foundation.people import own
from foundation.people.own import OwnRow, Section
from foundation.people.worker_tables import Worker
from foundation.store.transactions import transaction
from innovations import proposal_senders
from innovations.proposal_facts import COLUMNS, ProposalFacts, facts
from innovations.proposal_tables import Proposal
from innovations.rules.proposals import SEEN

MOST = 1000  # on a worker's own page, the newest: more than anybody has


async def by_code(text: str, sender: str, now: datetime) -> ProposalFacts:
    """The proposal this code opens, however it was typed. Raises NotFound; Refused after too many wrong ones."""
    code = secrets.read_code(text)
    if len(code) != secrets.LENGTH:
        raise NotFound
    row = await Proposal.select(*COLUMNS).where(Proposal.receipt_hash == secrets.digest(code)).first()
    if row is None:
        async with transaction():
            await proposal_senders.count_wrong_code(sender, now)
        raise NotFound
    return facts(row)


async def of_worker(worker_id: int, proposal_id: int | None = None) -> list[ProposalFacts]:
    """The proposals of a worker, the newest first: linked to their record, or with their telephone and name."""
    who = (
        await Worker.select(Worker.phone_hash, Worker.folded)
        .where(Worker.id == worker_id, Worker.merged_into.is_null())
        .first()
    )
    if who is None:
        return []
    mine: Or | And = Or(
        Proposal.worker == worker_id,
        And(
            And(Proposal.worker.is_null(), Proposal.phone_hash != ""),
            And(Proposal.phone_hash == who["phone_hash"], Proposal.folded == who["folded"]),
        ),
    )
    query = Proposal.select(*COLUMNS).where(mine, Proposal.stage.is_in([stage.value for stage in SEEN]))
    if proposal_id is not None:
        query = query.where(Proposal.id == proposal_id)
    return [facts(row) for row in await query.order_by(Proposal.id, ascending=False).limit(MOST)]


async def _own_rows(worker_id: int) -> Sequence[OwnRow]:
    """On the worker's own page: each proposal with the day it was handed in."""
    zone = clock.zone()
    found = [(one, one.handed_in_at) for one in await of_worker(worker_id)]
    return [
        OwnRow(one.title, f"{at.astimezone(zone):%Y-%m-%d}" if at else "", f"/mine/proposals/{one.id}")
        for one, at in found
    ]


own.SECTIONS.append(Section(N_("My proposals"), _own_rows))
