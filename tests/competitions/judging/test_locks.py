"""A lock is the chief judge's alone, bound to what was looked at, and final."""

import asyncio
from typing import Any

import pytest

from competitions import locks
from competitions.bench import bench_for
from competitions.rules.progress import State
from competitions.rules.stages import Stage
from competitions.tables import Entry
from foundation.base.problem import NotFound, Refused
from foundation.store import ledger
from tests.competitions.judging.here import NOW, Here, another_contest, contest_here, set_stage


async def lock(here: Here, *numbers: str, by: str = "wan") -> None:
    bench = await bench_for(here.accounts["wan"], here.contest.address)
    chosen = [work for work in bench.works if work.work.number in numbers]
    await locks.lock(bench, chosen, here.accounts[by], NOW)


async def refusal(here: Here, *numbers: str) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        await lock(here, *numbers)
    return [(problem.code, problem.params.get("work", "")) for problem in refused.value.problems]


async def locked(here: Here) -> list[str]:
    rows = await Entry.select().where(Entry.contest == here.contest.id, Entry.locked_at.is_not_null())
    return sorted(row["work_number"] for row in rows)


async def test_a_complete_entry_is_locked_with_its_marks_in_the_ledger(database: Any) -> None:
    here = await contest_here()
    await here.complete("01")
    await lock(here, "01")
    row = await Entry.select().where(Entry.id == here.works["01"]).first()
    assert row is not None
    assert (row["locked_at"], row["locked_by"]) == (NOW, here.accounts["wan"])
    last = (await ledger.entries(f"contest:{here.contest.id}"))[0]
    assert (last.act, last.actor, last.about) == (
        "entry.locked",
        f"account:{here.accounts['wan']}",
        f"entry:{here.works['01']}",
    )
    assert (last.payload["work"], len(last.payload["marks"])) == ("01", 10)
    with pytest.raises(Refused) as refused:
        await here.give("hu", "01", {"P1": "3"})
    assert [problem.code for problem in refused.value.problems] == ["entry_locked"]
    assert await refusal(here, "01") == [("lock_again", "01")]


async def test_all_problems_are_told_and_nothing_is_locked(database: Any) -> None:
    here = await contest_here(("01", "02", "04"))
    for work in ("01", "02"):
        await here.complete(work)
    await here.give("rao", "02", {"P1": "0"})
    assert await refusal(here, "01", "02", "04") == [("lock_conflict", "02"), ("lock_incomplete", "04")]
    assert await refusal(here) == [("lock_nothing", "")]
    assert await locked(here) == []


async def test_an_entry_that_will_not_be_placed_is_locked_as_it_is(database: Any) -> None:
    here = await contest_here()
    await Entry.update({Entry.status: "absent"}).where(Entry.id == here.works["02"])
    await lock(here, "02")
    assert await locked(here) == ["02"]


async def test_a_mark_given_after_looking_stops_the_lock(database: Any) -> None:
    here = await contest_here()
    for work in ("01", "02"):
        await here.complete(work)
    bench = await bench_for(here.accounts["wan"], here.contest.address)
    await here.give("hu", "02", {"P1": "3"})
    with pytest.raises(Refused) as refused:
        await locks.lock(bench, bench.settled, here.accounts["wan"], NOW)
    assert [(problem.code, problem.params) for problem in refused.value.problems] == [("lock_changed", {"work": "02"})]
    assert await locked(here) == []


async def test_two_locks_at_once_are_one_lock(database: Any) -> None:
    here = await contest_here()
    await here.complete("01")
    results = await asyncio.gather(lock(here, "01"), lock(here, "01"), return_exceptions=True)
    assert sum(result is None for result in results) == 1
    acts = [entry.act for entry in await ledger.entries(f"contest:{here.contest.id}")]
    assert acts.count("entry.locked") == 1


async def test_only_the_chief_judge_locks_and_only_while_marking(database: Any) -> None:
    here = await contest_here()
    await here.complete("01")
    other = await another_contest()
    with pytest.raises(NotFound):
        await lock(here, "01", by="hu")
    for judge in ("hu", "feng"):
        with pytest.raises(NotFound):
            await bench_for(here.accounts[judge], here.contest.address)
    with pytest.raises(NotFound):
        await bench_for(here.accounts["wan"], other.address)
    bench = await bench_for(here.accounts["wan"], here.contest.address)
    await set_stage(here.contest.id, Stage.PUBLISHED)
    with pytest.raises(Refused) as refused:
        await locks.lock(bench, bench.settled, here.accounts["wan"], NOW)
    assert [problem.code for problem in refused.value.problems] == ["marking_over"]
    assert await locked(here) == []


async def test_the_bench_counts_what_each_judge_gave(database: Any) -> None:
    here = await contest_here()
    await here.complete("01")
    await here.give("hu", "02", {"P1": "0"})
    await here.give("nie", "02", {"P1": "3"})
    bench = await bench_for(here.accounts["wan"], here.contest.address)
    assert [
        (work.work.number, work.state, [(count.done, count.wanted) for count in work.judges]) for work in bench.works
    ] == [
        ("01", State.READY, [(2, 2), (2, 2), (2, 2), (4, 4)]),
        ("02", State.CONFLICT, [(1, 2), (1, 2), (0, 2), (0, 4)]),
        ("03", State.INCOMPLETE, [(0, 2), (0, 2), (0, 2), (0, 0)]),
    ]
    only = await bench_for(here.accounts["wan"], here.contest.address, "02")
    assert list(only.works) == [bench.works[1]]
    with pytest.raises(NotFound):
        await bench_for(here.accounts["wan"], here.contest.address, "99")
