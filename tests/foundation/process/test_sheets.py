"""Sheets of units: read, looked at, taken in by one act, taken back by one; nothing twice, whoever dies meanwhile."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import organisation_moves, organisations, privacy
from foundation.people.organisations import Draft, Kind
from foundation.people.sessions import Hat, SignedIn
from foundation.process import sheet_copies, sheet_kinds, sheet_layouts, sheet_reads, sheets
from foundation.process.rules.sheets import Stage, State
from foundation.process.sheet_kinds import Batch, TakenRow
from foundation.process.sheet_reads import RowFacts, SheetFacts
from foundation.process.sheet_steps import to_stage
from foundation.process.sheet_tables import Sheet, SheetPiece, SheetRow, SheetTaken
from foundation.store import bulk, ledger
from foundation.store.commit import GroupCommit
from foundation.store.engines import Engine
from foundation.store.ledger_verify import verify
from foundation.store.tables import LedgerEntry
from foundation.store.transactions import transaction
from foundation.work import job_runner, jobs
from tests.foundation.papers.sheets_made_up import LING, xlsx
from tests.foundation.process.sheets_made_up import IDEAS, Idea, create_table, rows

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
LIN = 7
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
async def group(database: Engine) -> AsyncIterator[None]:
    """As the registry runs: everybody's writes share transactions."""
    await create_table()
    running = GroupCommit(database)
    await running.start()
    yield
    await running.stop()


async def unit(name: str = "云窑艺术瓷厂工会") -> SignedIn:
    made = await organisations.create(1, Draft(name, Kind.CITY), "test", NOW)
    hat = Hat(made, name, f"1.{made}.", frozenset({"clerk"}))
    return SignedIn(LIN, "林", "csrf", 1, hat)


async def run(now: datetime = NOW) -> None:
    await job_runner.run_due(lambda: now)


async def handed_in(user: SignedIn, lines: Sequence[Sequence[object]] | bytes, tmp_path: Path) -> SheetFacts:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(lines if isinstance(lines, bytes) else xlsx(lines))
    assert user.hat is not None
    sheet_id = await sheets.take_in(IDEAS, path.name, path, user.hat.organisation_id, LIN, NOW)
    await run()
    return await sheet_reads.for_unit(user, IDEAS, sheet_id)


async def taken(user: SignedIn, one: SheetFacts, *, without_wrong: bool = False) -> SheetFacts:
    await sheets.take(one, without_wrong=without_wrong, by=LIN, now=NOW)
    await run()
    return await sheet_reads.for_unit(user, IDEAS, one.id)


def counts(one: SheetFacts) -> tuple[Stage, int, int, int, int]:
    return one.stage, one.size, one.wrong, one.again, one.taken


async def visible() -> list[str]:
    found = await Idea.select(Idea.title).where(Idea.visible == True).order_by(Idea.id)  # noqa: E712
    return [row["title"] for row in found]


async def all_rows(one: SheetFacts, state: State | None = None) -> list[RowFacts]:
    return await sheet_reads.rows(IDEAS, one.id, state, size=10_000)


def told(problem: Problem) -> tuple[str, str, str, str]:
    return problem.code, problem.field, problem.params["row"], problem.params["column"]


async def job_problem(one: SheetFacts) -> Problem | None:
    job = await jobs.facts_of(one.job or 0)
    assert job is not None
    return job.problem


async def test_a_sheet_is_looked_at_then_taken_in_as_a_whole(database: Engine, tmp_path: Path) -> None:
    user = await unit()
    one = await handed_in(user, rows(120), tmp_path)
    assert counts(one) == (Stage.CHECKED, 120, 0, 0, 0)
    assert await Idea.count() == 0
    first = (await all_rows(one))[0]
    assert (first.line, first.state, dict(first.words)) == (
        3,
        State.READY,
        {
            "title": "第0号:窑车码放图上墙".replace(":", "："),
            "who": "熊0",
            "benefit": "5,000元",
            "on": "2025-10",
            "state": "采纳",
        },
    )
    one = await taken(user, one)
    assert counts(one) == (Stage.VISIBLE, 120, 0, 0, 120)
    assert len(await visible()) == 120
    assert (await Idea.select(Idea.benefit, Idea.batch, Idea.organisation).first()) == {
        "benefit": 5_000_00, "batch": one.id, "organisation": one.organisation_id,
    }  # fmt: skip
    assert (await SheetRow.count(), await SheetPiece.count(), await SheetTaken.count()) == (0, 0, 120)
    acts = [(entry.act, entry.payload) for entry in await ledger.entries(f"sheet:{one.id}")]
    assert [act for act, _ in acts] == ["sheet.shown", "sheet.taking", "sheet.kept"]
    assert acts[0][1]["taken"] == 120
    assert await verify() == []


