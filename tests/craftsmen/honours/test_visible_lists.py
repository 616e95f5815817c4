"""A long list becomes visible whole and goes whole: while it is written nobody meets a line of it anywhere."""

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from craftsmen import gallery, honour_reads, honours, lists, nomination_records, profiles
from craftsmen.honour_checks import by_address
from craftsmen.honour_tables import Honour, HonourList
from craftsmen.rules import lists as list_rules
from craftsmen.rules.honours import PartialDate
from craftsmen.rules.lists import ListDraft, Stage
from craftsmen.rules.searching import Wanted
from craftsmen.showcase_tables import Profile, ShownFacet, ShownHonour
from craftsmen.showing import GENERATION
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import worker_merging
from foundation.store import generations
from foundation.store.ledger_verify import verify
from foundation.store.transactions import transaction
from foundation.work import job_runner, two_person
from tests.craftsmen.honours.honours_made_up import BY, NOW, Here, place, refused, shown
from tests.craftsmen.honours.long_lists_made_up import stopping
from tests.craftsmen.honours.test_honour_lists import run_jobs
from tests.craftsmen.showcase.test_showing import PAGE, with_page
from tests.foundation.people.workers_made_up import YANQIU, make, wearing
from tests.foundation.web.asking import ask
from tests.web import visitors

ROOT = Path(__file__).parents[3]
NINTH = ListDraft("ganpo-craftsman", "第九届赣鄱工匠", PartialDate(2025, 10), edition=9)
HEAD = "姓名\t单位\t身份证号\t设区市\n"
SMALL, PEOPLE = 60, 100  # what is registered at once, in these tests, and more
LOOKED_AT = (
    "/", "/craftsmen", "/craftsmen?q=%E5%82%85", "/craftsmen?edition=9", "/craftsmen/timeline", "/honour-roll",
    "/honour-roll?q=fu", "/honour-roll?year=2025", "/api/craftsmen", "/api/craftsmen?edition=9", "/craftsmen.atom",
    "/sitemap.xml", PAGE, f"/api{PAGE}",
)  # fmt: skip
CHANGED = ("/craftsmen.atom", "/sitemap.xml", f"/api{PAGE}")  # say when a page was changed last


