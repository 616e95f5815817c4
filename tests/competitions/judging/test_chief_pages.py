"""What a chief judge can do in a browser: see how far every entry is and why, and lock, without ever meeting a name."""

from typing import Any

import pytest

from competitions import locks
from competitions.bench import bench_for
from competitions.rules.stages import Stage
from competitions.tables import Entry
from foundation.store import ledger
from tests.competitions.judging.here import NAMES, NOW, UNITS, Here, another_contest, contest_here, set_stage
from tests.competitions.judging.watching import fields_of, statements
from tests.web import visitors


def bench(here: Here) -> str:
    return f"/chief/contests/{here.contest.address}"


def entry(here: Here, work: str = "01") -> str:
    return f"{bench(here)}/works/{work}"


async def locked() -> list[str]:
    return sorted(row["work_number"] for row in await Entry.select().where(Entry.locked_at.is_not_null()))


async def test_the_matrix_tells_what_is_done_missing_and_in_conflict(database: Any) -> None:
    here = await contest_here()
    await here.complete("01")
    await here.give("hu", "02", {"P1": "0"})
    await here.give("nie", "02", {"P1": "3"})
    async with visitors() as web:
        chief = await web.signed_in("wan")
        page = await chief.get("/en" + bench(here))
        mine = await chief.get("/en" + bench(here) + "?show=mine")
        desk = await chief.get("/en/desk")
    assert "作品: 2/6 marks, 1 in conflict" in page.text
    assert "J3: 0/2 marks" in page.text
    assert "J4: nothing to mark" in page.text
    assert [f"/works/{work}" in page.text for work in ("01", "02", "03")] == [True, True, True]
    assert [f"/works/{work}" in mine.text for work in ("01", "02", "03")] == [True, True, False]
    assert "Entries whose marks are in conflict: 1." in desk.text
    assert "Entries ready to be locked: 1." in desk.text


async def test_all_marks_of_an_entry_stand_side_by_side_with_what_is_open_in_words(database: Any) -> None:
    here = await contest_here()
    await here.give("hu", "01", {"P1": "0", "P2": "absent"})
    await here.give("nie", "01", {"P1": "3", "P2": "8.5"})
    await here.give("feng", "01", {"D1": "void"})
    async with visitors() as web:
        chief = await web.signed_in("wan")
        english = await chief.get("/en" + entry(here))
        chinese = await chief.get(entry(here))
    for words in (
        "The levels are 3 apart, and at most 1 is allowed: please look at the work again together.",
        "Not yet marked by J3.",
        "明显超过行业标准",
        "8.5",
        "No mark given",
        "A void condition was found: this module counts 0, whatever else is marked or missing in it.",
    ):
        assert words in english.text
    assert "评价分相差 3 级，最多允许相差 1 级，需复议。" in chinese.text
    assert 'name="seen"' not in english.text  # nothing to lock yet


async def test_the_chief_judge_locks_an_entry_once_it_is_complete(database: Any) -> None:
    here = await contest_here()
    await here.complete("01")
    async with visitors() as web:
        chief = await web.signed_in("wan")
        page = await chief.get("/en" + entry(here))
        assert "Locking is final here" in page.text
        unsure = await chief.post("/en" + entry(here), fields_of(page.text))
        assert (unsure.status_code, await locked()) == (409, [])
        assert "Please tick that you have looked at these marks: locking is final here." in unsure.text
        done = await chief.post("/en" + entry(here), {**fields_of(page.text), "confirm": "1"})
        assert (done.status_code, await locked()) == (303, ["01"])
        after = await chief.get(done.headers["location"])
        assert "Locked. The marks of this entry are final." in after.text
        again = await chief.post("/en" + entry(here), {**fields_of(page.text), "confirm": "1"})
        assert (again.status_code, "01 is locked already." in again.text) == (409, True)
    acts = [each.act for each in await ledger.entries(f"contest:{here.contest.id}")]
    assert acts.count("entry.locked") == 1


async def test_a_mark_given_while_the_page_was_open_stops_the_lock(database: Any) -> None:
    here = await contest_here()
    await here.complete("01")
    async with visitors() as web:
        chief = await web.signed_in("wan")
        page = await chief.get("/en" + entry(here))
        await here.give("hu", "01", {"P1": "3"})
        refused = await chief.post("/en" + entry(here), {**fields_of(page.text), "confirm": "1"})
        assert (refused.status_code, await locked()) == (409, [])
        assert "01: a mark was given after you opened this page. Nothing was locked; please look again." in refused.text
        again = await chief.post("/en" + entry(here), {**fields_of(refused.text), "confirm": "1"})
    assert (again.status_code, await locked()) == (303, ["01"])


