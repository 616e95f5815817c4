"""What is done once a day: one process begins it, whoever comes later does not, and what was missed is told."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from foundation.base.problem import N_
from foundation.store import ledger
from foundation.work import daily, job_runner, jobs
from foundation.work.daily_tables import DailyTurn
from foundation.work.job_tables import Job
from foundation.work.jobs import Kind, Progress

NOW = datetime(2026, 11, 26, 16, 1, tzinfo=UTC)
TODAY = date(2026, 11, 27)


@pytest.fixture
def tasks():
    """Two tasks, and the arguments with which they were worked on."""
    seen: list[tuple[str, str, str]] = []

    def kind(code: str) -> Kind:
        async def run(progress: Progress) -> str:
            seen.append((code, progress.args["day"], progress.args["before"]))
            return ""

        return jobs.register(Kind(code, N_("Count"), run))

    yield [kind("test.first"), kind("test.second")], seen
    for code in ("test.first", "test.second"):
        del jobs.KINDS[code]


async def test_of_many_processes_one_begins_each_task(database, tasks):
    kinds, seen = tasks
    begun = await asyncio.gather(*(daily.begin(kinds, TODAY, NOW) for _ in range(8)))
    assert sorted(code for found in begun for code in found) == ["test.first", "test.second"]
    assert await Job.count() == 2
    assert await job_runner.run_due(lambda: NOW) == 2
    assert sorted(seen) == [("test.first", "2026-11-27", ""), ("test.second", "2026-11-27", "")]
    assert await daily.begin(kinds, TODAY, NOW + timedelta(hours=5)) == []
    assert await daily.begin(kinds, TODAY - timedelta(days=1), NOW) == []  # a clock that is behind
    entry = (await ledger.entries("job:1"))[-1]
    assert (entry.act, entry.actor) == ("job.started", "system")


async def test_the_next_turn_knows_the_day_of_the_last_one_and_old_ones_are_forgotten(database, tasks):
    kinds, seen = tasks
    for day in (TODAY - timedelta(days=90), TODAY - timedelta(days=9), TODAY):
        assert await daily.begin(kinds[:1], day, NOW) == ["test.first"]
    await job_runner.run_due(lambda: NOW)
    assert [before for _, _, before in seen] == ["", "2026-08-29", "2026-11-18"]
    assert [row["day"] for row in await DailyTurn.select(DailyTurn.day).order_by(DailyTurn.day)] == [
        TODAY - timedelta(days=9), TODAY,
    ]  # fmt: skip


async def test_nobody_is_shown_what_the_registry_does_by_itself(database, tasks):
    kinds, _ = tasks
    await daily.begin(kinds, TODAY, NOW)
    assert [await jobs.job_of(account, 1) for account in (1, 2, 7)] == [None, None, None]