async def test_the_same_sheet_twice_changes_nothing(database: Engine, tmp_path: Path) -> None:
    user = await unit()
    file = xlsx(rows(30))
    one = await handed_in(user, file, tmp_path)
    assert (await handed_in(user, file, tmp_path)).id == one.id  # the very file is being worked on
    await taken(user, one)
    again = await handed_in(user, rows(30), tmp_path)
    assert counts(again) == (Stage.CHECKED, 30, 0, 30, 0)
    with pytest.raises(Refused) as refusal:
        await sheets.take(again, without_wrong=True, by=LIN, now=NOW)
    assert refusal.value.problems == (Problem("sheet_nothing_new"),)
    more = await handed_in(user, rows(35), tmp_path)
    assert counts(await taken(user, more)) == (Stage.VISIBLE, 35, 0, 30, 5)
    assert len(await visible()) == 35
    other = await unit("素坯里陶瓷工会")  # another unit's same words are its own
    assert counts(await taken(other, await handed_in(other, rows(30), tmp_path))) == (Stage.VISIBLE, 30, 0, 0, 30)


async def test_every_kind_of_bad_row_is_told_and_only_corrected_rows_come_the_second_time(
    database: Engine, tmp_path: Path
) -> None:
    user = await unit()
    lines = rows(6)
    lines[2][1] = ""
    lines[3][4] = 3.6e17
    lines[4][5] = 2025.1
    lines[5][6] = "也许"
    lines[6][3] = "很多"
    lines += [["", "合计错误", "万二"], [9, *lines[7][1:]], ["", "合计", "", 3], ["填报人：", "张三"]]
    one = await handed_in(user, lines, tmp_path)
    assert counts(one) == (Stage.CHECKED, 8, 6, 1, 0)
    wrong = await all_rows(one, State.WRONG)
    assert [(row.line, [told(problem) for problem in row.problems]) for row in wrong] == [
        (3, [("sheet_empty", "title", "3", "题目")]),
        (4, [("sheet_digits_lost", "id_number", "4", "身份证号")]),
        (5, [("sheet_day_ambiguous", "on", "5", "提出时间")]),
        (6, [("sheet_choice", "state", "6", "状态")]),
        (7, [("sheet_money", "benefit", "7", "效益（万元）")]),
        (9, [("reference_not_yours", "title", "9", "题目")]),
    ]  # fmt: skip
    assert wrong[4].words["benefit"] == "很多"
    (again,) = await all_rows(one, State.AGAIN)
    assert again.problems == (Problem("sheet_row_twice", "", {"first": "8"}),)
    assert [line.words for line in one.understood.left_out] == ["合计 3", "填报人： 张三"]
    with pytest.raises(Refused) as refusal:
        await sheets.take(one, without_wrong=False, by=LIN, now=NOW)
    assert refusal.value.problems == (Problem("sheet_wrong", "without_wrong", {"count": "6"}),)
    one = await taken(user, one, without_wrong=True)
    assert counts(one) == (Stage.VISIBLE, 8, 6, 1, 1)
    copy = await sheet_copies.annotated(one, lambda problem: problem.code, only_wrong=True)
    assert len(copy) > 4000
    lines[2][1], lines[3][4], lines[4][5], lines[5][6], lines[6][3], lines[8][1] = "甲", LING, "2025.10", "", 1, "乙"
    mended = await handed_in(user, lines, tmp_path)
    assert counts(mended) == (Stage.CHECKED, 8, 0, 2, 0)
    assert counts(await taken(user, mended)) == (Stage.VISIBLE, 8, 0, 2, 6)
    assert len(await visible()) == 7


