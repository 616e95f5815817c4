"""The rules of a review, its sheet as RULES.md has it, and the ways of reviews and of subsidies."""

import pytest
from msgspec.structs import replace

from foundation.base.problem import Problem
from foundation.tabulation.scheme import read_scheme
from innovations.rules import review_steps, subsidy_steps
from innovations.rules.review_rules import (
    Award,
    Level,
    Places,
    ReviewRules,
    award_problems,
    read_rules,
    rules_problems,
    usual_rubric,
)

AWARDS = (Award("first", "一等成果", 2, "innovation-first"), Award("second", "二等成果", 3))
RULES = ReviewRules(Level.PROVINCE, 5, usual_rubric(5, "2026"), AWARDS, (Places(3, "南昌市总工会", 20),))


def test_the_rules_of_the_usual_review_are_fit_and_come_back_as_they_were():
    assert rules_problems(RULES) == []
    assert read_rules(RULES.canonical()) == RULES
    assert read_rules(RULES.canonical()).digest() == RULES.digest() != replace(RULES, blind=False).digest()


@pytest.mark.parametrize("each", range(1, 10))
def test_the_usual_sheet_makes_a_hundred_marks_for_any_number_of_reviewers(each):
    scheme, problems = read_scheme(usual_rubric(each, "2026"))
    assert problems == []
    assert sum(one.max for one in scheme.aspects()) == 100_000
    assert {(one.judges, one.drop_highest) for one in scheme.aspects()} == {(each, int(each >= 5))}


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        (replace(RULES, awards=()), [Problem("review_awards_none", "awards")]),
        (
            replace(RULES, awards=(*AWARDS, Award("first", "", 0))),
            [
                Problem("review_award", "award-name-3", {"place": "3"}),
                Problem("review_award_twice", "award-name-3", {"name": ""}),
            ],
        ),
        (
            replace(RULES, awards=(Award("award2", "一等", 0), Award("award5", "一等", 1))),
            [
                Problem("review_award", "award-most-2", {"place": "2"}),
                Problem("review_award_twice", "award-name-5", {"name": "一等"}),
            ],
        ),
        (replace(RULES, notice_days=4), [Problem("review_notice_days", "notice_days")]),
        (replace(RULES, mark_days=0), [Problem("review_days", "mark_days")]),
        (replace(RULES, places=()), [Problem("review_places_none", "places")]),
        (replace(RULES, level=Level.ENTERPRISE, places=()), []),
        (replace(RULES, rubric="{}"), [Problem("review_rubric", "rubric", {"count": "4"})]),
    ],
)
def test_what_must_be_mended_before_freezing(rules, told):
    found = rules_problems(rules)
    assert [(one.code, one.field) for one in found] == [(one.code, one.field) for one in told]


def test_every_line_must_be_marked_by_as_many_as_review_an_entry():
    found = rules_problems(replace(RULES, each=3))
    assert {one.code for one in found} == {"review_rubric_panel"}
    assert len(found) == 7


def test_no_more_awards_than_the_rules_have():
    given = {"a": "first", "b": "first", "c": "first", "d": "", "e": "gold"}
    assert award_problems(AWARDS, given) == [
        Problem("review_award_unknown", "", {"code": "gold"}),
        Problem("review_award_most", "", {"name": "一等成果", "most": "2", "count": "3"}),
    ]


def test_ways_have_words_and_no_dead_ends_but_their_ends():
    assert set(review_steps.STAGES) == set(review_steps.Stage)
    assert {stage for _, stage in review_steps.STEPS} == set(review_steps.Stage) - {
        review_steps.Stage.DECIDED,
        review_steps.Stage.CANCELLED,
    }
    assert set(subsidy_steps.STAGES) == set(subsidy_steps.Stage)
    assert {stage for _, stage in subsidy_steps.STEPS} == set(subsidy_steps.Stage) - {
        subsidy_steps.Stage.CLOSED,
        subsidy_steps.Stage.CANCELLED,
    }
    stages = subsidy_steps.ApplicationStage
    assert {*subsidy_steps.APPLICATION_STEPS.values(), stages.DRAFT} == set(stages)


@pytest.mark.parametrize(
    ("step", "stage", "becomes"),
    [
        ("approve", subsidy_steps.Stage.OPEN, Problem("subsidy_step_late")),
        ("grant", subsidy_steps.Stage.PROPOSED, Problem("subsidy_step_late")),  # never without a notice
        ("grant", subsidy_steps.Stage.NOTICE, subsidy_steps.Stage.GRANTED),
    ],
)
def test_no_money_is_granted_before_its_notice(step, stage, becomes):
    assert subsidy_steps.after(step, stage) == becomes


def test_no_result_is_decided_before_its_notice():
    assert review_steps.after("decide", review_steps.Stage.DECIDING) == Problem("review_step_late")
    assert review_steps.after("decide", review_steps.Stage.NOTICE) == review_steps.Stage.DECIDED
