"""Documents as docx: the same words, in named fonts, in a file that Word opens."""

import io
import zipfile

import docx

from foundation.papers.documents import Document, Paragraph, Part, Sheet, Slips
from foundation.papers.word import to_docx
from tests.foundation.papers import papers_made_up as made_up


def words(content: bytes) -> str:
    """All text of the body in the order of the file."""
    body = docx.Document(io.BytesIO(content)).element.body
    return "".join(one.text or "" for one in body.iter() if one.tag.endswith("}t"))


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


async def test_a_form_says_the_same_as_on_paper():
    form = Document.of(
        "审批表", *made_up.approval_form(), *made_up.checklist(), printed_at=made_up.AT, version="3f2a-91c0"
    )
    content = await to_docx(form)
    said = words(content)
    for expected in (
        "江西省“赣鄱工匠”推荐审批表",
        "龚　䶮",
        "经公示无异议,同意推荐。",
        "审核人：",
        "缺公章",
        "□齐　□缺",
    ):
        assert expected in said
    assert "数据版本 3f2a-91c0　打印于 2026年5月3日 14:20" in part(content, "word/footer1.xml").replace(
        "</w:t>", ""
    ).replace("<w:t>", "")


async def test_the_fonts_of_official_documents_are_named_and_none_is_embedded():
    content = await to_docx(Document.of("表", *made_up.approval_form(), *made_up.checklist(), printed_at=made_up.AT))
    body = part(content, "word/document.xml")
    for font in ("方正小标宋简体", "仿宋_GB2312", "黑体", "楷体"):
        assert f'w:eastAsia="{font}"' in body
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not [name for name in archive.namelist() if "fonts/" in name]


async def test_a_meeting_book_has_a_section_for_each_sheet_and_repeats_the_heads_of_its_tables():
    book = Document(
        "评审会材料",
        (
            Part(made_up.summary(40), Sheet.A4_LANDSCAPE),
            Part(made_up.approval_form(), Sheet.A3_FOLDED),
            Part((Slips(tuple(made_up.voting_slip() for _ in range(3))),)),
        ),
        made_up.AT,
    )
    content = await to_docx(book)
    read = docx.Document(io.BytesIO(content))
    assert [(round(one.page_width.mm), round(one.page_height.mm)) for one in read.sections] == [
        (297, 210),
        (420, 297),
        (210, 297),
    ]
    assert 'w:num="2"' in part(content, "word/document.xml")
    assert part(content, "word/document.xml").count("<w:tblHeader/>") == 4


async def test_what_xml_cannot_hold_is_left_out_and_what_looks_like_xml_is_text():
    content = await to_docx(Document.of("表\x00", Paragraph("王\x00小\x0b二 <w:p/> & \ue000"), printed_at=made_up.AT))
    assert words(content) == "王小二 <w:p/> & \ue000"
