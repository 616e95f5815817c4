"""Notices from draft to end: who may open, what is frozen, what holds, what the ledger keeps."""

import asyncio
import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import accounts
from foundation.process import calendar, notice_drafts, notice_reads, notices
from foundation.process.notice_tables import Notice
from foundation.process.rules.notices import WORDING, Draft, Stage, State, wording
from foundation.process.rules.objections import Count
from foundation.process.rules.shown import Shown
from foundation.store import generations, ledger
from foundation.store.engines import Engine
from foundation.store.tables import LedgerEntry
from foundation.work import returns

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 4, 27, 1, 30, tzinfo=UTC)  # 09:30 in Nanchang
ROOT = 1
SHOWN = Shown(("place", "entry", "total"), (("1", "A07", "92.5"), ("2", "B03", "90")))


def said(**changed: object) -> Draft:
    values: dict[str, object] = {
        "title": "焊工赛项成绩公示", "text": "现将成绩予以公示。", "contact": "省总工会劳动和经济工作部 0791-00000000",
        "shown": SHOWN, "days": 5, "end_time": "17:30", "about": "contest:2026-1-01", "label": "焊工",
    }  # fmt: skip
    return Draft(**{**values, **changed})  # type: ignore[arg-type]


async def person(sign_in: str) -> int:
    return (await accounts.create_account(sign_in, sign_in, ["officer", "reviewer"], "test", START))[0]


async def id_of(address: str) -> int:
    row = await Notice.select(Notice.id).where(Notice.address == address).first()
    assert row is not None
    return int(row["id"])


async def reviewed(notice_id: int, by: int) -> None:
    second = await accounts.find("second")
    await notice_drafts.send(notice_id, by, START)
    await notice_drafts.approve(notice_id, second.id if second else await person("second"), START)


async def opened(by: int, **changed: object) -> tuple[int, str]:
    address = await notice_drafts.draft(said(**changed), ROOT, by, START)
    notice_id = await id_of(address)
    await reviewed(notice_id, by)
    await notices.open_notice(notice_id, by, START, ZONE)
    return notice_id, address


async def refusal(work: object) -> list[Problem]:
    with pytest.raises(Refused) as caught:
        await work  # type: ignore[misc]
    return list(caught.value.problems)


async def test_a_notice_is_drafted_opened_and_ends_at_its_time_of_day(database: Engine) -> None:
    ling = await person("ling")
    notice_id, address = await opened(ling)
    assert address == "2026-1"
    notice = await notice_reads.public(address)
    ends = datetime(2026, 5, 6, 9, 30, tzinfo=UTC)  # five working days, the first counted; 17:30 in the zone
    assert (notice.starts_on, notice.ends_at, notice.first_day_counts) == (date(2026, 4, 27), ends, True)
    assert (notice.shown, notice.organisation, notice.objections) == (SHOWN, notice.organisation, Count())
    moments = [START, datetime(2026, 5, 6, 9, 29, 59, tzinfo=UTC), ends]
    assert [notice.state(at) for at in moments] == [State.RUNNING, State.RUNNING, State.ENDED]
    assert [await notices.holds("contest:2026-1-01", at) for at in moments] == [True, True, False]
    assert [await notices.passed("contest:2026-1-01", at) for at in moments] == [False, False, True]
    assert (await notices.holds("contest:2026-1-02", START), await notices.passed("contest:2026-1-02", ends)) == (
        False, False,
    )  # fmt: skip
    assert notice_id == notice.id


async def test_what_is_shown_is_hashed_and_can_be_checked(database: Engine) -> None:
    ling = await person("ling")
    notice_id, address = await opened(ling)
    text = await notice_reads.snapshot(address)
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert (await notice_reads.public(address)).snapshot_hash == digest
    frozen = json.loads(text)
    assert frozen["table"] == {
        "columns": ["place", "entry", "total"],
        "rows": [["1", "A07", "92.5"], ["2", "B03", "90"]],
    }
    assert (frozen["starts_on"], frozen["ends_at"]) == ("2026-04-27", "2026-05-06T09:30:00+00:00")
    newest = (await ledger.entries(f"notice:{notice_id}"))[0]
    assert (newest.act, newest.about, newest.payload) == (
        "notice.opened",
        "contest:2026-1-01",
        {"sha256": digest, "starts_on": "2026-04-27", "ends_at": "2026-05-06T09:30:00+00:00", "days": 5},
    )


