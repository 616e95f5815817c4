"""A list of honours that is being registered, and stands still in the middle. As a program, a process that can be
killed: `python -m tests.craftsmen.honours.long_lists_made_up URL` works on what is due until it dies.
"""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from craftsmen import list_steps
from craftsmen.list_steps import PHASES, PUBLISH, Phase
from craftsmen.rules.lists import Stage
from foundation.store import engines
from foundation.store.commit import GroupCommit
from foundation.work import job_runner, jobs


class StoppedError(RuntimeError):
    """The machine stopped."""


@contextmanager
def stopping(stage: Stage, *, after: int | None = None) -> Iterator[None]:
    """Have the work stop in this stage after so many steps; with None, before its end."""
    real, left = PHASES[stage], after

    async def step(*args: Any) -> tuple[int, int]:
        nonlocal left
        if left is not None:
            if left == 0:
                raise StoppedError
            left -= 1
        return await real.step(*args)

    async def end(*args: Any) -> None:
        raise StoppedError

    PHASES[stage] = Phase(step, end)
    try:
        yield
    finally:
        PHASES[stage] = real


def slowly(seconds: float) -> None:
    """Have every step take a while."""

    def slow(phase: Phase) -> Phase:
        async def step(*args: Any) -> tuple[int, int]:
            await asyncio.sleep(seconds)
            return await phase.step(*args)

        return replace(phase, step=step)

    list_steps.PHASES.update({stage: slow(phase) for stage, phase in PHASES.items()})


async def main(url: str) -> None:
    assert PUBLISH.code in jobs.KINDS  # as in every process of the registry
    slowly(0.05)
    engine = engines.open_engine(url)
    await engine.start()
    engines.use(engine)
    await GroupCommit(engine).start()
    await job_runner.run_due(lambda: datetime.now(UTC), timedelta(seconds=30))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
