"""Generations: counted with the change itself, never out of order, and known to every process soon."""

import asyncio
import contextlib
from datetime import UTC, datetime
from typing import Any

import pytest

from foundation.store import commit, engines, generations, ledger
from foundation.store.copies import Copy
from foundation.store.generations import bump, known, read, watching
from foundation.store.transactions import TransactionError, savepoint, snapshot, transaction


async def change(*names: str) -> None:
    async with transaction():
        bump(*names)


async def test_a_name_starts_at_0_and_counts_every_change_once_a_transaction(database: Any) -> None:
    assert await read(["a", "b"]) == {"a": 0, "b": 0}
    async with transaction():
        bump("a", "b", "a")
        bump("a")
    await change("a")
    assert await read(["a", "b", "c"]) == {"a": 2, "b": 1, "c": 0}
    assert await read([]) == {}


async def test_outside_a_transaction_nothing_is_counted(database: Any) -> None:
    with pytest.raises(TransactionError):
        bump("a")
    async with snapshot():
        with pytest.raises(TransactionError):
            bump("a")
    async with transaction():
        for wrong in ("", "x" * 121):
            with pytest.raises(ValueError):
                bump(wrong)


async def test_what_is_undone_is_not_counted(database: Any) -> None:
    with contextlib.suppress(KeyError):
        async with transaction():
            bump("a")
            raise KeyError
    async with transaction():
        bump("b")
        with contextlib.suppress(KeyError):
            async with savepoint():
                bump("c")
                raise KeyError
    assert await read(["a", "b", "c"]) == {"a": 0, "b": 1, "c": 0}


async def test_a_job_of_the_group_commit_counts_with_its_ledger_entry(database: Any) -> None:
    group = commit.GroupCommit(database)
    await group.start()

    async def job() -> None:
        bump("a")
        ledger.record(stream="s", act="x", actor="test")

    async def refused() -> None:
        bump("b")
        raise KeyError

    done = await asyncio.gather(commit.write(job), commit.write(refused), commit.write(job), return_exceptions=True)
    await group.stop()
    assert [type(one) for one in done] == [type(None), KeyError, type(None)]
    values = await read(["a", "b"])
    assert values["a"] in {1, 2}  # one batch or two
    assert values["b"] == 0
    assert (await ledger.head("s")).seq == 2


async def test_two_writers_who_name_things_in_opposite_order_do_not_wait_in_a_ring(database: Any) -> None:
    names = [f"n{number}" for number in range(20)]

    async def writer(mine: list[str]) -> None:
        for _ in range(15):
            async with transaction():
                bump(*mine)
                ledger.record(stream=mine[0], act="x", actor="test")
                ledger.record(stream=mine[-1], act="x", actor="test")

    async with asyncio.timeout(60):
        await asyncio.gather(writer(names), writer(names[::-1]), writer(names))
    assert set((await read(names)).values()) == {45}


async def test_a_snapshot_keeps_the_numbers_it_began_with(database: Any) -> None:
    await change("a")
    async with snapshot():
        before = await read(["a"])
        await asyncio.create_task(_elsewhere())
        assert await read(["a"]) == before == {"a": 1}
    assert await read(["a"]) == {"a": 2}


async def _elsewhere() -> None:
    engines.current().current_transaction.set(None)  # a task of its own, as another request would be
    await change("a")


async def test_a_process_knows_of_its_own_change_at_once(database: Any) -> None:
    async with watching(lambda: {"a"}, every=3600) as knows:
        assert knows.values == {"a": 0}
        await change("a")
        assert knows.values == {"a": 1}
        with contextlib.suppress(KeyError):
            async with transaction():
                bump("a")
                raise KeyError
        assert knows.values == {"a": 1}


async def test_a_process_learns_what_another_changed(database: Any) -> None:
    other = engines.open_engine(database.url)
    await other.start()
    async with watching(lambda: {"a"}, every=0.02) as knows, asyncio.timeout(60):
        engines.use(other)
        await change("a")
        engines.use(database)
        while knows.values["a"] != 1:  # noqa: ASYNC110 - the condition is what is tested
            await asyncio.sleep(0.01)
        assert known(other).values == {"a": 1}
    await other.stop()


async def test_what_nobody_asks_for_any_more_is_forgotten(database: Any) -> None:
    wanted = {"a", "b"}
    async with watching(lambda: wanted, every=0.02) as knows, asyncio.timeout(60):
        await change("a", "b", "c")
        wanted.remove("b")
        await change("a")
        while set(knows.values) != {"a"}:
            await asyncio.sleep(0.01)
            await change("c")  # on SQLite it looks again only after a commit
    assert not known(database).watched


async def test_a_number_never_goes_back(database: Any) -> None:
    knows = generations.Known()
    knows.learn({"a": 5})
    knows.learn({"a": 3, "b": 0})
    assert knows.values == {"a": 5, "b": 0}


async def test_a_copy_is_read_again_only_after_a_change(database: Any) -> None:
    loads = []

    async def load() -> int:
        loads.append(datetime.now(UTC))
        return len(loads)

    copy = Copy("a", load)
    async with watching(lambda: {"a"}, every=3600):
        assert [await copy.now() for _ in range(3)] == [1, 1, 1]
        await change("b")
        assert await copy.now() == 1
        await change("a")
        assert [await copy.now() for _ in range(3)] == [2, 2, 2]
        async with snapshot():
            assert await copy.now() == 2
        async with transaction():
            bump("a")
            assert await copy.now() == 3  # a writer reads for itself, and nobody else sees it
        assert [await copy.now() for _ in range(2)] == [4, 4]
    await change("a")
    assert [await copy.now(), await copy.now()] == [5, 5]  # nobody watches: the number is asked for each time
