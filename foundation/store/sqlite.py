"""The embedded database: Piccolo's SQLite engine with one writer and a few readers that stay open.

Knows connections, PRAGMAs and which statements write; knows no table. Reads outside a transaction never wait for
the writer (WAL); every transaction is BEGIN IMMEDIATE, so that read-then-write cannot fail half-way.
"""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import aiosqlite
from piccolo.engine.sqlite import SQLiteEngine, dict_factory
from piccolo.querystring import QueryString

from foundation.base.problem import Problem, Refused
from foundation.store.sqlite_lease import Lease, Pool, reads_only
from foundation.store.transactions import Transaction, TransactionLostError, mine, settled

BUSY_SECONDS = 10  # how long to wait for another process that is writing
FORGET_SECONDS = 1
LEAST = (3, 35)  # RETURNING


class SQLite(SQLiteEngine):
    """One database file. `await start()` before use keeps connections open; without it each query opens its own."""

    errors = (sqlite3.Error, TransactionLostError, ValueError)  # aiosqlite: ValueError when the connection is closed
    conflicts: tuple[type[Exception], ...] = ()  # BEGIN IMMEDIATE leaves none
    broken_off = (TransactionLostError,)
    integrity = (sqlite3.IntegrityError,)
    current_transaction: ContextVar[Transaction | None]  # type: ignore[assignment]  # ours replaces the stock one

    def __init__(self, path: str, *, readers: int = 4) -> None:
        self._readers = readers
        self._pool: Pool | None = None
        self.group: Any = None  # the group commit that runs on this engine, see commit.py
        super().__init__(path=path)

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    async def check_version(self) -> None:
        """Checked by `start`."""

    async def start(self) -> None:
        """Open the database, making file and folder where they are missing. Raises `Refused` with the reason."""
        if sqlite3.sqlite_version_info < LEAST:
            raise Refused(
                Problem("database_old", params={"name": "SQLite", "version": sqlite3.sqlite_version, "least": "3.35"})
            )
        if self._live() is not None:
            return
        await self._forget()
        pool = Pool(self._readers)
        pool.writer = await self._open()
        self._pool = pool

    async def stop(self) -> None:
        """Close every connection, after the work that holds one has finished."""
        pool, self._pool = self._live(), None
        if pool is None:
            return
        for _ in range(pool.size):
            reader = await pool.readers.get()
            if reader is not None:
                await settled(reader.close())
        async with pool.writing:
            if pool.writer is not None:
                await settled(pool.writer.close())
                pool.writer = None

    start_connection_pool = start
    close_connection_pool = stop

    @property
    def connections_in_use(self) -> int:
        """How many of the pool's connections are held now (0 when nothing runs)."""
        pool = self._live()
        return 0 if pool is None else pool.size - pool.readers.qsize() + pool.writing.locked()

    def _live(self) -> Pool | None:
        """The pool, where it belongs to the running event loop."""
        pool = self._pool
        return pool if pool is not None and pool.loop is asyncio.get_running_loop() else None

    async def _forget(self) -> None:
        """Let go of connections of a loop that ended without `stop`."""
        pool, self._pool = self._pool, None
        if pool is not None:
            kept = [pool.writer, *(pool.readers.get_nowait() for _ in range(pool.readers.qsize()))]
            for connection in kept:
                stopped = connection.stop() if connection is not None else None
                if stopped is not None:  # its thread may have died with the old loop: do not wait for ever
                    await asyncio.wait({stopped}, timeout=FORGET_SECONDS)

    async def _open(self, *, read_only: bool = False) -> aiosqlite.Connection:
        try:
            Path(self.path).parent.mkdir(parents=True, exist_ok=True)
            connection = aiosqlite.connect(**self.connection_kwargs, timeout=BUSY_SECONDS)
            connection._thread.daemon = True  # an engine that nobody stopped must not keep the process alive
            await connection
        except (sqlite3.Error, OSError) as error:
            raise Refused(Problem("database_file", params={"path": self.path, "why": str(error)})) from error
        try:
            connection.row_factory = dict_factory  # type: ignore[assignment]  # any callable is right, says sqlite3
            await self._prepare(connection, read_only=read_only)
        except BaseException:
            await settled(connection.close())
            raise
        return connection

    async def _prepare(self, connection: aiosqlite.Connection, *, read_only: bool) -> None:
        async def pragma(text: str) -> Any:
            rows = list(await connection.execute_fetchall(f"PRAGMA {text}"))
            return next(iter(dict(rows[0]).values())) if rows else None

        try:
            if await pragma("journal_mode") != "wal" and await pragma("journal_mode = WAL") != "wal":
                raise Refused(Problem("database_wal", params={"path": self.path}))
            await pragma("synchronous = FULL")
            await pragma("foreign_keys = ON")
            if read_only:
                await pragma("query_only = ON")
        except sqlite3.Error as error:
            raise Refused(Problem("database_file", params={"path": self.path, "why": str(error)})) from error

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
        lease = await self.lease(read_only=reads_only(sql))
        try:
            return await lease.connection.execute_fetchall(sql, args)
        except asyncio.CancelledError:
            if lease.read_only:
                await lease.connection.interrupt()
            raise
        finally:
            await settled(lease.release())

    def is_busy(self, error: Exception) -> bool:
        """Whether another process was writing for longer than `BUSY_SECONDS`."""
        return isinstance(error, sqlite3.OperationalError) and "locked" in str(error)

    async def batch(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError("Piccolo's batches swallow exceptions: read keyset pages instead.")

    # -- transactions --------------------------------------------------------------------------------------------

    def transaction(self, *args: Any, **kwargs: Any) -> Transaction:  # type: ignore[override]  # ours replaces the stock one
        return Transaction(self)

    async def lease(self, *, read_only: bool) -> Lease:
        """A connection for one holder: the writer (waits for its turn) or a reader."""
        pool = self._live()
        if pool is None:
            return Lease(None, await self._open(read_only=read_only), read_only)
        if read_only:
            reader = await pool.readers.get()
            try:
                reader = reader or await self._open(read_only=True)
            except BaseException:
                pool.readers.put_nowait(None)
                raise
            return Lease(pool, reader, read_only)
        await pool.writing.acquire()
        try:
            pool.writer = pool.writer or await self._open()
        except BaseException:
            pool.writing.release()
            raise
        return Lease(pool, pool.writer, read_only)
