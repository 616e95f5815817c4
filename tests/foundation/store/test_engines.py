"""Engines: which one a URL means, what start refuses in words, and that connections are kept and given back."""

import asyncio
import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from piccolo.apps.migrations.tables import Migration
from piccolo.columns import Varchar
from piccolo.table import Table

from foundation.base.problem import Problem, Refused
from foundation.store import engines
from foundation.store.engines import Engine, open_engine
from foundation.store.sqlite import SQLite
from foundation.store.sqlite_lease import reads_only
from foundation.store.transactions import transaction

ROOT = Path(__file__).parents[3]


class Word(Table, tablename="test_word"):
    text = Varchar()


async def words() -> list[str]:
    return await Word.select(Word.text).order_by(Word._meta.primary_key).output(as_list=True)


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///ganpo.sqlite3", "ganpo.sqlite3"),
        ("sqlite:////srv/a b/g.db", "/srv/a b/g.db"),
        ("sqlite:///x/g", "x/g"),
    ],
)
def test_a_sqlite_url_names_a_file(url: str, path: str) -> None:
    engine = open_engine(url)
    assert (engine.engine_type, engine.path, engine.url) == ("sqlite", path, url)  # type: ignore[union-attr]


def test_a_postgres_url_is_not_connected_to() -> None:
    engine = open_engine("postgresql://nobody@127.0.0.1:1/nowhere")
    assert (engine.engine_type, engine.url) == ("postgres", "postgresql://nobody@127.0.0.1:1/nowhere")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("", ""),
        ("ganpo.sqlite3", "ganpo.sqlite3"),
        ("sqlite://", "sqlite://"),
        ("sqlite:///", "sqlite:///"),
        ("sqlite:///:memory:", "sqlite:///:memory:"),
        ("sqlite:///var/", "sqlite:///var/"),
        ("mysql://root:secret@db/ganpo", "mysql://root@db/ganpo"),
    ],
)
def test_another_url_is_refused_without_its_password(url: str, shown: str) -> None:
    with pytest.raises(Refused) as refusal:
        open_engine(url)
    assert refusal.value.problems == (Problem("database_url", params={"url": shown}),)


async def refusal_of(url: str) -> Problem:
    with pytest.raises(Refused) as refusal:
        await open_engine(url).start()
    return refusal.value.problems[0]


async def test_a_file_that_cannot_be_opened_is_refused_in_words(tmp_path: Path) -> None:
    junk = tmp_path / "junk.sqlite3"
    junk.write_text("this is no database " * 100)
    assert await refusal_of(f"sqlite:///{junk}") == Problem(
        "database_file", params={"path": str(junk), "why": "file is not a database"}
    )
    problem = await refusal_of(f"sqlite:///{junk}/below/g.sqlite3")
    assert (problem.code, problem.params["path"]) == ("database_file", f"{junk}/below/g.sqlite3")


async def test_a_server_that_is_away_is_refused_in_words() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    problem = await refusal_of(f"postgresql://ganpo@127.0.0.1:{port}/ganpo")
    assert problem.code == "database_unreachable"
    assert problem.params["why"]
    assert (await refusal_of("postgresql://ganpo@127.0.0.1:junk/ganpo")).code == "database_unreachable"


async def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/new/folder/g.sqlite3")
    await engine.start()
    await engine.stop()
    assert (tmp_path / "new/folder/g.sqlite3").exists()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_every_sqlite_connection_is_a_safe_one(database: SQLite) -> None:
    for read_only in (False, True):
        lease = await database.lease(read_only=read_only)
        pragmas = {}
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "query_only"):
            (row,) = await lease.connection.execute_fetchall(f"PRAGMA {name}")
            (pragmas[name],) = dict(row).values()
        await lease.release()
        assert pragmas == {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "busy_timeout": 10_000,
            "query_only": int(read_only),
        }


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_sqlite_keeps_its_connections_and_opens_no_more_than_agreed(
    database: SQLite, monkeypatch: pytest.MonkeyPatch
) -> None:
    await Word.create_table()
    opened: list[bool] = []
    original = SQLite._open

    async def counting(self: SQLite, *, read_only: bool = False) -> object:
        opened.append(read_only)
        return await original(self, read_only=read_only)

    monkeypatch.setattr(SQLite, "_open", counting)
    for _ in range(5):
        await asyncio.gather(*(words() for _ in range(20)), *(Word.insert(Word(text="w")) for _ in range(5)))
    assert opened == [True] * 4
    assert len(await words()) == 25
    assert database.connections_in_use == 0


