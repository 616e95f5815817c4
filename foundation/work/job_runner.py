"""Takes jobs that are due, one at a time, works on them and says how they ended; writes `Job` beside `jobs.py`.

Knows leases and their renewal; see `jobs.py` for what is promised. A process that dies leaves its job to the next
when the lease is over; one that is told to stop gives it back at once.
"""

import asyncio
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog

from foundation.base.problem import Problem, Refused
from foundation.store import engines, ledger
from foundation.store.commit import Busy
from foundation.store.transactions import settled, transaction
from foundation.work.job_tables import Job
from foundation.work.jobs import KINDS, OPEN, Cancelled, Kind, Later, Lost, Progress, Stage, new_lease

log = structlog.get_logger()

LEASE = timedelta(seconds=30)
MOST_ATTEMPTS = 5  # in a row without any progress
PAUSE = timedelta(seconds=10)  # after the database broke a step off, times the number of attempts


async def run_due(clock: Callable[[], datetime], lease: timedelta = LEASE) -> int:
    """Work on every job that is due, one after another; answers how many turns were taken.

    Raises the engine's errors where not even a job can be looked for, and is cancelled where the process stops.
    """
    turns = 0
    while (row := await _take(clock(), lease)) is not None:
        turns += 1
        await _turn(row, clock, lease)
    return turns


async def _take(now: datetime, lease: timedelta) -> dict[str, Any] | None:
    """Lease the job that waits longest, by compare-and-set."""
    free = Job.leased_until.is_null() | (Job.leased_until <= now)
    due = Job.stage.is_in(list(OPEN)) & (Job.due_at <= now) & free
    while True:
        row = await Job.select(Job.id).where(due).order_by(Job.due_at).order_by(Job.id).first()
        if row is None:
            return None
        values: dict[Any, Any] = {
            Job.stage: Stage.RUNNING.value,
            Job.lease: new_lease(),
            Job.leased_until: now + lease,
            Job.attempts: Job.attempts + 1,
        }
        taken = await Job.update(values).where(Job.id == row["id"], due).returning(*Job.all_columns())
        if taken:
            found: dict[str, Any] = taken[0]
            return found


async def _turn(row: dict[str, Any], clock: Callable[[], datetime], lease: timedelta) -> None:
    heart = asyncio.create_task(_keep(row, clock, lease), name=f"lease of job {row['id']}")
    work = asyncio.create_task(_work(row, clock), name=f"job {row['id']}")
    try:
        await asyncio.wait({heart, work}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping = not work.done() and not heart.done()
        heart.cancel()
        work.cancel()
        await settled(_both(heart, work))
        if stopping:
            await settled(_give_back(row, clock()))
    for task in (work, heart):  # a fault of the runner itself is nobody's to swallow
        if not task.cancelled() and (error := task.exception()) is not None:
            raise error


async def _both(*tasks: asyncio.Task[None]) -> None:
    await asyncio.wait(tasks)


async def _keep(row: dict[str, Any], clock: Callable[[], datetime], lease: timedelta) -> None:
    """Renew the lease three times in its length; ends when it has passed to another process."""
    while True:
        await asyncio.sleep(lease.total_seconds() / 3)
        try:
            kept = (
                await Job.update({Job.leased_until: clock() + lease})
                .where(Job.id == row["id"], Job.lease == row["lease"])
                .returning(Job.id)
            )
        except engines.current().errors as error:
            log.warning("job_lease_not_renewed", job=row["id"], error=str(error))
            continue
        if not kept:
            return


async def _work(row: dict[str, Any], clock: Callable[[], datetime]) -> None:
    """The work itself, and how it ended."""
    kind = KINDS.get(row["kind"])
    if kind is None:
        await _end(row, Stage.FAILED, clock(), problem=Problem("job_kind_gone"))
        return
    progress = Progress(
        job_id=row["id"],
        args=json.loads(row["args"]),
        state=json.loads(row["state"]),
        by=row["started_by"],
        lease=row["lease"],
        farthest=row["done"],
    )
    try:
        stage, result, problem = await _outcome(row, kind, progress)
        if stage is not Stage.DONE and kind.undo is not None:
            await kind.undo(progress)
        await _end(row, stage, clock(), result=result, problem=problem)
    except Lost:
        log.warning("job_lost", job=row["id"])
    except Later:
        await _give_back(row, clock())
    except Exception as error:
        if _broken_off(error):
            log.warning("job_broken_off", job=row["id"], error=str(error))
            await _give_back(row, clock() + PAUSE * row["attempts"], tried=True)
            return
        log.error("job_fault", job=row["id"], kind=row["kind"], exc_info=error)  # while it was undone or ended
        await _end(row, Stage.FAILED, clock(), problem=Problem("job_fault"))


async def _outcome(row: dict[str, Any], kind: Kind, progress: Progress) -> tuple[Stage, str, Problem | None]:
    """Work, and say how the job ends. Raises `Lost`, `Later`, and what breaks it off for now."""
    if row["cancel_asked"]:  # asked while nobody worked on it, or of a process that died before its next step
        return Stage.CANCELLED, "", None
    if row["attempts"] > MOST_ATTEMPTS:
        return Stage.FAILED, "", Problem("job_gave_up", "", {"attempts": str(MOST_ATTEMPTS)})
    try:
        return Stage.DONE, await kind.run(progress), None
    except Cancelled:
        return Stage.CANCELLED, "", None
    except Refused as refusal:
        if isinstance(refusal, Busy):
            raise
        return Stage.FAILED, "", refusal.problems[0]
    except Exception as error:
        if isinstance(error, (Lost, Later)) or _broken_off(error):
            raise
        # As for a page: told to the person, recorded, and others go on.
        log.error("job_fault", job=row["id"], kind=row["kind"], exc_info=error)
        return Stage.FAILED, "", Problem("job_fault")


def _broken_off(error: Exception) -> bool:
    """Whether another try may do: the database was away, or had too much to save."""
    return isinstance(error, (*engines.current().errors, Busy)) and not isinstance(error, ValueError)


async def _end(
    row: dict[str, Any], stage: Stage, now: datetime, *, result: str = "", problem: Problem | None = None
) -> None:
    values: dict[Any, Any] = {
        Job.stage: stage.value,
        Job.ended_at: now,
        Job.result: result,
        Job.problem: problem.code if problem else "",
        Job.problem_params: ledger.canonical(problem.params) if problem else "{}",
        Job.lease: "",
        Job.leased_until: None,
    }
    async with transaction():
        ended = await Job.update(values).where(Job.id == row["id"], Job.lease == row["lease"]).returning(Job.id)
        if ended:
            payload = {"stage": stage.value, "problem": problem.code if problem else ""}
            ledger.record(stream=f"job:{row['id']}", act="job.ended", actor="system", payload=payload)


async def _give_back(row: dict[str, Any], due: datetime, *, tried: bool = False) -> None:
    """Leave the job to whichever process is next. A clean stop is no attempt that failed."""
    values: dict[Any, Any] = {
        Job.stage: Stage.WAITING.value,
        Job.due_at: due,
        Job.lease: "",
        Job.leased_until: None,
    }
    if not tried:
        values[Job.attempts] = 0
    await Job.update(values).where(Job.id == row["id"], Job.lease == row["lease"], Job.stage == Stage.RUNNING.value)
