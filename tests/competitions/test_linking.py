"""Contestants and workers: proposed by name and unit, decided by a person, followed through merges."""

import asyncio
from datetime import date

import pytest

from competitions import linking, scores
from competitions.tables import Contestant
from foundation.base.problem import Problem, Refused
from foundation.people import organisations, own, worker_merging, workers
from foundation.people.organisation_draft import Draft
from foundation.people.organisation_kinds import Kind
from foundation.people.organisation_tables import ROOT_ID
from foundation.people.worker_facts import read_worker
from foundation.store import ledger
from foundation.store.transactions import transaction
from foundation.work import two_person
from foundation.work.act_tables import TwoPersonAct
from foundation.work.acts import facts
from tests.competitions.cast import NOW, open_contest
from tests.competitions.publishing.told import published_contest
from tests.foundation.people.workers_made_up import PHONE
from tests.foundation.store.waiting import until_somebody_waits
from tests.foundation.web.test_own_pages import opened
from tests.web import visitors


async def unit(name: str) -> int:
    return await organisations.create(ROOT_ID, Draft(name=name, kind=Kind.DIRECT), "test", NOW)


async def worker(name: str, unit_id: int) -> int:
    given, problems = read_worker({"name": name}, date(2026, 7, 1))
    assert given is not None, problems
    return (await workers.create(given, unit_id, "test", NOW))[0]


async def linked() -> dict[str, int | None]:
    rows = await Contestant.select(Contestant.name, Contestant.worker)
    return {row["name"]: row["worker"] for row in rows}


async def test_only_who_is_the_one_of_that_name_and_unit_is_proposed(database):
    story = await open_contest()
    right, other = await unit("青岫航空部件制造有限公司"), await unit("别处")
    one = await worker("龚䶮", right)
    await worker("龚䶮", other)
    several = await unit("光屿光伏科技有限公司")
    await worker("程𠮷", several)
    await worker("程𠮷", several)
    found = {each.name: (each.found, each.worker) for each in await linking.proposals(story.contest.id)}
    assert found == {"龚䶮": (1, one), "饶㛃": (0, None), "程𠮷": (2, None)}


async def test_a_link_is_somebody_s_act_and_can_be_taken_back(database):
    story = await open_contest()
    one = await worker("龚䶮", await unit("青岫航空部件制造有限公司"))
    everybody = [each.contestant for each in await linking.proposals(story.contest.id)]
    with pytest.raises(Refused) as raised:
        await linking.link(story.contest.id, [], story.organiser.id)
    assert raised.value.problems == (Problem("link_nothing", "contestant"),)
    assert await linking.link(story.contest.id, everybody, story.organiser.id) == 1
    assert await linking.link(story.contest.id, everybody, story.organiser.id) == 0
    assert await linked() == {"龚䶮": one, "饶㛃": None, "程𠮷": None}
    assert (await ledger.entries(f"contest:{story.contest.id}", limit=1))[0].act == "contestants.linked"
    for contestant in everybody:
        await linking.unlink(story.contest.id, contestant, story.organiser.id)
    assert set((await linked()).values()) == {None}


async def test_a_merged_worker_s_contests_follow(database):
    story = await open_contest()
    place = await unit("青岫航空部件制造有限公司")
    one = await worker("龚䶮", place)
    await linking.link(
        story.contest.id, [each.contestant for each in await linking.proposals(story.contest.id)], story.organiser.id
    )
    other = await worker("龚䶮", place)
    async with transaction():
        for mover in workers.MOVERS:
            await mover(one, other)
    assert (await linked())["龚䶮"] == other


async def test_the_own_page_names_the_contests_and_nobody_else_s(database):
    told = await published_contest()
    place = await unit("青岫航空部件制造有限公司")
    one, stranger = await worker("龚䶮", place), await worker("饶㛃", place)
    contestants = [each.contestant for each in await linking.proposals(told.contest.id)]
    await linking.link(told.contest.id, contestants, told.organiser.id)
    rows = dict(await own.sections(one))["Contests"]
    assert [(row.title, row.address) for row in rows] == [
        (told.contest.title, f"/mine/contests/{told.contest.address}")
    ]
    assert "Contests" not in dict(await own.sections(stranger))
    score = await scores.of_worker(one, told.contest.address)
    assert score is not None
    assert (score.name, score.why is not None) == ("龚䶮", True)
    assert await scores.of_worker(stranger, told.contest.address) is None
    assert await scores.of_worker(one, "2026-9-99") is None