async def test_taken_back_by_one_act_and_free_to_come_again(database: Engine, tmp_path: Path) -> None:
    user = await unit()
    kept = await taken(user, await handed_in(user, rows(10), tmp_path))
    one = await taken(user, await handed_in(user, rows(700, first=10), tmp_path))
    await sheets.take_back(one, IDEAS, LIN, NOW)
    assert len(await visible()) == 10  # before any work is done
    await run()
    one = await sheet_reads.for_unit(user, IDEAS, one.id)
    assert (one.stage, await Idea.count(), await SheetTaken.count()) == (Stage.UNDONE, 10, 10)
    again = await handed_in(user, rows(700, first=10), tmp_path)
    assert counts(await taken(user, again)) == (Stage.VISIBLE, 700, 0, 0, 700)
    await Idea.update({Idea.used: True}).where(Idea.batch == kept.id)
    with pytest.raises(Refused):
        await sheets.take_back(kept, IDEAS, LIN, NOW)
    assert (await sheet_reads.for_unit(user, IDEAS, kept.id)).stage is Stage.VISIBLE
    for late in (sheets.take_back(one, IDEAS, LIN, NOW), sheets.drop(kept, LIN, NOW), sheets.resume(kept, LIN, NOW)):
        with pytest.raises(Refused):
            await late
    assert await verify() == []


async def test_a_unit_s_own_headings_are_asked_for_once(database: Engine, tmp_path: Path) -> None:
    user = await unit()
    lines = [["金点子", "谁提的", "值多少（元）"], ["窑车", "熊一", 500], ["分水", "万二", ""]]
    one = await handed_in(user, lines, tmp_path)
    assert (one.stage, one.understood.layout.missing) == (Stage.ASKING, ("title", "who"))
    assert one.understood.samples == {0: ("窑车", "分水"), 1: ("熊一", "万二"), 2: ("500",)}
    with pytest.raises(Refused) as refusal:
        await sheets.say_headings(one, IDEAS, {0: "title", 1: "", 2: "title"}, LIN, NOW)
    assert [problem.code for problem in refusal.value.problems] == [
        "sheet_column_twice", "sheet_column_twice", "sheet_column_missing",
    ]  # fmt: skip
    await sheets.say_headings(one, IDEAS, {0: "title", 1: "who", 2: "benefit"}, LIN, NOW)
    await run()
    one = await sheet_reads.for_unit(user, IDEAS, one.id)
    assert counts(one) == (Stage.CHECKED, 2, 0, 0, 0)
    assert (await all_rows(one))[0].words["benefit"] == "500元"
    lines.append(["第三", "占三", 1])
    assert (await handed_in(user, lines, tmp_path)).size == 3  # nobody is asked again
    other = await unit("素坯里陶瓷工会")
    assert (await handed_in(other, lines, tmp_path)).stage is Stage.ASKING


async def test_two_columns_of_the_same_heading_are_told_apart(database: Engine, tmp_path: Path) -> None:
    user = await unit()
    lines = [["题目", "姓名", "姓名", "效益"], ["窑车", "熊一", "审核员", 1], ["分水", "万二", "审核员", 2]]
    one = await handed_in(user, lines, tmp_path)
    assert (one.stage, one.understood.layout.twice) == (Stage.ASKING, ("who",))
    await sheets.say_headings(one, IDEAS, {0: "title", 1: "who", 2: "", 3: "benefit"}, LIN, NOW)
    await run()
    one = await sheet_reads.for_unit(user, IDEAS, one.id)
    assert counts(one) == (Stage.CHECKED, 2, 0, 0, 0)
    assert [row.words["who"] for row in await all_rows(one)] == ["熊一", "万二"]
    lines.append(["第三", "占三", "审核员", 3])
    assert (await handed_in(user, lines, tmp_path)).size == 3  # nobody is asked again


