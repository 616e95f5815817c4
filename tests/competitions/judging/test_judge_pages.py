"""What a judge can do in a browser: find their works, fill in a sheet, never lose a mark, never learn a name."""

import asyncio
from typing import Any

import pytest

from competitions.rules.stages import Stage
from competitions.tables import Entry, SchemeVersion
from foundation.store import commit
from tests.competitions.judging.here import NOW, contest_here, set_stage
from tests.competitions.judging.sheets_made_up import VOIDS
from tests.competitions.judging.watching import fields_of, save, sheet, stored
from tests.web import visitors


async def test_a_judge_finds_the_works_and_what_is_left_of_each(database: Any) -> None:
    here = await contest_here()
    await here.give("feng", "01", {"D1": "5"})
    async with visitors() as web:
        judge = await web.signed_in("feng")
        page = await judge.get(f"/en/judge/contests/{here.contest.address}")
        desk = await judge.get("/en/desk")
    assert page.status_code == 200
    assert "1 of 4 marked" in page.text
    assert "Not begun: 4 aspects" in page.text
    assert ("/works/01" in page.text, "/works/02" in page.text, "/works/03" in page.text) == (True, True, False)
    assert "Works still to mark: 2." in desk.text


async def test_a_sheet_is_saved_whole_and_shows_what_is_stored(database: Any) -> None:
    here = await contest_here()
    async with visitors() as web:
        judge = await web.signed_in("feng")
        answer = await save(
            judge, sheet(here), mark_D1="５．５", count_D2_0="1", mark_D3="2.25", mark_D4="II", **{"void-D-1": "1"}
        )
        assert (answer.status_code, answer.headers["location"].partition("=")[0]) == (303, sheet(here) + "?done")
        page = await judge.get("/en" + answer.headers["location"])
        again = await save(judge, sheet(here))
    assert again.status_code == 303
    assert await stored() == [("D1", 1, "void"), ("D2", 1, "2"), ("D3", 1, "2.25"), ("D4", 1, "II")]
    shown = fields_of(page.text)
    assert {name: shown[name] for name in shown if name not in ("nonce", "version")} == {
        "base-D1": "1", "mark-D1": "5.5",
        "base-D2": "1", "count-D2-0": "1", "count-D2-1": "",
        "base-D3": "1", "mark-D3": "2.25",
        "base-D4": "1", "mark-D4": "II",
        "void-D-1": "1",
    }  # fmt: skip
    assert "Saved." in page.text
    assert "Next work: 02" in page.text


async def test_the_sheet_looks_like_the_paper_one(database: Any) -> None:
    here = await contest_here()
    async with visitors() as web:
        page = await (await web.signed_in("feng")).get("/en" + sheet(here))
        panel = await (await web.signed_in("hu")).get("/en" + sheet(here))
    for words in (
        "余高",
        "0～3 mm",
        "咬边每5 mm",
        "2 off each",
        "0 to 6, in steps of 0.5",
        *VOIDS,
        'inputmode="decimal"',
    ):
        assert words in page.text
    for words in ("勾线", "部分超过行业标准", "0 to 10, in steps of 0.5", 'name="mark-P1" value="3"'):
        assert words in panel.text
    assert "余高" not in panel.text
    assert ">25<" in panel.text.replace("\n", "").replace(" ", "")


async def test_every_bad_field_is_told_nothing_is_saved_and_nothing_typed_is_lost(database: Any) -> None:
    here = await contest_here()
    typed = {"mark-D1": "5.3", "count-D2-0": "两处", "count-D2-1": "1", "mark-D3": "10.5", "mark-D4": "I"}
    async with visitors() as web:
        judge = await web.signed_in("feng")
        page = await judge.get(sheet(here))
        answer = await judge.post(sheet(here), {**fields_of(page.text), **typed})
        english = await judge.post("/en" + sheet(here), {**fields_of(page.text), **typed})
    assert (answer.status_code, await stored()) == (422, [])
    assert answer.text.count('aria-invalid="true"') == 3
    assert [f'href="#f-{name}"' in answer.text for name in ("mark-D1", "count-D2-0", "mark-D3")] == [True] * 3
    shown = fields_of(answer.text)
    assert {name: shown[name] for name in typed} == typed
    assert "D2, 咬边每5 mm: how often is a whole number from 0 to 999, not 两处." in english.text


async def test_a_lost_answer_is_repeated_without_a_second_mark(database: Any) -> None:
    here = await contest_here()
    async with visitors() as web:
        judge = await web.signed_in("hu")
        page = await judge.get(sheet(here))
        first = await save(judge, sheet(here), page, mark_P1="2")
        second = await save(judge, sheet(here), page, mark_P1="2")
    assert [first.status_code, second.status_code] == [303, 303]
    assert await stored() == [("P1", 1, "2")]


