"""A year's sheet with every kind of bad row: in as far as it is right, again once mended, back as one act."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from foundation.papers.sheet_problems import SENTENCES
from foundation.process import sheet_kinds, sheet_reads
from foundation.process.rules.sheets import Stage, State
from foundation.process.sheet_kinds import Batch, TakenRow
from foundation.process.sheet_reads import SheetFacts
from foundation.process.sheet_tables import SheetPiece, SheetRow, SheetTaken
from foundation.store.ledger_verify import verify
from foundation.store.transactions import transaction
from foundation.text.tables import Document, HiddenBatch
from innovations.proposal_sheets import PROPOSALS, there
from innovations.proposal_tables import Proposal, ProposalOutcome, ProposalStep
from tests.foundation.papers.sheets_made_up import xlsx
from tests.innovations.made_up import SAID, Here, works
from tests.web import Visitor, visitors

GOOD = 2_400
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TALL = ("序号", "题目", "姓名", "车间", "类别", "现状", "改进措施", "提出时间", "采纳情况")
UPPER = [*TALL, "答复和效益", "", "", "证件号"]
LOWER = ["", "", "", "", "", "", "", "", "", "理由", "经济效益", "不计算效益的类别", ""]
MERGED = [
    (0, 0, 0, 12, "云窑艺术瓷厂合理化建议汇总表"),
    *((2, at, 3, at, words) for at, words in enumerate(TALL)),
    (2, 9, 2, 11, "答复和效益"),
]
AT = {
    "title": 1, "name": 2, "place": 3, "kind": 4, "problem": 5, "suggestion": 6, "on": 7, "state": 8, "reason": 9,
    "claimed": 10, "uncounted": 11,
}  # fmt: skip

# what stands in the row, the column that the problem names, its code
BAD: tuple[tuple[dict[str, Any], str, str], ...] = (
    ({"title": None}, "title", "sheet_empty"),
    ({"suggestion": ("=1/0", "#DIV/0!")}, "suggestion", "sheet_failed"),
    ({"title": "长" * 61}, "title", "sheet_text_long"),
    ({"name": "冯砚\ufffd"}, "name", "sheet_character_lost"),
    ({"place": 3.6e17}, "place", "sheet_digits_lost"),
    ({"kind": "不知道"}, "kind", "sheet_choice"),
    ({"on": "三月某日"}, "on", "sheet_day"),
    ({"on": 2025.1}, "on", "sheet_day_ambiguous"),
    ({"on": 45931}, "on", "sheet_day_serial"),
    ({"on": 2025}, "on", "sheet_day_short_month"),
    ({"on": date(2099, 1, 1)}, "on", "sheet_day_future"),
    ({"claimed": "很多"}, "claimed", "sheet_money"),
    ({"claimed": 1 / 3}, "claimed", "sheet_money_fine"),
    ({"claimed": -1}, "claimed", "sheet_money_range"),
    ({"state": "暂未采纳", "claimed": None}, "reason", "proposal_reason_missing"),
    ({"state": "已提交"}, "claimed", "proposal_sheet_benefit_early"),
    ({"uncounted": "安全"}, "uncounted", "proposal_sheet_benefit_both"),
)
OTHER_COLUMNS = {"sheet_zeros_lost", "sheet_code_length", "sheet_whole", "sheet_whole_range", "sheet_day_short_day"}
OF_FILES = {
    "sheet_missing", "sheet_nothing", "sheet_large", "sheet_kind", "sheet_page", "sheet_locked", "sheet_broken",
    "sheet_bomb", "sheet_absurd", "sheet_long", "sheet_wide", "sheet_many",
}  # fmt: skip


def line(number: int, **changes: Any) -> list[Any]:
    said = {
        "title": f"第{number}号窑车码放图上墙", "name": f"熊{number % 40}", "place": "烧成车间", "kind": "管理",
        "problem": "夜班码放不一", "suggestion": f"把第{number}张码放图贴在窑口，换品种时翻牌",
        "on": ("2025年10月", date(2025, 3, 18), "2025.10", 20250301)[number % 4], "state": "已实施",
        "claimed": (3.5, "1.2万", "¥3,600元")[number % 3],
    } | changes  # fmt: skip
    cells: list[Any] = [number + 1, *[None] * 12]
    for name, value in said.items():
        cells[AT[name]] = value
    return cells


def whole() -> tuple[list[list[Any]], dict[int, list[tuple[str, str]]]]:
    """All lines of the file, and what is wrong on which of them."""
    lines: list[list[Any]] = [[], ["填报单位（盖章）：云窑艺术瓷厂", None, "单位：万元"], list(UPPER), list(LOWER)]
    lines.append(["例", "夜班巡检路线去除重复段", "某人", "", "管理", "", "示例", "2025-10", "采纳"])
    wrong = {}
    for number in range(GOOD):
        if number == 700:
            lines += [
                [],
                ["小计", None, None, None, None, None, None, None, None, None, 350.5],
                list(UPPER),
                list(LOWER),
                [701],
            ]
        if number % 140 == 70 and (at := number // 140) < len(BAD):
            changes, field, code = BAD[at]
            lines.append(line(90_000 + at, **changes))
            wrong[len(lines)] = [(field, code)]
        lines.append(line(number))
    lines += [
        line(5),  # the very same again
        line(6, state="采纳", claimed=None),  # the same proposal, later
        line(9_000, title="=SUM(A1:A9)", suggestion="+把 @公式 写成文字"),
        line(9_001, title=SAID.title, name=SAID.name, problem=SAID.problem, suggestion=SAID.suggestion),
        line(9_002, title=SAID.title, name="占云帆", problem=SAID.problem, suggestion=SAID.suggestion),
        [], ["合计", *[None] * 9, 9_000],
        ["填报人：梅", None, None, "填报日期：2026-03-02"], ["注：效益以财务核定为准"],
    ]  # fmt: skip
    return lines, wrong


def test_every_problem_that_the_reader_can_find_here_has_its_row() -> None:
    assert {code for _, _, code in BAD if code in SENTENCES} == set(SENTENCES) - OTHER_COLUMNS - OF_FILES


async def handed_in(clerk: Visitor, content: bytes) -> str:
    answer = await clerk.post("/sheets/proposals", files={"file": ("2025年建议.xlsx", content, XLSX)})
    assert answer.status_code == 303, answer.text[:3000]
    return str(answer.headers["location"])


async def settled(clerk: Visitor, address: str) -> None:
    async with asyncio.timeout(120):
        while True:
            if "refresh" not in (await clerk.get(address)).headers:
                return
            await asyncio.sleep(0.2)


async def facts(here: Here, address: str) -> SheetFacts:
    return await sheet_reads.for_unit(await here.user("mei"), PROPOSALS, int(address.rsplit("/", 1)[1]))


def counts(one: SheetFacts) -> tuple[Stage, int, int, int, int]:
    return one.stage, one.size, one.wrong, one.again, one.taken


async def told(one: SheetFacts) -> dict[int, list[tuple[str, str]]]:
    rows = await sheet_reads.rows(PROPOSALS, one.id, State.WRONG, size=1000)
    return {row.line: [(problem.field, problem.code) for problem in row.problems] for row in rows}


async def slowly(rows: Sequence[TakenRow], batch: Batch) -> None:
    """Others come between the steps in the middle."""
    await asyncio.sleep(0.1 if await Proposal.count() in range(200, 500) else 0)
    await PROPOSALS.write_chunk(rows, batch)


async def come_to(clerk: Visitor, address: str) -> list[int]:
    """How many rows are said to be done, while there are any and not all: the page asked for again and again."""
    found = []
    async with asyncio.timeout(60):
        while True:
            page = await clerk.get(address)
            if "refresh" not in page.headers:
                return found
            bar = re.search(r'<progress[^>]* value="(\d+)"', page.text)
            found += [int(bar[1])] if bar else []
            await asyncio.sleep(0.1)


async def everything() -> list[int]:
    """What a sheet may leave behind."""
    tables = (Proposal, ProposalStep, ProposalOutcome, Document, HiddenBatch, SheetTaken, SheetRow, SheetPiece)
    return [await table.count() for table in tables]


async def test_a_whole_sheet_goes_in_is_mended_and_is_taken_back(database, monkeypatch):
    here = await works()
    await here.sent()  # the sheet has it too
    before = await everything()
    lines, wrong = whole()
    size = GOOD + len(BAD) + 5
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        first = await handed_in(clerk, xlsx(lines, MERGED))
        await settled(clerk, first)
        one = await facts(here, first)
        assert counts(one) == (Stage.CHECKED, size, len(BAD), 3, 0)
        assert await told(one) == wrong
        assert [left.words for left in one.understood.left_out] == [
            "例 夜班巡检路线去除重复段 某人 管理 示例 2025-10 采纳", "小计 350.5", "合计 9000",
            "填报人：梅 填报日期：2026-03-02", "注：效益以财务核定为准",
        ]  # fmt: skip
        page = (await clerk.get(first)).text
        assert f"需要修改的 {len(BAD)} 行暂不导入" in page
        assert (await clerk.post(f"{first}/taking")).status_code == 422  # nothing is left out unasked

        with monkeypatch.context() as patched:
            patched.setitem(sheet_kinds.KINDS, "proposals", replace(PROPOSALS, write_chunk=slowly))
            await clerk.post(f"{first}/taking", {"without_wrong": "yes"})
            done = await come_to(clerk, first)
        assert done == sorted(done)  # whoever reloads finds what was done, and more of it
        assert len({one for one in done if 0 < one < GOOD}) > 2
        one = await facts(here, first)
        assert counts(one) == (Stage.VISIBLE, size, len(BAD), 3, GOOD + 2)
        assert await Proposal.count() == 1 + GOOD + 2

        mended = list(lines)
        for at, number in enumerate(wrong):
            mended[number - 1] = line(90_000 + at)
        second = await handed_in(clerk, xlsx(mended, MERGED))
        await settled(clerk, second)
        assert counts(await facts(here, second)) == (Stage.CHECKED, size, 0, size - len(BAD), 0)
        await clerk.post(f"{second}/taking")
        await settled(clerk, second)
        assert counts(await facts(here, second)) == (Stage.VISIBLE, size, 0, size - len(BAD), len(BAD))

        third = await handed_in(clerk, xlsx(mended, MERGED))
        await settled(clerk, third)
        assert counts(await facts(here, third)) == (Stage.CHECKED, size, 0, size, 0)
        stands = await everything()
        assert (await clerk.post(f"{third}/taking")).status_code == 422
        await clerk.post(f"{third}/dropping")
        assert (await everything())[:6] == stands[:6]

        for address in (first, second):
            assert (await clerk.post(f"{address}/taking-back")).status_code == 303
            await settled(clerk, address)
            assert (await facts(here, address)).stage is Stage.UNDONE
    assert await everything() == before
    assert await verify() == []


async def test_another_person_s_same_words_are_another_proposal(database):
    here = await works()
    await here.sent()
    same = {"title": SAID.title, "problem": SAID.problem, "suggestion": SAID.suggestion}
    rows = [{**same, "name": SAID.name}, {**same, "name": "占云帆"}, {**same, "name": "冯 砚秋", "title": "别的"}]
    async with transaction():
        assert await there(rows, here.places["works"]) == [True, False, False]
        assert await there(rows, here.places["other"]) == [False, False, False]
