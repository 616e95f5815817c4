"""The database to grow with: Piccolo's PostgreSQL engine with a pool that connects only when started.

Knows connections and PostgreSQL's errors; knows no table.
"""

import asyncio
import contextlib
from collections.abc import Sequence
from contextvars import ContextVar
from typing import Any

import asyncpg  # type: ignore[import-untyped]  # ships no types
from piccolo.engine.postgres import PostgresEngine
from piccolo.querystring import QueryString

from foundation.base.problem import Problem, Refused
from foundation.store.transactions import Row, Transaction, TransactionLostError, mine, settled

LEAST = 14
WRITERS = 6  # connections kept beside those for reads
ROLLBACK_SECONDS = 5  # after this the connection is cut instead: the server then rolls back by itself

_SETTINGS = {"application_name": "ganpo", "timezone": "UTC"}


class Postgres(PostgresEngine):
    """One PostgreSQL database. `await start()` opens the pool; without it each query opens its own connection."""

    errors = (
        asyncpg.PostgresError,
        asyncpg.InterfaceError,
        asyncpg.InternalClientError,  # a statement meets the server's good-bye on a connection that lay idle
        OSError,
        TransactionLostError,
    )
    conflicts = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError)  # 40P01, 40001
    broken_off = (
        asyncpg.PostgresConnectionError,
        asyncpg.AdminShutdownError,
        asyncpg.CrashShutdownError,
        asyncpg.InterfaceError,
        ConnectionError,
        TransactionLostError,
    )
    integrity = (asyncpg.IntegrityConstraintViolationError,)
    current_transaction: ContextVar[Transaction | None]  # type: ignore[assignment]  # ours replaces the stock one

    def __init__(self, url: str, *, readers: int = 4) -> None:
        self.url = url
        self.group: Any = None  # the group commit that runs on this engine, see commit.py
        self._size = readers + WRITERS
        self._loop: asyncio.AbstractEventLoop | None = None
        super().__init__(config={"dsn": url, "server_settings": _SETTINGS})

    async def check_version(self) -> None:
        """Checked by `start`: importing must not connect."""

    async def start(self) -> None:
        """Open the pool. Raises `Refused` when the server cannot be reached, or is too old."""
        if self._live() is not None:
            return
        try:
            pool = await asyncpg.create_pool(**self.config, min_size=1, max_size=self._size)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError, TimeoutError) as error:
            why = str(error) or type(error).__name__
            raise Refused(Problem("database_unreachable", params={"why": why})) from error
        self.pool, self._loop = pool, asyncio.get_running_loop()
        async with pool.acquire() as connection:
            version = connection.get_server_version()
        if version.major < LEAST:
            await self.stop()
            params = {"name": "PostgreSQL", "version": str(version.major), "least": str(LEAST)}
            raise Refused(Problem("database_old", params=params))

    async def stop(self) -> None:
        """Close the pool, after the work that holds a connection has finished."""
        pool = self._live()
        self.pool = None
        if pool is not None:
            await pool.close()

    async def start_connection_pool(self, **kwargs: Any) -> None:
        await self.start()

    async def close_connection_pool(self) -> None:
        await self.stop()

    @property
    def connections_in_use(self) -> int:
        """How many of the pool's connections are held now (0 when nothing runs)."""
        pool = self._live()
        return 0 if pool is None else pool.get_size() - pool.get_idle_size()

    def _live(self) -> "asyncpg.Pool[Any] | None":
        """The pool, where it belongs to the running event loop."""
        return self.pool if self._loop is asyncio.get_running_loop() else None

    # -- statements outside a transaction ------------------------------------------------------------------------

    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> Any:
        sql, args = querystring.compile_string(engine_type=self.engine_type)
        return await self._run(sql, args)

    async def run_ddl(self, ddl: str, in_pool: bool = True) -> Any:
        return await self._run(ddl, [])

    async def _run(self, sql: str, args: Sequence[Any]) -> Any:
        held = mine(self)
        if held is not None:
            return await held.fetch(sql, args)
        pool = self._live()
        if pool is not None:
            async with pool.acquire() as connection:
                return await connection.fetch(sql, *args)
        connection = await asyncpg.connect(**self.config)
        try:
            return await connection.fetch(sql, *args)
        finally:
            await settled(connection.close())

    async def connect_alone(self, name: str) -> "asyncpg.Connection[Any]":
        """A connection outside the pool, by this name among the server's; whoever asked closes it."""
        return await asyncpg.connect(dsn=self.url, server_settings={**_SETTINGS, "application_name": name})

    def is_busy(self, error: Exception) -> bool:
        """Whether the server has no connection left to give."""
        return isinstance(error, asyncpg.TooManyConnectionsError)

    async def batch(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError("Piccolo's batches swallow exceptions: read keyset pages instead.")

    # -- transactions --------------------------------------------------------------------------------------------

    def transaction(self, *args: Any, **kwargs: Any) -> Transaction:  # type: ignore[override]  # ours replaces the stock one
        return Transaction(self)

    async def lease(self, *, read_only: bool) -> "PostgresLease":
        """A connection for one holder."""
        pool = self._live()
        connection = await (asyncpg.connect(**self.config) if pool is None else pool.acquire())
        return PostgresLease(pool, connection, read_only)


class PostgresLease:
    """One connection while one holder has it; a connection that cannot be cleaned is cut, not given on."""

    def __init__(self, pool: "asyncpg.Pool[Any] | None", connection: Any, read_only: bool) -> None:
        self.pool = pool
        self.connection = connection
        self.read_only = read_only

    async def begin(self) -> None:
        await self.connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if self.read_only else "BEGIN")

    async def fetch(self, sql: str, args: Sequence[Any]) -> Sequence[Row]:
        rows: Sequence[Row] = await self.connection.fetch(sql, *args)
        return rows

    async def run_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        await self.connection.executemany(sql, rows)

    async def commit(self) -> None:
        # After an error that was caught inside, PostgreSQL answers COMMIT with ROLLBACK and no error.
        if await self.connection.execute("COMMIT") != "COMMIT":
            raise TransactionLostError("PostgreSQL rolled the transaction back because of an error inside it.")

    async def rollback(self) -> None:
        try:
            if not self.connection.is_closed() and self.connection.is_in_transaction():
                await self.connection.execute("ROLLBACK", timeout=ROLLBACK_SECONDS)
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError):
            self.connection.terminate()

    async def release(self) -> None:
        if self.pool is not None:
            with contextlib.suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError):  # the pool drops it then
                await self.pool.release(self.connection)
        elif not self.connection.is_closed():
            with contextlib.suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
                await self.connection.close(timeout=ROLLBACK_SECONDS)
