"""How long searches, similar texts and submissions take, and how large the index is, at any number of documents.

    python -m benchmarks.search [--engine sqlite|postgres] [--proposals 95000] [--innovations 5000] [--asked 200]

The federation's five years are `--proposals 1560000 --innovations 82700`: ten minutes and more an engine. Documents
come from `_proposals` and through `index.put`, as a sheet would. Each question is asked of the database anew, by one
process, as four people who see different parts; medians and 99th percentiles are of single answers. Likeness is
asked about texts that were edited lightly, in part and heavily, and counts as found where the text that was edited is
among the first five, or five others are no less alike (displaced). `own` is the process's own processor time.
"""

import argparse
import asyncio
import os
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import _proposals
from foundation.store import commit, engines
from foundation.store.migrations import migrate
from foundation.store.transactions import transaction
from foundation.text import frequencies, index, rebuilding, search, similar, tokens
from foundation.text.bands import Range
from foundation.text.index import Document
from foundation.text.search import EVERYTHING, Wanted, Word
from tests.cluster import Cluster

CHUNK = 1_000
SAMPLED = 900  # documents that are asked about later
SEEN = (EVERYTHING, (("public",),), (("public", "u5"),), (("public", "u1000"),), (("u1400",),))
ONE = "one character"
Question = Callable[[], Awaitable[Any]]


