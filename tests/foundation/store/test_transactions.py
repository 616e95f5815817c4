"""Transactions: all or nothing, one task, no nesting, and every connection comes back."""

# ruff: noqa: PT012 - what must fail here is a block of several statements
import asyncio
import contextlib
import sqlite3

import pytest
from piccolo.columns import Varchar
from piccolo.table import Table

from foundation.store.engines import Engine
from foundation.store.ledger import entries, record
from foundation.store.transactions import (
    TransactionError,
    TransactionLostError,
    savepoint,
    snapshot,
    transaction,
)


class Note(Table, tablename="test_note"):
    text = Varchar()


@pytest.fixture
async def notes(database: Engine) -> Engine:
    await Note.create_table()
    return database


async def texts() -> list[str]:
    return await Note.select(Note.text).order_by(Note._meta.primary_key).output(as_list=True)


async def note(text: str) -> None:
    await Note.insert(Note(text=text))


async def usable(engine: Engine) -> None:
    """Every connection came back, and the engine still writes and reads."""
    assert engine.connections_in_use == 0
    async with transaction():
        await note("afterwards")
    assert (await texts())[-1] == "afterwards"
    assert engine.connections_in_use == 0


async def test_everything_inside_is_saved_together(notes: Engine) -> None:
    async with transaction():
        await note("one")
        await note("two")
        assert await texts() == ["one", "two"]
        assert notes.connections_in_use == 1
    assert await texts() == ["one", "two"]
    assert notes.connections_in_use == 0


async def test_an_exception_undoes_everything(notes: Engine) -> None:
    with pytest.raises(LookupError):
        async with transaction():
            await note("one")
            raise LookupError
    assert await texts() == []
    await usable(notes)


async def test_transactions_do_not_nest(notes: Engine) -> None:
    with pytest.raises(TransactionError):
        async with transaction():
            await note("one")
            async with transaction():
                await note("two")
    assert await texts() == []
    await usable(notes)


async def test_piccolos_own_transactions_do_not_nest_either(notes: Engine) -> None:
    with pytest.raises(TransactionError):
        async with transaction(), notes.transaction():
            await note("two")
    await usable(notes)


@pytest.mark.parametrize("spawn", ["create_task", "gather"])
async def test_a_task_started_inside_may_not_share_the_transaction(notes: Engine, spawn: str) -> None:
    async with transaction():
        await note("mine")
        with pytest.raises(TransactionError):
            if spawn == "gather":
                await asyncio.gather(note("theirs"), note("theirs too"))
            else:
                await asyncio.create_task(note("theirs"))
    assert await texts() == ["mine"]
    await usable(notes)


async def test_a_task_that_outlives_the_transaction_is_told_too(notes: Engine) -> None:
    over = asyncio.Event()

    async def late() -> None:
        await over.wait()
        await note("late")

    async with transaction():
        task = asyncio.create_task(late())
    over.set()
    with pytest.raises(TransactionError):
        await task
    assert await texts() == []


async def test_a_savepoint_fails_alone(notes: Engine) -> None:
    async with transaction():
        await note("one")
        with pytest.raises(LookupError):
            async with savepoint():
                await note("two")
                raise LookupError
        async with savepoint():
            await note("three")
    assert await texts() == ["one", "three"]


async def test_a_savepoint_needs_a_transaction(notes: Engine) -> None:
    with pytest.raises(TransactionError):
        async with savepoint():
            pass


async def test_a_snapshot_sees_one_moment_and_writes_nothing(notes: Engine) -> None:
    await note("before")
    ready, written = asyncio.Event(), asyncio.Event()

    async def writer() -> None:
        await ready.wait()
        await note("meanwhile")
        written.set()

    task = asyncio.create_task(writer())
    async with snapshot():
        assert await texts() == ["before"]
        ready.set()
        await written.wait()
        assert await texts() == ["before"]
    await task
    assert await texts() == ["before", "meanwhile"]
    with pytest.raises(notes.errors):
        async with snapshot():
            await note("refused")
    await usable(notes)


async def test_reads_do_not_wait_for_an_open_transaction(notes: Engine) -> None:
    await note("before")
    inside, read = asyncio.Event(), asyncio.Event()

    async def writer() -> None:
        async with transaction():
            await note("not yet seen")
            inside.set()
            await read.wait()

    task = asyncio.create_task(writer())
    await inside.wait()
    assert await asyncio.wait_for(texts(), 60) == ["before"]
    read.set()
    await task


