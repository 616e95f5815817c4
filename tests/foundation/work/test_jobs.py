"""Jobs: one process at a time, progress kept with each step, resumed after a death, cancelled between steps."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from foundation.base.problem import N_, NotFound, Problem, Refused
from foundation.store import ledger
from foundation.store.transactions import TransactionError, TransactionLostError, transaction
from foundation.work import job_runner, jobs
from foundation.work.job_tables import Job
from foundation.work.jobs import JobFacts, Kind, Later, Lost, Progress, Stage
from tests.foundation.work.long_work import counting

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
LIN, FENG = 11, 12
ROOT = Path(__file__).resolve().parents[3]


class Clock:
    """A time that tests move."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    before = dict(jobs.KINDS)
    jobs.register(counting())
    yield
    jobs.KINDS.clear()
    jobs.KINDS.update(before)


def work(code: str, run: Callable[[Progress], Awaitable[str]]) -> Kind:
    return jobs.register(Kind(code, N_("Count"), run))


async def started(kind: Kind | None = None, to: int = 5, by: int = LIN, now: datetime = NOW) -> int:
    async with transaction():
        return await jobs.start(kind or jobs.KINDS["test.count"], {"to": to}, by, now)


async def stage_of(job_id: int) -> tuple[str, int, int]:
    row = await Job.select(Job.stage, Job.done, Job.attempts).where(Job.id == job_id).first()
    assert row is not None
    return row["stage"], row["done"], row["attempts"]


async def counted() -> list[int]:
    return sorted([entry.payload["n"] for entry in await ledger.entries("counted", limit=1000)])


async def test_a_job_runs_to_its_end_and_says_where_to_look(database):
    job_id = await started()
    assert await job_runner.run_due(Clock()) == 1
    assert await jobs.job_of(LIN, job_id) == JobFacts(
        id=job_id,
        kind="test.count",
        title="Count",
        stage=Stage.DONE,
        done=5,
        total=5,
        cancel_asked=False,
        created_at=NOW,
        ended_at=NOW,
        result="/counted/5",
        problem=None,
    )
    assert await counted() == [1, 2, 3, 4, 5]
    assert await job_runner.run_due(Clock()) == 0
    assert [(entry.act, entry.actor) for entry in await ledger.entries(f"job:{job_id}")] == [
        ("job.ended", "system"),
        ("job.started", "account:11"),
    ]


async def test_a_job_is_its_starter_s_alone(database):
    job_id = await started()
    assert await jobs.job_of(FENG, job_id) is None
    assert [job.id for job in await jobs.jobs_of(LIN)] == [job_id]
    assert await jobs.jobs_of(FENG) == []
    with pytest.raises(NotFound):
        await jobs.cancel(job_id, FENG, NOW)
    with pytest.raises(NotFound):
        await jobs.cancel(job_id + 1, LIN, NOW)


async def test_a_job_needs_a_transaction(database):
    with pytest.raises(TransactionError):
        await jobs.start(jobs.KINDS["test.count"], {}, LIN, NOW)


async def test_very_long_work_lets_what_waits_go_first(database):
    turns: list[int] = []

    async def run(progress: Progress) -> str:
        turns.append(progress.job_id)
        at = int(progress.state.get("at", 0)) + 1
        async with transaction():
            await progress.done(at, 3, {"at": at})
        if at < 3:
            raise Later
        return "/made"

    clock = Clock()
    work("test.patient", run)
    first, second = [await started(jobs.KINDS["test.patient"]) for _ in range(2)]

    def later() -> datetime:
        clock.now += timedelta(seconds=1)
        return clock.now

    assert await job_runner.run_due(later) == 6
    assert turns == [first, second] * 3
    assert [await stage_of(one) for one in (first, second)] == [("done", 3, 0)] * 2


async def test_jobs_are_taken_in_the_order_they_came(database):
    late, early = await started(to=2, now=NOW), await started(to=3, now=NOW - timedelta(minutes=1))
    assert await job_runner.run_due(Clock()) == 2
    heads = {one: (await jobs.job_of(LIN, one)).done for one in (early, late)}
    assert heads == {early: 3, late: 2}
    ended = [await ledger.entries(f"job:{one}", limit=1) for one in (early, late)]
    assert ended[0][0].at <= ended[1][0].at


async def test_several_runners_do_a_job_once(database):
    for _ in range(4):
        await started(to=3)
    turns = await asyncio.gather(*(job_runner.run_due(Clock()) for _ in range(3)))
    assert sum(turns) == 4
    assert await counted() == [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3]


async def test_a_stopped_process_gives_the_job_back_and_the_next_goes_on(database):
    half = asyncio.Event()

    async def run(progress: Progress) -> str:
        await jobs.KINDS["test.count"].run(Progress(progress.job_id, {"to": 3}, {}, LIN, progress.lease))
        half.set()
        await asyncio.sleep(60)
        return ""

    job_id = await started(work("test.long", run))
    runner = asyncio.create_task(job_runner.run_due(Clock()))
    async with asyncio.timeout(50):
        await half.wait()
        runner.cancel()
        with pytest.raises(asyncio.CancelledError):
            await runner
    assert await stage_of(job_id) == ("waiting", 3, 0)
    jobs.KINDS["test.long"] = Kind("test.long", N_("Count"), jobs.KINDS["test.count"].run)
    await job_runner.run_due(Clock())
    assert await stage_of(job_id) == ("done", 5, 0)
    assert await counted() == [1, 2, 3, 4, 5]


