"""The group commit: many people's writes in one transaction, each acknowledged only after COMMIT.

Knows jobs, batches and which errors are worth another try; knows no table. One COMMIT costs one wait for the disk,
so a hundred judges who save at once share it instead of queueing for it. Writers call `write(job)`.
"""

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable
from contextvars import Context
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from foundation.base.problem import Problem, Refused
from foundation.store import engines
from foundation.store.transactions import (
    Transaction,
    TransactionError,
    TransactionLostError,
    mine,
    savepoint,
)

if TYPE_CHECKING:
    from foundation.store.engines import Engine

T = TypeVar("T")
Job = Callable[[], Awaitable[T]]

CAPACITY = 2000  # jobs that may wait; at some 500 a second the last of them waits four seconds
BATCH = 256  # jobs in one transaction at most
BATCH_SECONDS = 0.025  # no further job joins a batch after this, so that the first ones are not kept waiting
JOB_SECONDS = 30  # a job that takes longer gets a TimeoutError, since everybody else waits for it
TRIES = 6  # of a job whose transaction the database broke off
PAUSE_SECONDS = 0.01  # before another try, times its number, by chance up to double


class Busy(Refused):
    """Nothing was saved: too many are saving at once, or the registry is stopping. For the web a 503."""


@dataclass(slots=True, eq=False)
class _Waiting:
    job: Job[Any]
    done: asyncio.Future[Any]
    tries: int = 0
    alone: bool = False


@dataclass(slots=True)
class _Batch:
    taken: list[_Waiting] = field(default_factory=list)
    answers: list[tuple[Any, Exception | None]] = field(default_factory=list)


async def write(job: Job[T]) -> T:
    """Run `job` in a transaction, and return its result once that is on the disk.

    The job is a coroutine function without arguments that reads, writes and calls `ledger.record`. It may run more
    than once (after a deadlock), so it has no effect but on the database. Its exception (a `Refused`, say) undoes
    this job alone and is raised here. Raises `Busy` when too many jobs wait, `TransactionError` inside a
    transaction. Joins the group commit that runs on the engine in use; where none runs, a transaction of its own.
    """
    engine = engines.current()
    group: GroupCommit | None = engine.group
    if group is not None:
        return await group.write(job)
    tries = 0
    while True:
        tries += 1
        held = Transaction(engine)
        try:
            async with held:
                return await job()
        except Exception as error:
            if engine.is_busy(error):
                raise Busy(Problem("store_busy")) from error
            if not _again(error, held, tries):
                raise
        await pause(tries)