async def test_a_failing_begin_gives_the_connection_back(notes: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    lease = await notes.lease(read_only=False)
    kind = type(lease)
    await lease.release()

    async def begin(self: object) -> None:
        await original(self, "BEGIN NOTHING", ())

    async def original(self: object, sql: str, args: tuple[()]) -> None:
        await self.connection.execute(sql)  # type: ignore[attr-defined]

    with monkeypatch.context() as patch:
        patch.setattr(kind, "begin", begin)
        with pytest.raises(notes.errors):
            async with transaction():
                pytest.fail("it began")
    await usable(notes)


async def deferred_tables(engine: Engine) -> None:
    await engine.run_ddl("CREATE TABLE test_parent (id INTEGER PRIMARY KEY)")
    await engine.run_ddl(
        "CREATE TABLE test_child (parent INTEGER REFERENCES test_parent (id) DEFERRABLE INITIALLY DEFERRED)"
    )


async def test_a_failing_commit_undoes_everything_and_gives_the_connection_back(notes: Engine) -> None:
    await deferred_tables(notes)
    with pytest.raises(notes.integrity):
        async with transaction():
            await note("one")
            await notes.run_ddl("INSERT INTO test_child (parent) VALUES (7)")
    assert await texts() == []
    await usable(notes)


async def test_an_error_caught_inside_never_passes_for_a_commit(notes: Engine) -> None:
    """PostgreSQL answers COMMIT with ROLLBACK after a caught error; SQLite goes on and saves the rest."""
    saved = True
    try:
        async with transaction():
            await note("one")
            with contextlib.suppress(*notes.errors):
                await notes.run_ddl("INSERT INTO no_such_table VALUES (1)")
    except TransactionLostError:
        saved = False
    assert (await texts() == ["one"]) is saved
    assert saved is (notes.engine_type == "sqlite")
    await usable(notes)


async def test_a_cancelled_task_gives_its_connection_back(notes: Engine) -> None:
    inside = asyncio.Event()

    async def writer() -> None:
        async with transaction():
            await note("one")
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(writer())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await texts() == []
    await usable(notes)


async def test_cancelling_at_any_await_leaks_nothing(notes: Engine) -> None:
    """Cancel at the n-th step of the event loop, for each n until the transaction finishes by itself."""
    steps, finished = 0, False
    while not finished:

        async def writer() -> None:
            async with transaction():
                await note("all")
                async with savepoint():
                    await note("or nothing")

        task = asyncio.create_task(writer())
        before = await texts()
        for _ in range(steps):
            await asyncio.sleep(0)
        finished = task.done()
        task.cancel()
        await asyncio.wait({task})
        after = await texts()
        assert after in (before, [*before, "all", "or nothing"])
        assert notes.connections_in_use == 0
        steps += 1 if steps < 40 else 37
    await usable(notes)


async def test_a_part_cancelled_at_any_await_is_saved_whole_or_not_at_all(notes: Engine) -> None:
    """A time limit around a savepoint, passed at the n-th step, and the transaction goes on without it."""
    finished, steps = False, 0
    while not finished:

        async def part() -> None:
            async with savepoint():
                await note("row")
                record(stream="s", act="row", actor="system")

        async with transaction():
            limit = asyncio.timeout(None)
            with contextlib.suppress(TimeoutError):
                async with limit:
                    countdown = asyncio.create_task(after(steps, limit))
                    await part()
                    finished = True
            countdown.cancel()
            record(stream="s", act="went on", actor="system")
        acts = [entry.act for entry in await entries("s", limit=1000)]
        assert len(await texts()) == acts.count("row")
        assert acts.count("went on") == steps + 1
        steps += 1
    assert acts[:2] == ["went on", "row"]
    assert notes.connections_in_use == 0


async def after(steps: int, limit: asyncio.Timeout) -> None:
    for _ in range(steps):
        await asyncio.sleep(0)
    limit.reschedule(asyncio.get_running_loop().time())


async def test_cancelling_while_waiting_for_a_connection_leaks_nothing(notes: Engine) -> None:
    held, let_go = asyncio.Semaphore(0), asyncio.Event()

    async def holder() -> None:
        async with transaction():
            held.release()
            await let_go.wait()

    holders = [asyncio.create_task(holder()) for _ in range(1 if notes.engine_type == "sqlite" else 10)]
    for _ in holders:
        await held.acquire()
    waiting = [asyncio.create_task(holder()) for _ in range(5)]
    await asyncio.sleep(0)
    for task in waiting:
        task.cancel()
    await asyncio.wait(waiting)
    let_go.set()
    await asyncio.gather(*holders)
    await usable(notes)


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_killed_backend_undoes_everything_and_gives_the_connection_back(notes: Engine) -> None:
    async def kill(pid: int) -> None:
        await notes.run_ddl(f"SELECT pg_terminate_backend({pid}, 5000)")

    for moment in ("inside", "at commit"):
        killers: list[asyncio.Task[None]] = []
        pids: asyncio.Queue[int] = asyncio.Queue()

        async def killer(pids: asyncio.Queue[int] = pids) -> None:
            await kill(await pids.get())

        killers.append(asyncio.create_task(killer()))
        with pytest.raises(notes.broken_off):
            async with transaction():
                await note(moment)
                pids.put_nowait((await notes.run_ddl("SELECT pg_backend_pid() AS pid"))[0]["pid"])
                await asyncio.wait(killers)
                if moment == "inside":
                    await note("never")
        await killers[0]
        assert await texts() == []
    await usable(notes)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_sqlite_rolling_back_by_itself_is_noticed(notes: Engine) -> None:
    with pytest.raises(TransactionLostError):
        async with transaction():
            await note("one")
            await notes.run_ddl("ROLLBACK")  # what SQLite does itself when the disk is full
            await note("would be saved alone")
    assert await texts() == []
    await usable(notes)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_sqlite_reserves_the_writing_before_it_reads(notes: Engine) -> None:
    """Else another process could write between a transaction's read and its write, and the write would fail."""
    other = sqlite3.connect(notes.url.removeprefix("sqlite:///"), timeout=0)
    async with transaction():
        assert await texts() == []
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("INSERT INTO test_note (text) VALUES ('theirs')")
        await note("mine")
    other.close()
    assert await texts() == ["mine"]
