"""What of a craftsman is public, by consent and by rule: tables of cases, and one property over all of them."""

from dataclasses import replace
from itertools import product

import pytest

from craftsmen.rules.honours import Stage
from craftsmen.rules.profile_form import ProfileDraft, holds_numbers, read_profile, works_lines
from craftsmen.rules.register import Holder, recounted, stands
from craftsmen.rules.searching import Wanted, read_wanted, token
from craftsmen.rules.showing import (
    PARTS,
    Person,
    Photograph,
    PublicView,
    ShownTitle,
    Text,
    Trick,
    Who,
    Work,
    name_tokens,
    public_view,
    view_of,
    view_text,
)
from foundation.base.problem import Problem
from foundation.people.consents import THINGS

WHO = Who("ganpo-craftsman-2026-1", "冯砚秋", "female", "云窑艺术瓷厂", "景德镇", "", "陶瓷装饰工", "C")
TITLE = ShownTitle("ganpo-craftsman-2026-1", "赣鄱工匠", "name", "省总工会", "文号", "2026-05-01", 8, "craftsman")
WON = ShownTitle("skilled-hand-2025-3", "江西省技术能手", "confer", "省总工会", "", "2025", 0, "contest")
TEXT = Text(
    "一句话",
    "第一段\n\n第二段",
    (Work("2019", "色卡"),),
    Trick("分水", (Photograph(3, "一"),)),
    1,
    (Photograph(2, "盘"),),
)
PEOPLE = (Person("汪小窑", "分水"), Person("", "分水"))


def view(*given: str, text=TEXT, titles=(TITLE, WON), adult=True):
    said = dict.fromkeys(given, True)
    return public_view(WHO, text, titles, said, adult=adult, apprentices=PEOPLE)


def test_everything_agreed_to_is_shown_and_survives_being_stored():
    shown = view(*PARTS)
    assert shown == PublicView(
        **{name: getattr(WHO, name) for name in WHO.__slots__},
        headline="一句话", titles=(TITLE,), portrait=1, story=("第一段", "第二段"), works=TEXT.works,
        photographs=TEXT.photographs, trick=TEXT.trick, won=(WON,), apprentices=(PEOPLE[0],), apprentices_unnamed=1,
    )  # fmt: skip
    assert view_of(view_text(shown)) == shown
    assert shown.pictures == (1, 2, 3)


def test_a_page_is_of_the_honour_it_is_called_as_whatever_was_given_since():
    newer = replace(TITLE, address="skill-leader-2027-4", title="技能带头人")
    assert view(*PARTS, titles=(newer, TITLE)).title == TITLE
    assert view(*PARTS, titles=(newer,)).title == newer


def test_whoever_was_honoured_after_death_is_asked_for_no_talk():
    assert view(*PARTS).speaks
    assert not view(*PARTS, titles=(TITLE, replace(TITLE, posthumous=True))).speaks


def test_parts_are_those_that_people_consent_to():
    assert set(PARTS) == set(THINGS)


@pytest.mark.parametrize(
    ("case", "given", "more"),
    [
        ("no word of the name", PARTS[1:], {}),
        ("not of age, or nobody knows", PARTS, {"adult": False}),
        ("nothing approved", PARTS, {"text": None}),
        ("no honour of their own", PARTS, {"titles": [WON]}),
    ],
)
def test_there_is_no_page(case, given, more):
    assert view(*given, **more) is None


def test_no_part_is_shown_without_its_own_consent():
    """All 32 combinations beside the name: what a part shows is there exactly when it was agreed to."""
    empty = replace(view("name"), headline="")
    for said in product((False, True), repeat=len(PARTS) - 1):
        given = [part for part, yes in zip(PARTS[1:], said, strict=True) if yes]
        shown = view("name", *given)
        expected = replace(
            empty,
            portrait=1 if "portrait" in given else None,
            headline="一句话" if "story" in given else "",
            story=("第一段", "第二段") if "story" in given else (),
            works=TEXT.works if "works" in given else (),
            photographs=TEXT.photographs if "works" in given else (),
            trick=TEXT.trick if "trick" in given else None,
            apprentices=(PEOPLE[0],) if "apprentices" in given else (),
            apprentices_unnamed=1 if "apprentices" in given else 0,
        )
        assert shown == expected, given