async def load(proposals: int, innovations: int) -> list[_proposals.Made]:
    """Put all documents in; answers some of them, spread evenly."""
    total, begun, kept = proposals + innovations, time.perf_counter(), []
    every, chunk = max(total // SAMPLED, 1), []
    for number, one in enumerate(_proposals.made(proposals, innovations)):
        chunk.append(one.document)
        if number % every == every // 2:
            kept.append(one)
        if len(chunk) == CHUNK or number == total - 1:
            async with transaction():
                await index.put(*chunk)
            chunk = []
    took = time.perf_counter() - begun
    print(f"  loaded {total} documents in {took:.0f} s, {total / took:.0f} a second, making them included")
    return kept


async def count_terms() -> None:
    begun = time.perf_counter()
    async for _ in frequencies.refresh():
        pass
    print(f"  frequencies counted in {time.perf_counter() - begun:.0f} s")


async def sizes(engine: engines.Engine) -> None:
    """How much the index takes on the disk, by part."""
    if engine.engine_type == "postgres":
        rows = await engine.run_ddl(
            "SELECT relname AS name, pg_relation_size(oid) AS size FROM pg_class WHERE relname LIKE 'text\\_%'"
        )
    else:
        await engine.run_ddl("PRAGMA wal_checkpoint(TRUNCATE)")
        rows = await engine.run_ddl(
            "SELECT name, sum(pgsize) AS size FROM dbstat WHERE name LIKE 'text\\_%' ESCAPE '\\' GROUP BY 1"
        )
    parts = sorted(((row["size"] / 1e6, row["name"]) for row in rows), reverse=True)
    print(
        f"  size {sum(size for size, _ in parts):.0f} MB: "
        + ", ".join(f"{name} {size:.0f}" for size, name in parts if size >= 1)
    )


def wishes(chance: random.Random, kept: list[_proposals.Made]) -> dict[str, Callable[[], Wanted]]:
    """What people look for, by what it is called in the report."""
    lists = _proposals.words()

    def of_text() -> str:
        return tokens.folded(chance.choice(kept).document.words)

    def word(text: str, **more: Any) -> Word:
        return Word(tokens.folded(text), **more)

    def two_characters() -> Wanted:
        pairs = [term for term in tokens.terms(of_text()) if len(term) == 2]
        return Wanted((Word(chance.choice(pairs)),))

    def two_words() -> Wanted:
        one = chance.choice(kept).parts
        return Wanted(tuple(word(part) for part in chance.sample([part for part in one if len(part) > 1], 2)))

    def phrase() -> Wanted:
        runs = [run for run in of_text().split() if len(run) >= 4]
        run = chance.choice(runs)
        start = chance.randrange(len(run) - 3)
        return Wanted((Word(run[start : start + 4], phrase=True),))

    def faceted() -> Wanted:
        facets = ((f"y{chance.choice(_proposals.YEARS)}",), (f"c{chance.randrange(1, 21)}",))
        return Wanted((word(lists.things.draw(chance)),), facets[: chance.choice((1, 2))])

    def amount() -> Wanted:
        low = chance.choice((10_000_00, 100_000_00, 123_456_00, chance.randrange(1, 10**8)))
        high = chance.choice((None, low * 2, low + 500_000))
        return Wanted((word(lists.doings.draw(chance)),), value=Range(low, high))

    return {
        "two characters of a text": two_characters,
        "a frequent word": lambda: Wanted((word(chance.choice(_proposals.THINGS[:12])),)),
        "a rare word or name": lambda: Wanted((word(chance.choice(lists.tail.things)),)),
        "two words of a text": two_words,
        "a word, year, category": faceted,
        "a phrase of four": phrase,
        "a word and a range": amount,
        "no word, a unit": lambda: Wanted(facets=((f"u{chance.randrange(1000, 4000)}",),)),
        ONE: lambda: Wanted((Word(chance.choice(chance.choice(of_text().split()))),)),
    }


class Took:
    """How long answers took: on the wall, and of this process's own processor time, which a busy machine does not
    lengthen (on SQLite that is all there is; PostgreSQL works elsewhere)."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.own: list[float] = []

    async def ask(self, question: Question) -> Any:
        wall, own = time.perf_counter(), time.process_time()
        answer = await question()
        self.wall.append((time.perf_counter() - wall) * 1000)
        self.own.append((time.process_time() - own) * 1000)
        return answer

    def report(self, name: str, more: str = "") -> None:
        wall, own = sorted(self.wall), sorted(self.own)
        p99 = min(int(len(wall) * 0.99), len(wall) - 1)
        figures = (statistics.median(wall), wall[p99], wall[-1], statistics.median(own), own[p99])
        print(f"  {name:<36}" + "".join(f"{figure:>9.1f}" for figure in figures) + f"   {more}", flush=True)


async def searches(kept: list[_proposals.Made], asked: int) -> None:
    chance = random.Random(3)
    titles = ("median", "p99", "longest", "own", "own p99")
    print(f"  {'milliseconds':<36}" + "".join(f"{title:>9}" for title in titles))
    everything = Took()
    for name, wish in wishes(chance, kept).items():
        newest, best, facets, counts = Took(), Took(), Took(), []
        for number in range(asked):
            one, seen = wish(), SEEN[number % len(SEEN)]
            found = await newest.ask(lambda: search.newest(one, seen))  # noqa: B023 - asked at once
            counts.append(found.count)
            if number % 4 == 0:
                await best.ask(lambda: search.best(one, seen))  # noqa: B023
                await facets.ask(lambda: search.facets(one, seen, ["y", "c", "s"]))  # noqa: B023
        newest.report(
            f"newest 20: {name}", f"hits {statistics.median(counts):.0f} in the middle, {max(counts)} at most"
        )
        best.report("  best 20")
        facets.report("  facets")
        if name != ONE:
            everything.wall += newest.wall
            everything.own += newest.own
    everything.report("newest 20: all but one character")


async def likeness(kept: list[_proposals.Made], asked: int) -> None:
    lists, chance = _proposals.words(), random.Random(5)
    chosen = [one for one in kept if one.document.kind == "p"]
    for name, edits in _proposals.EDITS.items():
        took, found, displaced, alike = Took(), 0, 0, []
        for one in chance.sample(chosen, min(asked, len(chosen))):
            text = "".join(_proposals.edited(chance, lists, one.parts, edits))
            told = await took.ask(lambda: similar.similar(text, EVERYTHING))  # noqa: B023
            alike.append(real := _jaccard(text, one.document.words))
            if any((each.kind, each.item) == ("p", one.document.item) for each in told):
                found += 1
            elif len(told) == 5 and float(told[-1].likeness) >= real:
                displaced += 1
        part = (found + displaced) / len(alike)
        middle = statistics.median(alike)
        took.report(f"similar: {name} edits", f"recall@5 {part:.3f} ({displaced} displaced), Jaccard {middle:.2f}")
    took = Took()
    for one in chosen[:asked]:
        await took.ask(lambda: similar.repeats([one.document.words], EVERYTHING))  # noqa: B023
    took.report("the same text again")


def _jaccard(one: str, other: str) -> float:
    ours, theirs = tokens.terms(tokens.folded(one)).keys(), tokens.terms(tokens.folded(other)).keys()
    return len(ours & theirs) / len(ours | theirs)


async def submissions(kept: list[_proposals.Made], asked: int) -> None:
    """One after the other through the group commit, with a row of its own, as a form would."""
    chance, lists, took = random.Random(9), _proposals.words(), Took()
    await engines.current().run_ddl("CREATE TABLE submitted (id INTEGER PRIMARY KEY, words TEXT, at TEXT)")
    group = commit.GroupCommit()
    await group.start()
    for item in range(asked):
        words = "".join(_proposals.parts(chance, lists, 1))
        document = Document("p", 10_000_000 + item, words, kept[item % len(kept)].document.facets)
        await took.ask(lambda: commit.write(_submission(document)))  # noqa: B023
    await group.stop()
    took.report("a submission with its index")


def _submission(document: Document) -> Callable[[], Awaitable[None]]:
    async def job() -> None:
        held = engines.current().current_transaction.get()
        assert held is not None
        at = datetime.now(UTC).isoformat()
        await held.run("INSERT INTO submitted (id, words, at) VALUES ({}, {}, {})", document.item, document.words, at)
        await index.put(document)

    return job


async def measure(url: str, given: argparse.Namespace) -> None:
    engine = engines.open_engine(url)
    await engine.start()
    engines.use(engine)
    await migrate(engine)
    print(
        f"\n{engine.engine_type}, {given.proposals} proposals, {given.innovations} innovations; "
        f"load {os.getloadavg()[0]:.1f}"
    )
    kept = await load(given.proposals, given.innovations)
    await count_terms()
    if engine.engine_type == "postgres":
        await engine.run_ddl("VACUUM ANALYZE")
    await sizes(engine)
    await searches(kept, given.asked)
    await likeness(kept, given.asked)
    await submissions(kept, given.asked * 5)
    begun = time.perf_counter()
    async for _ in rebuilding.rebuild():
        pass
    print(f"  made anew, and counted, in {time.perf_counter() - begun:.0f} s; load {os.getloadavg()[0]:.1f}")
    await sizes(engine)
    await engine.stop()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--engine", choices=["sqlite", "postgres"], action="append")
    parser.add_argument("--proposals", type=int, default=95_000)
    parser.add_argument("--innovations", type=int, default=5_000)
    parser.add_argument("--asked", type=int, default=200, help="questions of a kind")
    given = parser.parse_args()
    for name in given.engine or ["sqlite", "postgres"]:
        if name == "sqlite":
            with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
                asyncio.run(measure(f"sqlite:///{folder}/bench.sqlite3", given))
        else:
            cluster = Cluster(durable=True)
            try:
                asyncio.run(measure(cluster.url(), given))
            finally:
                cluster.stop()


if __name__ == "__main__":
    main()
