"""How long questions about the union tree take at 200,000 organisations, beside fetching one by its primary key.

    python -m benchmarks.organisations [--engine sqlite|postgres] [--units 200000] [--rounds 30]

Each question is one statement through one range of an index; rounds of all questions alternate, so that a slow moment
of the machine hits each alike. Ratios say more than milliseconds. The last two lines write. Knows the tree only.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from foundation.people import organisation_lists, organisation_tree, organisations
from foundation.people.organisation_acts import folded
from foundation.people.organisation_draft import Draft
from foundation.people.organisation_kinds import Kind
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import below, segment
from foundation.store import engines
from foundation.store.migrations import migrate
from foundation.store.transactions import transaction
from tests.cluster import Cluster

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
CITIES, COUNTIES = 12, 100  # counties and parks in all
INSERT = (
    "INSERT INTO organisation (id, parent, path, name, short_name, kind, code, industry, chain, ownership, position, "
    "contact_email, folded, active, created_at) VALUES ({}, {}, {}, {}, '', {}, '', 'C', '', '', 1000, '', {}, {}, {})"
)
Question = Callable[[], Awaitable[Any]]


def rows_of(units: int) -> list[tuple[Any, ...]]:
    """A province: cities, counties, and enterprises spread over the counties, some with branches."""
    paths, rows = {1: "1."}, []

    def add(parent: int, kind: Kind, name: str) -> int:
        one = len(paths) + 1
        paths[one] = paths[parent] + segment(one)
        rows.append((one, parent, paths[one], name, kind.value, folded(Draft(name, Kind.ENTERPRISE)), True, NOW))
        return one

    cities = [add(1, Kind.CITY, f"第{number}市总工会") for number in range(CITIES)]
    counties = [add(cities[number % CITIES], Kind.COUNTY, f"第{number}县总工会") for number in range(COUNTIES)]
    last = 0
    while len(rows) < units - 1:
        number = len(rows)
        branch = last and number % 7 == 0
        made = add(last if branch else counties[number % COUNTIES], Kind.ENTERPRISE, f"第{number}厂有限公司工会")
        last = last if branch else made
    return rows


async def prepared(url: str, units: int) -> "engines.Engine":
    engine = engines.open_engine(url)
    await engine.start()
    engines.use(engine)
    await migrate(engine)
    async with transaction() as held:
        await held.run_many(INSERT, rows_of(units))
    if engine.engine_type == "postgres":
        await engine.run_ddl("SELECT setval('organisation_id_seq', (SELECT max(id) FROM organisation))")
        await engine.run_ddl("VACUUM ANALYZE organisation")
    else:
        await engine.run_ddl("ANALYZE")
    return engine


async def questions() -> dict[str, Question]:
    """What pages ask, by what it is called in the report; the first is what the others are compared with."""
    root, city, county = await organisation_tree.by_ids([1, 2, 2 + CITIES])
    deep = (await Organisation.select(Organisation.id).order_by(Organisation.id, ascending=False).limit(1))[0]["id"]

    async def page_of_children() -> None:
        await organisation_lists.with_counts(
            await organisation_lists.children_after(county, None, closed=False, size=49)
        )

    async def page_of_cities() -> None:
        await organisation_lists.with_counts(await organisation_lists.children_after(root, None, closed=False, size=49))

    async def listing() -> None:
        query = Organisation.select().where(below(Organisation.path, city.path))
        await query.order_by(Organisation.path).limit(50)

    return {
        "one by its primary key": lambda: organisation_tree.by_id(deep),
        "is one below another": lambda: _is_below(deep, city.path),
        "trail of one": lambda: organisation_tree.trail(deep),
        "count below a county": lambda: organisation_tree.count_below(county.path),
        "count below a city": lambda: organisation_tree.count_below(city.path),
        "count below the federation": lambda: organisation_tree.count_below(root.path),
        "first 50 of a city's subtree": listing,
        "50 children with counts": page_of_children,
        "the cities with counts": page_of_cities,
        "search a county, nothing found": lambda: organisation_lists.search("查无此厂", county.path),
        "search a city, nothing found": lambda: organisation_lists.search("查无此厂", city.path),
        "search everything, nothing found": lambda: organisation_lists.search("查无此厂", root.path),
    }


async def _is_below(organisation_id: int, path: str) -> bool:
    found: bool = await Organisation.exists().where(Organisation.id == organisation_id, below(Organisation.path, path))
    return found


async def timed(question: Question) -> float:
    begun = time.perf_counter()
    await question()
    return time.perf_counter() - begun


async def measure(url: str, units: int, rounds: int) -> None:
    engine = await prepared(url, units)
    asked = await questions()
    took: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(rounds):
        for name, question in asked.items():
            took[name].append(await timed(question))
    moved = await organisation_tree.count_below((await organisation_tree.by_ids([2 + CITIES]))[0].path) + 1
    made = [timed(lambda: organisations.create(3, Draft("新厂工会", Kind.ENTERPRISE), "bench", NOW))]
    moves = [timed(lambda to=to: organisations.move(2 + CITIES, to, "bench", NOW)) for to in (3, 2)]  # type: ignore[misc]
    took["add one below a city"] = [await one for one in made]
    took[f"move {moved} of them"] = [await one for one in moves]
    await engine.stop()
    report(engine.engine_type, units, took)


def report(engine: str, units: int, took: dict[str, list[float]]) -> None:
    medians = {name: statistics.median(times) for name, times in took.items()}
    one = next(iter(medians.values()))
    print(f"\n{engine}, {units} organisations{'':<12}     ms    times one row")
    for name, median in medians.items():
        print(f"  {name:<34}{median * 1000:>12.2f}{median / one:>15.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.organisations", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--engine", choices=["sqlite", "postgres"], action="append")
    parser.add_argument("--units", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=30)
    given = parser.parse_args()
    for name in given.engine or ["sqlite", "postgres"]:
        if name == "sqlite":
            with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
                asyncio.run(measure(f"sqlite:///{folder}/bench.sqlite3", given.units, given.rounds))
        else:
            cluster = Cluster(durable=True)
            try:
                asyncio.run(measure(cluster.url(), given.units, given.rounds))
            finally:
                cluster.stop()


if __name__ == "__main__":
    main()