@pytest.mark.parametrize(
    ("stage", "listed", "holder", "expected"),
    [
        (Stage.CONFERRED, True, Holder(), "conferred"),
        (Stage.CONFERRED, False, Holder(), ""),
        (Stage.CONFERRED, True, Holder(minor=True), ""),
        (Stage.CONFERRED, True, Holder(unnamed=True), ""),
        (Stage.REVOKED, True, Holder(), "revoked"),
        (Stage.REVOKED, True, Holder(unnamed=True), "revoked"),
        (Stage.REVOKED, True, Holder(minor=True), ""),
        (Stage.RENOUNCED, True, Holder(), "renounced"),
        (Stage.PROPOSED, True, Holder(), ""),
        (Stage.DECLINED, True, Holder(), ""),
        (Stage.UNDONE, True, Holder(), ""),
    ],
)
def test_how_an_honour_stands_in_the_register(stage, listed, holder, expected):
    assert stands(stage, listed, holder) == expected


def test_counts_follow_what_comes_and_goes():
    line = {
        "stage": "conferred", "title_code": "a", "title_name": "甲", "edition": 8, "year": 2026, "city": 5,
        "city_name": "南昌", "county": 0, "county_name": "", "industry": "C", "occupation": "焊工", "gallery": False,
    }  # fmt: skip
    assert recounted([line], [line]) == {}
    changed = recounted([line], [{**line, "city": 6, "city_name": "九江"}])
    assert changed == {("all", "city", "5", "", "南昌"): -1, ("all", "city", "6", "", "九江"): 1}
    gone = recounted([line], [{**line, "stage": "revoked"}])
    assert sum(gone.values()) == -6


def test_a_name_is_found_by_any_beginning_of_its_endings():
    tokens = name_tokens("冯砚秋", ["fengyanqiu", "yanqiu", "qiu"], "fyq")
    assert tokens == ("冯砚秋", "砚秋", "秋", "fengyanqiu", "yanqiu", "qiu", "fyq")
    assert name_tokens("", [], "") == ()


def test_filters_are_read_and_written_one_way():
    wanted, problems = read_wanted({"q": " 冯 ", "city": "5", "title": "ganpo-craftsman", "occupation": "焊工"})
    assert (wanted, problems) == (Wanted(q="冯", title="ganpo-craftsman", city=5, occupation="焊工"), [])
    assert wanted.values() == [("q", "冯"), ("title", "ganpo-craftsman"), ("city", 5), ("occupation", "焊工")]
    assert wanted.filtered
    assert not Wanted(q="冯").filtered
    assert Wanted().none


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("city", "0", "register_filter"),
        ("city", "five", "register_filter"),
        ("city", "9999999999", "register_filter"),
        ("industry", "Z", "register_filter"),
        ("title", "../etc", "register_filter"),
        ("year", "-1", "register_filter"),
        ("year", "20164", "register_filter"),
        ("edition", "40000", "register_filter"),
        ("q", "a\x00b", "register_filter"),
        ("q", "长" * 65, "register_long"),
    ],
)
def test_what_is_no_filter_is_said(name, text, code):
    wanted, problems = read_wanted({name: text})
    assert wanted == Wanted()
    assert [(problem.code, problem.field) for problem in problems] == [(code, name)]


def test_a_search_is_folded():
    assert [token(text) for text in ("ＹａｎＱiu", "yan qiu", "冯·砚秋", "%_", "")] == [
        "yanqiu", "yanqiu", "冯砚秋", "", "",
    ]  # fmt: skip


def test_texts_of_a_page_are_read():
    draft, problems = read_profile({"headline": " 一句话 ", "works": "2019 色卡\n\n2023年，恒温料槽"})
    assert problems == []
    assert draft == ProfileDraft("一句话", "", (Work("2019", "色卡"), Work("2023", "恒温料槽")), "")
    assert works_lines(draft.works) == "2019 色卡\n2023 恒温料槽"


def test_everything_that_is_wrong_is_said_at_once():
    draft, problems = read_profile({"headline": "长" * 61, "story": "电话13800000000", "works": "色卡\n2020 好"})
    assert draft is None
    assert problems == [
        Problem("profile_long", "headline", {"most": "60"}),
        Problem("profile_private", "story"),
        Problem("profile_work_year", "works", {"line": "1"}),
    ]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("我的号码 360000199001011234", True),
        ("３６００００１９９００１０１１２３４", True),
        ("360000 19900101 123X", True),
        ("打 138-0000-0000", True),
        ("１３８０００００００００", False),  # twelve digits are no telephone
        ("1400块试片，2019年，编号20230001", False),
        ("误差0.00138米，重复1380次", False),
    ],
)
def test_numbers_of_people_are_seen_in_a_text(text, held):
    assert holds_numbers(text) is held