class GroupCommit:
    """One worker that commits what many callers of `write` ask for."""

    def __init__(self, engine: "Engine | None" = None, *, capacity: int = CAPACITY) -> None:
        self.engine = engine if engine is not None else engines.current()
        self.capacity = capacity
        self._waiting: deque[_Waiting] = deque()
        self._wake = asyncio.Event()
        self._worker: asyncio.Task[None] | None = None
        self._closing = False

    async def start(self) -> None:
        """Start the worker on the running loop and make it the one that `commit.write` joins."""
        if self._worker is not None and not self._worker.done():
            return
        self._wake, self._closing = asyncio.Event(), False
        self._worker = asyncio.create_task(self._work(), name="group commit", context=Context())
        self.engine.group = self

    async def stop(self) -> None:
        """Refuse new jobs, commit those that wait, and end."""
        self._closing = True
        self._wake.set()
        if self._worker is not None:
            await asyncio.wait({self._worker})
        if self.engine.group is self:
            self.engine.group = None

    async def write(self, job: Job[T]) -> T:
        """See the module's `write`."""
        if mine(self.engine) is not None:
            raise TransactionError("write() starts a transaction of its own and cannot be called inside one.")
        if self._closing or self._worker is None or self._worker.done():
            raise Busy(Problem("store_closing"))
        if len(self._waiting) >= self.capacity:
            raise Busy(Problem("store_busy"))
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(job, done))
        self._wake.set()
        return await done

    async def _work(self) -> None:
        try:
            while self._waiting or not self._closing:
                if self._waiting:
                    await self._commit()
                else:
                    self._wake.clear()
                    await self._wake.wait()
        finally:
            for waiting in self._waiting:  # only after a cancelled worker: nobody is left waiting for ever
                _answer(waiting, None, Busy(Problem("store_closing")))
            self._waiting.clear()

    async def _commit(self) -> None:
        """One transaction with as many of the waiting jobs as fit into it."""
        batch, held = _Batch(), Transaction(self.engine)
        try:
            async with held:
                await self._run_jobs(batch)
        except Exception as error:  # noqa: BLE001 - goes to those whose jobs were in the batch
            await self._after_failure(batch, held, error)
        except BaseException:
            self._waiting.extendleft(reversed(batch.taken))  # answered by _work's end
            raise
        else:
            for waiting, (result, own_error) in zip(batch.taken, batch.answers, strict=True):
                _answer(waiting, result, own_error)

    async def _run_jobs(self, batch: _Batch) -> None:
        clock = asyncio.get_running_loop()
        until = clock.time() + BATCH_SECONDS
        while self._waiting and len(batch.taken) < BATCH and (not batch.taken or clock.time() < until):
            if batch.taken and (batch.taken[0].alone or self._waiting[0].alone):
                break
            waiting = self._waiting.popleft()
            if waiting.done.done():
                continue  # its caller went away before it began
            batch.taken.append(waiting)
            batch.answers.append(await self._run_job(waiting.job))

    async def _run_job(self, job: Job[Any]) -> tuple[Any, Exception | None]:
        try:
            async with savepoint(), asyncio.timeout(JOB_SECONDS):
                return await job(), None
        except (*self.engine.conflicts, TransactionLostError):
            raise  # the whole transaction is over, not only this job
        except Exception as error:  # noqa: BLE001 - belongs to the job's caller
            return None, error

    async def _after_failure(self, batch: _Batch, held: Transaction, error: Exception) -> None:
        """The transaction was undone as a whole: each of its jobs is tried again or gets the error."""
        if not batch.taken:  # not even begun (database away or locked): it concerns all who wait
            batch.taken = [self._waiting.popleft() for _ in range(len(self._waiting))]
        together = len(batch.taken) > 1
        again: list[_Waiting] = []
        for waiting in batch.taken:
            waiting.tries += 1
            if isinstance(error, self.engine.integrity) and together:  # a check at COMMIT: find out whose it is
                waiting.alone = True
                again.append(waiting)
            elif _again(error, held, waiting.tries):
                again.append(waiting)
            else:
                _answer(waiting, None, Busy(Problem("store_busy")) if self.engine.is_busy(error) else error)
        self._waiting.extendleft(reversed(again))
        if again:
            await pause(again[0].tries)


def is_conflict(error: BaseException) -> bool:
    """Whether the database gave up only because others were writing: the same may well succeed in a moment."""
    engine = engines.current()
    return isinstance(error, engine.conflicts) or (isinstance(error, Exception) and engine.is_busy(error))


def _again(error: Exception, held: Transaction, tries: int) -> bool:
    """Whether the work may be done once more: a conflict, or a connection lost before COMMIT was sent."""
    if isinstance(error, ValueError):
        return False  # asyncpg's word for a wrong argument is an InterfaceError too
    return tries < TRIES and (
        isinstance(error, held.engine.conflicts) or (isinstance(error, held.engine.broken_off) and not held.commit_sent)
    )


def _answer(waiting: _Waiting, result: Any, error: Exception | None) -> None:
    if waiting.done.done():
        return  # its caller went away
    if error is None:
        waiting.done.set_result(result)
    else:
        waiting.done.set_exception(error)


async def pause(tries: int) -> None:
    """Before the next try: longer each time, and by chance, so that two do not meet again."""
    await asyncio.sleep(PAUSE_SECONDS * tries * (1 + random.random()))  # noqa: S311 - no secret
