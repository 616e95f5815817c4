"""The group commit: jobs share a transaction, fail alone, and are acknowledged only once they are on the disk."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from piccolo.columns import Varchar
from piccolo.table import Table

from foundation.base.problem import Problem, Refused
from foundation.store import commit
from foundation.store.commit import Busy, GroupCommit
from foundation.store.engines import Engine
from foundation.store.ledger import entries, record
from foundation.store.ledger_verify import verify
from foundation.store.transactions import TransactionError, transaction


class Saved(Table, tablename="test_saved"):
    text = Varchar()


@pytest.fixture
async def group(database: Engine) -> AsyncIterator[GroupCommit]:
    await Saved.create_table()
    group = GroupCommit(database)
    await group.start()
    yield group
    await group.stop()


async def texts() -> list[str]:
    return sorted(await Saved.select(Saved.text).output(as_list=True))


def saving(text: str, error: Exception | None = None) -> Callable[[], Awaitable[str]]:
    async def job() -> str:
        await Saved.insert(Saved(text=text))
        record(stream="contest:1", act="save", actor="system", about=text)
        if error is not None:
            raise error
        return text

    return job


async def test_a_result_is_given_once_it_is_saved(group: GroupCommit) -> None:
    assert await group.write(saving("one")) == "one"
    assert await texts() == ["one"]
    assert [entry.about for entry in await entries("contest:1")] == ["one"]


async def test_jobs_that_wait_share_a_transaction(group: GroupCommit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commit, "BATCH_SECONDS", 60)  # a busy machine is no failure

    async def moment() -> str:
        if group.engine.engine_type == "sqlite":
            record(stream="contest:1", act="look", actor="system")
            return ""
        return str((await group.engine.run_ddl("SELECT now()::text AS at"))[0]["at"])  # when the transaction began

    moments = await asyncio.gather(*(group.write(moment) for _ in range(5)))
    assert len(set(moments)) == 1
    if group.engine.engine_type == "sqlite":
        assert len({entry.at for entry in await entries("contest:1")}) == 1


async def test_a_refusal_undoes_its_own_job_alone(group: GroupCommit) -> None:
    refusal = Refused(Problem("no"))
    answers = await asyncio.gather(
        group.write(saving("one")),
        group.write(saving("two", refusal)),
        group.write(saving("three")),
        return_exceptions=True,
    )
    assert list(answers) == ["one", refusal, "three"]
    assert await texts() == ["one", "three"]
    assert [entry.about for entry in await entries("contest:1")] == ["three", "one"]
    assert await verify() == []


async def test_an_error_of_the_database_undoes_its_own_job_alone(group: GroupCommit) -> None:
    await group.engine.run_ddl("CREATE UNIQUE INDEX test_saved_text ON test_saved (text)")
    answers = await asyncio.gather(*(group.write(saving(text)) for text in "aabca"), return_exceptions=True)
    assert [isinstance(answer, group.engine.integrity) for answer in answers] == [False, True, False, False, True]
    assert await texts() == ["a", "b", "c"]
    assert len(await entries("contest:1")) == 3


async def test_an_error_caught_inside_a_job_harms_nobody_else(group: GroupCommit) -> None:
    """PostgreSQL undoes such a job, SQLite saves the rest of it; the jobs beside it are saved on both."""

    async def careless() -> str:
        await saving("careless")()
        with contextlib.suppress(*group.engine.errors):
            await group.engine.run_ddl("INSERT INTO no_such_table VALUES (1)")
        return "careless"

    answers = await asyncio.gather(
        group.write(saving("one")), group.write(careless), group.write(saving("two")), return_exceptions=True
    )
    assert [answers[0], answers[2]] == ["one", "two"]
    saved = answers[1] == "careless"
    assert saved is (group.engine.engine_type == "sqlite")
    assert await texts() == (["careless", "one", "two"] if saved else ["one", "two"])
    assert len(await entries("contest:1")) == len(await texts())


async def test_a_job_that_never_ends_is_ended(group: GroupCommit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commit, "JOB_SECONDS", 0.05)

    async def endless() -> None:
        await saving("endless")()
        await asyncio.Event().wait()

    answers = await asyncio.gather(group.write(endless), group.write(saving("one")), return_exceptions=True)
    assert isinstance(answers[0], TimeoutError)
    assert answers[1] == "one"
    assert await texts() == ["one"]


async def test_a_check_that_fails_at_commit_hits_only_the_job_it_concerns(group: GroupCommit) -> None:
    await group.engine.run_ddl("CREATE TABLE test_parent (id INTEGER PRIMARY KEY)")
    await group.engine.run_ddl(
        "CREATE TABLE test_child (parent INTEGER REFERENCES test_parent (id) DEFERRABLE INITIALLY DEFERRED)"
    )

    async def orphan() -> None:
        await saving("orphan")()
        await group.engine.run_ddl("INSERT INTO test_child (parent) VALUES (7)")

    answers = await asyncio.gather(
        group.write(saving("one")), group.write(orphan), group.write(saving("two")), return_exceptions=True
    )
    assert [answers[0], answers[2]] == ["one", "two"]
    assert isinstance(answers[1], group.engine.integrity)
    assert await texts() == ["one", "two"]
    assert await verify() == []
    assert group.engine.connections_in_use == 0


async def test_a_full_queue_refuses_at_once(group: GroupCommit) -> None:
    group.capacity = 3
    begun, go = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        begun.set()
        await go.wait()

    first = asyncio.create_task(group.write(slow))
    await begun.wait()
    waiting = [asyncio.create_task(group.write(saving(text))) for text in ("one", "two", "three")]
    await asyncio.sleep(0)
    with pytest.raises(Busy) as refusal:
        await group.write(saving("four"))
    assert refusal.value.problems == (Problem("store_busy"),)
    go.set()
    await asyncio.gather(first, *waiting)
    assert await texts() == ["one", "three", "two"]


async def test_stopping_saves_what_waits_and_refuses_what_comes(group: GroupCommit) -> None:
    waiting = [asyncio.create_task(group.write(saving(text))) for text in ("one", "two")]
    await asyncio.sleep(0)
    await group.stop()
    assert [task.result() for task in waiting if task.done()] == ["one", "two"]
    with pytest.raises(Busy) as refusal:
        await group.write(saving("three"))
    assert refusal.value.problems == (Problem("store_closing"),)
    assert await texts() == ["one", "two"]


async def test_a_caller_who_leaves_before_the_job_began_takes_it_along(group: GroupCommit) -> None:
    begun, go = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        begun.set()
        await go.wait()

    first = asyncio.create_task(group.write(slow))
    await begun.wait()
    leaving = asyncio.create_task(group.write(saving("never")))
    staying = asyncio.create_task(group.write(saving("stays")))
    await asyncio.sleep(0)
    leaving.cancel()
    go.set()
    await asyncio.gather(first, staying)
    assert leaving.cancelled()
    assert await texts() == ["stays"]


async def test_writing_inside_a_transaction_is_refused(group: GroupCommit) -> None:
    async with transaction():
        with pytest.raises(TransactionError):
            await group.write(saving("one"))

    async def nested() -> None:
        await group.write(saving("one"))

    with pytest.raises(TransactionError):
        await group.write(nested)
    assert await texts() == []


async def test_transactions_and_group_commits_take_turns(group: GroupCommit) -> None:
    async def own(number: int) -> None:
        async with transaction():
            await saving(f"own {number}")()

    await asyncio.gather(
        *(group.write(saving(f"shared {number}")) for number in range(20)), *(own(number) for number in range(20))
    )
    assert len(await texts()) == 40
    assert len(await entries("contest:1")) == 40
    assert await verify() == []


async def test_write_joins_the_running_group_or_has_its_own_transaction(group: GroupCommit) -> None:
    async def job() -> str:
        return asyncio.current_task().get_name()  # type: ignore[union-attr]

    assert await commit.write(job) == "group commit"
    await group.stop()
    assert await commit.write(job) != "group commit"
    assert await commit.write(saving("one")) == "one"
    with pytest.raises(LookupError):
        await commit.write(saving("two", LookupError()))
    assert await texts() == ["one"]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
@pytest.mark.parametrize("grouped", [True, False])
async def test_a_lost_connection_is_replaced_and_the_job_done_again(group: GroupCommit, grouped: bool) -> None:
    if not grouped:
        await group.stop()
    tries = 0

    async def unlucky() -> str:
        nonlocal tries
        tries += 1
        if tries == 1:
            await group.engine.run_ddl("SELECT pg_terminate_backend(pg_backend_pid())")
        return await saving("unlucky")()

    answers = await asyncio.gather(commit.write(unlucky), commit.write(saving("beside")))
    assert list(answers) == ["unlucky", "beside"]
    assert tries == 2
    assert await texts() == ["beside", "unlucky"]
    assert await verify() == []


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
@pytest.mark.parametrize("grouped", [True, False])
async def test_a_deadlock_is_tried_again(group: GroupCommit, grouped: bool) -> None:
    """The job locks b then a, while another transaction holds a and asks for b: one of them is chosen to die."""
    if not grouped:
        await group.stop()
    await Saved.insert(Saved(text="a"), Saved(text="b"))
    holds_a, holds_b = asyncio.Event(), asyncio.Event()
    tries = 0

    async def lock(text: str) -> None:
        await Saved.raw("UPDATE test_saved SET text = text WHERE text = {}", text)

    async def other() -> None:
        async with transaction():
            await group.engine.run_ddl("SET LOCAL deadlock_timeout = '30s'")  # so the job is the one to notice
            await lock("a")
            holds_a.set()
            await holds_b.wait()
            await lock("b")

    async def job() -> str:
        nonlocal tries
        tries += 1
        await holds_a.wait()
        await group.engine.run_ddl(
            "SET LOCAL deadlock_timeout = '300ms'"
        )  # while it waits once: the other must ask first
        await lock("b")
        holds_b.set()
        await lock("a")
        return "done"

    answers = await asyncio.gather(other(), commit.write(job))
    assert list(answers) == [None, "done"]
    assert tries >= 2
    assert group.engine.connections_in_use == 0
