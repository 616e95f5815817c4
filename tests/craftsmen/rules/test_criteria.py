"""By what standard each aspect is marked: lines as typed, what is wrong with them, and rules that have none."""

import json

import pytest

from craftsmen.rules.criteria import LONGEST, criteria_problems, lines_of, read_criteria
from craftsmen.rules.round_rules import Criterion, RoundRules, canonical, parsed
from foundation.base.problem import Problem

ASPECTS = ["S1", "S2"]


def test_lines_are_read_as_they_are_shown():
    typed = "  S1   工艺达到国内先进水平，有独到之处 \n\nS2 成果已应用"
    read = read_criteria(typed)
    assert read == (Criterion("S1", "工艺达到国内先进水平，有独到之处"), Criterion("S2", "成果已应用"))
    assert read_criteria(lines_of(read)) == read


@pytest.mark.parametrize(
    ("typed", "problems"),
    [
        ("", []),
        ("S2 成果已应用", []),  # an aspect may go without
        ("S3 传承", [Problem("round_criterion_aspect", "criteria", {"code": "S3"})]),
        ("S1 一\nS1 二", [Problem("round_criterion_twice", "criteria", {"code": "S1"})]),
        ("S1", [Problem("round_criterion_empty", "criteria", {"code": "S1"})]),
        (f"S1 {'长' * LONGEST}", []),
        (
            f"S1 {'长' * (LONGEST + 1)}\n工艺",
            [
                Problem("round_criterion_long", "criteria", {"code": "S1", "most": str(LONGEST)}),
                Problem("round_criterion_aspect", "criteria", {"code": "工艺"}),
            ],
        ),
    ],
)
def test_what_is_wrong_is_named_line_by_line(typed, problems):
    assert criteria_problems(read_criteria(typed), ASPECTS) == problems


def test_rules_without_criteria_have_the_text_that_they_always_had():
    assert "criteria" not in json.loads(canonical(RoundRules(confer=3)))
    rules = RoundRules(confer=3, criteria=(Criterion("S1", "有独到之处"),))
    assert parsed(canonical(rules)) == rules
    assert parsed(canonical(RoundRules(confer=3))) == RoundRules(confer=3)
