"""Sheets as offices send them: every format, title rows, merged headings, totals, notes; and what is not opened."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from foundation.base.problem import Problem, Refused
from foundation.papers import sheets_in
from foundation.papers.sheet_columns import Column, Text
from foundation.papers.sheet_layout import Layout
from foundation.papers.sheets_in import LeftOut, Row
from tests.foundation.papers.sheets_made_up import COLUMNS, GOOD, HEADINGS, READ, TODAY, ods, xls, xlsx, zipped

ENTRY = "以下空白"
NOTED = (
    Column("title", "题目", Text(60), required=True), Column("who", "提出人", Text(40), required=True),
    Column("what", "内容", Text(200), required=True),
)  # fmt: skip


async def read(
    content: bytes, columns: Sequence[Column] = COLUMNS, remembered: dict[str, str] | None = None
) -> tuple[Layout, list[Row], list[LeftOut]]:
    async with sheets_in.opened(content) as book:
        sheet, layout = sheets_in.choose(book, columns, remembered or {})
        found = list(sheets_in.rows(sheet, layout, columns, TODAY)) if sheet and layout.ready else []
    return layout, [one for one in found if isinstance(one, Row)], [one for one in found if isinstance(one, LeftOut)]


async def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        await read(content)
    (problem,) = refused.value.problems
    assert problem.field == "file"
    return problem.code


def as_csv(encoding: str) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows([HEADINGS, [*GOOD[:5], "2025年10月", *GOOD[6:]]])
    return file.getvalue().encode(encoding)


@pytest.mark.parametrize(
    "content",
    [xlsx([HEADINGS, GOOD]), xls([HEADINGS, GOOD]), ods([HEADINGS, GOOD]), as_csv("gb18030"), as_csv("utf-8-sig")],
    ids=["xlsx", "xls", "ods", "csv of an old PC", "csv of a new one"],
)
async def test_every_format_says_the_same(content: bytes) -> None:
    layout, rows, left_out = await read(content)
    assert (layout.first, layout.last, layout.ignored) == (1, 1, ())
    assert [(row.line, row.values, row.problems) for row in rows] == [(2, READ, ())]
    assert left_out == []


async def test_a_path_is_read_where_it_lies(tmp_path: Path) -> None:
    path = tmp_path / "名单.et"
    path.write_bytes(xls([HEADINGS, GOOD]))
    async with sheets_in.opened(path) as book:
        assert [(sheet.name, sheet.size) for sheet in book] == [("Sheet1", 2)]


MERGED_HEADINGS = [
    ["合理化建议汇总表"],
    ["填报单位（盖章）：云窑艺术瓷厂", "", "", "", "", "2026年3月"],
    ["序号", "建议题目", "提出人", "", "效益（万元）", "", "备注"],
    ["", "", "姓名", "手机", "预计效益", "核定", ""],
    [1, "窑车码放图上墙减少倒窑", "冯砚秋", "13800138000", 12.5, 3, "x"],
    [2, "", "", "", "", "", ""],
    ["3", "  石膏模具分区\n编号管理 ", "占　云", "", "8,000元", "", ""],
    ["合计", "2项", "", "", 13.3, "", ""],
    ["填报人：张三", "", "", "审核人：李四"],
    ["注：1. 本表一式两份。"],
]
MERGED = [
    (0, 0, 0, 6, "合理化建议汇总表"),
    (2, 0, 3, 0, "序号"),
    (2, 1, 3, 1, "建议题目"),
    (2, 2, 2, 3, "提出人"),
    (2, 4, 2, 5, "效益（万元）"),
    (2, 6, 3, 6, "备注"),
]
WITHOUT_CODES = tuple(one for one in COLUMNS if one.name not in ("number", "state", "id_number"))


@pytest.mark.parametrize("content", [xlsx(MERGED_HEADINGS, MERGED), xls(MERGED_HEADINGS, MERGED)], ids=["xlsx", "xls"])
async def test_a_sheet_of_an_office_is_read_as_it_is_meant(content: bytes) -> None:
    layout, rows, left_out = await read(content, WITHOUT_CODES)
    assert (layout.first, layout.last) == (3, 4)
    assert [(one.words, one.column, one.scale) for one in layout.headings] == [
        ("序号", "", None),
        ("建议题目", "title", None),
        ("提出人 姓名", "who", None),
        ("提出人 手机", "phone", None),
        ("效益（万元） 预计效益", "benefit", 1_000_000),
        ("效益（万元） 核定", "", 1_000_000),
        ("备注", "", None),
    ]
    assert layout.ignored == ("效益（万元） 核定", "备注")
    assert [(row.line, row.values, row.problems) for row in rows] == [
        (5, {"title": "窑车码放图上墙减少倒窑", "who": "冯砚秋", "phone": "13800138000", "benefit": 125_000_00}, ()),
        (7, {"title": "石膏模具分区 编号管理", "who": "占 云", "benefit": 8_000_00}, ()),
    ]
    assert [one.line for one in left_out] == [8, 9, 10]
    assert left_out[0].words == "合计 2项 13.3"


async def test_headings_of_two_lines_need_no_merging() -> None:
    lines = [["题目", "建议人", ""], ["建议名称", "姓名", "手机"], ["叉车通道加反光镜", "熊一", "13800138000"]]
    layout, rows, _ = await read(xlsx(lines))
    assert (layout.first, layout.last) in [(1, 2), (2, 2)]
    assert [row.values for row in rows] == [{"title": "叉车通道加反光镜", "who": "熊一", "phone": "13800138000"}]


async def test_a_unit_of_money_said_above_the_headings_counts_for_those_that_say_none() -> None:
    lines = [["汇总表"], ["", "", "", "单位：元"], ["建议名称", "姓名", "年效益", "备注"], ["甲", "熊一", 5000, ""]]
    _, rows, _ = await read(xlsx(lines))
    assert rows[0].values["benefit"] == 5000_00
    lines[2][2] = "年效益（万元）"
    assert (await read(xlsx(lines)))[1][0].values["benefit"] == 50_000_000_00


async def test_headings_repeated_on_each_printed_page_are_no_rows() -> None:
    lines = [["建议名称", "姓名"], ["甲", "熊一"], ["建议名称", "姓名"], ["乙", "万二"], ["以下空白", ""]]
    _, rows, left_out = await read(xlsx(lines))
    assert [row.values["title"] for row in rows] == ["甲", "乙"]
    assert [one.words for one in left_out] == [ENTRY]


async def test_what_looks_like_a_total_and_is_whole_is_a_row() -> None:
    lines = [["建议名称", "姓名"], ["合计栏改为自动求和", "熊一"], ["备注栏加宽", "万二"], ["合计", ""]]
    _, rows, left_out = await read(xlsx(lines))
    assert [row.values["title"] for row in rows] == ["合计栏改为自动求和", "备注栏加宽"]
    assert [one.line for one in left_out] == [4]


@pytest.mark.parametrize("title", ["注塑机模具改快换", "审核流程压缩到两天", "说明书改成图", "日期打印错位的改法"])
async def test_a_row_that_begins_as_a_note_does_is_told_what_it_lacks(title: str) -> None:
    _, rows, left_out = await read(xlsx([["题目", "提出人", "内容"], [title, None, "改成快换"]]), NOTED)
    assert [[problem.field for problem in row.problems] for row in rows] == [["who"]]
    assert left_out == []


@pytest.mark.parametrize(
    "first", ["注：本表一式两份", "合计（项）", "填报人 张三", "日期：2026年3月", "审核：", "备注"]
)
async def test_what_stands_below_the_rows_is_none(first: str) -> None:
    _, rows, left_out = await read(
        xlsx([["题目", "提出人", "内容"], ["码放图", "冯", "贴"], [first, None, "x"]]), NOTED
    )
    assert ([row.line for row in rows], [line.line for line in left_out]) == ([2], [3])


async def test_empty_columns_and_a_start_far_from_the_corner_change_nothing() -> None:
    lines = [[], [], ["", "", "建议名称", "", "建议人*"], ["", "", "甲", "", "熊一"]]
    layout, rows, _ = await read(xlsx(lines))
    assert ([one.at for one in layout.kept], layout.last) == ([2, 4], 3)
    assert [(row.line, row.values) for row in rows] == [(4, {"title": "甲", "who": "熊一"})]


async def test_the_sheet_that_fits_is_taken_and_hidden_ones_are_not_even_read() -> None:
    book = xlsx([["说明"], ["请填写第二张表"]], sheet="说明", 建议=[HEADINGS, GOOD])
    async with sheets_in.opened(book) as sheets:
        sheet, layout = sheets_in.choose(sheets, COLUMNS, {})
        assert (sheet and sheet.name, layout.ready) == ("建议", True)


async def test_a_unit_s_own_headings_are_remembered_before_all_others() -> None:
    lines = [["金点子", "谁", "建议人"], ["甲", "熊一", "不是他"]]
    layout, rows, _ = await read(xlsx(lines))
    assert (layout.ready, layout.missing) == (False, ("title",))
    layout, rows, _ = await read(xlsx(lines), remembered={"金点子": "title", "谁": "who", "建议人": ""})
    assert [row.values for row in rows] == [{"title": "甲", "who": "熊一"}]
    assert layout.ignored == ("建议人",)


async def test_nothing_understood_still_shows_the_line_that_looks_like_headings() -> None:
    layout, rows, _ = await read(xlsx([["汇总表"], ["金点子", "谁提的", "哪天"], ["甲", "熊一", date(2025, 1, 1)]]))
    assert (layout.first, layout.ready, rows) == (2, False, [])
    assert layout.ignored == ("金点子", "谁提的", "哪天")
    layout, _, _ = await read(xlsx([["一列"]]))
    assert layout == Layout()


async def test_two_columns_may_not_claim_the_same() -> None:
    layout, _, _ = await read(xlsx([["建议名称", "建议人", "姓名"], ["甲", "熊一", "万二"]]))
    assert (layout.ready, layout.twice) == (False, ("who",))


async def test_a_pasted_list_s_reader_gets_text_with_tabs() -> None:
    lines = [["姓名", "身份证号"], ['熊"一"', 3.6e17], ["万\n二", date(2025, 3, 1)], [], ["胡", 2025.1]]
    assert await sheets_in.as_text(xlsx(lines)) == "姓名\t身份证号\n熊”一”\t3.6E+17\n万 二\t2025-03-01\n\n胡\t2025.1"
    assert await sheets_in.as_text("姓名,单位\n熊,厂\n".encode("gb18030")) == "姓名,单位\n熊,厂\n"


async def test_the_order_of_columns_and_a_single_one_are_fine() -> None:
    _, rows, _ = await read(xlsx([["名称"], ["甲"], ["乙"]]), [Column("name", "名称", Text(), required=True)])
    assert [row.values for row in rows] == [{"name": "甲"}, {"name": "乙"}]


# --- what is not opened ---


def locked() -> bytes:
    """How a workbook with a password lies in its container: a stream of this name."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


