"""Long lists of units: checked and added as long work, all of it at once or nothing, whoever dies meanwhile."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from foundation.base.problem import Problem, Refused
from foundation.people import organisation_lists, organisation_loading, organisations
from foundation.people import organisation_long_lists as long_lists
from foundation.people.organisation_acts import Happened, tell
from foundation.people.organisation_list_tables import OrganisationList, OrganisationListProblem
from foundation.people.organisation_long_lists import Stage
from foundation.people.organisation_placing import Placed
from foundation.people.organisation_tables import Organisation, OrganisationChange
from foundation.people.organisation_tree import segment
from foundation.people.organisations import Draft, Kind, OrganisationFacts
from foundation.store import ledger
from foundation.store.commit import GroupCommit
from foundation.store.engines import Engine
from foundation.store.ledger_verify import verify
from foundation.store.transactions import TransactionLostError, transaction
from foundation.work import job_runner, jobs
from foundation.work.job_tables import Job
from tests.foundation.people.long_lists_made_up import COUNTIES, text

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
LIN = 7
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
async def group(database: Engine) -> AsyncIterator[None]:
    """As the registry runs: everybody's writes share transactions."""
    running = GroupCommit(database)
    await running.start()
    yield
    await running.stop()


async def city(name: str = "南昌市总工会") -> OrganisationFacts:
    facts = await organisations.by_id(await organisations.create(1, Draft(name, Kind.CITY), "test", NOW))
    assert facts is not None
    return facts


async def run(now: datetime = NOW) -> None:
    await job_runner.run_due(lambda: now)


async def checked(content: str, under: OrganisationFacts) -> long_lists.LongList:
    await long_lists.begin(content, [], under.id, LIN, NOW)
    await run()
    return await newest(under)


async def newest(under: OrganisationFacts) -> long_lists.LongList:
    row = await OrganisationList.select(OrganisationList.id).order_by(OrganisationList.id, ascending=False).first()
    assert row is not None
    return await long_lists.of(under, row["id"])


async def added(content: str, under: OrganisationFacts) -> long_lists.LongList:
    found = await checked(content, under)
    await long_lists.add(found.id, LIN, NOW)
    await run()
    return await newest(under)


def counts(found: long_lists.LongList) -> tuple[Stage, int, int, int, int]:
    return found.stage, found.units, found.fresh, found.known, found.wrong


async def job_problem(found: long_lists.LongList) -> Problem | None:
    job = await jobs.job_of(LIN, found.job or 0)
    assert job is not None
    return job.problem


async def waiting_rows() -> int:
    return int(await Organisation.count().where(Organisation.path >= "~"))


async def stray_changes() -> int:
    rows = await OrganisationChange.select(OrganisationChange.organisation.path.as_alias("path"))
    return sum(row["path"].startswith("~") for row in rows)


async def test_five_thousand_units_are_checked_added_at_once_and_added_once(database: Engine) -> None:
    under = await city()
    found = await checked(text(5000), under)
    assert counts(found) == (Stage.CHECKED, 5000, 5000, 0, 0)
    assert await organisations.count_below(under.path) == 0
    await long_lists.add(found.id, LIN, NOW)
    await run()
    assert counts(await newest(under)) == (Stage.ADDED, 5000, 5000, 0, 0)
    assert await organisations.count_below(under.path) == 5000
    assert await waiting_rows() == 0
    county = (await organisations.children(under.id))[3]
    assert (county.name, await organisations.count_below(county.path)) == ("第3县总工会", 249)
    factory = (await organisations.children(county.id))[1]
    assert (factory.name, factory.headcount, factory.active) == ("第23厂工会", 24, True)
    assert factory.path == county.path + segment(factory.id)
    history = await organisation_lists.history(factory.id)
    assert [(one.what, one.after, one.who) for one in history] == [("created", "第23厂工会", "account:7")]
    assert (await organisation_lists.history(under.id))[0].what == "listed"
    entry = (await ledger.entries(f"organisation:{under.id}"))[0]
    assert (entry.act, entry.payload["count"]) == ("organisation.listed", 5000)
    again = await checked(text(5000), under)
    assert counts(again) == (Stage.CHECKED, 5000, 0, 5000, 0)
    with pytest.raises(Refused) as refusal:
        await long_lists.add(again.id, LIN, NOW)
    assert refusal.value.problems == (Problem("organisations_nothing_new", "units"),)
    assert await organisations.count_below(under.path) == 5000
    assert await verify() == []


