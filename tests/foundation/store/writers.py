"""A second process for the tests: `python -m tests.foundation.store.writers MODE URL …`.

acknowledge URL         writes for ever through the group commit, printing each number once it is acknowledged
streams URL NAME COUNT  COUNT jobs, each recording in several of the same few streams, and prints "done"
migrate URL             waits for a line on stdin, migrates and prints how many migrations it ran
"""

import asyncio
import itertools
import random
import sys

from piccolo.columns import Integer, Varchar
from piccolo.table import Table

from foundation.store import engines
from foundation.store.commit import GroupCommit
from foundation.store.ledger import record
from foundation.store.migrations import migrate

STREAMS = [f"contest:{number}" for number in range(8)]


class Kept(Table, tablename="test_kept"):
    """One row for each job that was to be saved."""

    number = Integer()
    writer = Varchar()


async def acknowledge(group: GroupCommit) -> None:
    numbers = itertools.count(1)

    async def judge() -> None:
        for number in numbers:

            async def job(number: int = number) -> None:
                await Kept.insert(Kept(number=number, writer="judge"))
                record(stream=random.choice(STREAMS), act="mark.give", actor="account:7", payload={"number": number})

            await group.write(job)
            print(number, flush=True)

    await asyncio.gather(*(judge() for _ in range(20)))


async def streams(group: GroupCommit, name: str, count: int) -> None:
    async def one(number: int) -> None:
        async def job() -> None:
            await Kept.insert(Kept(number=number, writer=name))
            for stream in random.sample(STREAMS, 3):
                record(stream=stream, act="mark.give", actor=name, payload={"number": number})

        await group.write(job)

    async def worker(numbers: "itertools.count[int]") -> None:
        while (number := next(numbers)) <= count:
            await one(number)

    numbers = itertools.count(1)
    await asyncio.gather(*(worker(numbers) for _ in range(10)))
    print("done", flush=True)


async def main(mode: str, url: str, *more: str) -> None:
    engine = engines.open_engine(url)
    await engine.start()
    engines.use(engine)
    if mode == "migrate":
        sys.stdin.readline()
        print(len(await migrate(engine)))
    else:
        group = GroupCommit(engine)
        await group.start()
        if mode == "acknowledge":
            await acknowledge(group)
        else:
            await streams(group, more[0], int(more[1]))
        await group.stop()
    await engine.stop()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
