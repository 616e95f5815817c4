"""Transactions: they do not nest, belong to one task, and give their connection back whatever happens.

Knows leases (a connection held for one transaction), entries to be appended just before COMMIT, and who is told
after it; knows no SQL of either engine beyond savepoints, and no table.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

from piccolo.engine.base import BaseTransaction
from piccolo.engine.exceptions import TransactionError
from piccolo.querystring import QueryString

from foundation.store import engines

if TYPE_CHECKING:
    from foundation.store.engines import Engine

__all__ = [
    "Lease", "Transaction", "TransactionError", "TransactionLostError", "mine", "savepoint", "settled", "snapshot",
    "transaction",
]  # fmt: skip

T = TypeVar("T")
Row = Mapping[str, Any]
Append = Callable[["Transaction", list[Any]], Awaitable[None]]


class TransactionLostError(TransactionError):
    """The database ended the transaction on its own (connection lost, disk full): nothing of it was saved."""


class Lease(Protocol):
    """One connection, held by one transaction. `rollback` and `release` never raise a database's error."""

    async def begin(self) -> None: ...
    async def fetch(self, sql: str, args: Sequence[Any]) -> Sequence[Row]: ...
    async def run_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None: ...
    async def commit(self) -> None: ...
    async def rollback(self) -> None: ...
    async def release(self) -> None: ...


async def settled(work: Coroutine[Any, Any, T]) -> T:
    """Await `work` to its end even when the caller is cancelled meanwhile; the cancellation goes on afterwards."""
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        if not task.cancelled():
            task.exception()  # seen, so that asyncio does not report it as never retrieved
        raise cancelled
    return task.result()


def mine(engine: "Engine") -> "Transaction | None":
    """The transaction that this task has open on the engine, or None.

    Raises `TransactionError` in a task that was started inside another task's transaction: it inherited the
    context, but two tasks on one connection would mix their statements and outlive the COMMIT.
    """
    held = engine.current_transaction.get()
    if held is None:
        return None
    if held.owner is not asyncio.current_task():
        raise TransactionError(
            "This task was started inside another task's transaction and may not use the database: "
            "await the work in the transaction itself, or start the task before it."
        )
    return held


class Transaction(BaseTransaction):
    """One transaction of one task; use it through `transaction()` or `snapshot()`."""

    __slots__ = ("_lease", "_names", "_told", "commit_sent", "engine", "owner", "pending", "read_only")

    def __init__(self, engine: "Engine", *, read_only: bool = False) -> None:
        self.engine = engine
        self.read_only = read_only
        self.owner: asyncio.Task[Any] | None = None
        self.pending: list[tuple[int, Append, Any]] = []
        self.commit_sent = False
        self._told: list[Callable[[], None]] = []
        self._names = 0

    async def __aenter__(self) -> "Transaction":
        if mine(self.engine) is not None:
            raise TransactionError("This task has a transaction open already; transactions do not nest.")
        self._lease: Lease = await self.engine.lease(read_only=self.read_only)
        try:
            await self._lease.begin()
        except BaseException:
            await settled(self._give_back())
            raise
        self.owner = asyncio.current_task()
        self.engine.current_transaction.set(self)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> Literal[False]:
        try:
            if error is None:
                await self._append_pending()
                self.commit_sent = True
                await settled(self._commit())
        finally:
            self.engine.current_transaction.set(None)
            await settled(self._give_back())
        return False

    async def _append_pending(self) -> None:
        """In the order of their turns, the same in every transaction, so that two of them never wait in a ring."""
        for turn, append in sorted({(turn, append) for turn, append, _ in self.pending}, key=lambda each: each[0]):
            await append(self, [entry for other, _, entry in self.pending if other == turn])

    async def _commit(self) -> None:
        await self._lease.commit()
        for tell in self._told:
            tell()

    async def _give_back(self) -> None:
        try:
            await self._lease.rollback()  # does nothing after a COMMIT
        finally:
            await self._lease.release()

    async def fetch(self, sql: str, args: Sequence[Any] = ()) -> Sequence[Row]:
        """Run SQL in the engine's own writing (`?` or `$1`)."""
        return await self._lease.fetch(sql, args)

    async def run(self, template: str, *args: Any) -> Sequence[Row]:
        """Run SQL with `{}` for each value, the same on both engines."""
        sql, values = QueryString(template, *args).compile_string(self.engine.engine_type)
        return await self._lease.fetch(sql, values)

    async def run_many(self, template: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run SQL with `{}` for each value once for each row: the fast way to write many."""
        all_rows = list(rows)
        if all_rows:
            sql, _ = QueryString(template, *all_rows[0]).compile_string(self.engine.engine_type)
            await self._lease.run_many(sql, all_rows)

    def later(self, turn: int, append: Append, entry: Any) -> None:
        """Keep an entry; `append(self, entries)` is called once a turn, lower turns first, just before COMMIT."""
        self.pending.append((turn, append, entry))

    def after_commit(self, tell: Callable[[], None]) -> None:
        """Call `tell` once everything is on the disk, before anybody is answered; it must neither fail nor wait."""
        self._told.append(tell)

    def savepoint_name(self) -> str:
        self._names += 1
        return f"part_{self._names}"


def transaction() -> Transaction:
    """`async with transaction():` everything inside is saved together, or nothing is.

    Raises `TransactionError` when this task has one open already. On SQLite it waits for the one writer.
    """
    return Transaction(engines.current())


def snapshot() -> Transaction:
    """`async with snapshot():` reads that all see the database as it was at the first of them; writes are refused."""
    return Transaction(engines.current(), read_only=True)


@asynccontextmanager
async def savepoint() -> AsyncIterator[None]:
    """Part of the open transaction that can fail alone: an exception undoes it, with its ledger entries, and goes on.

    Raises `TransactionLostError` when the whole transaction cannot be continued.
    """
    held = mine(engines.current())
    if held is None:
        raise TransactionError("A savepoint needs an open transaction.")
    name, mark = held.savepoint_name(), len(held.pending)
    await held.fetch(f"SAVEPOINT {name}")
    try:
        yield
    except BaseException as error:
        await settled(_undo(held, name, mark, error))
        raise
    try:
        await settled(held.fetch(f"RELEASE SAVEPOINT {name}"))
    except held.engine.errors as error:  # PostgreSQL refuses it after an error that was caught inside
        await settled(_undo(held, name, mark, error))
        raise


async def _undo(held: Transaction, name: str, mark: int, error: BaseException) -> None:
    del held.pending[mark:]
    try:
        await held.fetch(f"ROLLBACK TO SAVEPOINT {name}")
        await held.fetch(f"RELEASE SAVEPOINT {name}")
    except held.engine.errors as lost:
        raise TransactionLostError(f"The transaction cannot go on after: {error!r}") from lost
