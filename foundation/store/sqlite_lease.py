"""The connections of one SQLite database: who holds which, and which statements may go to a reader.

Knows aiosqlite's connections (one thread each) and SQL's first words; opens none and knows no table.
"""

import asyncio
import contextlib
import re
import sqlite3
from collections.abc import Sequence
from typing import Any, cast

import aiosqlite

from foundation.store.transactions import Row, TransactionLostError

_READS = re.compile(r"\s*(SELECT|VALUES|EXPLAIN)\b", re.IGNORECASE)
_WRITES = re.compile(r"\b(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
_WITH = re.compile(r"\s*WITH\b", re.IGNORECASE)


def reads_only(sql: str) -> bool:
    """Whether a statement may go to a reader. Unsure counts as writing; readers refuse writes on their own too."""
    return _READS.match(sql) is not None or (_WITH.match(sql) is not None and _WRITES.search(sql) is None)


class Pool:
    """The open connections of one event loop. A slot of None is a reader that was not needed yet."""

    def __init__(self, readers: int) -> None:
        self.loop = asyncio.get_running_loop()
        self.writing = asyncio.Lock()
        self.writer: aiosqlite.Connection | None = None
        self.size = readers
        self.readers: asyncio.LifoQueue[aiosqlite.Connection | None] = asyncio.LifoQueue()
        for _ in range(readers):
            self.readers.put_nowait(None)


class Lease:
    """One connection while one holder has it; a connection that cannot be cleaned is closed, not given on."""

    def __init__(self, pool: Pool | None, connection: aiosqlite.Connection, read_only: bool) -> None:
        self.pool = pool
        self.connection = connection
        self.read_only = read_only

    async def begin(self) -> None:
        await self.connection.execute_fetchall("BEGIN" if self.read_only else "BEGIN IMMEDIATE")

    def _check(self) -> None:
        # After some errors (disk full, I/O) SQLite rolls back by itself; what followed would be saved piecemeal.
        if not self.connection.in_transaction:
            raise TransactionLostError("SQLite ended the transaction after an error.")

    async def fetch(self, sql: str, args: Sequence[Any]) -> Sequence[Row]:
        self._check()
        rows: Any = await self.connection.execute_fetchall(sql, args)
        return cast(Sequence[Row], rows)  # a list of dicts, by the row factory

    async def run_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        self._check()
        await self.connection.executemany(sql, rows)

    async def commit(self) -> None:
        self._check()
        await self.connection.execute_fetchall("COMMIT")

    async def rollback(self) -> None:
        # Does nothing when none is open; queued in the connection's thread behind what a cancelled caller left running.
        with contextlib.suppress(sqlite3.Error, ValueError):  # release looks at the connection and closes it
            await self.connection.rollback()

    async def release(self) -> None:
        usable = self._usable()
        if self.pool is None or not usable:
            try:
                await self.connection.close()
            except (sqlite3.Error, ValueError):
                usable = False
        if self.pool is None:
            return
        if self.read_only:
            self.pool.readers.put_nowait(self.connection if usable else None)
        else:
            if not usable:
                self.pool.writer = None
            self.pool.writing.release()

    def _usable(self) -> bool:
        try:
            return not self.connection.in_transaction
        except (sqlite3.Error, ValueError):
            return False
