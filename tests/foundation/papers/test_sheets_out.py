"""Templates, annotated copies and lists: what a reader of spreadsheets finds in them, and that nothing is a formula."""

import io
import re
import zipfile
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from foundation.papers import sheets_in, sheets_out
from foundation.papers.sheet_columns import Choice, Column, Option, Text
from foundation.papers.sheet_copy import Mark
from foundation.papers.sheets_out import ListColumn, Listing
from tests.foundation.papers.sheets_made_up import COLUMNS, GOOD, HEADINGS, READ, TODAY, xlsx

FIRST = "xl/worksheets/sheet1.xml"
LONG = Choice(tuple(Option(f"c{number}", f"第{number}类合理化建议及技术改进") for number in range(60)))


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def rows_of(content: bytes, sheet: int = 0) -> list[list[object]]:
    return (
        CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(sheet).to_python(skip_empty_area=False)
    )


async def test_a_template_that_is_filled_in_is_read_as_it_is_meant() -> None:
    made = await sheets_out.template(COLUMNS, ("每行一条建议。",))
    assert rows_of(made)[0][:4] == ["序号", "建议名称*", "建议人*", "身份证号"]
    assert rows_of(made)[1][0] == "示例"
    filled = xlsx([rows_of(made)[0], rows_of(made)[1], ["1", *GOOD]])
    async with sheets_in.opened(filled) as book:
        sheet, layout = sheets_in.choose(book, COLUMNS, {})
        assert sheet is not None
        found = list(sheets_in.rows(sheet, layout, COLUMNS, TODAY))
    assert [type(one).__name__ for one in found] == ["LeftOut", "Row"]
    assert (found[1].line, getattr(found[1], "values", {})) == (3, READ)


async def test_drop_downs_of_any_length_stand_on_a_hidden_sheet() -> None:
    made = await sheets_out.template([*COLUMNS, Column("kind", "类别", LONG)])
    sheet = part(made, FIRST)
    assert re.findall(r"<formula1>(.*?)</formula1>", sheet) == ["'选项'!$A$1:$A$2", "'选项'!$B$1:$B$60"]
    assert 'name="选项" sheetId="3" state="hidden"' in part(made, "xl/workbook.xml")
    assert [row[1] for row in rows_of(made, 2)] == [option.label for option in LONG.options]


async def test_cells_where_digits_count_are_set_to_text() -> None:
    made = await sheets_out.template(COLUMNS)
    styles = part(made, "xl/styles.xml")
    cells = re.search(r"<cellXfs.*</cellXfs>", styles)
    assert cells is not None
    formats = re.findall(r'<xf numFmtId="(\d+)"', cells[0])
    columns = re.findall(r'<col min="(\d+)" max="(\d+)" width="[\d.]+" style="(\d+)"', part(made, FIRST))
    as_text = [(int(first), int(last)) for first, last, style in columns if formats[int(style)] == "49"]
    text = {at for first, last in as_text for at in range(first, last + 1)}
    names = ["", *(column.name for column in COLUMNS)]
    assert {names[at - 1] for at in text} == {"id_number", "phone", "number", "on"}


async def test_a_copy_shows_every_problem_in_red_at_its_cell_and_behind_its_row() -> None:
    lines = [["合理化建议汇总表"], HEADINGS, GOOD, ["", *GOOD[1:]], GOOD, ["甲"]]
    marks = {4: [Mark("此格未填，属于必填项。", 0)], 6: [Mark("此格未填。", 1), Mark("整行有误。")]}
    async with sheets_in.opened(xlsx(lines, [(0, 0, 0, 8, "合理化建议汇总表")])) as book:
        _, layout = sheets_in.choose(book, COLUMNS, {})
        whole = await sheets_out.annotated(book[0], layout, marks)
        wrong = await sheets_out.annotated(book[0], layout, marks, only_wrong=True)
    found = rows_of(whole)
    assert [row[0] for row in found] == ["合理化建议汇总表", "建议名称", GOOD[0], "", GOOD[0], "甲"]
    assert [row[9] for row in found] == ["", "需要修改之处", "", "此格未填，属于必填项。", "", "此格未填。\n整行有误。"]
    assert found[2][5] == date(2025, 10, 1)
    comments = part(whole, "xl/comments1.xml")
    assert re.findall(r'<comment ref="(\w+)"', comments) == ["A4", "B6"]
    found = rows_of(wrong)
    assert [row[0] for row in found] == ["建议名称", "", "甲"]
    assert found[0][:9] == HEADINGS
    async with sheets_in.opened(wrong) as book:  # mended or not, it can be handed in again
        assert sheets_in.choose(book, COLUMNS, {})[1].ready


DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", "http://x.example", "{=1}"]


async def test_nothing_that_is_written_is_ever_a_formula_or_a_link() -> None:
    rows = [[words, 12345, date(2025, 10, 1)] for words in DANGEROUS]
    columns = (ListColumn("名称"), ListColumn("金额", "money"), ListColumn("日期", "day"))
    made = [
        await sheets_out.listing(Listing("=1+1", columns, rows, above="=A1", total=["=A1", 1, None])),
        await sheets_out.template([Column("a", "=名称", Text(), help="=1", example="=2")], ["=3"]),
    ]
    async with sheets_in.opened(xlsx([["名称"], *([words] for words in DANGEROUS)])) as book:
        columns_in = [Column("name", "名称", Text())]
        _, layout = sheets_in.choose(book, columns_in, {})
        made.append(await sheets_out.annotated(book[0], layout, {2: [Mark("=x", 0)]}))
    for content in made:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
        assert not any("<f>" in sheet or "<hyperlink " in sheet for sheet in sheets)
        assert 'quotePrefix="1"' in part(content, "xl/styles.xml")
    assert [row[1] for row in rows_of(made[0])[3:11]] == DANGEROUS


async def test_a_list_for_paper_repeats_its_headings_and_ends_with_a_line_to_sign() -> None:
    columns = (ListColumn("姓名", width=10), ListColumn("奖励", "money"), ListColumn("件数", "number"))
    content = Listing(
        "奖励发放表", columns, [["冯砚秋", 800_00, 2], ["占云", 50_50, None]],
        above="填报单位（盖章）：", above_right="单位：元", total=["", 850_50, 2],
    )  # fmt: skip
    made = await sheets_out.listing(content)
    assert rows_of(made) == [
        ["奖励发放表", "", "", ""],
        ["填报单位（盖章）：", "", "单位：元", ""],
        ["序号", "姓名", "奖励", "件数"],
        [1.0, "冯砚秋", 800.0, 2.0],
        [2.0, "占云", 50.5, ""],
        ["合计", "", 850.5, 2.0],
        ["（以下空白）", "", "", ""],
        ["", "", "", ""],
        ["填报人：", "审核人：", "单位负责人：", ""],
    ]
    sheet = part(made, FIRST)
    assert 'orientation="landscape"' in sheet
    assert 'paperSize="9"' in sheet
    assert "第 &amp;P 页" in sheet
    assert "_xlnm.Print_Titles" in part(made, "xl/workbook.xml")
    assert "$1:$3" in part(made, "xl/workbook.xml")


@pytest.mark.parametrize("size", [0, 1])
async def test_an_empty_list_still_says_that_it_ends(size: int) -> None:
    made = await sheets_out.listing(Listing("表", (ListColumn("姓名"), ListColumn("单位")), [["甲", "乙"]] * size))
    assert [row[0] for row in rows_of(made)][3 + size] == "（以下空白）"
