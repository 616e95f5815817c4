"""How long a year's figures take over the federation's five years of proposals, beside one proposal by its key.

    python -m benchmarks.figures [--engine sqlite|postgres] [--proposals 400000] [--rounds 3]

The federation's five years are `--proposals 1560000`: some minutes an engine. A unit with one great
sheet, a county, a city and the federation ask for a year; few units send most. A third are carried out, a sixth
rewarded. Ratios say more than milliseconds. Knows proposals and organisations only.
"""

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.organisations import CITIES, COUNTIES, NOW, prepared
from foundation.people import accounts, sessions
from foundation.people.sessions import SignedIn
from foundation.store import engines
from foundation.store.transactions import transaction
from innovations import proposal_figures
from innovations.may import SEE_PROPOSALS
from innovations.proposal_tables import Proposal
from tests.cluster import Cluster

ZONE = ZoneInfo("Asia/Shanghai")
UNITS, YEARS, YEAR = 3_000, 5, 2024
FIRST = 2 + CITIES + COUNTIES  # the id of the first unit
TEXT = "夜班码放不一，倒窑每月三次，返工多、等待久，交接时说不清楚，新来的人也不知道怎么放。" * 4
PROPOSAL = (
    "INSERT INTO proposal (organisation, title, problem, suggestion, kind, name, folded, others, place, phone_hash, "
    "receipt_hash, stage, desk, revision, drafted_at, handed_in_at, adopted_at, changed_at) VALUES "
    "({}, '窑车码放图上墙', {}, {}, 'process', {}, {}, '', '烧成车间', '', {}, {}, '', 1, {}, {}, {}, {})"
)
DONE = (
    "INSERT INTO proposal_outcome (proposal, done, done_on, claimed, working, uncounted, stated_by, stated_at, "
    "verified) SELECT id, '贴了图', '2024-01-01', 12860000, '少倒窑', '', 1, changed_at, "
    "CASE WHEN id % 2 = 0 THEN 9742000 END FROM proposal WHERE stage IN ('rewarded', 'verified')"
)
REWARDED = (
    "INSERT INTO proposal_reward (proposal, rule, rule_digest, rule_day, tier, amount, reason, awarded_by, awarded_at) "
    "SELECT id, '', '', '2024-01-01', '', 50000, '', 1, changed_at FROM proposal WHERE stage = 'rewarded'"
)
STAGES = ("rewarded", "verified", "not_adopted", "closed", "adopted", "submitted")


def rows(proposals: int) -> Iterator[tuple[Any, ...]]:
    """Five years of them; a unit's number by a cube, so that few units have most."""
    chance = random.Random(1)
    for number in range(proposals):
        unit = FIRST + int(UNITS * chance.random() ** 3)
        day = NOW.replace(year=YEAR - chance.randrange(YEARS)) + timedelta(days=chance.randrange(300))
        name, stage = f"职工{chance.randrange(2_000)}", STAGES[number % len(STAGES)]
        adopted = day if stage in ("rewarded", "verified", "adopted") else None
        yield unit, TEXT, TEXT, name, name, f"receipt {number}", stage, day, day, adopted, day


async def fill(engine: "engines.Engine", proposals: int) -> None:
    part: list[tuple[Any, ...]] = []
    for row in rows(proposals):
        part.append(row)
        if len(part) == 20_000:
            async with transaction() as held:
                await held.run_many(PROPOSAL, part)
            part = []
    async with transaction() as held:
        if part:
            await held.run_many(PROPOSAL, part)
        for sql in (DONE, REWARDED):
            await Proposal.raw(sql)
    for table in ("proposal", "proposal_outcome", "proposal_reward"):
        await engine.run_ddl(f"{'VACUUM ' if engine.engine_type == 'postgres' else ''}ANALYZE {table}")


async def readers() -> dict[str, SignedIn]:
    """An officer of each kind of organisation."""
    found = {}
    for name, place in (("unit", FIRST), ("county", 2 + CITIES), ("city", 2), ("federation", 1)):
        number, _ = await accounts.create_account(name, name, ["officer"], "bench", NOW, organisation_id=place)
        token = await sessions.open_session(number, NOW)
        user = await sessions.from_token(token, NOW)
        assert user is not None
        found[name] = user
    return found


async def measure(url: str, proposals: int, rounds: int) -> None:
    engine = await prepared(url, UNITS + FIRST)
    begun = time.perf_counter()
    await fill(engine, proposals)
    print(f"\n{engine.engine_type}: {proposals} proposals in {time.perf_counter() - begun:.0f} s")
    users = await readers()
    took: dict[str, list[float]] = {name: [] for name in ("one by its key", *users)}
    counted = {}
    for _ in range(rounds):
        started = time.perf_counter()
        await Proposal.select().where(Proposal.id == proposals // 2)
        took["one by its key"].append(time.perf_counter() - started)
        for name, user in users.items():
            started = time.perf_counter()
            counted[name] = (await proposal_figures.of_year(user, SEE_PROPOSALS, YEAR, ZONE)).whole.handed_in
            took[name].append(time.perf_counter() - started)
    one = statistics.median(took["one by its key"])
    for name, times in took.items():
        middle = statistics.median(times)
        print(
            f"  {name:<16}{counted.get(name, 1):>9} counted{middle * 1000:>10.1f} ms{middle / one:>10.0f} times one row"
        )
    await engine.stop()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.figures", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--engine", choices=["sqlite", "postgres"], action="append")
    parser.add_argument("--proposals", type=int, default=400_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    for name in given.engine or ["sqlite", "postgres"]:
        if name == "sqlite":
            with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
                asyncio.run(measure(f"sqlite:///{folder}/bench.sqlite3", given.proposals, given.rounds))
        else:
            cluster = Cluster(durable=True)
            try:
                asyncio.run(measure(cluster.url(), given.proposals, given.rounds))
            finally:
                cluster.stop()


if __name__ == "__main__":
    main()
