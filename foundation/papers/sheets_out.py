"""Spreadsheets on their way out: templates to fill in, a unit's own sheet with its problems in red, lists for paper.

All are .xlsx for Excel and WPS. The words are those of Chinese paper; sentences come in as text. Knows no database.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from foundation.papers.sheet_cells import Cell, yuan
from foundation.papers.sheet_columns import WAN, YUAN, Choice, Code, Column, Day, IdNumber, Money, Phone, Text, Whole
from foundation.papers.sheet_copy import Copy, Marks
from foundation.papers.sheet_layout import Layout
from foundation.papers.sheet_script import Script, workbook
from foundation.papers.sheets_in import Sheet

CHOICES = "选项"
_LANDSCAPE = {"landscape": True, "footer": "&C第 &P 页  共 &N 页"}


# --- a template ---


async def template(columns: Sequence[Column], notes: Sequence[str] = (), most: int = 5000) -> bytes:
    """An empty sheet with these columns: drop-downs, cells set to text where digits count, an example, notes."""
    return await workbook(lambda script: _template(script, columns, notes, most))


def _template(script: Script, columns: Sequence[Column], notes: Sequence[str], most: int) -> None:
    widths = [[6, "plain"], *([max(column.width, 2 * len(column.heading) + 3), _kept_as(column)] for column in columns)]
    script.sheet("填报表", columns=widths, freeze=[1, 0], repeat=[0, 0], first=True, **_LANDSCAPE)
    heads = [column.heading + _unit(column) + ("*" if column.required else "") for column in columns]
    script.row(0, [(at, words, "head") for at, words in enumerate(["序号", *heads])], 32)
    script.row(1, [(at, words, "example") for at, words in enumerate(["示例", *(one.example for one in columns)])])
    listed = [(at, column) for at, column in enumerate(columns) if isinstance(column.holds, Choice)]
    for place, (at, column) in enumerate(listed):
        script.choices((1, most + 1), at + 1, (CHOICES, place, len(_labels(column))), column.heading, column.help)
    script.sheet("填写说明", columns=[[18, "plain"], [10, "plain"], [70, "wrap"]], **_LANDSCAPE)
    script.row(0, [(0, "列", "head"), (1, "必填", "head"), (2, "怎么填", "head")])
    for number, column in enumerate(columns, 1):
        cells = (column.heading, "是" if column.required else "", " ".join(filter(None, (how(column), column.help))))
        script.row(number, [(at, words, "text") for at, words in enumerate(cells)])
    for number, words in enumerate(("“示例”一行导入时自动略过，可以删去。", *notes), len(columns) + 2):
        script.row(number, [(0, words, "line")])
    script.sheet(CHOICES, hidden=True)
    for number, labels in enumerate(zip_longest(*(_labels(column) for _, column in listed))):
        script.row(number, [(at, words, "plain") for at, words in enumerate(labels) if words is not None])


def _labels(column: Column) -> list[str]:
    return [one.label for one in column.holds.options] if isinstance(column.holds, Choice) else []


def _kept_as(column: Column) -> str:
    match column.holds:
        case Code() | IdNumber() | Phone() | Day("month" | "year"):
            return "as text"
        case Day():
            return "as day"
    return "plain"


def _unit(column: Column) -> str:
    match column.holds:
        case Money(unit=unit):
            return "（万元）" if unit == WAN else "（元）"
        case Whole(unit=unit) if unit:
            return f"（{unit}）"
    return ""


def how(column: Column) -> str:
    """How a column is filled in, in a line of Chinese."""
    match column.holds:
        case Text(most=most):
            return f"文字，最多 {most} 字。"
        case Code(length=length):
            return f"{length} 位编码，按文本填写，前面的 0 保留。" if length else "编码，按文本填写，前面的 0 保留。"
        case Whole(least, most, unit):
            return f"整数，{least} 到 {most}{unit}。"
        case Money(least=least, most=most):
            return f"数字，{yuan(least)} 元到 {yuan(most)} 元；也可写“3.5万元”“800元”。"
        case Day("day"):
            return "日期，如 2025-10-01。"
        case Day("month"):
            return "年月，如 2025-10（不要写成 2025.10，表格软件会变成 2025.1）。"
        case Day():
            return "年份，如 2025。"
        case Choice():
            return f"从下拉选项中选：{'、'.join(_labels(column))}。"
        case IdNumber():
            return "18 位，按文本填写（填成数字会变成 3.6E+17）。"
        case Phone():
            return "11 位手机号码。"


# --- a unit's own sheet with its problems ---


async def annotated(sheet: Sheet, layout: Layout, marks: Marks, *, only_wrong: bool = False) -> bytes:
    """The same rows with what is wrong in red, as a comment, and in words behind each row.

    With `only_wrong`, the headings and the rows that have marks alone: mended, they are handed in again.
    """
    return await workbook(lambda script: Copy(script, sheet, layout, marks, only_wrong=only_wrong).tell())


# --- a list for paper ---


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column of a list. `holds` is text, number, money (fen) or day; `width` in characters."""

    heading: str
    holds: str = "text"
    width: int = 14


@dataclass(frozen=True, slots=True)
class Listing:
    """A list for paper: A4 across, headings on every page, page numbers, a line to sign."""

    title: str
    columns: Sequence[ListColumn]
    rows: Iterable[Sequence[Cell]]
    above: str = ""  # at the left, above the headings: 填报单位（盖章）：…
    above_right: str = ""  # the date, or 单位：元
    signatures: Sequence[str] = ("填报人：", "审核人：", "单位负责人：")
    total: Sequence[Cell] = ()  # a last line, for the columns behind the first


async def listing(content: Listing) -> bytes:
    """The list as a workbook."""
    return await workbook(lambda script: _listing(script, content))


def _listing(script: Script, content: Listing) -> None:
    last = len(content.columns)
    widths = [[6, "plain"], *([one.width, "plain"] for one in content.columns)]
    script.sheet("Sheet1", columns=widths, repeat=[0, 2], freeze=[3, 0], first=True, **_LANDSCAPE)
    script.merge((0, 0, 0, last), content.title, "title")
    split = (last + 1) // 2
    script.merge((1, 0, 1, split - 1), content.above, "line")
    script.merge((1, split, 1, last), content.above_right, "right")
    heads = ["序号", *(one.heading for one in content.columns)]
    script.row(2, [(at, words, "head") for at, words in enumerate(heads)], 28)
    row = 3
    for cells in content.rows:
        script.row(row, [(0, row - 2, "number"), *_line(content.columns, cells)])
        row += 1
    if content.total:
        script.row(row, [(0, "合计", "head"), *_line(content.columns, content.total)])
        row += 1
    script.merge((row, 0, row, last), "（以下空白）", "middle")
    step = max(1, (last + 1) // max(1, len(content.signatures)))
    script.row(row + 2, [(at * step, words, "line") for at, words in enumerate(content.signatures)])


_MAKE: Mapping[str, Callable[[Any], Any]] = {"money": lambda fen: fen / YUAN}


def _line(columns: Sequence[ListColumn], cells: Sequence[Cell]) -> list[tuple[int, Any, str]]:
    return [
        (at, None if value is None else _MAKE.get(column.holds, lambda one: one)(value), column.holds)
        for at, (column, value) in enumerate(zip(columns, cells, strict=True), 1)
    ]
