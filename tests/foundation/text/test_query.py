"""The language of the search box: what is understood, and one sentence for each thing that is not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.base.problem import Problem
from foundation.text import ranges
from foundation.text.bands import MOST, Range
from foundation.text.problems import SENTENCES
from foundation.text.query import Asked, Field, Kind, Query, parse, quoted, rewritten
from foundation.text.wanted import Wanted, Word

FIELDS = (
    Field("unit", ("单位", "unit"), Kind.ASKED),
    Field("y", ("年", "year"), Kind.YEAR, years=(2000, 2030)),
    Field("benefit", ("效益", "benefit"), Kind.AMOUNT, scale=100),
    Field("person", ("人", "person"), Kind.TEXT),
    Field("", ("类别", "category"), Kind.CHOICE, {"工具": ("c3",), "工艺": ("c1", "c2"), "management": ("c9",)}),
)
NAMES = "单位、年、效益、人、类别"


def wanted(text: str) -> Wanted:
    query = parse(text, FIELDS)
    assert query.problems == ()
    return query.wanted


def test_the_example_of_the_help():
    assert parse('单位:云窑 年:2023..2025 效益:>100万 分水 "短语"', FIELDS) == Query(
        Wanted((Word("分水"), Word("短语", phrase=True)), (("y2023", "y2024", "y2025"),), Range(100_000_001)),
        (Asked("unit", "云窑"),),
    )


@pytest.mark.parametrize(
    "text,words",
    [
        ("", ()),
        ("　 \t", ()),
        ("！ ？", ()),
        ("分水　ＰＬＣ", (Word("分水"), Word("plc"))),
        ("“料水浓度” 「比对」", (Word("料水浓度", phrase=True), Word("比对", phrase=True))),
        ('"没有关上', (Word("没有关上", phrase=True),)),
        ('分水"料水"窑', (Word("分水"), Word("料水", phrase=True), Word("窑"))),
        ('-试行 －"分水 岭"', (Word("试行", without=True), Word("分水 岭", phrase=True, without=True))),
        ("人：冯砚秋", (Word("冯砚秋", name="person"),)),
        ('Person:"冯 砚秋"', (Word("冯 砚秋", phrase=True, name="person"),)),
        ("12:30 1：2", (Word("12 30"), Word("1 2"))),
        ('"http://x"', (Word("http x", phrase=True),)),
        ("- 夜班", (Word("夜班"),)),
    ],
)
def test_words(text, words):
    assert wanted(text) == Wanted(words)


@pytest.mark.parametrize(
    "text,facets,left_out",
    [
        ("年:2024", (("y2024",),), ()),
        ("年：＞２０２８ year:<=2029", (("y2029", "y2030"), tuple(f"y{year}" for year in range(2000, 2030))), ()),
        ("-年:2023", (), ("y2023",)),
        ("年:2023年 年:２０２３年至2024年", (("y2023",), ("y2023", "y2024")), ()),
        ("类别:工艺,工具", (("c1", "c2", "c3"),), ()),
        ("CATEGORY:Management -类别:工具", (("c9",),), ("c3",)),
    ],
)
def test_facets(text, facets, left_out):
    assert wanted(text) == Wanted(facets=facets, left_out=left_out)


@pytest.mark.parametrize(
    "text,found",
    [
        ("5000", Range(500_000, 500_000)),
        (">100万", Range(100_000_001)),
        ("≥1.5亿元", Range(15_000_000_000)),
        ("<1,000", Range(None, 99_999)),
        ("<=0.005", Range(None, 0)),
        (">0.005", Range(1)),
        ("10万..50万", Range(10_000_000, 50_000_000)),
        ("10万～50万元", Range(10_000_000, 50_000_000)),
        ("3-5", Range(300, 500)),
        ("10-50万", Range(10_000_000, 50_000_000)),
        ("1～1.5亿元", Range(10_000_000_000, 15_000_000_000)),
        ("5000-1万", Range(500_000, 1_000_000)),
        ("..2千", Range(None, 200_000)),
        ("2百万至", Range(200_000_000)),
        ("9" * 60, Range(MOST, MOST)),
        ("多", None),
        ("..", None),
        ("1..2..3", None),
        ("-5", Range(None, 500)),
        ("1.2.3", None),
    ],
)
def test_ranges(text, found):
    assert ranges.read(text, 100) == found


def test_two_ranges_narrow_each_other():
    assert wanted("效益:>=1万 效益:<10万 benefit:5万..").value == Range(5_000_000, 9_999_999)


@pytest.mark.parametrize(
    "text,problems",
    [
        ("厂:云窑", [Problem("query_field_unknown", "q", {"name": "厂", "fields": NAMES})]),
        ("年:", [Problem("query_value_missing", "q", {"name": "年"})]),
        ("人：！", [Problem("query_value_missing", "q", {"name": "人"})]),
        ("年:去年", [Problem("query_year_bad", "q", {"name": "年", "value": "去年"})]),
        ("年:1900..1910", [Problem("query_year", "q", {"name": "年", "first": "2000", "last": "2030"})]),
        ("效益:很多", [Problem("query_amount_bad", "q", {"name": "效益", "value": "很多"})]),
        ("效益:50万..10万", [Problem("query_range_reversed", "q", {"name": "效益", "value": "50万..10万"})]),
        ("-效益:>1", [Problem("query_minus_range", "q", {"name": "效益"})]),
        (
            "类别:工具,魔法",
            [
                Problem(
                    "query_choice_unknown",
                    "q",
                    {"name": "类别", "value": "魔法", "choices": "工具、工艺、management"},
                )
            ],
        ),
        ("窑 " * 13, [Problem("query_many", "q", {"most": "12"})]),
        ("窑" * 201, [Problem("query_long", "q", {"most": "200"})]),
    ],
)
def test_what_is_not_understood_is_said(text, problems):
    assert list(parse(text, FIELDS).problems) == problems
    assert all(SENTENCES[problem.code] % problem.params for problem in problems)


def test_all_problems_are_told_at_once_and_the_rest_is_read():
    query = parse("厂:甲 年:昨 分水 效益:9..1", FIELDS)
    assert [problem.code for problem in query.problems] == [
        "query_field_unknown",
        "query_year_bad",
        "query_range_reversed",
    ]
    assert query.wanted == Wanted((Word("分水"),))


@given(
    st.text('单位年效益人类别:："“”「」-－ 　万亿元.<>=,0123456789分水窑plc工具\x00\ud800', max_size=60)
    | st.text(max_size=60)
)
def test_anything_at_all_can_be_typed(text):
    query = parse(text, FIELDS)
    for problem in query.problems:
        assert SENTENCES[problem.code] % problem.params
    for word in query.wanted.words:
        assert word.text


@pytest.mark.parametrize(
    "text,left",
    [
        ("分水 料水", "料水"),
        ('年:2024 "分水" 单位:云窑 -分水', "年:2024 单位:云窑"),
        ("料水", "料水"),
        ("", ""),
        ("人:分水 料水分水", "料水分水"),
    ],
)
def test_a_word_is_taken_out_of_what_was_typed(text, left):
    assert rewritten(text, FIELDS, lambda one: any(word.text == "分水" for word in one.wanted.words)) == left


def test_a_field_is_put_in_anothers_place():
    asked = Asked("unit", "云窑")
    assert (
        rewritten("分水 单位：云窑 unit:窑", FIELDS, lambda one: asked in one.asked, "单位:#7")
        == "分水 单位:#7 unit:窑"
    )


@given(st.text(max_size=30))
def test_what_is_quoted_is_read_as_it_is(value):
    read = parse(f"单位:{quoted(value)}", FIELDS)
    kept = value.replace('"', " ") if quoted(value) != value else value
    assert read.problems or [one.text for one in read.asked] == [unicodedata.normalize("NFC", kept).strip()]


def test_a_choice_with_commas_in_its_name_is_one_choice():
    fields = (Field("", ("行业",), Kind.CHOICE, {"农、林、牧、渔业": ("f-a",), "制造业": ("f-c",)}, ("A", "C")),)
    assert parse("行业:农、林、牧、渔业", fields).wanted == Wanted(facets=(("f-a",),))
    assert parse("行业:制造业,农、林、牧、渔业", fields).problems != ()
    assert parse("行业:x", fields).problems[0].params["choices"] == "A、C"