async def test_a_process_whose_lease_has_passed_saves_nothing_more(database):
    """It was asleep too long: another has the job, and its half step is undone."""
    taken = asyncio.Event()
    answers: list[BaseException | None] = []

    async def run(progress: Progress) -> str:
        await Job.update({Job.lease: "another process"}).where(Job.id == progress.job_id)
        taken.set()
        try:
            async with transaction():
                ledger.record(stream="counted", act="test.counted", actor="system", payload={"n": 1})
                await progress.done(1, 1)
        except Lost as lost:
            answers.append(lost)
            raise
        return ""

    job_id = await started(work("test.slow", run))
    assert await job_runner.run_due(Clock()) == 1
    assert (len(answers), await counted()) == (1, [])
    assert (await stage_of(job_id))[0] == "running"


async def test_a_lease_is_renewed_while_the_work_goes_on_and_work_stops_when_it_is_lost(database):
    begun = asyncio.Event()

    async def run(progress: Progress) -> str:
        begun.set()
        return await asyncio.sleep(60, "")

    job_id = await started(work("test.endless", run))
    clock = Clock()
    runner = asyncio.create_task(job_runner.run_due(clock, timedelta(seconds=0.3)))
    await begun.wait()
    clock.now += timedelta(hours=1)
    async with asyncio.timeout(50):
        while await Job.exists().where(Job.id == job_id, Job.leased_until < clock.now):  # noqa: ASYNC110
            await asyncio.sleep(0.05)  # a row cannot tell that it changed
        await Job.update({Job.lease: "another process", Job.leased_until: clock.now + timedelta(1)}).where(
            Job.id == job_id
        )
        assert await runner == 1  # ends by itself


@pytest.mark.parametrize("waiting", [True, False])
async def test_who_started_a_job_cancels_it(database, waiting):
    begun = asyncio.Event()

    async def run(progress: Progress) -> str:
        for number in range(1, 1000):
            await progress.done(number, 1000)
            begun.set()
            await asyncio.sleep(0.01)
        return ""

    job_id = await started(work("test.many", run))
    if not waiting:
        runner = asyncio.create_task(job_runner.run_due(Clock()))
        await begun.wait()
    await jobs.cancel(job_id, LIN, NOW)
    if not waiting:
        assert await asyncio.wait_for(runner, 60) == 1
    assert (await stage_of(job_id))[0] == "cancelled"
    assert await job_runner.run_due(Clock()) == 0
    with pytest.raises(Refused) as refused:
        await jobs.cancel(job_id, LIN, NOW)
    assert refused.value.problems == (Problem("job_ended"),)


async def test_what_was_cancelled_while_its_process_died_is_not_taken_up_again(database):
    job_id = await started()
    clock = Clock()
    assert await job_runner._take(clock(), timedelta(seconds=30)) is not None
    await jobs.cancel(job_id, LIN, NOW)
    clock.now += timedelta(minutes=1)
    await job_runner.run_due(clock)
    assert (await stage_of(job_id))[0] == "cancelled"
    assert await counted() == []


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (Refused(Problem("return_nothing")), Problem("return_nothing")),
        (ZeroDivisionError(), Problem("job_fault")),
        (ValueError(), Problem("job_fault")),
    ],
)
async def test_what_goes_wrong_is_told_and_the_next_job_runs(database, error, problem):
    async def run(progress: Progress) -> str:
        raise error

    job_id, other = await started(work("test.bad", run)), await started()
    assert await job_runner.run_due(Clock()) == 2
    found = await jobs.job_of(LIN, job_id)
    assert (found.stage, found.problem) == (Stage.FAILED, problem)
    assert (await stage_of(other))[0] == "done"


async def test_a_database_that_breaks_off_is_tried_again_later_and_given_up_in_the_end(database):
    async def run(progress: Progress) -> str:
        await progress.done(1, 2)  # as far as every time before: no progress
        raise TransactionLostError("the connection is gone")

    clock, job_id = Clock(), await started(work("test.broken", run))
    for attempt in range(1, job_runner.MOST_ATTEMPTS + 1):
        assert await job_runner.run_due(clock) == 1
        assert await job_runner.run_due(clock) == 0  # not before a pause
        assert (await stage_of(job_id))[:2] == ("waiting", 1)
        clock.now += job_runner.PAUSE * (attempt + 1)
    for _ in range(2):  # the first attempt got farther, and was not counted
        await job_runner.run_due(clock)
        clock.now += timedelta(minutes=5)
    found = await jobs.job_of(LIN, job_id)
    assert (found.stage, found.problem) == (Stage.FAILED, Problem("job_gave_up", "", {"attempts": "5"}))


async def test_a_kind_that_is_gone_fails(database):
    job_id = await started()
    del jobs.KINDS["test.count"]
    await job_runner.run_due(Clock())
    found = await jobs.job_of(LIN, job_id)
    assert (found.stage, found.title, found.problem) == (Stage.FAILED, "test.count", Problem("job_kind_gone"))


async def test_a_killed_process_s_job_is_resumed_and_every_step_counts_once(database):
    job_id = await started(to=60)
    await Job.update({Job.due_at: datetime.now(UTC) - timedelta(minutes=1)}).where(Job.id == job_id)
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.foundation.work.long_work",
        database.url,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        async with asyncio.timeout(60):
            while (await stage_of(job_id))[1] < 3:
                assert child.returncode is None
                await asyncio.sleep(0.05)
    finally:
        child.send_signal(signal.SIGKILL)
        await child.wait()
    stage, done, _ = await stage_of(job_id)
    assert stage == "running"
    assert 3 <= done < 60
    assert await job_runner.run_due(lambda: datetime.now(UTC)) == 0  # its lease still holds
    assert await job_runner.run_due(lambda: datetime.now(UTC) + timedelta(minutes=1)) == 1
    assert (await stage_of(job_id))[:2] == ("done", 60)
    assert await counted() == list(range(1, 61))
