"""Workbooks as offices make them, written with xlsxwriter, xlwt and by hand; and the columns of a made-up list."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter
import xlwt

from foundation.papers.sheet_columns import (
    WAN,
    Choice,
    Code,
    Column,
    Day,
    IdNumber,
    Money,
    Option,
    Phone,
    Text,
    Whole,
)

TODAY = date(2026, 3, 2)
LING = "36000019900307456X"  # 360000: no county has it

COLUMNS = (
    Column("title", "建议名称", Text(100), also=("建议题目", "项目名称"), required=True),
    Column("who", "建议人", Text(64), also=("姓名", "提出人"), required=True),
    Column("id_number", "身份证号", IdNumber(), also=("身份证号码", "公民身份号码")),
    Column("phone", "联系电话", Phone(), also=("手机", "电话")),
    Column("number", "工号", Code(length=6)),
    Column("on", "提出时间", Day("month", "month", past=True), also=("提出日期", "时间")),
    Column("state", "状态", Choice((Option("taken", "采纳", ("已采纳",)), Option("done", "已实施")))),
    Column("people", "参与人数", Whole(1, 100, "人"), also=("人数",)),
    Column("benefit", "年效益", Money(WAN), also=("效益", "经济效益", "预计效益")),
)

Rows = Sequence[Sequence[Any]]
Merge = tuple[int, int, int, int, str]  # first row, first column, last row, last column, words


def xlsx(
    rows: Rows, merged: Sequence[tuple[int, int, int, int, str]] = (), sheet: str = "Sheet1", **more: Rows
) -> bytes:
    """A workbook: texts, numbers, dates and (as a tuple (formula, result)) formulas; further sheets by their name."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, lines in {sheet: rows, **more}.items():
        page = book.add_worksheet(name)
        for at, line in enumerate(lines):
            for column, value in enumerate(line):
                _write(page, at, column, value, day)
        for first, left, last, right, words in merged if name == sheet else ():
            page.merge_range(first, left, last, right, words)
    book.close()
    return file.getvalue()


def _write(page: Any, row: int, column: int, value: Any, day: Any) -> None:
    match value:
        case None | "":
            return
        case tuple():
            page.write_formula(row, column, value[0], None, value[1])
        case date():
            page.write_datetime(row, column, value, day)
        case str():
            page.write_string(row, column, value)
        case bool():
            page.write_boolean(row, column, value)
        case _:
            page.write_number(row, column, value)


def xls(rows: Rows, merged: Sequence[Merge] = ()) -> bytes:
    """The same as offices kept it until 2007, and as WPS calls .et."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("Sheet1", cell_overwrite_ok=True)
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for at, line in enumerate(rows):
        for column, value in enumerate(line):
            if value not in (None, ""):
                page.write(at, column, value, *([day] if isinstance(value, date) else []))
    for first, left, last, right, words in merged:
        page.write_merge(first, last, left, right, words)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def ods(rows: Rows) -> bytes:
    """The same as OpenDocument has it."""
    kinds = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    }
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, line))}</table:table-row>" for line in rows)
    names = " ".join(f'xmlns:{short}="{long}"' for short, long in kinds.items())
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="一">{lines}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content,
                   "META-INF/manifest.xml": "<manifest/>"})  # fmt: skip


def _ods_cell(value: Any) -> str:
    if value in (None, ""):
        return "<table:table-cell/>"
    kind = (
        f'office:value-type="float" office:value="{value}"'
        if isinstance(value, int | float)
        else 'office:value-type="string"'
    )
    if isinstance(value, date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    return f"<table:table-cell {kind}><text:p>{value}</text:p></table:table-cell>"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


HEADINGS = [column.heading for column in COLUMNS]
GOOD = ["物料架加装限高标识", "冯砚秋", LING, "13800138000", "001234", date(2025, 10, 1), "采纳", 3, 42.8]
READ = {
    "title": "物料架加装限高标识",
    "who": "冯砚秋",
    "id_number": LING,
    "phone": "13800138000",
    "number": "001234",
    "on": "2025-10",
    "state": "taken",
    "people": 3,
    "benefit": 428_000_00,
}
