"""The tables of a docx: fields, ruled tables, opinions, checklists, slips. Each is put into a `place`: the document
or a cell, `width` mm wide.
"""

import io
from collections.abc import Callable, Sequence
from typing import Any

from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from PIL import Image

from foundation.papers.documents import (
    Align,
    Block,
    Checklist,
    Field,
    FieldTable,
    Opinion,
    Picture,
    Slips,
    Table,
)
from foundation.papers.word_text import HEI, lay, write

LABEL, PORTRAIT = 27, 36  # mm wide
PORTRAIT_HEIGHT = 50
LINE = "______________"


def field_table(place: Any, block: FieldTable, width: float) -> None:
    """Pairs of labels and values, the portrait at the right."""
    right = PORTRAIT if block.beside else 0
    value = (width - right) / block.pairs - LABEL
    widths = [LABEL, value] * block.pairs + ([right] if right else [])
    table = grid(place, len(block.rows), widths)
    for at, fields in enumerate(block.rows):
        lowest = max(11, PORTRAIT_HEIGHT / block.beside) if at < block.beside else 11
        height(table.rows[at], max(lowest, *(one.height for one in fields)))
        _fields(table.rows[at].cells, fields, block, reaches=bool(right) and at >= block.beside)
    if right:
        cell = table.cell(0, len(widths) - 1).merge(table.cell(block.beside - 1, len(widths) - 1))
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        paragraph = lay(cell.paragraphs[0], Align.CENTRE)
        if block.portrait is None:
            write(paragraph, "照　片", size=block.size)
        else:
            put_picture(paragraph, block.portrait, PORTRAIT - 4)


def _fields(cells: Sequence[Any], fields: Sequence[Field], block: FieldTable, *, reaches: bool) -> None:
    at = 0
    for one in fields:
        text(cells[at], one.label, size=block.size)
        last = at + one.span * 2 - 1
        end = last + 1 if reaches and one is fields[-1] else last
        cell = cells[at + 1].merge(cells[end])
        paragraphs(cell, one.value, one.align, block.size)
        if one.align is not Align.JUSTIFIED:
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        at = last + 1


def ruled(place: Any, block: Table, width: float) -> None:
    """A table whose head is repeated and whose rows are not torn."""
    shares = sum(column.width for column in block.columns)
    table = grid(place, len(block.rows) + 1, [width * column.width / shares for column in block.columns])
    _head(table.rows[0], [column.title for column in block.columns], block.size)
    for row, values in zip(list(table.rows)[1:], block.rows, strict=True):
        height(row, block.row_height)
        for cell, column, value in zip(row.cells, block.columns, values, strict=True):
            text(cell, value, column.align, block.size)


def checklist(place: Any, block: Checklist, width: float) -> None:
    """Materials, each 齐 or 缺."""
    table = grid(place, len(block.items) + 1, [14, width - 88, 28, 46])
    _head(table.rows[0], ["序号", "材　料", "齐 / 缺", "说　明"], block.size)
    marks = {None: "□齐　□缺", True: "齐", False: "缺"}
    for number, (row, item) in enumerate(zip(list(table.rows)[1:], block.items, strict=True), 1):
        height(row, 0)
        text(row.cells[0], str(number), size=block.size)
        text(row.cells[1], item.text, Align.LEFT, block.size)
        text(row.cells[2], marks[item.there], size=block.size, bold=item.there is False)
        text(row.cells[3], item.note, Align.LEFT, block.size)


def opinion(place: Any, block: Opinion, width: float) -> None:
    """What a unit says, and below it room for a seal, signatures and the date."""
    table = grid(place, 1, [LABEL, width - LABEL])
    height(table.rows[0], block.height)
    said, room = table.rows[0].cells[1], max(1, block.height // 9 - len(block.signs) - 2)
    text(table.rows[0].cells[0], block.title, size=block.size)
    paragraphs(said, block.text, Align.JUSTIFIED, block.size)
    lines = ["", *[""] * (room - 1), *[f"{one}：{LINE}" for one in block.signs], block.seal, block.date]
    for line in lines:
        paragraph = lay(said.add_paragraph(), Align.RIGHT)
        paragraph.paragraph_format.right_indent = Mm(5)
        write(paragraph, line, size=block.size)


def slips(place: Any, block: Slips, width: float, put: Callable[[Any, Block, float], None]) -> None:
    """Small papers with dashed lines to cut along."""
    rows = -(-len(block.slips) // block.columns)
    each = width / block.columns
    table = grid(place, rows, [each] * block.columns, line="dashed")
    for number, slip in enumerate(block.slips):
        row = table.rows[number // block.columns]
        height(row, block.height)
        cell = row.cells[number % block.columns]
        for one in slip:
            put(cell, one, each - 8)
        first = cell.paragraphs[0]
        if not first.runs and len(cell.paragraphs) > 1:
            first._element.getparent().remove(first._element)


def grid(place: Any, rows: int, widths: Sequence[float], line: str = "single") -> Any:
    """An empty ruled table with columns of these millimetres, which Word may not change."""
    table = place.add_table(rows, len(widths))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", line), ("sz", "4"), ("space", "0"), ("color", "000000")):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    table._element.tblPr.append(borders)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    return table


def text(cell: Any, value: str, align: Align = Align.CENTRE, size: float = 12, *, bold: bool = False) -> None:
    """One paragraph in the middle of a cell."""
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    write(lay(cell.paragraphs[0], align), value, size=size, bold=bold)


def paragraphs(cell: Any, value: str, align: Align, size: float) -> None:
    """Each line as a paragraph; running text is indented."""
    for number, line in enumerate(value.split("\n")):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        write(lay(paragraph, align, size, indented=align is Align.JUSTIFIED), line, size=size)


def height(row: Any, millimetres: float) -> None:
    """At least so high, and never torn between two pages unless it is a page's worth."""
    row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
    row.height = Mm(max(millimetres, 8))
    if millimetres < 60:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _head(row: Any, titles: Sequence[str], size: float) -> None:
    height(row, 0)
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, title in zip(row.cells, titles, strict=True):
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        write(lay(cell.paragraphs[0], Align.CENTRE), title, HEI, size)


def put_picture(paragraph: Any, picture: Picture, width: float) -> None:
    """A picture in a line of text, `width` mm wide; Word reads no WebP, so that becomes PNG."""
    content = picture.content
    if content.startswith(b"RIFF"):
        made = io.BytesIO()
        with Image.open(io.BytesIO(content), formats=("WEBP",)) as image:
            image.save(made, "PNG")
        content = made.getvalue()
    shape = paragraph.add_run().add_picture(io.BytesIO(content), width=Mm(width))
    shape._inline.docPr.set("descr", picture.alt)
