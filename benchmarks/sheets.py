"""How long a sheet of 50,000 proposals takes from the file to being visible and back, and how long others wait.

    python -m benchmarks.sheets [--rows 50000] [--url postgresql://…]

On SQLite unless told otherwise, with the group commit as the registry runs it. Meanwhile somebody saves a mark's worth
of ledger again and again, as a judge would; what they wait for is measured, COMMIT included. Memory is the highest that
this process and the processes that read and write workbooks came to. Then some of the rows are compared with the
others, which are all much alike, the worst there is. Ends with code 1 where an aim is missed.
"""

import argparse
import asyncio
import io
import resource
import sys
import tempfile
import time
from collections.abc import Awaitable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

import ganpo.app  # every kind is known, as in the registry
from foundation.papers.sheet_columns import Choice, Code, Column, Day, IdNumber, Money, Phone, Whole
from foundation.people.sessions import Hat, SignedIn
from foundation.process import sheet_copies, sheet_reads, sheets
from foundation.process.rules.sheets import Stage
from foundation.process.sheet_tables import Sheet
from foundation.store import engines, ledger
from foundation.store.commit import GroupCommit, write
from foundation.store.migrations import migrate
from foundation.work import job_runner, jobs
from innovations.proposal_comparing_tables import ProposalComparison
from innovations.proposal_sheets import PROPOSALS

SECONDS, WAIT_P99_MS, MEMORY_MB = 120.0, 60.0, 700.0
COMPARING = 20.0  # seconds
EVERY = 0.05  # seconds between two marks
ALONE = 3.0  # seconds in which marks are saved and nothing else: what this machine is like just now
ACCOUNT = 1
ALIKE = {"state": "已提交", "reason": None, "claimed": None, "uncounted": None}  # what would depend on each other
Times = dict[str, tuple[float, float]]  # seconds by the clock, and of this process's own work


def value(column: Column, number: int) -> Any:
    """Something that a column may hold; ID numbers and telephones are left empty."""
    if column.name in ALIKE:
        return ALIKE[column.name]
    match column.holds:
        case Choice(options):
            return options[number % len(options)].label if column.required else None
        case Whole(least=least):
            return least + number % 50
        case Money():
            return (number % 400) / 100
        case Day():
            return f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}"
        case Code() | IdNumber() | Phone():
            return None
    return f"第{number}号：{column.heading}，窑车码放图上墙减少倒窑"[:60]


def book(count: int) -> bytes:
    """A sheet as an office sends it: some rows lack a cell, some are there twice."""
    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file, {"constant_memory": True})
    page = workbook.add_worksheet()
    page.write_row(0, 0, ["合理化建议汇总表"])
    page.write_row(1, 0, ["序号", *(column.heading for column in PROPOSALS.columns)])
    for number in range(count):
        said = number - 100 if number % 200 == 199 else number
        cells = [value(column, said) for column in PROPOSALS.columns]
        cells[0] = None if number % 1000 == 999 else cells[0]
        page.write_row(number + 2, 0, [number + 1, *cells])
    workbook.close()
    return file.getvalue()


async def timed(times: Times, name: str, work: Awaitable[Any]) -> Any:
    began, worked = time.perf_counter(), time.process_time()
    try:
        return await work
    finally:
        times[name] = time.perf_counter() - began, time.process_time() - worked
        print(f"  {name:20} {times[name][0]:8.1f} s   of them at work {times[name][1]:.1f} s", flush=True)


async def judge(waits: list[float]) -> None:
    """Save, wait a little, save again."""

    async def mark() -> None:
        ledger.record(stream="bench:1", act="bench.mark", actor="system", payload={})

    while True:
        began = time.perf_counter()
        await write(mark)
        waits.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(EVERY)


async def until_visible(sheet_id: int) -> None:
    """Work until the sheet is shown; what is begun then is left to later."""
    working = asyncio.create_task(job_runner.run_due(lambda: datetime.now(UTC)))
    while (await Sheet.select(Sheet.stage).where(Sheet.id == sheet_id))[0]["stage"] != Stage.VISIBLE:
        if working.done():
            raise RuntimeError("the sheet was not taken in")
        await asyncio.sleep(0.1)
    await stopped(working)