async def test_all_complete_entries_are_locked_at_once_and_no_other(database: Any) -> None:
    here = await contest_here(("01", "02", "04", "05"))
    for work in ("01", "02"):
        await here.complete(work)
    await here.give("hu", "04", {"P1": "2"})
    await Entry.update({Entry.status: "withdrawn"}).where(Entry.id == here.works["05"])
    async with visitors() as web:
        chief = await web.signed_in("wan")
        page = await chief.get("/en" + bench(here))
        assert "Lock these entries (3)" in page.text
        done = await chief.post("/en" + bench(here), {**fields_of(page.text), "confirm": "1"})
        assert (done.status_code, await locked()) == (303, ["01", "02", "05"])
        again = await chief.post("/en" + bench(here), {**fields_of(page.text), "confirm": "1"})
        none = await chief.post("/en" + bench(here), {"confirm": "1"})
    assert (again.status_code, "01 is locked already." in again.text) == (409, True)
    assert (none.status_code, "No entry is ready to be locked." in none.text) == (409, True)


@pytest.mark.parametrize("stage", [Stage.FROZEN, Stage.PUBLISHED])
async def test_nothing_is_locked_outside_the_stage_of_marking(database: Any, stage: Stage) -> None:
    here = await contest_here()
    await here.complete("01")
    async with visitors() as web:
        chief = await web.signed_in("wan")
        pages = [await chief.get(address) for address in (entry(here), bench(here))]
        await set_stage(here.contest.id, stage)
        for address, page in zip((entry(here), bench(here)), pages, strict=True):
            answer = await chief.post(address, {**fields_of(page.text), "confirm": "1"})
            assert answer.status_code == 409
            assert 'name="seen"' not in answer.text
    assert await locked() == []


async def test_strangers_and_other_judges_find_nothing_here(database: Any) -> None:
    here = await contest_here()
    await here.complete("01")
    other = await another_contest("xu")
    fields = {"seen": f"{here.works['01']}:10", "confirm": "1"}
    async with visitors() as web:
        judge, stranger = await web.signed_in("hu"), await web.signed_in("xu")
        office, chief = await web.signed_in("zuzhi"), await web.signed_in("wan")
        answers = [
            await who.get(address) for who in (judge, stranger, office) for address in (bench(here), entry(here))
        ]
        answers += [await who.post(entry(here), fields) for who in (judge, stranger, office)]
        answers += [
            await chief.get(address) for address in (entry(here, "99"), entry(here, "%00"), "/chief/contests/%00")
        ]
        answers += [await chief.get(f"/chief/contests/{other.address}")]
        elsewhere = await stranger.post(f"/chief/contests/{other.address}", fields)
    assert [answer.status_code for answer in answers] == [404] * 13
    assert elsewhere.status_code == 409
    assert await locked() == []


@pytest.mark.parametrize(
    "junk", ["x" * 5_000, "\x00", ":", "1:", "-1:-1", "9" * 40 + ":1", "<script>alert(1)</script>"]
)
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_junk_is_answered_with_a_page(database: Any, junk: str) -> None:
    here = await contest_here()
    await here.complete("01")
    async with visitors() as web:
        chief = await web.signed_in("wan")
        for address in (bench(here), entry(here)):
            for fields in (
                {"seen": junk, "confirm": "1"},
                {"seen": [junk] * 3, "confirm": junk},
                {"confirm": junk},
                {junk: junk},
            ):
                answer = await chief.post(address, fields)
                assert (answer.status_code, "<script>alert" in answer.text) == (409, False)
        assert (await chief.get(bench(here), params={"show": junk, "done": junk})).status_code == 200
    assert await locked() == []


async def test_no_page_of_the_chief_judge_asks_who_made_a_work(database: Any) -> None:
    here = await contest_here()
    await here.complete("01")
    await here.complete("02")
    async with visitors() as web:
        chief = await web.signed_in("wan")
        with statements(database) as seen:
            page = await chief.get(entry(here))
            answers = [
                page,
                await chief.get("/desk"),
                await chief.get(bench(here)),
                await chief.get(entry(here, "99")),
                await chief.post(entry(here), fields_of(page.text)),
                await chief.post(entry(here), {**fields_of(page.text), "confirm": "1"}),
                await chief.post(bench(here), {**fields_of(page.text), "confirm": "1"}),
            ]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 404, 409, 303, 409]
    assert any("mark" in sql for sql in seen)
    assert [sql for sql in seen if "contestant" in sql.lower()] == []
    for answer in answers:
        assert [word for word in (*NAMES, *UNITS) if word in answer.text] == []


async def test_the_matrix_costs_the_same_queries_for_one_entry_and_for_three(database: Any) -> None:
    counts = []
    for works in (("01",), ("01", "02", "04")):
        here = await contest_here(works)
        for work in works:
            await here.complete(work)
        async with visitors() as web:
            chief = await web.signed_in("wan")
            asked = []  # what every page shows stands in memory, and is read anew after a change was told of
            for _ in range(4):
                with statements(database) as seen:
                    assert (await chief.get(bench(here))).status_code == 200
                asked.append(len(seen))
            counts.append(min(asked))
            with statements(database) as seen:
                chosen = await bench_for(here.accounts["wan"], here.contest.address)
                await locks.lock(chosen, chosen.settled, here.accounts["wan"], NOW)
            counts.append(len(seen))
    assert counts[:2] == counts[2:]
    assert counts[0] <= 14