async def test_a_worker_reads_their_own_marks_on_their_own_page_and_nobody_else_s(database):
    told = await published_contest(names_shown="nobody")
    place = await unit("青岫航空部件制造有限公司")
    given, _ = read_worker({"name": "龚䶮", "phone": PHONE}, date(2026, 7, 1))
    one, _ = await workers.create(given, place, "test", NOW)
    given, _ = read_worker({"name": "饶㛃", "phone": "13900005678"}, date(2026, 7, 1))
    stranger, _ = await workers.create(given, place, "test", NOW)
    contestants = [each.contestant for each in await linking.proposals(told.contest.id)]
    await linking.link(told.contest.id, contestants, told.organiser.id)
    here = f"/mine/contests/{told.contest.address}"
    async with visitors() as web:
        closed = await web.visitor().get(here)
        assert (closed.status_code, closed.headers["location"]) == (303, "/mine")
        mine = await (await opened(web, one, PHONE)).get(here)
        assert (mine.status_code, mine.headers["cache-control"]) == (200, "no-store")
        assert "龚䶮" in mine.text
        assert "饶㛃" not in mine.text
        assert (await (await opened(web, stranger, "13900005678")).get(here)).status_code == 404


async def test_the_contest_office_links_on_a_page_that_strangers_do_not_find(database):
    story = await open_contest()
    await worker("龚䶮", await unit("青岫航空部件制造有限公司"))
    here = f"/organise/contests/{story.contest.address}/workers"
    async with visitors() as web:
        mei, sheng = await web.signed_in("mei"), await web.signed_in("sheng")
        assert (await sheng.get(here)).status_code == 404
        assert (await sheng.post(here, {"contestant": "1"})).status_code == 404
        assert (await mei.post(here, {"contestant": "junk"})).status_code == 422
        chosen = [str(each.contestant) for each in await linking.proposals(story.contest.id)]
        assert (await mei.post(here, {"contestant": chosen})).status_code == 303
        assert "已关联" in (await mei.get(here)).text


async def merging(stays: int, goes: int) -> int:
    """Somebody has asked that `goes` becomes part of `stays`; answers the act."""
    return await worker_merging.ask_merge(stays, goes, 7, "同一人,身份证复印件已核", NOW)


async def everybody(contest_id: int) -> list[int]:
    return [each.contestant for each in await linking.proposals(contest_id)]


async def test_a_worker_merged_while_the_office_links_is_linked_as_who_they_are_now(database):
    story = await open_contest()
    gone = await worker("龚䶮", await unit("青岫航空部件制造有限公司"))
    stays = await worker("龚龑", await unit("别处"))
    act, chosen = await merging(stays, gone), await everybody(story.contest.id)
    merged, commits = asyncio.Event(), asyncio.Event()

    async def merge() -> None:
        asked = facts(await TwoPersonAct.select().where(TwoPersonAct.id == act).first())
        async with transaction():
            await worker_merging.MERGE.perform(asked, 8, NOW)
            merged.set()
            await commits.wait()

    merger = asyncio.create_task(merge())
    await merged.wait()
    linker = asyncio.create_task(linking.link(story.contest.id, chosen, story.organiser.id))
    if database.engine_type == "postgres":  # on SQLite it has not begun to read
        await until_somebody_waits(database)
    commits.set()
    await merger
    await linker
    expected = stays if database.engine_type == "postgres" else None
    assert (await linked())["龚䶮"] == expected


async def test_linking_and_merging_at_once_leave_nobody_linked_to_who_is_gone(database):
    story = await open_contest()
    place, other = await unit("青岫航空部件制造有限公司"), await unit("别处")
    for _ in range(8):
        gone, stays = await worker("龚䶮", place), await worker("龚龑", other)
        act, chosen = await merging(stays, gone), await everybody(story.contest.id)
        async with asyncio.timeout(60):
            await asyncio.gather(
                linking.link(story.contest.id, chosen, story.organiser.id), two_person.confirm(act, 8, NOW)
            )
        assert (await linked())["龚䶮"] in {stays, None}
        for contestant in chosen:
            await linking.unlink(story.contest.id, contestant, story.organiser.id)


async def test_whoever_refers_to_a_merged_worker_is_led_on(database):
    place = await unit("别处")
    one, two, three, alone = [await worker("龚䶮", place) for _ in range(4)]
    for stays, goes in ((two, one), (three, two)):
        await two_person.confirm(await merging(stays, goes), 8, NOW)
    async with transaction():
        assert await workers.lock_standing([one, three, alone, 999]) == {one: three, three: three, alone: alone}
        assert await workers.lock_standing([]) == {}
