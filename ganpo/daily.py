"""What the running registry does once a day by itself: the heads of the ledger go into a file to be kept elsewhere."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog

from foundation.base.problem import Refused
from foundation.store import engines, heads

log = structlog.get_logger()

AFTER_MIDNIGHT = 60.0  # seconds
RETRY = 300.0  # seconds after a failure


@asynccontextmanager
async def daily_heads(folder: Path, zone: str) -> AsyncIterator[None]:
    """Write today's file at start and one more soon after each midnight, while the application runs."""
    task = asyncio.create_task(_every_day(folder, ZoneInfo(zone)), name="daily heads of the ledger")
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _every_day(folder: Path, zone: ZoneInfo) -> None:
    while True:
        wait = AFTER_MIDNIGHT + seconds_to_midnight(datetime.now(zone))
        try:
            await heads.write_heads(folder, datetime.now(zone))
        except (Refused, *engines.current().errors) as error:  # a full disk, a database that is away: say so, go on
            log.error("heads_not_written", folder=str(folder), error=str(error))
            wait = RETRY
        await asyncio.sleep(wait)


def seconds_to_midnight(now: datetime) -> float:
    """How long until the next day begins in the zone of `now`."""
    tomorrow = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return (tomorrow.astimezone(UTC) - now.astimezone(UTC)).total_seconds()
