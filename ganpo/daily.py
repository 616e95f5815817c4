"""What the running registry does once a day by itself: the heads of the ledger go into a file to be kept elsewhere,
the words of new documents are counted, so that similar texts are looked for by the rare ones, and the tasks of
`daily_tasks.py` have their turn.

Every process writes heads; a task's turn is one process's (`foundation/work/daily.py`).
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from foundation.base.clock import day_of
from foundation.base.problem import Refused
from foundation.store import engines, heads
from foundation.text import frequencies, rebuilding
from foundation.work import daily
from ganpo.daily_tasks import TASKS

log = structlog.get_logger()

AFTER_MIDNIGHT = 60.0  # seconds
NIGHT = 2 * 3600.0  # seconds after midnight
RETRY = 300.0  # seconds after a failure
AFTER_START = 300.0  # seconds until the tasks of a day that has begun: pages come first


@asynccontextmanager
async def daily_heads(folder: Path, zone: str) -> AsyncIterator[None]:
    """Write today's file at start and one more soon after each midnight, while the application runs."""
    async with _running(_every_day(folder, ZoneInfo(zone)), "daily heads of the ledger"):
        yield


@asynccontextmanager
async def nightly_words(zone: str) -> AsyncIterator[None]:
    """Count the words of what is new soon after each midnight, while the application runs. Any process may."""
    async with _running(_every_night(ZoneInfo(zone)), "nightly count of words"):
        yield


@asynccontextmanager
async def daily_work(zone: str) -> AsyncIterator[None]:
    """Begin the day's tasks some minutes after the start and soon after each midnight, while the application runs."""
    async with _running(_work_every_day(ZoneInfo(zone)), "daily work"):
        yield


@asynccontextmanager
async def _running(work: Coroutine[Any, Any, None], name: str) -> AsyncIterator[None]:
    task = asyncio.create_task(work, name=name)
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _every_night(zone: ZoneInfo) -> None:
    wait = NIGHT + seconds_to_midnight(datetime.now(zone))
    while True:
        await asyncio.sleep(wait)
        wait = NIGHT + seconds_to_midnight(datetime.now(zone))
        try:
            if await rebuilding.is_needed():
                log.warning("text_index_outdated", todo="ganpo text rebuild")
            else:
                async for _ in frequencies.refresh():
                    pass
        except (Refused, *engines.current().errors) as error:  # a database that is away: say so, go on
            log.error("words_not_counted", error=str(error))
            wait = RETRY


async def _every_day(folder: Path, zone: ZoneInfo) -> None:
    while True:
        wait = AFTER_MIDNIGHT + seconds_to_midnight(datetime.now(zone))
        try:
            await heads.write_heads(folder, datetime.now(zone))
        except (Refused, *engines.current().errors) as error:  # a full disk, a database that is away: say so, go on
            log.error("heads_not_written", folder=str(folder), error=str(error))
            wait = RETRY
        await asyncio.sleep(wait)


async def _work_every_day(zone: ZoneInfo) -> None:
    wait = min(AFTER_START, AFTER_MIDNIGHT + seconds_to_midnight(datetime.now(zone)))
    while True:
        await asyncio.sleep(wait)
        now = datetime.now(zone)
        wait = AFTER_MIDNIGHT + seconds_to_midnight(now)
        try:
            if begun := await daily.begin(TASKS, day_of(now), now.astimezone(UTC)):
                log.info("daily_begun", day=day_of(now).isoformat(), tasks=begun)
        except (Refused, *engines.current().errors) as error:
            log.error("daily_not_begun", error=str(error))
            wait = RETRY


def seconds_to_midnight(now: datetime) -> float:
    """How long until the next day begins in the zone of `now`."""
    tomorrow = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return (tomorrow.astimezone(UTC) - now.astimezone(UTC)).total_seconds()
