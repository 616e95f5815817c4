"""Certificates on paper: whole pages, only the words on a bought blank, and the page by which a printer is set."""

from dataclasses import replace

import pypdfium2
import pytest

from foundation.base.problem import Problem, Refused
from foundation.papers.certificates import (
    A4_BLANK,
    SAMPLE,
    Blank,
    Certificate,
    Spot,
    overprint,
    printed_text,
    setting_page,
    whole_pages,
)
from tests.foundation.papers import papers_made_up as made_up
from tests.foundation.papers.reading import joined, sizes, texts

ONE = Certificate(
    name="龚　䶮 同志",
    words=f"攻克釉里红烧成难题。{made_up.HOSTILE}\n特发此证。",
    body="江西省总工会",
    date="2026年5月1日",
    number="赣匠证〔2026〕0017",
    document="赣工发〔2026〕12号",
    code="01234 56789 ABCDE FGHJK MNPQR S",
    address="https://ganpo.example/check/0123456789ABCDEFGHJKMNPQRS",
)


def at(content: bytes, text: str) -> tuple[float, float]:
    """Where the first of these characters is on the first page: mm from its left and upper edge."""
    with pypdfium2.PdfDocument(content) as document:
        page = document[0]
        words = page.get_textpage()
        found = words.search(text).get_next()
        assert found is not None
        left, _, _, top = words.get_charbox(found[0])
        return left / 72 * 25.4, (page.get_height() - top) / 72 * 25.4


def pictures(content: bytes) -> int:
    with pypdfium2.PdfDocument(content) as document:
        return sum(1 for one in document[0].get_objects() if isinstance(one, pypdfium2.PdfImage))


async def test_a_certificate_says_everything_and_is_pdf_a():
    content = await whole_pages([ONE], made_up.AT)
    assert b"pdfaid:part>2<" in content.replace(b" ", b"")
    assert sizes(content) == [(297, 210)]
    said = joined(content)
    for value in (ONE.name, ONE.words, ONE.body, ONE.date, ONE.number, ONE.document, ONE.code, "荣誉证书"):
        assert "".join(value.split()) in said
    assert pictures(content) == 1


async def test_without_an_address_there_is_no_qr_code():
    content = await whole_pages([replace(ONE, address="", code="")], made_up.AT)
    assert pictures(content) == 0
    assert "扫码" not in joined(content)


async def test_many_certificates_are_one_file_in_their_order():
    many = [replace(ONE, number=f"赣匠证〔2026〕{number:04}") for number in range(1, 31)]
    pages = texts(await whole_pages(many, made_up.AT))
    assert [one.number in "".join(page.split()) for one, page in zip(many, pages, strict=True)] == [True] * 30


async def test_long_words_are_set_smaller_and_stay_on_their_page():
    content = await whole_pages([replace(ONE, words="为全省职工作出了表率。" * 45), ONE], made_up.AT)
    assert len(sizes(content)) == 2


async def test_a_name_that_cannot_be_printed_is_refused_before_anything_is_printed():
    with pytest.raises(Refused) as refused:
        await whole_pages([ONE, replace(ONE, name="王\ue000")], made_up.AT)
    assert refused.value.problems == (Problem("paper_characters", "", {"characters": "\ue000"}),)


async def test_on_a_blank_only_the_fields_stand_each_at_its_spot():
    content = await overprint([ONE], A4_BLANK, made_up.AT)
    said = joined(content)
    assert "荣誉证书" not in said
    assert "证书编号" not in said
    spots = {spot.field: spot for spot in A4_BLANK.spots}
    left, top = at(content, "赣匠证〔2026〕0017")
    assert abs(left - spots["number"].x) < 1.5
    assert abs(top - spots["number"].y) < 2.5


@pytest.mark.parametrize("right, down", [(15, -10), (-300, 300), (1, 0)])
async def test_a_printer_that_is_off_is_met_to_a_tenth_of_a_millimetre(right, down):
    here = at(await overprint([ONE], A4_BLANK, made_up.AT), "江西省总工会")
    moved = at(await overprint([ONE], replace(A4_BLANK, right=right, down=down), made_up.AT), "江西省总工会")
    assert moved[0] - here[0] == pytest.approx(right / 10, abs=0.05)
    assert moved[1] - here[1] == pytest.approx(down / 10, abs=0.05)


async def test_a_blank_of_another_size_is_a_page_of_that_size():
    blank = Blank(185, 260, (Spot("name", 20, 60, 80),))
    content = await overprint([ONE, ONE], blank, made_up.AT)
    assert sizes(content) == [(185, 260)] * 2
    assert "江西省总工会" not in joined(content)


async def test_the_page_for_setting_a_printer_has_millimetres_and_the_sample():
    content = await setting_page(A4_BLANK, made_up.AT)
    said = joined(content)
    assert "100100110110120120130130" in said  # above and below
    assert "".join(SAMPLE.number.split()) in said


def test_what_is_printed_is_asked_of_the_fonts():
    assert "龚" in printed_text(ONE)
    assert "https" not in printed_text(ONE)