def far_away() -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    page = book.add_worksheet()
    page.write(0, 0, "建议名称")
    page.write(1_048_575, 16_383, "x")
    book.close()
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "sheet_nothing"),
        (b"x" * (21 * 1024 * 1024), "sheet_large"),
        (b"%PDF-1.7 ...", "sheet_kind"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "sheet_page"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "sheet_page"),
        (locked(), "sheet_locked"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "sheet_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") + b"\0" * 600, "sheet_broken"),
        (zipped({"word/document.xml": "x"}), "sheet_kind"),
        (zipped({"xl/workbook.xml": "<workbook/>"}), "sheet_broken"),
        (zipped({"xl/workbook.xml": b"\0" * 900_000}), "sheet_bomb"),
        (xlsx([HEADINGS, GOOD])[:-40], "sheet_broken"),
        (far_away(), "sheet_absurd"),
        (xlsx([["a"] * 501]), "sheet_wide"),
        (b"\xff\xff\xff\x00", "upload_encoding"),
    ],
)
async def test_what_cannot_be_opened_is_told_in_one_sentence(content: bytes, code: str) -> None:
    assert await refusal(content) == code


async def test_a_sheet_longer_than_its_kind_allows_is_refused() -> None:
    for content in (xlsx([["a"]] * 12), b"a\n" * 12):
        with pytest.raises(Refused) as refused:
            async with sheets_in.opened(content, most_rows=10):
                pass
        assert refused.value.problems[0].code in ("sheet_long", "upload_long")


DAMAGED = {
    "sheet_broken", "sheet_kind", "sheet_locked", "sheet_bomb", "sheet_absurd", "upload_encoding", "upload_cells",
}  # fmt: skip


@pytest.mark.parametrize("at", range(0, 6000, 401))
async def test_damage_anywhere_is_an_answer_and_never_a_fault(at: int) -> None:
    content, codes = bytearray(xlsx([HEADINGS, GOOD])), set[str]()
    content[at % len(content)] ^= 0xFF
    try:
        await read(bytes(content))
    except Refused as refused:
        codes = {problem.code for problem in refused.problems}
    assert codes <= DAMAGED


async def test_a_formula_without_a_result_is_told_at_its_cell() -> None:
    lines = [HEADINGS[:2], [("=1/0", "#DIV/0!"), "熊一"], ["甲", ("=A9", "万二")]]
    _, rows, _ = await read(xlsx(lines))
    assert [(row.line, [problem.code for problem in row.problems]) for row in rows] == [(2, ["sheet_failed"]), (3, [])]
    assert rows[0].problems == (Problem("sheet_failed", "title", {"row": "2", "column": "建议名称"}),)
    assert rows[1].values["who"] == "万二"
