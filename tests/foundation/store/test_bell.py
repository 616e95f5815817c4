"""The bell: other processes hear at once what was committed, and nothing depends on it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from foundation.base.problem import N_
from foundation.store import bell, commit, engines, generations
from foundation.store.engines import Engine
from foundation.store.generations import Known, bump, watching
from foundation.store.transactions import TransactionError, savepoint, snapshot, transaction
from foundation.work import jobs, waking
from foundation.work.jobs import Kind, Progress
from tests import databases

A_MINUTE = 60.0  # what is known sooner was not found by looking
NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)

on_postgres = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bell, "AGAIN", 0.01)


@asynccontextmanager
async def another(database: Engine) -> AsyncIterator[Engine]:
    """The same database as another process has it; in use within the block."""
    other = engines.open_engine(database.url)
    await other.start()
    engines.use(other)
    try:
        yield other
    finally:
        engines.use(database)
        await other.stop()


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110 - the condition is what is tested
            await asyncio.sleep(0.005)


async def change(*names: str) -> None:
    async with transaction():
        bump(*names)


async def heard_from_elsewhere(database: Engine, knows: Known) -> None:
    """Several changes one after another: the look that listening begins with can have found the first ones only."""
    for _ in range(5):
        before = knows.values["a"]
        async with another(database):
            await change("a")
        await until(lambda: knows.values["a"] == before + 1)  # noqa: B023 - asked within the turn


async def kill_the_listener() -> None:
    engine = engines.current()
    killed = await engine.run_ddl(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND application_name = 'ganpo bell'"
    )
    assert len(killed) == 1


@on_postgres
async def test_a_change_elsewhere_is_known_long_before_anybody_would_look(database: Engine) -> None:
    async with bell.listening(), watching(lambda: {"a"}, every=A_MINUTE) as knows:
        await until(bell.listens)
        await heard_from_elsewhere(database, knows)


@on_postgres
async def test_a_listener_that_was_killed_listens_again_and_learns_what_it_missed(database: Engine) -> None:
    async with bell.listening(), watching(lambda: {"a"}, every=A_MINUTE) as knows:
        await until(bell.listens)
        for _ in range(2):
            before = knows.values["a"]
            async with another(database):
                await kill_the_listener()
                await change("a")  # perhaps nobody listens now
            await until(lambda: knows.values["a"] == before + 1)  # noqa: B023 - asked within the turn
            await until(lambda: bell.listens(database))
            await heard_from_elsewhere(database, knows)
    assert not bell.listens()


@on_postgres
async def test_without_the_bell_the_look_finds_it(database: Engine) -> None:
    async with watching(lambda: {"a"}, every=0.02) as knows:
        async with another(database):
            await change("a")
        await until(lambda: knows.values == {"a": 1})
        assert not bell.listens()


async def test_the_look_asks_the_database_it_watches_whichever_is_in_use(database: Engine) -> None:
    nowhere = engines.open_engine("postgresql://nobody@127.0.0.1:1/nowhere")  # whoever asks it fails
    async with watching(lambda: {"a"}, every=0.02) as knows, another(database):
        async with transaction():
            bump("a")
            engines.use(nowhere)
        await until(lambda: knows.values == {"a": 1})


@on_postgres
async def test_only_what_was_committed_elsewhere_is_heard(database: Engine) -> None:
    heard: list[str] = []
    ends = bell.on_ring(bell.GENERATIONS, lambda: heard.append("x"))
    async with bell.listening():
        await until(bell.listens)
        heard.clear()  # a ring may have been missed before it listened
        await change("own")
        async with another(database):
            with contextlib.suppress(KeyError):
                async with transaction():
                    bump("undone")
                    raise KeyError
            async with transaction():
                bump("a")
                with contextlib.suppress(KeyError):
                    async with savepoint():
                        bump("b")
                        raise KeyError
                bump("c")
            await change("last")
        await until(lambda: len(heard) >= 2)
    assert heard == ["x", "x"]
    ends()


@on_postgres
async def test_work_that_another_process_wrote_wakes_this_one(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waking, "wake", lambda: None)  # what the other process tells itself is not heard here

    async def nothing(progress: Progress) -> str:
        return ""

    woken = asyncio.Event()
    ends = waking.on_wake(woken.set)
    async with bell.listening():
        await until(bell.listens)
        woken.clear()
        async with another(database), transaction():
            await jobs.start(Kind("test.nothing", N_("Count"), nothing), {}, 1, NOW)
        async with asyncio.timeout(20):
            await woken.wait()
    ends()


@on_postgres
async def test_a_ring_shares_the_transaction_of_the_group_commit(database: Engine) -> None:
    async def job() -> None:
        bump("a")

    async with bell.listening(), watching(lambda: {"a"}, every=A_MINUTE) as knows:
        await until(bell.listens)
        async with another(database) as other:
            group = commit.GroupCommit(other)
            await group.start()
            await asyncio.gather(*(commit.write(job) for _ in range(5)))
            last = (await generations.read(["a"]))["a"]
            await group.stop()
        await until(lambda: knows.values == {"a": last})


async def test_it_is_rung_only_inside_a_transaction_that_writes(database: Engine) -> None:
    with pytest.raises(TransactionError):
        bell.ring(bell.WORK)
    async with snapshot():
        with pytest.raises(TransactionError):
            bell.ring(bell.WORK)
    async with transaction():
        with pytest.raises(ValueError):
            bell.ring("nothing")
        bell.ring(bell.WORK)
    async with bell.listening():
        pass


@on_postgres
async def test_nobody_listens_on_a_standby(database: Engine, postgres: databases.Postgres) -> None:
    standby = await asyncio.to_thread(postgres.cluster.standby)
    try:
        name = database.url.partition("@/")[2].partition("?")[0]
        engine = engines.open_engine(standby.url(name))
        await engine.start()
        try:
            assert await bell._hear(engine, bell._ears_of(engine)) is False  # type: ignore[arg-type]
            assert not bell.listens(engine)
            left = await engine.run_ddl("SELECT 1 FROM pg_stat_activity WHERE application_name = 'ganpo bell'")
            assert list(left) == []
        finally:
            await engine.stop()
    finally:
        await asyncio.to_thread(standby.stop)