async def test_the_end_is_frozen_whatever_the_table_of_days_says_later(database: Engine) -> None:
    ling = await person("ling")
    _, address = await opened(ling)
    before = await notice_reads.public(address)
    await calendar.set_day(date(2026, 4, 28), False, "台风停工", ling, START)
    await calendar.set_customs({**calendar.as_typed(await calendar.customs()), "first_day_counts": "no"}, ling, START)
    assert await notice_reads.public(address) == before
    _, later = await opened(ling)
    assert (await notice_reads.public(later)).ends_at == datetime(2026, 5, 8, 9, 30, tzinfo=UTC)


async def test_results_need_somebody_else_s_review(database: Engine) -> None:
    ling, ming = await person("ling"), await person("ming")
    address = await notice_drafts.draft(said(results=True), ROOT, ling, START)
    notice_id = await id_of(address)
    assert await refusal(notices.open_notice(notice_id, ling, START, ZONE)) == [Problem("notice_review_first")]
    await notice_drafts.send(notice_id, ling, START)
    assert await refusal(notices.open_notice(notice_id, ling, START, ZONE)) == [Problem("notice_step_late")]
    assert await refusal(notice_drafts.approve(notice_id, ling, START)) == [Problem("notice_own_review")]
    await notice_drafts.give_back(notice_id, {"title": "请写全称"}, ming, START)
    assert await refusal(notice_drafts.approve(notice_id, ming, START)) == [Problem("notice_step_late")]
    await notice_drafts.change(notice_id, said(results=True, title="更正后的公示"), ming, START)
    await notice_drafts.send(notice_id, ming, START)
    # Both wrote on it now, so neither may approve it: changing a letter makes nobody a stranger to their own text.
    assert await refusal(notice_drafts.approve(notice_id, ling, START)) == [Problem("notice_own_review")]
    assert await refusal(notice_drafts.approve(notice_id, ming, START)) == [Problem("notice_own_review")]
    third = await person("third")
    await notice_drafts.approve(notice_id, third, START)
    await notices.open_notice(notice_id, ling, START, ZONE)
    assert (await notice_reads.public(address)).title == "更正后的公示"
    assert await refusal(notices.open_notice(notice_id, ling, START, ZONE)) == [Problem("notice_step_late")]


async def test_only_what_was_named_opens_again(database: Engine) -> None:
    ling, ming = await person("ling"), await person("ming")
    notice_id = await id_of(await notice_drafts.draft(said(results=True), ROOT, ling, START))
    await notice_drafts.send(notice_id, ling, START)
    for notes, problem in (
        ({}, Problem("return_nothing")),
        ({"title": " "}, Problem("return_note_empty", "title")),
        ({"stage": "x"}, Problem("publishing_field_unknown", "", {"field": "stage"})),
    ):
        assert await refusal(notice_drafts.give_back(notice_id, notes, ming, START)) == [problem]
    await notice_drafts.give_back(notice_id, {"title": "请写全称", "days": "至少7天"}, ming, START)
    assert await returns.open_fields(f"notice:{notice_id}") == {"days": "至少7天", "title": "请写全称"}
    elsewhere = said(results=True, title="全称", contact="别处", days=7)
    assert await refusal(notice_drafts.change(notice_id, elsewhere, ling, START)) == [
        Problem("return_field_closed", "contact")
    ]
    await notice_drafts.change(notice_id, said(results=True, title="全称", days=7), ling, START)
    await notice_drafts.send(notice_id, ling, START)
    assert await returns.open_fields(f"notice:{notice_id}") is None


async def wording_of(notice_id: int) -> str:
    row = await Notice.select().where(Notice.id == notice_id).first()
    assert row is not None
    return wording(row)


