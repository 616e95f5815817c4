"""The background: awake at once, quick to stop, patient with a database that is away, loud when it dies."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from foundation.base.problem import N_
from foundation.base.settings import Settings
from foundation.store.transactions import TransactionLostError, transaction
from foundation.work import jobs, outbox
from foundation.work.job_tables import Job
from foundation.work.jobs import Kind, Progress
from ganpo import background as here
from ganpo.background import background
from tests.foundation.work.servers import mail_server
from tests.web import visitors

SETTINGS = Settings(home=Path(), database_url="", mail_from="ganpo@example.org")


async def until(condition: Callable[[], object], seconds: float = 50) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - what is waited for cannot tell
            await asyncio.sleep(0.02)


@pytest.fixture(autouse=True)
def sleepy(monkeypatch) -> None:
    """It wakes only when woken: what a test sees at once was no look by chance."""
    monkeypatch.setattr(here, "EVERY", 60.0)


@pytest.fixture
def asleep(monkeypatch) -> asyncio.Event:
    """Set when every task has looked once, found nothing and sleeps."""
    over, sleeping, real = asyncio.Event(), [], here._first_of

    async def watched(woken: asyncio.Event, seconds: float) -> None:
        sleeping.append(woken)
        if len(sleeping) == 2:
            over.set()
        await real(woken, seconds)

    monkeypatch.setattr(here, "_first_of", watched)
    return over


async def test_a_message_goes_out_as_soon_as_it_is_committed(database, asleep):
    async with mail_server() as server, background(replace(SETTINGS, smtp_url=server.url)):
        await asyncio.wait_for(asleep.wait(), 50)
        async with transaction():
            await outbox.post("mail", "feng@example.org", "x", "y", datetime.now(UTC))
        await until(lambda: server.taken)
    assert len(server.taken) == 1


async def test_a_job_starts_at_once_and_stopping_does_not_wait_for_its_end(database, asleep):
    begun = asyncio.Event()

    async def run(progress: Progress) -> str:
        begun.set()
        return await asyncio.sleep(60, "")

    jobs.register(Kind("test.endless", N_("Count"), run))
    try:
        async with background(SETTINGS):
            await asyncio.wait_for(asleep.wait(), 50)
            async with transaction():
                job_id = await jobs.start(jobs.KINDS["test.endless"], {}, 1, datetime.now(UTC))
            await asyncio.wait_for(begun.wait(), 50)
            stopping = asyncio.get_running_loop().time()
        assert asyncio.get_running_loop().time() - stopping < 30  # of its sixty seconds
    finally:
        del jobs.KINDS["test.endless"]
    assert await Job.select(Job.stage, Job.lease).where(Job.id == job_id).first() == {"stage": "waiting", "lease": ""}


async def test_a_database_that_is_away_for_a_while_is_asked_again(database, monkeypatch):
    monkeypatch.setattr(here, "AFTER_TROUBLE", 0.01)
    looks: list[bool] = []
    real = here.job_runner.run_due

    async def away_twice(clock: object) -> int:
        looks.append(len(looks) < 2)
        if looks[-1]:
            raise TransactionLostError("the connection is gone")
        return await real(clock)

    monkeypatch.setattr(here.job_runner, "run_due", away_twice)
    async with background(SETTINGS) as running:
        await until(lambda: len(looks) == 3)
        assert running.fault is None
    assert looks == [True, True, False]


@pytest.mark.parametrize("fault", [ZeroDivisionError("a fault of ours"), ValueError("another")])
async def test_a_task_that_dies_is_loud_and_the_other_goes_on(database, monkeypatch, fault):
    said: list[str] = []
    monkeypatch.setattr(here.log, "critical", lambda event, **more: said.append(f"{event} {more['task']}"))

    async def dies(clock: object) -> int:
        raise fault

    monkeypatch.setattr(here.job_runner, "run_due", dies)
    async with mail_server() as server:

        async def story() -> None:
            async with background(replace(SETTINGS, smtp_url=server.url)) as running:
                await until(lambda: running.fault is not None)
                async with transaction():
                    await outbox.post("mail", "feng@example.org", "x", "y", datetime.now(UTC))
                await until(lambda: server.taken)

        with pytest.raises(RuntimeError) as ended:
            await story()
    assert ended.value.__cause__ is fault
    assert said == ["background_died jobs"]


async def test_the_application_runs_it(database):
    async with visitors() as web:
        running = web.app.state.background
        assert [(task.get_name(), task.done()) for task in running.tasks] == [("outbox", False), ("jobs", False)]
    assert [task.cancelled() for task in running.tasks] == [True, True]
    assert running.fault is None
