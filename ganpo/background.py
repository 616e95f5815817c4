"""What the running registry does by itself: it delivers messages and works on jobs, each in a task of its own.

Knows when to look (at once after something was written in this process, else every few seconds), what to do while
the database is away, and how to stop. A task that dies of a fault of ours takes no judge's pad with it, but does not
end in silence: it stands in the log at the highest level and in `Background.fault` (in `app.state.background`), and
the process ends with that error when it is stopped.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import Context
from dataclasses import dataclass, field
from datetime import UTC, datetime

import structlog

from foundation.base.problem import Refused
from foundation.base.settings import Settings
from foundation.process import sheets
from foundation.store import engines
from foundation.store.transactions import settled
from foundation.work import job_runner, outbox
from foundation.work.waking import on_wake
from innovations import proposals

log = structlog.get_logger()

EVERY = 5.0  # seconds between looks, for what another process wrote or a pause let wait
AFTER_TROUBLE = 2.0  # seconds, doubled up to a minute, while the database does not answer
LONGEST = 60.0
FORGETTING = 3600.0  # seconds between looks for what is to be forgotten


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Background:
    """The tasks while they run; `fault` is what one of them died of."""

    fault: BaseException | None = None
    tasks: list[asyncio.Task[None]] = field(default_factory=list)


@asynccontextmanager
async def background(settings: Settings) -> AsyncIterator[Background]:
    """Deliver and work while the application runs; stop within a second. Raises at the end what a task died of."""
    running = Background()
    outbox.use(settings)
    forget = _Forgetful()

    async def deliver() -> None:
        await outbox.deliver_due(settings, _now)
        await forget.now_and_then()

    async def work() -> None:
        await job_runner.run_due(_now)

    for name, look in (("outbox", deliver), ("jobs", work)):
        task = asyncio.create_task(_forever(name, look), name=name, context=Context())
        task.add_done_callback(lambda ended: _told(running, ended))
        running.tasks.append(task)
    try:
        yield running
    finally:
        outbox.use(None)
        for task in running.tasks:
            task.cancel()
        await settled(_ended(running.tasks))
    if running.fault is not None:
        raise RuntimeError("A background task of this process had died.") from running.fault


async def _ended(tasks: list[asyncio.Task[None]]) -> None:
    await asyncio.wait(tasks)


def _told(running: Background, task: asyncio.Task[None]) -> None:
    if task.cancelled():
        return
    running.fault = task.exception() or RuntimeError(f"{task.get_name()} ended by itself")
    log.critical("background_died", task=task.get_name(), exc_info=running.fault)


async def _forever(name: str, look: Callable[[], Awaitable[None]]) -> None:
    """Look, sleep, look again; a database that is away is asked again, ever more patiently."""
    woken = asyncio.Event()
    no_more = on_wake(woken.set)
    trouble = AFTER_TROUBLE
    try:
        while True:
            woken.clear()
            try:
                await look()
            except _away() as error:
                log.warning("background_trouble", task=name, error=str(error))
                await asyncio.sleep(trouble)
                trouble = min(trouble * 2, LONGEST)
                continue
            trouble = AFTER_TROUBLE
            await _first_of(woken, EVERY)
    finally:
        no_more()


def _away() -> tuple[type[Exception], ...]:
    """What a database says that is away for a while; a ValueError is more often a fault of ours."""
    return (Refused, *(kind for kind in engines.current().errors if kind is not ValueError))


async def _first_of(woken: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await woken.wait()
    except TimeoutError:
        return


class _Forgetful:
    """Old messages, drafts that nobody went on writing and sheets that nobody took in go once an hour."""

    def __init__(self) -> None:
        self._next = 0.0

    async def now_and_then(self) -> None:
        clock = asyncio.get_running_loop().time()
        if clock >= self._next:
            await outbox.forget_ended(_now())
            await proposals.forget_drafts(_now())
            await sheets.forget_old(_now())
            self._next = clock + FORGETTING