async def test_a_draft_that_changed_since_it_was_read_is_neither_approved_nor_opened(database: Engine) -> None:
    ling, ming, third = await person("ling"), await person("ming"), await person("third")
    notice_id = await id_of(await notice_drafts.draft(said(results=True), ROOT, ling, START))
    await notice_drafts.send(notice_id, ling, START)
    old = await wording_of(notice_id)
    await notice_drafts.give_back(notice_id, {"table": "第2行有误"}, ming, START)
    table = Shown(("place", "entry", "total"), (("1", "A07", "92.5"), ("2", "B03", "89")))
    await notice_drafts.change(notice_id, said(results=True, shown=table), ling, START)
    await notice_drafts.send(notice_id, ling, START)
    other = [Problem("notice_other_text")]
    assert await refusal(notice_drafts.approve(notice_id, ming, START, old)) == other
    assert await refusal(notice_drafts.approve(notice_id, ming, START, "")) == other
    await notice_drafts.approve(notice_id, third, START, await wording_of(notice_id))
    assert await refusal(notices.open_notice(notice_id, ling, START, ZONE, old)) == other
    await notices.open_notice(notice_id, ling, START, ZONE, await wording_of(notice_id))
    acts = [entry.act for entry in await ledger.entries(f"notice:{notice_id}")]
    assert (acts.count("notice.approved"), acts.count("notice.opened")) == (1, 1)


@pytest.mark.parametrize("column", ["title", "text", "contact", "days", "end_time", "results", "about", "label"])
def test_every_part_of_a_wording_counts(column: str) -> None:
    row = {name: getattr(said(), name) for name in WORDING} | {"shown": "{}"}
    assert wording(row) != wording({**row, column: "别的"})
    assert wording(row) == wording({**row, "stage": "review"})


async def test_who_opens_while_another_changes_it_opens_what_was_read_or_nothing(database: Engine) -> None:
    ling, ming = await person("ling"), await person("ming")
    plain = said(about="", label="")
    for _ in range(4):
        notice_id = await id_of(await notice_drafts.draft(plain, ROOT, ling, START))
        read = await wording_of(notice_id)
        opened_it, changed_it = await asyncio.gather(
            notices.open_notice(notice_id, ling, START, ZONE, read),
            notice_drafts.change(notice_id, replace(plain, title="改过的标题"), ming, START),
            return_exceptions=True,
        )
        assert [isinstance(one, Refused) for one in (opened_it, changed_it)] in ([False, True], [True, False])
        row = await Notice.select(Notice.stage, Notice.title).where(Notice.id == notice_id).first()
        opened_as_read = {"stage": "open", "title": plain.title}
        assert row == (opened_as_read if opened_it is None else {"stage": "draft", "title": "改过的标题"})


async def test_an_open_notice_is_never_edited_only_stopped(database: Engine) -> None:
    ling = await person("ling")
    notice_id, address = await opened(ling)
    for work in (
        notice_drafts.change(notice_id, said(title="别的"), ling, START),
        notice_drafts.discard(notice_id, ling),
        notice_drafts.send(notice_id, ling, START),
        notice_drafts.give_back(notice_id, {"title": "why"}, ling, START),
    ):
        assert await refusal(work) == [Problem("notice_step_late")]
    assert await refusal(notices.stop(notice_id, " ", ling, START)) == [Problem("notice_reason_empty", "reason")]
    await notices.stop(notice_id, "名单有误,更正后重新公示。", ling, START)
    notice = await notice_reads.public(address)
    assert (notice.state(START), notice.stop_reason) == (State.STOPPED, "名单有误,更正后重新公示。")
    assert await notices.holds("contest:2026-1-01", START) is False
    assert await notices.passed("contest:2026-1-01", datetime(2026, 6, 1, tzinfo=UTC)) is False
    assert await refusal(notices.stop(notice_id, "again", ling, START)) == [Problem("notice_step_late")]


async def test_what_has_ended_is_not_stopped(database: Engine) -> None:
    ling = await person("ling")
    notice_id, address = await opened(ling)
    at_the_end = datetime(2026, 5, 6, 9, 30, tzinfo=UTC)
    assert await refusal(notices.stop(notice_id, "late", ling, at_the_end)) == [Problem("notice_ended")]
    assert (await notice_reads.public(address)).stage is Stage.OPEN


