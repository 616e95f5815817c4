"""Documents as docx, for offices that go on writing in them: the same vocabulary as `printing.py`.

The fonts are named and not embedded: every office has them, and their licences are not ours to pass on. Knows
python-docx; what that has no words for is written as its XML.
"""

import asyncio
import io
from dataclasses import fields, is_dataclass, replace
from datetime import UTC
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from foundation.papers import word_tables
from foundation.papers.documents import (
    Align,
    Block,
    Checklist,
    Document,
    FieldTable,
    Gap,
    Heading,
    Opinion,
    PageBreak,
    Paragraph,
    Picture,
    Sheet,
    SignLines,
    Slips,
    Table,
    Title,
)
from foundation.papers.pdf import cleaned
from foundation.papers.word_text import FANGSONG, HEI, KAI, TITLE, field, lay, name_font, write

_HEADINGS = {1: (HEI, False), 2: (KAI, False), 3: (FANGSONG, True)}
_LINES = 1.75  # 28 pt a line of 16 pt letters: 22 lines a page, as GB/T 9704 has it
_SIZES = {  # mm: width, height, margin at the sides, top and bottom
    Sheet.A4: (210, 297, 24, 24),
    Sheet.A4_LANDSCAPE: (297, 210, 18, 20),
    Sheet.A3_LANDSCAPE: (420, 297, 20, 22),
    Sheet.A3_FOLDED: (420, 297, 20, 22),
    Sheet.A3_BOOKLET: (210, 297, 24, 24),
}
_TABLES = (FieldTable, Table, Opinion, Checklist, Slips)
_FOLD = 40  # mm between the two pages of a folded sheet


async def to_docx(document: Document) -> bytes:
    """The document for Word and WPS. What no packaged font has is written all the same: their offices may have it."""
    return await asyncio.to_thread(_made, document)


def _made(document: Document) -> bytes:
    document = _cleaned(document)
    made = docx.Document()
    name_font(made.styles["Normal"].element.get_or_add_rPr(), FANGSONG)
    made.styles["Normal"].font.size = Pt(16)
    _properties(made, document)
    for number, part in enumerate(document.parts):
        section = made.add_section(WD_SECTION.NEW_PAGE) if number else made.sections[0]
        width = _sheet(section, part.sheet)
        _footer(made, section, document, part.sheet)
        before: Block | None = None
        for block in part.blocks:
            if isinstance(before, _TABLES) and isinstance(block, _TABLES) and not _one_form(before, block):
                _thin(made)
            _put(made, block, width)
            before = block
        if isinstance(before, _TABLES):
            _thin(made)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _cleaned(value: Any) -> Any:
    """The same values without what no XML can hold."""
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _cleaned(getattr(value, one.name)) for one in fields(value)})
    if isinstance(value, tuple):
        return tuple(_cleaned(one) for one in value)
    return cleaned(value) if type(value) is str else value


def _properties(made: Any, document: Document) -> None:
    core = made.core_properties
    core.title, core.author, core.comments, core.language = document.title, "", "", "zh-CN"
    core.created = core.modified = document.printed_at.astimezone(UTC).replace(tzinfo=None)


def _sheet(section: Any, sheet: Sheet) -> float:
    """Set the sheet of a section; answers how wide a line may be, in mm."""
    width, height, side, top = _SIZES[sheet]
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.orientation = WD_ORIENT.LANDSCAPE if width > height else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Mm(side)
    section.top_margin, section.bottom_margin = Mm(top), Mm(20)
    section.footer_distance = Mm(10)
    for old in section._sectPr.findall(qn("w:cols")):
        section._sectPr.remove(old)
    columns = OxmlElement("w:cols")
    if sheet is not Sheet.A3_FOLDED:
        columns.set(qn("w:space"), "425")
        section._sectPr.append(columns)
        return width - 2 * side
    columns.set(qn("w:num"), "2")
    columns.set(qn("w:space"), str(round(_FOLD / 25.4 * 1440)))
    section._sectPr.append(columns)
    return (width - 2 * side - _FOLD) / 2


def _footer(made: Any, section: Any, document: Document, sheet: Sheet) -> None:
    """Version and time at the left, 第 n 页 共 m 页 at the right, as on the PDF."""
    width, _, side, _ = _SIZES[sheet]
    section.footer.is_linked_to_previous = False
    paragraph = lay(section.footer.paragraphs[0], Align.LEFT)
    paragraph.style = made.styles["Normal"]  # the style of footers brings tab stops of its own
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width - 2 * side), WD_TAB_ALIGNMENT.RIGHT)
    write(paragraph, document.footer, size=9)
    if document.numbered:
        paragraph.add_run("\t")
        for words, code in (("第 ", "PAGE"), (" 页　共 ", "NUMPAGES")):
            write(paragraph, words, size=9)
            field(paragraph, code, 9)
        write(paragraph, " 页", size=9)
    for run in paragraph.runs:
        run.font.color.rgb = RGBColor(0x46, 0x46, 0x46)


def _put(place: Any, block: Block, width: float) -> None:  # noqa: PLR0912 - one branch a kind
    match block:
        case Title(text, under):
            write(lay(place.add_paragraph(), Align.CENTRE, 22, pitch=1.5), text, TITLE, 22)
            if under:
                write(lay(place.add_paragraph(), Align.CENTRE), under, KAI, 16)
            lay(place.add_paragraph(), Align.CENTRE)
        case Heading(text, level):
            font, bold = _HEADINGS[level]
            paragraph = lay(place.add_paragraph(), Align.LEFT, indented=True, pitch=_LINES)
            paragraph.paragraph_format.keep_with_next = True
            write(paragraph, text, font, bold=bold)
        case Paragraph(text, align, indented, size):
            for line in text.split("\n"):
                write(lay(place.add_paragraph(), align, size, indented=indented, pitch=_LINES), line, size=size)
        case Picture():
            word_tables.put_picture(lay(place.add_paragraph(), Align.CENTRE), block, block.width)
            if block.caption:
                write(lay(place.add_paragraph(), Align.CENTRE), block.caption, size=12)
        case SignLines(labels, size):
            line = "　　".join(f"{label}：__________" for label in labels)
            write(lay(place.add_paragraph(), Align.LEFT, size, pitch=2.5), line, size=size)
        case Gap(height):
            place.add_paragraph().paragraph_format.line_spacing = Mm(height)
        case PageBreak():
            place.add_paragraph().add_run().add_break(WD_BREAK.COLUMN)
        case FieldTable():
            word_tables.field_table(place, block, width)
        case Table():
            word_tables.ruled(place, block, width)
        case Opinion():
            word_tables.opinion(place, block, width)
        case Checklist():
            word_tables.checklist(place, block, width)
        case Slips():
            word_tables.slips(place, block, width, _put)


def _one_form(before: Block, block: Block) -> bool:
    """Word draws tables that nothing parts as one: right for the boxes of a form, wrong for all others."""
    boxes = (FieldTable, Opinion)
    return isinstance(before, boxes) and isinstance(block, boxes)


def _thin(place: Any) -> None:
    """A line of no height: what parts two tables, and what has to stand behind the last."""
    write(lay(place.add_paragraph(), Align.LEFT, 1, pitch=2), "", size=1)