@pytest.fixture(autouse=True)
def fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists are long from fewer lines on, so that they are made sooner; a step of them is as large as ever."""
    monkeypatch.setattr(list_rules, "SMALL", SMALL)


def text(kiln: str = "云窑艺术瓷厂工会") -> str:
    """冯砚秋, who has a page, 程小满, who will have one, and many whom the registry does not know."""
    known = f"冯砚秋\t{kiln}\t{YANQIU}\t\n程小满\t{kiln}\t\t\n"
    return HEAD + known + "".join(f"傅{number:05}\t老窑厂\t\t景德镇\n" for number in range(PEOPLE - 2))


async def written(*, after: int | None = None) -> tuple[Here, int]:
    """A list whose work stopped: after some steps, or with every line written and not yet shown."""
    here = await place()
    await make(here.kiln, "程小满")
    await with_page(here)
    list_id = await read_in()
    await lists.publish(list_id, False, 7, NOW)
    with stopping(Stage.PUBLISHING, after=after):
        await run_jobs()
    return here, list_id


async def read_in() -> int:
    list_id, _ = await lists.create(NINTH, text(), 1, 7, NOW)
    await run_jobs()
    return list_id


async def stage_of(list_id: int) -> Stage:
    row = await HonourList.select(HonourList.stage).where(HonourList.id == list_id).first()
    return Stage(row["stage"])


async def counted() -> dict[tuple[str, str, str], int]:
    return {(row["scope"], row["kind"], row["value"]): row["size"] for row in await ShownFacet.select()}


async def counted_anew() -> dict[tuple[str, str, str], int]:
    """What the filters ought to offer, counted over the lines that are visible."""
    found: dict[tuple[str, str, str], int] = {}
    for line in (await shown()).values():
        values = {"title": line["title_code"], "year": str(line["year"]), "edition": str(line["edition"] or ""),
                  "city": str(line["city"] or ""), "county": str(line["county"] or ""), "industry": line["industry"],
                  "occupation": line["occupation"]}  # fmt: skip
        for scope in ("all", "gallery") if line["gallery"] else ("all",):
            for kind, value in values.items():
                if value and line["stage"] == "conferred":
                    found[scope, kind, value] = found.get((scope, kind, value), 0) + 1
    return found


async def pages() -> dict[str, tuple[int, bytes]]:
    """Every public page as it is made anew, whatever was kept of it."""
    async with transaction():
        generations.bump(GENERATION)
    async with visitors() as web:
        answers = {address: await ask(web.app, address) for address in LOOKED_AT}
        return {address: (answer.status, answer.body) for address, answer in answers.items()}


async def test_no_page_tells_of_a_list_that_is_written_and_not_yet_shown(database):
    here = await place()
    await make(here.kiln, "程小满")
    await with_page(here)
    list_id = await read_in()
    before, counts = await pages(), await counted()
    kept_under = await generations.read([GENERATION])
    await lists.publish(list_id, False, 7, NOW)
    with stopping(Stage.PUBLISHING):
        await run_jobs()
    assert (await stage_of(list_id), await ShownHonour.count()) == (Stage.PUBLISHING, PEOPLE + 1)
    assert await generations.read([GENERATION]) == kept_under  # nor is a kept page made anew for nothing
    assert (await pages(), await counted()) == (before, counts)
    await lists.resume(list_id, 7, NOW)
    await run_jobs()
    after = await pages()
    assert await stage_of(list_id) is Stage.VISIBLE
    assert all(after[address] != before[address] for address in LOOKED_AT if address not in ("/", "/sitemap.xml"))
    assert (await counted())["gallery", "edition", "9"] == PEOPLE
    assert await counted() == await counted_anew()


async def test_nobody_who_looks_for_an_honour_finds_one_of_a_list_that_is_not_shown(database):
    here, list_id = await written()
    officer = await wearing(1, "officer")
    clerk = await wearing(here.kiln, "clerk")
    hers = await Honour.select().where(Honour.worker == here.worker, Honour.honour_list == list_id).first()

    async def found() -> list[int]:
        there = [len(await honour_reads.listing(user, honour_reads.Search(), size=500)) for user in (officer, clerk)]
        there += [len(await honours.of_worker(here.worker)), len(await honours.of_unit(here.kiln))]
        there += [
            len(await nomination_records.honours_of(here.worker)),
            int(await gallery.by_address(hers["address"]) is not None),
        ]
        there += [int(await by_address(hers["address"]) is not None), await Profile.count()]
        there += [len((await gallery.page(Wanted(q=text), 500, gallery=True)).lines) for text in ("冯砚秋", "fu")]
        return there

    assert await found() == [1, 1, 1, 1, 1, 0, 0, 1, 1, 0]
    for user in (officer, clerk):
        with pytest.raises(NotFound):
            await honour_reads.for_user(user, hers["id"])
    assert not await profiles.has_pages((await Honour.select().where(Honour.name == "程小满").first())["worker"])
    await lists.resume(list_id, 7, NOW)
    await run_jobs()
    # everybody of the list has a draft of a page by now; the kiln's clerk sees the two who work there
    assert await found() == [PEOPLE + 1, 3, 2, 3, 2, 1, 1, PEOPLE, 2, PEOPLE - 2]


async def test_names_of_a_list_that_is_not_shown_crowd_nobody_out(database, monkeypatch):
    monkeypatch.setattr(gallery, "MOST_FOUND", 5)
    here = await place()
    await with_page(here)
    text = HEAD + "".join(f"冯{number:05}\t老窑厂\t\t\n" for number in range(PEOPLE))
    list_id, _ = await lists.create(NINTH, text, 1, 7, NOW)
    await run_jobs()
    await lists.publish(list_id, False, 7, NOW)
    with stopping(Stage.PUBLISHING):
        await run_jobs()
    assert [line.name for line in (await gallery.page(Wanted(q="冯"), 50, gallery=True)).lines] == ["冯砚秋"]


async def test_what_stops_in_the_middle_is_gone_on_with_and_nothing_is_made_twice(database):
    _, list_id = await written(after=3)
    assert 0 < await Honour.count() - 1 < PEOPLE
    assert len(await shown()) == 1
    await lists.resume(list_id, 7, NOW)
    with pytest.raises(Refused) as refusal:
        await lists.resume(list_id, 7, NOW)
    assert refusal.value.problems == (Problem("list_not_stopped"),)
    with stopping(Stage.FOLLOWING, after=0):  # visible, and no page has followed
        await run_jobs()
    assert (await stage_of(list_id), len(await shown())) == (Stage.FOLLOWING, PEOPLE + 1)
    await lists.resume(list_id, 7, NOW)
    await run_jobs()
    assert (await stage_of(list_id), len(await shown()), await Honour.count()) == (
        Stage.VISIBLE, PEOPLE + 1, PEOPLE + 1,
    )  # fmt: skip
    assert await counted() == await counted_anew()


async def test_a_list_is_taken_back_by_one_person_while_nobody_has_seen_it(database):
    here, list_id = await written()
    before = await pages()
    await lists.withdraw(list_id, 7, NOW)
    await run_jobs()
    assert (await stage_of(list_id), list(await ShownHonour.select(ShownHonour.name))) == (
        Stage.UNDONE, [{"name": "冯砚秋"}],
    )  # fmt: skip
    assert await pages() == before
    assert await counted() == await counted_anew()
    with pytest.raises(Refused) as refusal:
        await lists.withdraw(list_id, 7, NOW)
    assert refusal.value.problems == (Problem("list_is_undone"),)
    again = await read_in()  # nothing stands in the way of the right list
    await lists.publish(again, False, 7, NOW)
    await run_jobs()
    assert len(await shown()) == PEOPLE + 1
    assert len(await honours.of_worker(here.worker)) == 3  # one of them undone
    with pytest.raises(Refused) as refusal:
        await lists.withdraw(again, 7, NOW)
    assert refusal.value.problems == (Problem("list_is_visible"),)


async def test_a_list_that_is_taken_back_meanwhile_gets_no_further_line(database):
    _, list_id = await written(after=2)
    await HonourList.update({HonourList.stage: Stage.PUBLISHING.value}).where(HonourList.id == list_id)
    await lists.resume(list_id, 7, NOW)  # waits
    await lists.withdraw(list_id, 7, NOW)
    await run_jobs()
    assert (await stage_of(list_id), await Honour.count().where(Honour.stage == "conferred")) == (Stage.UNDONE, 1)


async def test_a_list_is_gone_from_the_moment_a_second_person_agrees(database):
    here, list_id = await written()
    before = {address: answer for address, answer in (await pages()).items() if address not in CHANGED}
    await lists.resume(list_id, 7, NOW)
    await run_jobs()
    counts = await counted()
    act = await lists.ask_undo(list_id, 1, "登记到了错误的届次", 7, NOW)
    assert await counted() == counts
    await two_person.confirm(act, 8, NOW)
    assert (await stage_of(list_id), await Honour.count().where(Honour.stage == "undone")) == (Stage.UNDOING, 0)
    assert [line["name"] for line in (await shown()).values()] == ["冯砚秋"]
    assert await counted() == await counted_anew()
    hers = await Honour.select().where(Honour.worker == here.worker, Honour.honour_list == list_id).first()
    assert await refused(honours.revoke(hers["id"], "材料造假", "来信", None, BY, NOW)) == [
        Problem("honour_is_undone", "", {"name": "冯砚秋"})
    ]
    roll = "/honour-roll?year=2025"
    now = await pages()  # while the work of clearing away may go on
    assert {address: now[address] for address in (roll, PAGE)} == {address: before[address] for address in (roll, PAGE)}
    await run_jobs()
    after = {address: answer for address, answer in (await pages()).items() if address not in CHANGED}
    assert after == before
    assert await verify() == []


async def test_what_was_changed_since_stays_when_its_list_goes(database):
    here, list_id = await written()
    await lists.resume(list_id, 7, NOW)
    await run_jobs()
    hers = await Honour.select().where(Honour.worker == here.worker, Honour.honour_list == list_id).first()
    async with transaction():
        await honours.correct(hers["id"], {"document": "赣工字〔2026〕9号"}, "文号有误", "来信", None, BY, NOW)
    assert await counted() == await counted_anew()
    await two_person.confirm(await lists.ask_undo(list_id, 1, "登记错误", 7, NOW), 8, NOW)
    assert {line["document"] for line in (await shown()).values()} == {"赣工发〔2026〕3号", "赣工字〔2026〕9号"}
    await run_jobs()
    assert len(await shown()) == 2
    assert await counted() == await counted_anew()


async def test_records_that_become_one_while_a_list_is_written_are_shown_as_one(database):
    here, list_id = await written()
    other = (await Honour.select().where(Honour.name == "程小满").first())["worker"]
    act = await worker_merging.ask_merge(here.worker, other, 7, "同一人", NOW)
    await two_person.confirm(act, 8, NOW)
    assert [line["name"] for line in (await shown()).values()] == ["冯砚秋"]
    await lists.resume(list_id, 7, NOW)
    await run_jobs()
    assert await counted() == await counted_anew()


async def test_a_killed_process_s_list_is_taken_up_where_it_stopped(database):
    here = await place()
    await make(here.kiln, "程小满")
    await with_page(here)
    list_id = await read_in()
    await lists.publish(list_id, False, 7, datetime.now(UTC))
    program = [sys.executable, "-m", "tests.craftsmen.honours.long_lists_made_up", database.url]
    process = await asyncio.create_subprocess_exec(*program, cwd=ROOT)
    try:
        async with asyncio.timeout(60):
            while await Honour.count() < 30:
                assert process.returncode is None
                await asyncio.sleep(0.02)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        await process.wait()
    assert (await Honour.count() < PEOPLE, len(await shown())) == (True, 1)
    await job_runner.run_due(lambda: datetime.now(UTC) + timedelta(minutes=1))  # its lease is over
    assert (await stage_of(list_id), await Honour.count(), len(await shown())) == (
        Stage.VISIBLE, PEOPLE + 1, PEOPLE + 1,
    )  # fmt: skip
    assert await counted() == await counted_anew()
    assert await verify() == []
