"""Waiting until somebody on PostgreSQL waits for a lock: how a test orders two transactions without sleeping."""

import asyncio
from typing import Any

_WAITERS = """
    SELECT count(*) AS waiting FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'"""


async def until_somebody_waits(database: Any, seconds: float = 30) -> None:
    """Outside any transaction; raises TimeoutError where nobody comes to wait."""
    async with asyncio.timeout(seconds):
        while not (await database.run_ddl(_WAITERS))[0]["waiting"]:  # noqa: ASYNC110 - what is waited for is in the database
            await asyncio.sleep(0.005)
