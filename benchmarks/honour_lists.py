"""How long a list of honours keeps others waiting: its longest step, and the one act that makes all of it visible.

    python -m benchmarks.honour_lists [--lines 20000]

On SQLite, with the group commit as the registry runs it. The list is read and registered by its jobs, then undone. A
step is measured in the transaction that everybody else waits for, COMMIT included; "gallery" is the first page of the
public gallery made anew while all lines are written and none is visible. Ends with code 1 where an aim is missed.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from craftsmen import gallery, list_steps, lists, showing
from craftsmen.honour_tables import HonourList
from craftsmen.rules.honours import PartialDate
from craftsmen.rules.lists import ListDraft, Stage
from craftsmen.rules.searching import Wanted
from foundation.store import engines
from foundation.store.commit import GroupCommit
from foundation.store.migrations import migrate
from foundation.store.transactions import transaction
from foundation.work import job_runner

TITLE = "skill-leader"
STEP_MS, ACT_MS, ANEW_MS = 20.0, 20.0, 25.0
OCCUPATIONS = [f"工种{number:03}" for number in range(300)]
Times = dict[str, list[float]]


def text(count: int) -> str:
    """Lines of people whom the registry does not know, in as many occupations as a province has."""
    lines = ["姓名\t单位\t性别\t工种"]
    lines += [f"傅{number:06}\t第{number // 40}厂\t男\t{OCCUPATIONS[number % 300]}" for number in range(count)]
    return "\n".join(lines)


def measure(times: Times) -> None:
    """Note how long each step and each end of a stage takes, in milliseconds."""

    def timed(name: str, work: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def run(*args: Any) -> Any:
            began = time.perf_counter()
            try:
                return await work(*args)
            finally:
                times.setdefault(name, []).append((time.perf_counter() - began) * 1000)

        return run

    for stage, phase in list(list_steps.PHASES.items()):
        list_steps.PHASES[stage] = replace(
            phase, step=timed(f"{stage} step", phase.step), end=timed(f"{stage} end", phase.end)
        )


async def run(url: str, count: int) -> Times:
    times: Times = {}
    engine = engines.open_engine(url)
    engines.use(engine)
    await engine.start()
    try:
        await migrate(engine)
        await GroupCommit(engine).start()
        draft = ListDraft(TITLE, "技能带头人", PartialDate(2026, 5), document="演〔2026〕8号")
        list_id, _ = await lists.create(draft, text(count), 1, 1, datetime.now(UTC))
        await _jobs("read", times)
        measure(times)
        hidden = list_steps.PHASES[Stage.PUBLISHING]

        async def looked_at_first(*args: Any) -> None:
            times["gallery, all hidden"] = [await _looked_at() for _ in range(5)]
            await hidden.end(*args)

        list_steps.PHASES[Stage.PUBLISHING] = replace(hidden, end=looked_at_first)
        await lists.publish(list_id, False, 1, datetime.now(UTC))
        await _jobs("registered", times)
        times["gallery, all visible"] = [await _looked_at() for _ in range(5)]
        row = await HonourList.select().where(HonourList.id == list_id).first()
        assert row is not None
        assert (row["stage"], row["made"]) == (Stage.VISIBLE, count)
        for name, act in (
            ("hide act", showing.hide_list),
            ("show act", lambda one: showing.show_list(one, row["shown_at"])),
        ):
            began = time.perf_counter()
            async with transaction():
                await act(list_id)
            times[name] = [(time.perf_counter() - began) * 1000]
    finally:
        if engine.group is not None:
            await engine.group.stop()
        await engine.stop()
        engines.use(None)
    return times


async def _jobs(name: str, times: Times) -> None:
    began = time.perf_counter()
    await job_runner.run_due(lambda: datetime.now(UTC))
    times[f"{name}, seconds"] = [time.perf_counter() - began]


async def _looked_at() -> float:
    """Milliseconds of a page of the register, with what its filters offer."""
    began = time.perf_counter()
    await gallery.page(Wanted(), gallery.LINES, gallery=False)
    await gallery.choices("all", Wanted())
    return (time.perf_counter() - began) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.honour_lists", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--lines", type=int, default=20_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix="bench-") as folder:
        times = asyncio.run(run(f"sqlite:///{folder}/ganpo.sqlite3", given.lines))
    for name, all_of in times.items():
        found = sorted(all_of)
        late = found[min(len(found) - 1, len(found) * 99 // 100)]
        middle = statistics.median(found)
        print(f"  {name:24} {middle:9.1f}   p99 {late:9.1f}   highest {found[-1]:9.1f}   of {len(found)}")
    step, act = statistics.median(times["publishing step"]), max(times["hide act"] + times["show act"])
    anew = statistics.median(times["gallery, all hidden"])
    print(f"  aims: a step {STEP_MS:.0f} ms, an act {ACT_MS:.0f} ms, a page meanwhile {ANEW_MS:.0f} ms")
    if step > STEP_MS or act > ACT_MS or anew > ANEW_MS:
        sys.exit(1)


if __name__ == "__main__":
    main()
