"""How many marks a second: the group commit beside one transaction for each mark, in the same run.

    python -m benchmarks.commit [--engine sqlite|postgres] [--judges 100] [--marks 3000] [--rounds 3]

Each judge sends the next mark when the last was acknowledged. A mark is one row with a unique id and one ledger
entry, on a durable disk (fsync on). Rounds alternate, so that a slow moment of the machine hits both. Knows the
store only; the numbers depend on the disk, the ratios less so.
"""

import argparse
import asyncio
import itertools
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from piccolo.columns import Integer, Varchar
from piccolo.table import Table

from foundation.store import engines
from foundation.store.commit import GroupCommit
from foundation.store.ledger import record
from foundation.store.ledger_verify import verify
from foundation.store.migrations import migrate
from foundation.store.transactions import transaction
from tests.cluster import Cluster

Job = Callable[[], Awaitable[None]]
Write = Callable[[Job], Awaitable[None]]


class BenchMark(Table, tablename="bench_mark"):
    """As much as a mark needs."""

    client_id = Varchar(length=80)
    entry = Integer()
    value = Integer()


@dataclass(slots=True)
class Measured:
    """Marks, seconds of all rounds, and how long each mark took (seconds)."""

    seconds: float = 0
    waits: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return len(self.waits) / self.seconds

    def percentile(self, percent: int) -> float:
        return statistics.quantiles(self.waits, n=100)[percent - 1] * 1000


async def mark(number: int) -> None:
    await BenchMark.insert(BenchMark(client_id=f"device-{number}", entry=number % 100, value=92500))
    record(stream=f"contest:{number % 5}", act="mark.give", actor="account:7", payload={"mark": number})


async def round_of(write: Write, judges: int, marks: int, numbers: "itertools.count[int]", into: Measured) -> None:
    left = itertools.count()

    async def judge() -> None:
        while next(left) < marks:
            number = next(numbers)
            begun = time.perf_counter()
            await write(lambda: mark(number))  # noqa: B023 - awaited before the next turn
            into.waits.append(time.perf_counter() - begun)

    begun = time.perf_counter()
    await asyncio.gather(*(judge() for _ in range(judges)))
    into.seconds += time.perf_counter() - begun


async def alone(job: Job) -> None:
    async with transaction():
        await job()


async def measure(url: str, judges: int, marks: int, rounds: int) -> None:
    engine = engines.open_engine(url)
    await engine.start()
    await migrate(engine)
    await BenchMark.create_table()
    await engine.run_ddl("CREATE UNIQUE INDEX bench_mark_client_id ON bench_mark (client_id)")
    group = GroupCommit(engine)
    await group.start()
    numbers = itertools.count()
    results = {"one transaction each": Measured(), "group commit": Measured()}
    writes: dict[str, Write] = {"one transaction each": alone, "group commit": group.write}
    for _ in range(rounds):
        for name, measured in results.items():
            await round_of(writes[name], judges, marks, numbers, measured)
    await group.stop()
    assert await verify() == []
    assert await BenchMark.count() == 2 * rounds * marks
    await engine.stop()
    report(engine.engine_type, judges, results)


def report(engine: str, judges: int, results: dict[str, Measured]) -> None:
    print(f"\n{engine}, {judges} judges{'':<12}  marks/s     p50 ms     p99 ms")
    for name, one in results.items():
        print(f"  {name:<30}{one.rate:>9.0f}{one.percentile(50):>11.1f}{one.percentile(99):>11.1f}")
    single, grouped = results.values()
    ratios = (grouped.rate / single.rate, single.percentile(50) / grouped.percentile(50),
              single.percentile(99) / grouped.percentile(99))  # fmt: skip
    print(f"  {'times better':<30}{ratios[0]:>9.1f}{ratios[1]:>11.1f}{ratios[2]:>11.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.commit", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--engine", choices=["sqlite", "postgres"], action="append")
    parser.add_argument("--judges", type=int, default=100)
    parser.add_argument("--marks", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    for name in given.engine or ["sqlite", "postgres"]:
        if name == "sqlite":
            with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
                asyncio.run(measure(f"sqlite:///{folder}/bench.sqlite3", given.judges, given.marks, given.rounds))
        else:
            cluster = Cluster(durable=True)
            try:
                asyncio.run(measure(cluster.url(), given.judges, given.marks, given.rounds))
            finally:
                cluster.stop()


if __name__ == "__main__":
    main()