async def test_what_was_there_already_is_looked_at_anew_when_the_file_is_handed_in_again(
    database: Engine, tmp_path: Path
) -> None:
    user, content = await unit(), xlsx(rows(3))
    first = await taken(user, await handed_in(user, content, tmp_path))
    second = await handed_in(user, content, tmp_path)
    assert counts(second) == (Stage.CHECKED, 3, 0, 3, 0)
    await sheets.take_back(first, IDEAS, LIN, NOW)
    await run()
    again = await handed_in(user, content, tmp_path)
    assert (again.id, counts(again)) == (second.id, (Stage.CHECKED, 3, 0, 0, 0))
    assert counts(await taken(user, again)) == (Stage.VISIBLE, 3, 0, 0, 3)


async def test_what_is_taken_in_while_old_sheets_are_dropped_loses_no_row(database: Engine, tmp_path: Path) -> None:
    user = await unit()
    one = await handed_in(user, rows(4), tmp_path)
    asked, dropping = asyncio.Event(), asyncio.Event()

    async def take() -> None:
        async with transaction():
            await to_stage(one.id, {Stage.CHECKED}, Stage.TAKING)
            asked.set()
            await dropping.wait()
            await asyncio.sleep(0.2)  # until the other one waits for this row

    async def drop() -> None:
        await asked.wait()
        dropping.set()
        await sheets.forget_old(NOW + timedelta(days=31))

    await asyncio.gather(take(), drop())
    assert (await sheet_reads.for_unit(user, IDEAS, one.id)).stage is Stage.TAKING
    assert (await SheetRow.count(), await SheetPiece.count()) == (4, 1)


async def test_what_is_private_lies_nowhere_readable(database: Engine, tmp_path: Path) -> None:
    user = await unit()
    lines = rows(3)
    lines[2][4], lines[3][4], lines[4][1] = LING, LING[:-1] + "0", ""
    lines[4][4] = LING
    lines[1].append("备注")
    lines[2].append(f"证件{LING}，电话13800138000")
    one = await handed_in(user, lines, tmp_path)
    assert [dict(row.words).get("id_number") for row in await all_rows(one)] == [
        f"360***********{LING[-4:]}", None, f"360***********{LING[-4:]}",
    ]  # fmt: skip
    kept = await _everything(database)
    assert ("窑车码放图上墙" in kept, LING in kept, LING[:-1] in kept) == (True, False, False)
    one = await taken(user, one, without_wrong=True)
    row = await Idea.select(Idea.id_sealed).first()
    assert row is not None
    assert privacy.opened(row["id_sealed"]) == LING


async def _everything(database: Engine) -> str:
    """All that the tables of sheets hold."""
    tables = ("sheet", "sheet_piece", "sheet_row", "sheet_taken", "ledger_entry")
    return repr([await database.run_ddl(f"SELECT * FROM {table}") for table in tables])  # noqa: S608


async def test_strangers_and_other_units_find_no_sheet(database: Engine, tmp_path: Path) -> None:
    user, other = await unit(), await unit("素坯里陶瓷工会")
    one = await handed_in(user, rows(2), tmp_path)
    for stranger in (other, replace(user, hat=None)):
        with pytest.raises(NotFound):
            await sheet_reads.for_unit(stranger, IDEAS, one.id)
        assert await sheet_reads.listing(stranger, IDEAS) == []
    assert [found.id for found in await sheet_reads.listing(user, IDEAS)] == [one.id]
    with pytest.raises(NotFound):
        sheet_kinds.for_user(user, "none")
    assert user.hat is not None
    with pytest.raises(NotFound):
        sheet_kinds.for_user(replace(user, hat=replace(user.hat, roles=frozenset({"judge"}))), "ideas")


async def test_what_cannot_be_read_is_refused_before_it_is_kept(database: Engine, tmp_path: Path) -> None:
    user = await unit()
    for content in (b"", b"%PDF-1.7", xlsx([[]])):
        with pytest.raises(Refused) as refusal:
            await handed_in(user, content, tmp_path)
        assert refusal.value.problems[0].field == "file"
    assert await Sheet.count() == 0