async def test_only_what_is_new_is_added_to_what_stands(database: Engine) -> None:
    under = await city()
    await added(text(300), under)
    assert counts(await added(text(330), under)) == (Stage.ADDED, 330, 30, 300, 0)
    assert await organisations.count_below(under.path) == 330
    counties = await organisations.children(under.id)
    assert len(counties) == COUNTIES
    names = await Organisation.select(Organisation.name).where(Organisation.active == True)  # noqa: E712
    assert len({row["name"] for row in names}) == len(names)


async def test_every_line_that_needs_mending_is_told_and_nothing_can_be_added(database: Engine) -> None:
    under = await city()
    lines = text(700).splitlines()
    lines[5] = "第4县总工会,公司,,"
    lines[600] += "人太多"
    lines[650] = "第9999厂工会,企业工会,没有的总工会,1"
    found = await checked("\n".join(lines), under)
    assert (found.stage, found.units, found.wrong) == (Stage.CHECKED, 700, 3)
    wrong = await long_lists.wrong_lines(found.id, 0, 100)
    assert [(one.line, one.name, [problem.code for problem in one.problems]) for one in wrong] == [
        (6, "第4县总工会", ["organisations_kind"]),
        (601, "第579厂工会", ["organisation_headcount"]),
        (651, "第9999厂工会", ["organisations_parent_unknown"]),
    ]
    assert [one.line for one in await long_lists.wrong_lines(found.id, 6, 1)] == [601, 651]
    with pytest.raises(Refused) as refusal:
        await long_lists.add(found.id, LIN, NOW)
    assert refusal.value.problems == (Problem("organisations_wrong", "units", {"count": "3"}),)
    assert await organisations.count_below(under.path) == 0
    await long_lists.check_again(found.id, LIN, NOW)
    await run()
    assert await long_lists.wrong_lines(found.id, 0, 100) == wrong  # no line twice