async def test_writes_outside_a_transaction_are_saved_at_once(database: Engine) -> None:
    await Word.create_table()
    await Word(text="one").save()
    saved = await Word.insert(Word(text="two")).returning(Word.text)
    await Word.update({Word.text: "three"}).where(Word.text == "one")
    assert saved == [{"text": "two"}]
    assert await words() == ["three", "two"]
    rows = await Word.raw(
        "WITH gone AS (SELECT {} AS word) DELETE FROM test_word WHERE text = (SELECT word FROM gone)", "two"
    )
    assert list(rows) == []
    assert await words() == ["three"]


async def test_a_cancelled_query_gives_its_connection_back(database: Engine) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    tasks = [asyncio.create_task(database.run_ddl(endless)) for _ in range(12)]
    while database.connections_in_use < 4:  # noqa: ASYNC110 - the engine tells nobody
        await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks, timeout=20)
    assert [task.cancelled() for task in tasks] == [True] * 12
    assert database.connections_in_use == 0
    assert await asyncio.wait_for(Migration.count(), 20) > 0


def test_an_engine_works_in_one_loop_after_another(database_url: str) -> None:
    """Also where a loop ended without stop()."""
    engine = open_engine(database_url)
    engines.use(engine)

    async def once(stop: bool) -> object:
        await engine.start()
        async with transaction():
            count = await Migration.count()
        if stop:
            await engine.stop()
        return count

    try:
        counts = {asyncio.run(once(stop)) for stop in (True, True, False, False, True)}
        assert len(counts) == 1
        counts.add(asyncio.run(unstarted()))
        counts.add(Migration.count().run_sync())
        assert len(counts) == 1
    finally:
        engines.use(None)


async def unstarted() -> object:
    counts: list[int] = []
    async with transaction():
        counts.append(await Migration.count())
    return counts[0]


async def test_stop_waits_for_the_work_that_runs(database: Engine) -> None:
    await Word.create_table()
    inside, go = asyncio.Event(), asyncio.Event()

    async def writer() -> None:
        async with transaction():
            inside.set()
            await go.wait()
            await Word.insert(Word(text="saved"))

    task = asyncio.create_task(writer())
    await inside.wait()
    stopping = asyncio.create_task(database.stop())
    await asyncio.sleep(0)
    go.set()
    await asyncio.gather(task, stopping)
    assert await words() == ["saved"]


def test_an_engine_nobody_stopped_lets_the_process_end(database_url: str) -> None:
    code = (
        "import asyncio; from foundation.store.engines import current\n"
        "async def main(): await current().start(); print(await current().run_ddl('SELECT 1 AS one') != [])\n"
        "asyncio.run(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "DATABASE_URL": database_url},
        timeout=60, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "True\n")


def test_importing_the_configuration_connects_to_nothing(tmp_path: Path) -> None:
    for url in ("postgresql://ganpo@127.0.0.1:1/ganpo", f"sqlite:///{tmp_path}/none.sqlite3"):
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", "import piccolo_conf; print(piccolo_conf.DB.url)"],
            cwd=ROOT, env={**os.environ, "DATABASE_URL": url}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stdout) == (0, f"{url}\n"), done.stderr
    assert list(tmp_path.iterdir()) == []


def test_use_binds_every_table(tmp_path: Path) -> None:
    first, second = (open_engine(f"sqlite:///{tmp_path}/{name}.sqlite3") for name in "ab")
    for engine in (first, second):
        engines.use(engine)
        import piccolo_conf

        assert [Word._meta.db, Migration._meta.db, engines.current(), piccolo_conf.DB] == [engine] * 4
    engines.use(None)


@pytest.mark.parametrize(
    ("sql", "reads"),
    [
        ("SELECT 1", True),
        ("  select * from a", True),
        ("WITH a AS (SELECT 1) SELECT * FROM a", True),
        ("WITH a AS (SELECT 1) INSERT INTO b SELECT * FROM a", False),
        ("INSERT INTO a VALUES (1) RETURNING id", False),
        ("UPDATE a SET b = 1", False),
        ("DELETE FROM a", False),
        ("CREATE TABLE selected (id INTEGER)", False),
        ("PRAGMA wal_checkpoint", False),
    ],
)
def test_only_what_surely_reads_goes_to_a_reader(sql: str, reads: bool) -> None:
    assert reads_only(sql) is reads


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_reader_refuses_to_write(database: SQLite) -> None:
    lease = await database.lease(read_only=True)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await lease.connection.execute_fetchall("CREATE TABLE sneaked (id INTEGER)")
    await lease.release()


async def test_piccolos_batches_are_refused(database: Engine) -> None:
    with pytest.raises(NotImplementedError):
        await Migration.select().batch()
