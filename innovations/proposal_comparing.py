"""Which proposals of a sheet are much like another: long work after the sheet was shown.

The only writer of `ProposalComparison` and `ProposalAlike`. What is promised: each proposal is looked at once, however
often the work is broken off; nothing that the unit may not see is told; nothing is left of a sheet that was taken back.
Compares outside transactions, a few proposals a step, and gives way to other work every second.
"""

import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from foundation.base.problem import N_, Problem, Refused
from foundation.store import bulk
from foundation.store.commit import write
from foundation.store.locks import lock_name, lock_row, lock_rows
from foundation.text import frequencies
from foundation.text.similar import Similar, in_batch
from foundation.work import jobs
from foundation.work.jobs import Later, Progress
from innovations import proposal_index
from innovations.proposal_comparing_tables import ProposalAlike, ProposalComparison
from innovations.proposal_tables import Proposal
from innovations.rules.proposals import SEEN, Stage

STEP = 10  # proposals
TURN = 1.0  # seconds of work before others have theirs
THERE = [stage.value for stage in SEEN if stage is not Stage.WITHDRAWN]

Found = Sequence[tuple[tuple[str, int], list[Similar]]]


async def begin(sheet_id: int, by: int, now: datetime) -> None:
    """Have a sheet compared, in the transaction in which it becomes visible."""
    total = await Proposal.count().where(Proposal.sheet == sheet_id)
    job = await jobs.start(COMPARE, {"sheet": sheet_id}, by, now)
    await ProposalComparison.insert(ProposalComparison(sheet=sheet_id, job=job, total=total))


async def end(sheet_id: int) -> None:
    """The sheet is taken back, in the transaction in which it disappears; its pairs go with its proposals."""
    await lock_name(_name(sheet_id))
    row = await _standing(sheet_id)
    if row is not None:
        await lock_row(ProposalComparison, row["id"])  # a step of the work ends first, and is the last one
        await ProposalComparison.delete().where(ProposalComparison.id == row["id"])


async def go_on(sheet_id: int, by: int, now: datetime) -> None:
    """Compare what came to a stop, or a sheet from before this was done. Raises Refused where nothing is to do."""

    async def job() -> None:
        await lock_name(_name(sheet_id))
        row = await _standing(sheet_id)
        if row is None:
            if await Proposal.exists().where(Proposal.sheet == sheet_id, Proposal.stage.is_in(THERE)):
                await begin(sheet_id, by, now)
            return
        going_on = await jobs.facts_of(row["job"])
        if row["before"] == 0 or (going_on is not None and going_on.running):
            raise Refused(Problem("proposal_comparing_not_stopped"))
        again = await jobs.start(COMPARE, {"sheet": sheet_id}, by, now)
        await ProposalComparison.update({ProposalComparison.job: again}).where(ProposalComparison.id == row["id"])

    await write(job)


async def forget(proposal_id: int) -> None:
    """A proposal is taken back by its writer: it is like nothing any more. In the caller's transaction."""
    await ProposalAlike.delete().where((ProposalAlike.proposal == proposal_id) | (ProposalAlike.other == proposal_id))


def page(sheet_id: int) -> str:
    """Where the pairs of a sheet are read."""
    return f"/proposals/sheets/{sheet_id}"


def _name(sheet_id: int) -> str:
    return f"proposal-comparison:{sheet_id}"


async def _standing(sheet_id: int) -> dict[str, Any] | None:
    row: dict[str, Any] | None = await ProposalComparison.select().where(ProposalComparison.sheet == sheet_id).first()
    return row


async def _compare(progress: Progress) -> str:
    sheet_id, until = int(progress.args["sheet"]), time.monotonic() + TURN
    await _count_terms(sheet_id, progress)
    while (row := await _standing(sheet_id)) is not None:
        if row["before"] == 0:
            return page(sheet_id)
        one = await Proposal.select(Proposal.organisation).where(Proposal.sheet == sheet_id).first()
        seen = [[f"u{one['organisation']}"]] if one else [[]]
        batch = proposal_index.batch_of(sheet_id)
        found, before = await in_batch(batch, seen, before=row["before"], most=STEP, kinds=[proposal_index.KIND])

        async def step(row: Mapping[str, Any] = row, found: Found = found, before: int | None = before) -> None:
            await _keep(row, found, before or 0, progress)

        await write(step)
        if before and time.monotonic() > until:
            raise Later
    return ""  # it was taken back meanwhile


async def _count_terms(sheet_id: int, progress: Progress) -> None:
    """A sheet's own terms are taken for rare until they are counted; some seconds for 50,000 rows, once."""
    async for _ in frequencies.refresh():

        async def alive() -> None:
            if (row := await _standing(sheet_id)) is not None:
                await progress.done(row["done"], row["total"])

        await write(alive)


async def _keep(row: Mapping[str, Any], found: Found, before: int, progress: Progress) -> None:
    """One step's pairs, and where to go on; nothing where the sheet was taken back since."""
    if not await lock_row(ProposalComparison, row["id"]):
        return
    likest = {item: similar[0] for (_, item), similar in found if similar}
    there = await _there([*likest, *(hit.item for hit in likest.values())])
    told = await _told(row["sheet"], likest)
    rows = []
    for item, hit in likest.items():
        if {item, hit.item} <= there and (hit.item, item) not in told:
            told.add((item, hit.item))
            thousandths = hit.likeness.numerator * 1000 // hit.likeness.denominator
            rows.append({"sheet": row["sheet"], "proposal": item, "other": hit.item, "likeness": thousandths})
    await bulk.insert(ProposalAlike, rows)
    done = row["done"] + len(found)
    await ProposalComparison.update({ProposalComparison.before: before, ProposalComparison.done: done}).where(
        ProposalComparison.id == row["id"]
    )
    await progress.done(done, row["total"])


async def _there(ids: Sequence[int]) -> set[int]:
    """Those that stand, and stay until COMMIT; what is being taken back meanwhile is waited for."""
    locked = await lock_rows(Proposal, ids, share=True)
    query = Proposal.select(Proposal.id).where(Proposal.id.is_in(locked or [0]), Proposal.stage.is_in(THERE))
    return {row["id"] for row in await query}


async def _told(sheet_id: int, likest: Mapping[int, Similar]) -> set[tuple[int, int]]:
    """Pairs of this sheet that may stand already, the other way round."""
    query = ProposalAlike.select(ProposalAlike.proposal, ProposalAlike.other).where(
        ProposalAlike.sheet == sheet_id, ProposalAlike.proposal.is_in([hit.item for hit in likest.values()] or [0])
    )
    return {(row["proposal"], row["other"]) for row in await query}


COMPARE = jobs.register(jobs.Kind("proposals.compare", N_("Look for proposals much like those of a sheet"), _compare))
