"""Running coroutines from code that has no loop, or not one that may be asked."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


def waited(work: Coroutine[Any, Any, Result], loop: asyncio.AbstractEventLoop | None = None) -> Result:
    """What a coroutine answers, run in this loop or one of its own, even while Playwright's waits in this thread."""
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        return loop.run_until_complete(work) if loop else asyncio.run(work)
    finally:
        asyncio._set_running_loop(running)
