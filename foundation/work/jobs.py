"""Long work: started in a transaction, taken by one process at a time, resumed by the next; writes `Job`, and
beside it only `job_runner.py` does.

Knows leases, steps and stages; knows no work (a `Kind` brings that along) and no page. What is promised: one process
at a time works on a job; what a step saved together with `Progress.done` is saved exactly once, for a process whose
lease has passed to another saves nothing more.
"""

import json
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias

from foundation.base.problem import NotFound, Problem, Refused
from foundation.store import engines, ledger
from foundation.store.locks import lock_row
from foundation.store.transactions import TransactionError, mine, transaction
from foundation.work.job_tables import Job
from foundation.work.waking import wake_after


class Stage(StrEnum):
    """Where a job stands; the last three are final."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


SYSTEM = 0
"""Who starts what the registry does by itself: no account has this id, so nobody is shown such a job."""

OPEN = (Stage.WAITING.value, Stage.RUNNING.value)


class Lost(Exception):  # noqa: N818 - tells the runner, nobody else
    """Another process has this job now: what is being done here is undone."""


class Later(Exception):  # noqa: N818 - tells the runner, nobody else
    """Very long work gives way between two steps: what waits has its turn first, then it goes on."""


class Cancelled(Exception):  # noqa: N818 - tells the runner, nobody else
    """Who started the job does not want it any more."""


@dataclass(slots=True)
class Progress:
    """What the work is called with: its arguments, from where to go on, and how to say how far it is."""

    job_id: int
    args: Mapping[str, Any]
    state: Mapping[str, Any]  # what `done` was last given, by whichever process; {} at the first start
    by: int  # account
    lease: str
    farthest: int = 0  # how much was done before this turn

    async def done(self, n: int, total: int = 0, state: Mapping[str, Any] | None = None) -> None:
        """Say that `n` of `total` (0: nobody knows) is done, and from where to go on after a crash.

        Called inside the transaction of a step, it is saved with it or not at all, and so no step counts twice.
        Raises `Lost` or `Cancelled`, which undo the step: let them pass.
        """
        values: dict[Any, Any] = {Job.done: n, Job.total: total}
        if n > self.farthest:  # got farther than any process before: the count of vain attempts begins anew
            values[Job.attempts] = 0
        if state is not None:
            values[Job.state] = ledger.canonical(state)
        rows = (
            await Job.update(values)
            .where(Job.id == self.job_id, Job.lease == self.lease, Job.stage == Stage.RUNNING.value)
            .returning(Job.cancel_asked)
        )
        if not rows:
            raise Lost
        if rows[0]["cancel_asked"]:
            raise Cancelled
        if state is not None:
            self.state = dict(state)


Run: TypeAlias = Callable[[Progress], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of long work. `title` is an N_() sentence. `run(progress)` works in steps, each a transaction of its
    own with `progress.done` in it, and answers the address of what it made ("" where there is nothing to see).
    Its `Refused` is told to who started it. Work of minutes raises `Later` now and then, after a step.

    `undo(progress)` takes back what an unfinished job leaves, in steps of its own; it is called before the job ends
    cancelled or failed, again where a process died in it, and by whichever process has the job then.
    """

    code: str
    title: str
    run: Run
    undo: Callable[[Progress], Awaitable[None]] | None = None


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known; called once where the kind is defined. Raises `ValueError` for a second one of its code."""
    if KINDS.setdefault(kind.code, kind) is not kind:
        raise ValueError(f"There is another kind of job called {kind.code!r}.")
    return kind


async def start(kind: Kind, args: Mapping[str, Any], by: int, now: datetime) -> int:
    """Ask for long work inside the caller's transaction; answers the job's id, for its page at /jobs/{id}."""
    held = mine(engines.current())
    if held is None:
        raise TransactionError("A job is started only inside a transaction.")
    made = await Job.insert(
        Job(
            kind=kind.code,
            args=ledger.canonical(args),
            state="{}",
            started_by=by,
            stage=Stage.WAITING.value,
            created_at=now,
            due_at=now,
            lease="",
            result="",
            problem="",
            problem_params="{}",
        )
    )
    job_id = int(made[0]["id"])
    actor = "system" if by == SYSTEM else f"account:{by}"
    ledger.record(stream=f"job:{job_id}", act="job.started", actor=actor, payload={"kind": kind.code})
    wake_after(held)
    return job_id


async def cancel(job_id: int, by: int, now: datetime) -> None:
    """Stop a job of one's own: at once where nobody works on it, else at its next step. Raises NotFound, Refused."""
    async with transaction() as held:
        if not await lock_row(Job, job_id):
            raise NotFound
        row = await Job.select(Job.stage, Job.started_by, Job.kind).where(Job.id == job_id).first()
        if row is None or row["started_by"] != by:
            raise NotFound
        if row["stage"] not in OPEN:
            raise Refused(Problem("job_ended"))
        values: dict[Any, Any] = {Job.cancel_asked: True}
        kind = KINDS.get(row["kind"])
        if row["stage"] == Stage.WAITING and (kind is None or kind.undo is None):  # else a process undoes it first
            values |= {Job.stage: Stage.CANCELLED.value, Job.ended_at: now}
        await Job.update(values).where(Job.id == job_id)
        ledger.record(stream=f"job:{job_id}", act="job.cancelled", actor=f"account:{by}")
        wake_after(held)


@dataclass(frozen=True, slots=True)
class JobFacts:
    """A job as who started it sees it. `total` is 0 while nobody knows."""

    id: int
    kind: str
    title: str
    stage: Stage
    done: int
    total: int
    cancel_asked: bool
    created_at: datetime
    ended_at: datetime | None
    result: str
    problem: Problem | None

    @property
    def running(self) -> bool:
        return self.stage in OPEN


async def job_of(account_id: int, job_id: int) -> JobFacts | None:
    """This person's job; None for everybody else's."""
    row = await Job.select().where(Job.id == job_id, Job.started_by == account_id).first()
    return _facts(row) if row else None


async def facts_of(job_id: int) -> JobFacts | None:
    """A job, for the page of what it works on, whose reader may see that."""
    row = await Job.select().where(Job.id == job_id).first()
    return _facts(row) if row else None


async def jobs_of(account_id: int, limit: int = 20) -> list[JobFacts]:
    """This person's newest jobs."""
    query = Job.select().where(Job.started_by == account_id).order_by(Job.id, ascending=False)
    return [_facts(row) for row in await query.limit(limit)]


def _facts(row: Mapping[str, Any]) -> JobFacts:
    names = ("id", "kind", "done", "total", "cancel_asked", "created_at", "ended_at", "result")
    kind = KINDS.get(row["kind"])
    return JobFacts(
        title=kind.title if kind else row["kind"],
        stage=Stage(row["stage"]),
        problem=Problem(row["problem"], "", json.loads(row["problem_params"])) if row["problem"] else None,
        **{name: row[name] for name in names},
    )


def new_lease() -> str:
    """What tells one process's turn from every other."""
    return secrets.token_hex(16)