async def test_an_old_tab_is_refused_by_name_and_saving_again_takes_it(database: Any) -> None:
    here = await contest_here()
    async with visitors() as web:
        judge = await web.signed_in("hu")
        old = await judge.get("/en" + sheet(here))
        await save(judge, sheet(here), mark_P1="2")
        refused = await save(judge, "/en" + sheet(here), old, mark_P1="3", mark_P2="7")
        assert (refused.status_code, await stored()) == (409, [("P1", 1, "2")])
        assert "P1 was changed elsewhere meanwhile: 2 is stored now." in refused.text
        kept = fields_of(refused.text)
        assert (kept["mark-P1"], kept["base-P1"], kept["mark-P2"], kept["base-P2"]) == ("3", "1", "7", "0")
        again = await save(judge, sheet(here), refused)
    assert again.status_code == 303
    assert await stored() == [("P1", 1, "2"), ("P1", 2, "3"), ("P2", 1, "7")]


async def test_clearing_a_field_takes_the_mark_back(database: Any) -> None:
    here = await contest_here()
    async with visitors() as web:
        judge = await web.signed_in("hu")
        await save(judge, sheet(here), mark_P1="2", mark_P2="7")
        await save(judge, sheet(here), mark_P1="", mark_P2=" ")
        page = await judge.get(f"/en/judge/contests/{here.contest.address}")
    assert await stored() == [("P1", 1, "2"), ("P2", 1, "7"), ("P1", 2, ""), ("P2", 2, "")]
    assert "Not begun: 2 aspects" in page.text


async def test_two_simultaneous_saves_of_one_judge_leave_one_mark(database: Any) -> None:
    here = await contest_here()
    async with visitors() as web:
        judge = await web.signed_in("hu")
        tabs = [await judge.get(sheet(here)) for _ in range(4)]
        answers = await asyncio.gather(*(save(judge, sheet(here), tab, mark_P1=str(n)) for n, tab in enumerate(tabs)))
    assert sorted(answer.status_code for answer in answers) == [303, 409, 409, 409]
    assert len(await stored()) == 1


@pytest.mark.parametrize(
    "stage, sentence",
    [
        (Stage.FROZEN, "Marking has not been opened yet."),
        (Stage.PUBLISHED, "The results are published; marks can no longer be changed."),
    ],
)
async def test_outside_the_stage_of_marking_a_sheet_is_only_read(database: Any, stage: Stage, sentence: str) -> None:
    here = await contest_here()
    async with visitors() as web:
        judge = await web.signed_in("hu")
        page = await judge.get(sheet(here))
        await set_stage(here.contest.id, stage)
        answer = await save(judge, "/en" + sheet(here), page, mark_P1="2")
        closed = await judge.get("/en" + sheet(here))
        listed = await judge.get(f"/en/judge/contests/{here.contest.address}")
    assert (answer.status_code, await stored()) == (409, [])
    assert [sentence in text for text in (answer.text, closed.text, listed.text)] == [True] * 3
    assert "mark-P1" not in fields_of(closed.text)


async def test_a_locked_entry_says_when_it_was_locked_on_the_registrys_clock(database: Any) -> None:
    here = await contest_here()
    async with visitors() as web:
        judge = await web.signed_in("hu")
        page = await judge.get(sheet(here))
        await Entry.update({Entry.locked_at: NOW}).where(Entry.id == here.works["01"])
        answer = await save(judge, "/en" + sheet(here), page, mark_P1="2")
    assert (answer.status_code, await stored()) == (409, [])
    assert "Marking of this entry was locked by the chief judge at 2026-05-06 14:20." in answer.text


async def test_a_scheme_amended_while_the_sheet_was_open_is_told(database: Any) -> None:
    here = await contest_here()
    async with visitors() as web:
        judge = await web.signed_in("hu")
        page = await judge.get(sheet(here))
        row = await SchemeVersion.select().where(SchemeVersion.contest == here.contest.id).first()
        assert row is not None
        del row["id"]
        await SchemeVersion(**{**row, "version": 2, "reason": "补充通知"}).save()
        answer = await save(judge, "/en" + sheet(here), page, mark_P1="2")
        assert "The scheme was amended while this sheet was open." in answer.text
        assert (answer.status_code, fields_of(answer.text)["mark-P1"]) == (422, "2")
        assert (await save(judge, sheet(here), answer)).status_code == 303


async def test_when_too_many_save_the_sheet_comes_back_as_typed(database: Any) -> None:
    here = await contest_here()
    async with visitors() as web:
        judge = await web.signed_in("hu")
        page = await judge.get(sheet(here))
        group: commit.GroupCommit = database.group
        group.capacity = 0
        answer = await save(judge, sheet(here), page, mark_P1="2")
        group.capacity = commit.CAPACITY
        assert (answer.status_code, fields_of(answer.text)["mark-P1"]) == (503, "2")
        assert (await save(judge, sheet(here), answer)).status_code == 303