class Hold:
    """Stops loading after some chunks, until it is told to go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
        self.reached, self.go_on, self.chunks = asyncio.Event(), asyncio.Event(), 0
        load = organisation_loading.load

        async def held(
            list_id: int, part: list[Placed], above: dict[int, tuple[int, str]], by: str, now: datetime
        ) -> dict[int, tuple[int, str]]:
            if self.chunks == after:
                self.reached.set()
                await self.go_on.wait()
            self.chunks += 1
            return await load(list_id, part, above, by, now)

        monkeypatch.setattr(organisation_loading, "load", held)


async def test_nobody_sees_a_list_while_it_is_loaded(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    under = await city()
    found = await checked(text(600), under)
    await long_lists.add(found.id, LIN, NOW)
    hold = Hold(monkeypatch, 2)
    working = asyncio.create_task(run())
    async with asyncio.timeout(30):
        await hold.reached.wait()
    assert await organisations.count_below(under.path) == 0
    assert await organisation_lists.children_after(under, None, closed=True) == []
    assert await organisation_lists.children_after(under, None, closed=False) == []
    assert await organisation_lists.search("厂工会", "1.") == []
    assert await organisation_lists.named("第1县总工会", "1.") == []
    job = await jobs.job_of(LIN, (await newest(under)).job or 0)
    assert job is not None
    assert (job.running, 0 < job.done < job.total == 600) == (True, True)
    hold.go_on.set()
    await working
    assert await organisations.count_below(under.path) == 600


async def test_who_cancels_finds_nothing_left_and_may_add_it_later(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    under = await city()
    before = (await Organisation.count(), await OrganisationChange.count())
    found = await checked(text(600), under)
    job_id = await long_lists.add(found.id, LIN, NOW)
    with monkeypatch.context() as patched:
        hold = Hold(patched, 2)
        working = asyncio.create_task(run())
        async with asyncio.timeout(30):
            await hold.reached.wait()
        hold.go_on.set()
        await asyncio.gather(jobs.cancel(job_id, LIN, NOW), working)
    job = await jobs.job_of(LIN, job_id)
    assert job is not None
    if job.stage is not jobs.Stage.DONE:  # it came in time
        assert job.stage is jobs.Stage.CANCELLED
        assert (await Organisation.count(), await OrganisationChange.count()) == before
        assert (await newest(under)).stage is Stage.CHECKED
        await long_lists.add(found.id, LIN, NOW)
        await run()
    assert await organisations.count_below(under.path) == 600


@pytest.mark.parametrize("stopped", ["between", "cancelled after", "cancelled by a process that died"])
async def test_a_process_that_stops_between_chunks_leaves_it_to_the_next(
    database: Engine, monkeypatch: pytest.MonkeyPatch, stopped: str
) -> None:
    under = await city()
    found = await checked(text(600), under)
    job_id = await long_lists.add(found.id, LIN, NOW)
    with monkeypatch.context() as patched:
        patched.setattr(organisation_loading, "remove", _never)
        hold = Hold(patched, 2)
        working = asyncio.create_task(run())
        async with asyncio.timeout(30):
            await hold.reached.wait()
        working.cancel()
        hold.go_on.set()
        await asyncio.gather(working, return_exceptions=True)
    left = await waiting_rows()
    assert 0 < left < 600
    if stopped == "between":
        await run()
        assert (await newest(under)).stage is Stage.ADDED
        assert (await organisations.count_below(under.path), await waiting_rows()) == (600, 0)
        return
    await jobs.cancel(job_id, LIN, NOW)
    if stopped == "cancelled by a process that died":
        with monkeypatch.context() as patched:
            patched.setattr(organisation_loading, "remove", _dies)
            await asyncio.gather(run(), return_exceptions=True)
        assert await waiting_rows() == left
    await run(NOW + timedelta(minutes=5))
    job = await jobs.job_of(LIN, job_id)
    assert job is not None
    assert job.stage is jobs.Stage.CANCELLED
    assert (await waiting_rows(), await stray_changes()) == (0, 0)
    assert ((await newest(under)).stage, await organisations.count_below(under.path)) == (Stage.CHECKED, 0)


async def _never(list_id: int, most: int) -> int:
    raise AssertionError("nothing is taken away here")


async def _dies(list_id: int, most: int) -> int:
    raise TransactionLostError("the database went away")


async def test_a_killed_process_s_list_is_taken_up_where_it_stopped(database: Engine) -> None:
    under = await city()
    found = await checked(text(400), under)
    await long_lists.add(found.id, LIN, datetime.now(UTC))
    program = [sys.executable, "-m", "tests.foundation.people.long_lists_made_up", database.url]
    process = await asyncio.create_subprocess_exec(*program, cwd=ROOT)
    try:
        async with asyncio.timeout(60):
            while await waiting_rows() < 60:
                assert process.returncode is None
                await asyncio.sleep(0.02)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        await process.wait()
    left = await waiting_rows()
    assert 60 <= left < 400
    ids = set(await Organisation.select(Organisation.id).where(Organisation.path >= "~").output(as_list=True))
    await run(datetime.now(UTC) + timedelta(minutes=1))  # its lease is over
    assert counts(await newest(under)) == (Stage.ADDED, 400, 400, 0, 0)
    assert (await organisations.count_below(under.path), await waiting_rows()) == (400, 0)
    entered = set(await Organisation.select(Organisation.id).where(Organisation.active == True).output(as_list=True))  # noqa: E712
    assert ids < entered  # what was loaded before was not loaded again
    assert await verify() == []


async def _take_the_name(under: OrganisationFacts) -> None:
    await organisations.create(under.id, Draft("第7县总工会", Kind.COUNTY), "test", NOW)


async def _close_the_upper_unit(under: OrganisationFacts) -> None:
    await organisations.close(under.id, "test", NOW)


async def _add_another_list(under: OrganisationFacts) -> None:
    async with transaction():  # as another list ends
        await tell([Happened(under.id, "listed", after="9")], "listed", "test", NOW)


@pytest.mark.parametrize("meanwhile", [_take_the_name, _close_the_upper_unit, _add_another_list])
async def test_a_list_that_the_tree_does_not_fit_any_more_leaves_nothing(
    database: Engine,
    monkeypatch: pytest.MonkeyPatch,
    meanwhile: Callable[[OrganisationFacts], Awaitable[None]],
) -> None:
    under = await city()
    found = await checked(text(300), under)
    await long_lists.add(found.id, LIN, NOW)
    enter = organisation_loading.newest_change
    calls = []

    async def late() -> int:
        calls.append(1)
        if len(calls) == 2:  # everything is loaded
            await meanwhile(under)
        return await enter()

    monkeypatch.setattr(organisation_loading, "newest_change", late)
    await run()
    found = await newest(under)
    assert await job_problem(found) == Problem("organisations_changed")
    assert (found.stage, await waiting_rows(), await stray_changes()) == (Stage.CHECKED, 0, 0)


async def test_what_happens_elsewhere_in_the_tree_hinders_no_list(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    under, other = await city(), await city("九江市总工会")
    found = await checked(text(300), under)
    await long_lists.add(found.id, LIN, NOW)
    hold = Hold(monkeypatch, 2)
    working = asyncio.create_task(run())
    async with asyncio.timeout(30):
        await hold.reached.wait()
    hold.go_on.set()
    await organisations.create(other.id, Draft("第7县总工会", Kind.COUNTY), "test", NOW)
    await organisations.rename(under.id, "南昌市工会", "test", NOW)
    await working
    assert await job_problem(await newest(under)) is None
    assert await organisations.count_below(under.path) == 300


async def test_the_same_list_added_twice_at_once_enters_once(database: Engine) -> None:
    under = await city()
    first, second = await checked(text(300), under), await checked(text(300), under)
    for one in (first, second):
        await long_lists.add(one.id, LIN, NOW)
    with pytest.raises(Refused):
        await long_lists.add(first.id, LIN, NOW)
    await asyncio.gather(run(), run())
    stages = {(await long_lists.of(under, one.id)).stage for one in (first, second)}
    assert stages == {Stage.ADDED, Stage.CHECKED}
    assert (await organisations.count_below(under.path), await waiting_rows()) == (300, 0)


async def test_a_check_that_is_cancelled_keeps_nothing(database: Engine) -> None:
    under = await city()
    job_id = await long_lists.begin(text(300), [], under.id, LIN, NOW)
    await jobs.cancel(job_id, LIN, NOW)
    await run()
    assert (await Job.select(Job.stage).where(Job.id == job_id).first()) == {"stage": "cancelled"}
    assert (await OrganisationList.count(), await OrganisationListProblem.count()) == (0, 0)


async def test_merging_an_upper_unit_while_a_list_is_loaded_below_it_moves_no_hidden_unit(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    under, other = await city(), await city("九江市总工会")
    found = await checked(text(300), under)
    await long_lists.add(found.id, LIN, NOW)
    hold = Hold(monkeypatch, 2)
    working = asyncio.create_task(run())
    async with asyncio.timeout(30):
        await hold.reached.wait()
    hold.go_on.set()
    await organisations.merge(under.id, other.id, "test", NOW)
    await working
    assert await job_problem(await newest(under)) == Problem("organisations_changed")
    assert (await waiting_rows(), await stray_changes(), await organisations.count_below(other.path)) == (0, 0, 0)
