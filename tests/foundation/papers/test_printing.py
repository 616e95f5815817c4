"""Documents as PDF/A: what a reader finds in them, whatever was written into them."""

import io
import time

import pytest
from PIL import Image

from foundation.base.problem import Problem, Refused
from foundation.papers.documents import (
    Document,
    Field,
    FieldTable,
    Gap,
    Heading,
    PageBreak,
    Paragraph,
    Part,
    Picture,
    Sheet,
    Slips,
    Title,
)
from foundation.papers.printing import to_pdf
from tests.foundation.papers import papers_made_up as made_up
from tests.foundation.papers.reading import joined, sizes, texts


def paper(*blocks, **more):
    return Document.of("审批表", *blocks, printed_at=made_up.AT, version="3f2a-91c0", **more)


async def test_a_form_is_pdf_a_and_says_what_was_filled_in():
    content = await to_pdf(paper(*made_up.approval_form()))
    assert b"pdfaid:part>2<" in content.replace(b" ", b"")
    said = joined(content)
    for words in ("江西省“赣鄱工匠”推荐审批表", "龚䶮", "畲族", "经公示无异议,同意推荐。", "审核人：", "(盖章)"):
        assert words in said
    assert "数据版本3f2a-91c0打印于2026年5月3日14:20第1页共1页" in said


async def test_rare_characters_of_names_can_be_copied_from_the_paper():
    said = joined(await to_pdf(paper(*(Paragraph(name) for name in made_up.NAMES))))
    assert all(name in said for name in made_up.NAMES)


async def test_what_people_write_is_never_read_as_markup():
    story = made_up.HOSTILE
    content = await to_pdf(
        paper(Title(story, story), Heading(story), Paragraph(story), *made_up.approval_form(name=story, story=story))
    )
    assert joined(content).count("".join(story.split())) == 6


async def test_characters_that_cannot_be_printed_are_refused_by_name():
    with pytest.raises(Refused) as refused:
        await to_pdf(paper(Paragraph("王\ue000和\ue001,\ue000")))
    assert refused.value.problems == (Problem("paper_characters", "", {"characters": "\ue000、\ue001"}),)


async def test_control_characters_do_not_reach_the_paper():
    assert "王小二" in joined(await to_pdf(paper(Paragraph("王\x00小\x0b\x07二\r\n"))))


async def test_the_same_paper_is_the_same_file():
    assert await to_pdf(paper(*made_up.checklist())) == await to_pdf(paper(*made_up.checklist()))


async def test_the_head_of_a_table_is_on_every_page_and_the_pages_are_numbered():
    pages = texts(await to_pdf(paper(*made_up.summary(60), sheet=Sheet.A4_LANDSCAPE)))
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert "单位" in page
        assert f"第{number}页共{len(pages)}页" in "".join(page.split())


async def test_a_checklist_says_what_is_there_and_what_is_missing():
    said = joined(await to_pdf(paper(*made_up.checklist())))
    assert "1推荐审批表齐2事迹材料缺缺公章3无犯罪记录证明□齐□缺" in said


async def test_a_meeting_book_is_one_file_on_different_sheets():
    book = Document(
        "评审会材料",
        (
            Part(made_up.summary(5), Sheet.A4_LANDSCAPE),
            *(Part(made_up.approval_form(name)) for name in made_up.NAMES),
            Part((Slips(tuple(made_up.voting_slip() for _ in range(6)), columns=2, height=120),)),
            Part(made_up.sign_in_sheet(15)),
        ),
        made_up.AT,
    )
    content = await to_pdf(book)
    assert sizes(content) == [(297, 210), *[(210, 297)] * 3, *[(210, 297)] * 2, (210, 297)]
    pages = texts(content)
    assert [page.count("表决票") for page in pages] == [0, 0, 0, 0, 4, 2, 0]
    assert "签到" in pages[6]
    assert "监票人" in pages[6]


async def test_a_folded_sheet_reads_from_left_to_right():
    pages = texts(await to_pdf(paper(Paragraph("第一"), PageBreak(), Paragraph("第二"), sheet=Sheet.A3_FOLDED)))
    assert len(pages) == 1
    assert pages[0].index("第一") < pages[0].index("第二")


async def test_a_booklet_is_one_sheet_with_its_first_page_outside_at_the_right():
    blocks = [block for number in "一二三四" for block in (Paragraph(f"面{number}"), PageBreak())][:-1]
    content = await to_pdf(paper(*blocks, sheet=Sheet.A3_BOOKLET))
    assert sizes(content) == [(420, 297)] * 2
    assert [["".join(page.split()).find(f"面{one}") >= 0 for one in "一二三四"] for page in texts(content)] == [
        [True, False, False, True],
        [False, True, True, False],
    ]


async def test_a_page_of_a_booklet_that_is_too_full_is_named():
    with pytest.raises(Refused) as refused:
        await to_pdf(paper(Title("一"), PageBreak(), Paragraph("满" * 3000), sheet=Sheet.A3_BOOKLET))
    assert refused.value.problems == (Problem("paper_leaf_full", "", {"leaf": "2"}),)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
async def test_a_portrait_stands_in_its_place(kind):
    made = io.BytesIO()
    Image.new("RGB", (60, 80), "#1f4788").save(made, kind)
    portrait = Picture(made.getvalue(), "证件照", 33)
    content = await to_pdf(
        paper(
            FieldTable(((Field("姓　　名", "张　三"),),), 1, portrait, 1), Picture(made.getvalue(), "照片", 40, "图一")
        )
    )
    assert b"/Image" in content
    assert "图一" in joined(content)


async def test_what_is_no_picture_is_not_printed_as_one():
    with pytest.raises(ValueError, match="PNG"):
        await to_pdf(paper(Picture(b"<svg/>", "x")))


async def test_setting_a_paper_ends_in_time():
    started = time.monotonic()
    with pytest.raises(Refused) as refused:
        await to_pdf(paper(*[Paragraph("长" * 2000)] * 400, Gap(10)), longest=0.05)
    assert refused.value.problems == (Problem("paper_too_long"),)
    assert time.monotonic() - started < 20


def test_rows_that_do_not_fit_their_table_are_a_fault_of_who_wrote_them():
    with pytest.raises(ValueError, match="Row 0"):
        FieldTable(((Field("姓名"),),), pairs=2)
