"""Migrated databases for the tests, made once in a test process and lent again and again. Knows no table by name."""

import asyncio
from dataclasses import dataclass
from typing import Any

import asyncpg  # type: ignore[import-untyped]  # ships no types

from foundation.store import engines
from foundation.store.migrations import migrate
from tests import rows
from tests.cluster import Cluster
from tests.loops import waited


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


class Postgres:
    """One cluster with a migrated template; each test gets an empty migrated database, ids starting at 1.

    Making a database copies some four hundred files, so one is lent again and again (`lend`, `take_back`): emptying
    it of what it holds takes milliseconds. One whose shape a test changed, or that cannot be emptied, is dropped.
    The connection that empties a database stays open: a new one would read the whole catalogue each time.
    """

    def __init__(self) -> None:
        self.cluster = Cluster()
        self.count = 0
        self.cluster.sql("CREATE DATABASE template_ganpo")
        migrated(self.cluster.url("template_ganpo"))
        self.fresh = waited(_look(self.cluster.url("template_ganpo")))
        self.idle: list[str] = []
        self.loop = asyncio.new_event_loop()
        self.cleaners: dict[str, asyncpg.Connection] = {}

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
            as_new = waited(self._emptied(name), self.loop)
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
            as_new = False
        if as_new:
            self.idle.append(name)
        else:
            self.drop(name)

    async def _emptied(self, name: str) -> bool:
        if name not in self.cleaners:
            self.cleaners[name] = await asyncpg.connect(self.cluster.url(name))
        return await _emptied(self.cleaners[name], self.fresh)

    async def empty(self) -> str:
        """Make a database without a table; returns its URL. It goes with the cluster."""
        self.count += 1
        name = f"test_{self.count}"
        await self.cluster.run(f"CREATE DATABASE {name}")
        return self.cluster.url(name)

    def drop(self, name: str) -> None:
        if cleaner := self.cleaners.pop(name, None):
            cleaner.terminate()
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


async def _emptied(connection: asyncpg.Connection, fresh: Fresh) -> bool:
    """Make the database what the template is, without looking at keys and triggers; False where its shape differs."""
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