async def test_dropped_or_left_for_a_month_nothing_is_kept(database: Engine, tmp_path: Path) -> None:
    user = await unit()
    one = await handed_in(user, rows(5), tmp_path)
    await sheets.drop(one, LIN, NOW)
    assert (await SheetRow.count(), await SheetPiece.count()) == (0, 0)
    old = await handed_in(user, rows(6), tmp_path)
    await sheets.forget_old(NOW + timedelta(days=29))
    assert (await sheet_reads.for_unit(user, IDEAS, old.id)).stage is Stage.CHECKED
    lines = rows(7)
    lines[2][1] = ""
    shown = await taken(user, await handed_in(user, lines, tmp_path), without_wrong=True)
    assert await sheet_copies.are_there(shown)
    await sheets.forget_old(NOW + timedelta(days=31))
    assert (await sheet_reads.for_unit(user, IDEAS, shown.id)).stage is Stage.VISIBLE
    assert not await sheet_copies.are_there(shown)
    assert (await sheet_reads.for_unit(user, IDEAS, old.id)).stage is Stage.DROPPED
    said = await LedgerEntry.select(LedgerEntry.act, LedgerEntry.actor).where(LedgerEntry.stream == f"sheet:{old.id}")
    assert [(one["act"], one["actor"]) for one in said][-1] == ("sheet.dropped", "system")
    assert (await SheetRow.count(), await SheetPiece.count()) == (0, 0)
    with pytest.raises(NotFound):
        await sheet_copies.annotated(old, str, only_wrong=False)