async def test_a_year_that_nobody_knows_stops_the_opening_and_not_the_draft(database: Engine) -> None:
    ling = await person("ling")
    address = await notice_drafts.draft(said(), ROOT, ling, START)
    late = datetime(2026, 12, 29, 2, tzinfo=UTC)
    await reviewed(await id_of(address), ling)
    problem = Problem("calendar_year_unknown", "", {"year": "2027"})
    assert await refusal(notices.open_notice(await id_of(address), ling, late, ZONE)) == [problem]
    await calendar.set_day(date(2027, 1, 1), False, "国办发明电〔2026〕1号", ling, late)
    await calendar.enter_year(2027, "国办发明电〔2026〕1号", ling, late)
    await notices.open_notice(await id_of(address), ling, late, ZONE)
    assert (await notice_reads.public(address)).ends_at == datetime(2027, 1, 5, 9, 30, tzinfo=UTC)


async def test_the_public_sees_no_draft(database: Engine) -> None:
    ling = await person("ling")
    address = await notice_drafts.draft(said(), ROOT, ling, START)
    gone = await notice_drafts.draft(said(), ROOT, ling, START)
    await notice_drafts.discard(await id_of(gone), ling)
    assert await notice_reads.published(None, 10) == []
    for wanted in (address, gone, "2026-99", "x", "2026-0", "2026-1' OR 1=1", "2026-1\x00"):
        with pytest.raises(NotFound):
            await notice_reads.public(wanted)
        with pytest.raises(NotFound):
            await notice_reads.snapshot(wanted)


@pytest.mark.parametrize(
    "value",
    ["360000199003071234", "36000019900307123X", "13800001234", "1380000 1234", "6222 0212 3456 7890 123"],
)
async def test_no_personal_number_is_ever_shown(database: Engine, value: str) -> None:
    ling = await person("ling")
    table = Shown(("name", "unit"), (("王一", "甲公司"), ("李二", value)))
    personal = Problem("notice_row_personal", "table", {"row": "2"})
    assert await refusal(notice_drafts.draft(said(shown=table), ROOT, ling, START)) == [personal]
    assert await refusal(notice_drafts.draft(said(text=f"电话{value}"), ROOT, ling, START)) == [
        Problem("notice_personal", "text")
    ]


async def test_only_listed_columns_can_be_shown(database: Engine) -> None:
    ling = await person("ling")
    table = Shown(("name", "id_number"), (("王一", "甲"),))
    assert await refusal(notice_drafts.draft(said(shown=table), ROOT, ling, START)) == [
        Problem("notice_column", "table", {"heading": "id_number"})
    ]


async def test_the_ledger_holds_no_words_of_a_notice(database: Engine) -> None:
    ling = await person("ling")
    notice_id, _ = await opened(ling, title="标题甲乙丙", label="标签甲乙丙", text="正文甲乙丙")
    await notices.stop(notice_id, "原因甲乙丙", ling, START)
    kept = json.dumps([str(row) for row in await LedgerEntry.select()], ensure_ascii=False)
    assert ("甲乙丙" in kept, "A07" in kept) == (False, False)


async def test_two_who_open_at_once_open_once_and_two_drafts_get_two_addresses(database: Engine) -> None:
    ling, ming = await person("ling"), await person("ming")
    address = await notice_drafts.draft(said(), ROOT, ling, START)
    notice_id = await id_of(address)
    await reviewed(notice_id, ling)
    done = await asyncio.gather(
        *(notices.open_notice(notice_id, by, START, ZONE) for by in (ling, ming)), return_exceptions=True
    )
    assert sorted(isinstance(one, Refused) for one in done) == [False, True]
    acts = [entry.act for entry in await ledger.entries(f"notice:{notice_id}")]
    assert acts.count("notice.opened") == 1
    drafts = await asyncio.gather(*(notice_drafts.draft(said(), ROOT, by, START) for by in (ling, ming, ling)))
    assert sorted(drafts) == ["2026-2", "2026-3", "2026-4"]


async def test_pages_that_were_kept_are_told(database: Engine) -> None:
    ling = await person("ling")
    notice_id, _ = await opened(ling)
    names = ["process", "notice:2026-1"]
    before = await generations.read(names)
    await notices.stop(notice_id, "更正", ling, START)
    assert await generations.read(names) == {name: before[name] + 1 for name in names}
