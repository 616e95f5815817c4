"""Work for tests of jobs: it counts, each step a transaction with an entry in the ledger. As a program, a process that
can be killed: `python -m tests.foundation.work.long_work URL` works on what is due until it dies.
"""

import asyncio
import sys
from datetime import UTC, datetime, timedelta

from foundation.base.problem import N_
from foundation.store import engines, ledger
from foundation.store.transactions import transaction
from foundation.work import job_runner, jobs
from foundation.work.jobs import Kind, Progress


def counting(pause: float = 0.0) -> Kind:
    """Counts to `args["to"]`, with a pause after each step."""

    async def run(progress: Progress) -> str:
        total = progress.args["to"]
        for number in range(progress.state.get("n", 0) + 1, total + 1):
            async with transaction():
                ledger.record(stream="counted", act="test.counted", actor="system", payload={"n": number})
                await progress.done(number, total, {"n": number})
            await asyncio.sleep(pause)
        return f"/counted/{total}"

    return Kind("test.count", N_("Count"), run)


async def main(url: str) -> None:
    jobs.register(counting(0.05))
    engine = engines.open_engine(url)
    await engine.start()
    engines.use(engine)
    await job_runner.run_due(lambda: datetime.now(UTC), timedelta(seconds=30))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
