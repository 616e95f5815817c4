"""Difficulty without a database: what a clerk may type, where it is missing, and who has a place meanwhile."""

import pytest

from competitions.rules.difficulty import lacking, read_coefficients, show_coefficient, standings_of
from foundation.base.problem import Problem
from foundation.tabulation.marks import ABSENT, VOID, Mark
from foundation.tabulation.ranking import tabulate
from foundation.tabulation.scheme import Aspect, Module, Scheme
from foundation.tabulation.standings import Entry

ASPECTS = (
    Aspect("D1", "规定动作", "measurement", max=10_000, coefficient=True),
    Aspect("D2", "自选动作", "measurement", max=10_000, coefficient=True),
    Aspect("S", "安全", "measurement", max=10_000),
)
SCHEME = Scheme("跳水", 2, "incomplete", (Module("M", "动作", 1_000_000, False, ASPECTS),), ())


def full(work: str, mark: int) -> list[Mark]:
    return [Mark(work, aspect.code, "J1", mark) for aspect in ASPECTS]


@pytest.mark.parametrize(
    "typed, millionths, shown",
    [
        ("2.8", 2_800_000, "2.8"),
        ("1", 1_000_000, "1"),
        (" ３．５ ", 3_500_000, "3.5"),
        ("0.000001", 1, "0.000001"),
        ("1000", 1_000_000_000, "1000"),
        ("", None, ""),
        ("  ", None, ""),
    ],
)
def test_a_coefficient_is_read_and_shown(typed: str, millionths: int | None, shown: str) -> None:
    assert read_coefficients({"D1": typed}) == ({"D1": millionths}, [])
    assert show_coefficient(millionths) == shown


@pytest.mark.parametrize(
    "typed", ["0", "-1", "0.0000001", "1000.000001", "1e3", "NaN", "2,8", "+2", ".5", "二", "9" * 99]
)
def test_anything_else_is_no_coefficient(typed: str) -> None:
    wrong = Problem("coefficient_wrong", "D2", {"aspect": "D2", "text": typed[:40], "most": "1000"})
    assert read_coefficients({"D1": "2.8", "D2": typed}) == ({"D1": 2_800_000, "D2": None}, [wrong])


def test_all_wrong_ones_are_named_at_once() -> None:
    _, problems = read_coefficients({"D1": "0", "D2": "x", "S": "1"})
    assert [(each.field, each.params["text"]) for each in problems] == [("D1", "0"), ("D2", "x")]


def test_an_entry_lacks_what_it_has_marks_for() -> None:
    entries = [Entry("W1"), Entry("W2"), Entry("W3", status="withdrawn"), Entry("W4"), Entry("W5")]
    marks = [*full("W1", 5_000), *full("W2", 5_000), *full("W3", 5_000)]
    marks += [Mark("W4", "D1", "J1", ABSENT), Mark("W4", "D2", "J1", VOID), Mark("W5", "S", "J1", 5_000)]
    known = {("W1", "D1"): 1, ("W1", "D2"): 1, ("W2", "D2"): 1}
    assert lacking(SCHEME, entries, marks, known) == {"W2": (ASPECTS[0],)}
    assert lacking(SCHEME, entries, marks, {}) == {"W1": ASPECTS[:2], "W2": ASPECTS[:2]}


def test_who_lacks_a_coefficient_has_no_place_and_the_others_are_ranked() -> None:
    entries = [Entry("W1", "乙"), *(Entry(work, "甲") for work in ("W2", "W3", "W4", "W5")), Entry("W6")]
    given = {"W1": 1_000, "W2": 9_000, "W3": 5_000, "W4": 5_000}
    marks = [mark for work, value in given.items() for mark in full(work, value)]
    known = {(work, aspect): 2_000_000 for work in ("W1", "W3", "W4") for aspect in ("D1", "D2")}
    found = standings_of(SCHEME, entries, marks, known)
    assert [(line.group, line.place, line.entry, line.status, line.total, line.tied) for line in found.lines] == [
        ("", None, "W6", "incomplete", None, False),
        ("乙", 1, "W1", "ok", 5, False),
        ("甲", 1, "W3", "ok", 25, True),
        ("甲", 1, "W4", "ok", 25, True),
        ("甲", None, "W2", "incomplete", None, False),
        ("甲", None, "W5", "incomplete", None, False),
    ]


def test_with_every_coefficient_the_standings_are_the_engines() -> None:
    entries, marks = [Entry("W1"), Entry("W2")], [*full("W1", 5_000), *full("W2", 6_000)]
    known = {(work, aspect): 2_000_000 for work in ("W1", "W2") for aspect in ("D1", "D2")}
    assert standings_of(SCHEME, entries, marks, known) == tabulate(SCHEME, entries, marks, known)