async def test_a_domain_that_refuses_leaves_everything_as_it_was(
    database: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = await unit()
    one = await handed_in(user, rows(300), tmp_path)
    write = IDEAS.write_chunk

    async def some(found: Sequence[TakenRow], batch: Batch) -> None:
        if found[-1].line > 150:
            raise Refused(Problem("sheet_is_dropped"))
        await write(found, batch)

    with monkeypatch.context() as patched:
        patched.setitem(sheet_kinds.KINDS, "ideas", replace(IDEAS, write_chunk=some))
        one = await taken(user, one)
    assert (counts(one), await job_problem(one)) == ((Stage.CHECKED, 300, 0, 0, 0), Problem("sheet_is_dropped"))
    assert (await Idea.count(), await SheetTaken.count()) == (0, 0)
    assert counts(await taken(user, one)) == (Stage.VISIBLE, 300, 0, 0, 300)


class Hold:
    """Stops writing after some chunks, until it is told to go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
        self.reached, self.go_on, self.chunks = asyncio.Event(), asyncio.Event(), 0
        write = IDEAS.write_chunk

        async def held(found: Sequence[TakenRow], batch: Batch) -> None:
            if self.chunks == after:
                self.reached.set()
                await self.go_on.wait()
            self.chunks += 1
            await write(found, batch)

        monkeypatch.setitem(sheet_kinds.KINDS, "ideas", replace(IDEAS, write_chunk=held))


async def test_nobody_sees_a_sheet_while_it_is_taken_in_and_who_cancels_finds_nothing_left(
    database: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = await unit()
    one = await handed_in(user, rows(500), tmp_path)
    await sheets.take(one, without_wrong=False, by=LIN, now=NOW)
    one = await sheet_reads.for_unit(user, IDEAS, one.id)
    with monkeypatch.context() as patched:
        hold = Hold(patched, 2)
        working = asyncio.create_task(run())
        async with asyncio.timeout(30):
            await hold.reached.wait()
        assert await visible() == []
        hold.go_on.set()
        await asyncio.gather(jobs.cancel(one.job or 0, LIN, NOW), working)
    one = await sheet_reads.for_unit(user, IDEAS, one.id)
    if one.stage is not Stage.VISIBLE:  # it came in time
        assert counts(one) == (Stage.CHECKED, 500, 0, 0, 0)
        assert (await Idea.count(), await SheetTaken.count()) == (0, 0)
        one = await taken(user, one)
    assert len(await visible()) == 500


@pytest.mark.parametrize("step", ["reading", "taking"])
async def test_a_killed_process_s_sheet_is_taken_up_where_it_stopped(
    database: Engine, tmp_path: Path, step: str
) -> None:
    user = await unit()
    path = tmp_path / "名单.xlsx"
    path.write_bytes(xlsx(rows(400)))
    assert user.hat is not None
    now = datetime.now(UTC)
    sheet_id = await sheets.take_in(IDEAS, path.name, path, user.hat.organisation_id, LIN, now)
    if step == "taking":
        await run(datetime.now(UTC))
        one = await sheet_reads.for_unit(user, IDEAS, sheet_id)
        await sheets.take(one, without_wrong=False, by=LIN, now=datetime.now(UTC))
    table = SheetRow if step == "reading" else Idea
    program = [sys.executable, "-m", "tests.foundation.process.sheets_made_up", database.url]
    process = await asyncio.create_subprocess_exec(*program, cwd=ROOT)
    try:
        async with asyncio.timeout(60):
            while await table.count() < 60:
                assert process.returncode is None
                await asyncio.sleep(0.02)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        await process.wait()
    left = set(await table.select(table.id).output(as_list=True))
    assert 60 <= len(left) < 400
    await run(datetime.now(UTC) + timedelta(minutes=1))  # its lease is over
    assert left <= set(await table.select(table.id).output(as_list=True))  # what was done is not done again
    one = await sheet_reads.for_unit(user, IDEAS, sheet_id)
    if step == "reading":
        assert counts(one) == (Stage.CHECKED, 400, 0, 0, 0)
        assert [row.line for row in await all_rows(one)] == list(range(3, 403))
        one = await taken(user, one)
    assert counts(one) == (Stage.VISIBLE, 400, 0, 0, 400)
    assert len(set(await visible())) == len(await visible()) == 400
    assert await verify() == []


async def test_two_sheets_with_the_same_rows_at_the_same_moment_take_each_once(
    database: Engine, tmp_path: Path
) -> None:
    user = await unit()
    one, other = await handed_in(user, rows(200), tmp_path), await handed_in(user, rows(210), tmp_path)
    for sheet in (one, other):
        await sheets.take(sheet, without_wrong=False, by=LIN, now=NOW)
    await asyncio.gather(run(), run())
    assert len(set(await visible())) == len(await visible()) == 210
    found = [await sheet_reads.for_unit(user, IDEAS, sheet.id) for sheet in (one, other)]
    assert sum(sheet.taken for sheet in found) == 210
    assert sum(sheet.taken + sheet.again for sheet in found) == 410


async def test_two_units_that_become_one_know_what_both_handed_in(database: Engine, tmp_path: Path) -> None:
    one, other = await unit(), await unit("素坯里陶瓷工会")
    for user in (one, other):
        lines = [["金点子", "谁提的"], ["窑车", "熊一"], ["分水", "万二"]][: 3 if user is one else 2]
        sheet = await handed_in(user, lines, tmp_path)
        await sheets.say_headings(sheet, IDEAS, {0: "title", 1: "who"}, LIN, NOW)
        await run()
        await taken(user, await sheet_reads.for_unit(user, IDEAS, sheet.id))
    assert one.hat is not None
    assert other.hat is not None
    await organisation_moves.merge(one.hat.organisation_id, other.hat.organisation_id, "test", NOW)
    assert await sheet_layouts.remembered(IDEAS, other.hat.organisation_id) == {"金点子": "title", "谁提的": "who"}
    assert await SheetTaken.count() == 2
    again = await handed_in(
        other, [["金点子", "谁提的"], ["窑车", "熊一"], ["分水", "万二"], ["新的", "占三"]], tmp_path
    )
    assert counts(again) == (Stage.CHECKED, 3, 0, 2, 0)


async def test_no_step_holds_others_up_for_long(
    database: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    insert = bulk.insert

    async def counted(table: type, found: Sequence[dict[str, object]]) -> None:
        sizes.append(len(found))
        await insert(table, found)

    monkeypatch.setattr(bulk, "insert", counted)
    user = await unit()
    await taken(user, await handed_in(user, rows(1500), tmp_path))
    assert max(sizes) <= 500
    assert len(sizes) > 9
