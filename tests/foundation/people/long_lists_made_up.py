"""Long lists of made-up units. As a program, a process that adds them slowly and can be killed:
`python -m tests.foundation.people.long_lists_made_up URL` works on what is due until it dies.
"""

import asyncio
import sys
from datetime import UTC, datetime, timedelta

from foundation.people import organisation_loading, organisation_long_lists
from foundation.store import bulk, engines
from foundation.store.commit import GroupCommit
from foundation.work import job_runner, jobs

COUNTIES = 20


def text(units: int, *, below: str = "") -> str:
    """A list of `units`: some counties, and enterprises below them, each with its county named by an earlier line."""
    lines = ["单位名称,单位类别,上级工会,职工人数"]
    lines += [f"第{number}县总工会,县（市、区）总工会,{below}," for number in range(min(COUNTIES, units))]
    lines += [
        f"第{number}厂工会,企业工会,第{number % COUNTIES}县总工会,{number % 900 + 1}"
        for number in range(units - COUNTIES)
    ]
    return "\n".join(lines) + "\n"


def slowly(seconds: float, size: int) -> None:
    """Have every chunk hold `size` units and take a while."""
    load = organisation_loading.load

    async def slow(*args, **more):  # type: ignore[no-untyped-def]
        await asyncio.sleep(seconds)
        return await load(*args, **more)

    organisation_loading.load = slow
    bulk.Chunk.__init__.__defaults__ = (size, size, size)


async def main(url: str) -> None:
    assert organisation_long_lists.ADD.code in jobs.KINDS  # as in every process of the registry
    slowly(0.05, 20)
    engine = engines.open_engine(url)
    await engine.start()
    engines.use(engine)
    await GroupCommit(engine).start()
    await job_runner.run_due(lambda: datetime.now(UTC), timedelta(seconds=30))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
