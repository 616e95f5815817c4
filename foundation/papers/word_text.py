"""Runs and paragraphs of a docx in the fonts of official documents (GB/T 9704), which are named and not embedded.

Knows fonts, sizes and lines; knows no table and no kind of paper.
"""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from foundation.papers.documents import BODY, Align

TITLE, FANGSONG, HEI, KAI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体"
LATIN = "Times New Roman"
ALIGNED = {
    Align.JUSTIFIED: WD_ALIGN_PARAGRAPH.JUSTIFY,
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}


def name_font(run_properties: Any, font: str) -> None:
    """Chinese in `font`, Latin letters and digits in Times New Roman."""
    fonts = run_properties.get_or_add_rFonts()
    for script, name in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", font), ("cs", LATIN)):
        fonts.set(qn(f"w:{script}"), name)


def write(paragraph: Any, text: str, font: str = FANGSONG, size: float = BODY, *, bold: bool = False) -> None:
    """Add text to a paragraph; its line breaks stay."""
    for number, line in enumerate(text.split("\n")):
        run = paragraph.add_run()
        if number:
            run.add_break(WD_BREAK.LINE)
        run.add_text(line)
        run.font.size = Pt(size)
        run.bold = bold or None
        name_font(run._element.get_or_add_rPr(), font)


def lay(paragraph: Any, align: Align, size: float = BODY, *, indented: bool = False, pitch: float = 1.0) -> Any:
    """Where the lines of a paragraph stand; `pitch` is the distance of lines in letters of official documents."""
    layout = paragraph.paragraph_format
    layout.alignment = ALIGNED[align]
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY if pitch > 1 else WD_LINE_SPACING.SINGLE
    if pitch > 1:
        layout.line_spacing = Pt(round(size * pitch))
    if indented:
        indent = paragraph._element.get_or_add_pPr().get_or_add_ind()
        indent.set(qn("w:firstLineChars"), "200")  # two characters, whatever their size
        indent.set(qn("w:firstLine"), str(int(size * 40)))
    return paragraph


def field(paragraph: Any, code: str, size: float) -> None:
    """What Word counts itself: PAGE, NUMPAGES."""
    for kind in ("begin", "", "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = code
        run = paragraph.add_run()
        run.font.size = Pt(size)
        run._element.append(element)