async def some_compared(sheet_id: int) -> None:
    """How many rows a second are compared with the others; then whoever began it stops it."""
    working, began = asyncio.create_task(job_runner.run_due(lambda: datetime.now(UTC))), time.perf_counter()
    await asyncio.wait({working}, timeout=COMPARING)
    await stopped(working)
    row = (await ProposalComparison.select().where(ProposalComparison.sheet == sheet_id))[0]
    print(f"  compared a second    {row['done'] / (time.perf_counter() - began):8.0f} rows")
    if row["done"] < row["total"]:
        await jobs.cancel(row["job"], ACCOUNT, datetime.now(UTC))


async def stopped(working: "asyncio.Task[int]") -> None:
    """End work as a process does that is told to stop: its job is given back."""
    working.cancel()
    await asyncio.wait({working})


async def run(url: str, path: Path) -> tuple[Times, list[float]]:
    times: Times = {}
    waits: list[float] = []
    engine = engines.open_engine(url)
    engines.use(engine)
    await engine.start()
    await migrate(engine)
    await GroupCommit(engine).start()
    marking = asyncio.create_task(judge(waits))
    await asyncio.sleep(ALONE)
    print(f"  a mark before it     {at(waits, 50):8.1f} ms   p99 {at(waits, 99):.1f}")
    waits.clear()
    user = SignedIn(ACCOUNT, "bench", "", 1, Hat(1, "", "1.", frozenset()))
    try:
        now = datetime.now(UTC)
        sheet_id = await timed(times, "kept", sheets.take_in(PROPOSALS, path.name, path, 1, ACCOUNT, now))
        await timed(times, "read and checked", job_runner.run_due(lambda: datetime.now(UTC)))
        one = await sheet_reads.for_unit(user, PROPOSALS, sheet_id)
        print(f"  {one.size} rows, {one.wrong} to be mended, {one.again} there already")
        assert one.stage is Stage.CHECKED
        await timed(times, "copy in red", sheet_copies.annotated(one, lambda problem: problem.code, only_wrong=False))
        await sheets.take(one, without_wrong=True, by=ACCOUNT, now=datetime.now(UTC))
        await timed(times, "taken in", until_visible(sheet_id))
        await timed(times, "compared, some of it", some_compared(sheet_id))
        one = await sheet_reads.for_unit(user, PROPOSALS, sheet_id)
        assert one.stage is Stage.VISIBLE
        same = await timed(times, "kept again", sheets.take_in(PROPOSALS, path.name, path, 1, ACCOUNT, now))
        await timed(times, "each told again", job_runner.run_due(lambda: datetime.now(UTC)))
        two = await sheet_reads.for_unit(user, PROPOSALS, same)
        assert (two.size, two.again) == (one.size, one.size - one.wrong)
        await sheets.drop(two, ACCOUNT, datetime.now(UTC))
        await timed(times, "invisible", sheets.take_back(one, PROPOSALS, ACCOUNT, datetime.now(UTC)))
        await timed(times, "taken back", job_runner.run_due(lambda: datetime.now(UTC)))
        assert (await sheet_reads.for_unit(user, PROPOSALS, sheet_id)).stage is Stage.UNDONE
    finally:
        marking.cancel()
        if engine.group is not None:
            await engine.group.stop()
        await engine.stop()
        engines.use(None)
    return times, waits


def at(found: Sequence[float], share: int) -> float:
    """The value below which so many of a hundred are."""
    return sorted(found)[min(len(found) - 1, len(found) * share // 100)]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sheets", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--url", default="")
    given = parser.parse_args()
    assert ganpo.app.SENTENCES
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix="bench-") as folder:
        path = Path(folder, f"{date.today():%Y}.xlsx")  # noqa: DTZ011 - a name
        path.write_bytes(book(given.rows))
        times, waits = asyncio.run(run(given.url or f"sqlite:///{folder}/ganpo.sqlite3", path))
    print(f"  a mark meanwhile     {at(waits, 50):8.1f} ms   p99 {at(waits, 99):.1f}   highest {max(waits):.1f}")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"  memory               {own:8.0f} MB  a process beside it {child:.0f} MB")
    forth = sum(times[name][0] for name in ("kept", "read and checked", "taken in"))
    print(f"  aims: in within {SECONDS:.0f} s, a mark p99 {WAIT_P99_MS:.0f} ms, memory {MEMORY_MB:.0f} MB")
    if forth > SECONDS or at(waits, 99) > WAIT_P99_MS or own > MEMORY_MB:
        sys.exit(1)


if __name__ == "__main__":
    main()
