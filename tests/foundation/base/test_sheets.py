"""What offices send is read: old encodings, titles above the header, commas, tabs and full-width commas."""

import pytest

from foundation.base.problem import Problem
from foundation.base.sheets import Line, decode, header_of, read_lines

TEXT = "单位名称,人数\n龚䶮厂,3\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_every_encoding_of_an_office_is_read(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "units") == (TEXT, [])


def test_what_is_no_text_is_told() -> None:
    assert decode(b"\xff\xff\xff", "units") == ("", [Problem("upload_encoding", "units")])


@pytest.mark.parametrize("text", ["a\tb\n\nc  d\t", 'a,b\n,\n"c d",', "a，b\nc d，\n"])
def test_lines_are_trimmed_cells_without_blank_lines(text: str) -> None:
    lines, problems = read_lines(text, "units")
    assert problems == []
    assert [line.cells for line in lines] == [("a", "b"), ("c d", "")]


@pytest.mark.parametrize("by", ["\t", ","])
@pytest.mark.parametrize("broken", ["\n", "\r\n", "\n\n \n"])
def test_a_cell_keeps_its_paragraphs_for_who_asks(by: str, broken: str) -> None:
    text = f'甲{by}" 一段。{broken}  二段 。\n"{by}"丙\n"\n乙{by}丁{by}戊'
    (first, second), _ = read_lines(text, "units")
    assert (first.cells, second.cells) == (("甲", "一段。 二段 。", "丙"), ("乙", "丁", "戊"))
    assert [first.paragraphs(at) for at in range(3)] == ["甲", "一段。\n二段 。", "丙"]
    assert [second.paragraphs(at) for at in range(3)] == ["乙", "丁", "戊"]


def test_a_header_may_stand_below_a_title() -> None:
    lines = [Line(1, ("一览表",)), Line(2, ("序号", "单 位", "ＮＡＭＥ")), Line(3, ("1", "x", "y"))]
    words = {"单位": "unit", "name": "name"}
    assert header_of(lines, words, {"unit"}) == (1, {1: "unit", 2: "name"})
    assert header_of(lines, words, {"city"}) is None


def test_a_header_may_take_two_lines() -> None:
    words = {"单位": "unit", "姓名": "name", "届次": "edition"}
    title, upper, row = (
        Line(1, ("一览表",)),
        Line(2, ("序号", "姓名", "单位及届次", "")),
        Line(4, ("1", "单", "x", "7")),
    )
    under = Line(3, ("", "", "单位", "届次"))
    wanted = {1: "name", 2: "unit", 3: "edition"}
    assert header_of([title, upper, under, row], words, {"name", "unit"}) == (2, wanted)
    whole = Line(2, ("序号", "姓名", "单位", "届次"))
    assert header_of([title, whole, row], words, {"name", "unit"}) == (1, wanted)
    assert header_of([whole, Line(3, ("1", "单位", "x", "届次"))], words, {"name", "unit"}) == (0, wanted)
