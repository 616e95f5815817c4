"""Forms of this package read as they are typed: each fault at its field, all at once, nothing guessed."""

from datetime import date

import pytest

from innovations.rules import innovation_typed
from innovations.rules.double_funding import Overlap, Same, Word, hindrances, word_problems
from innovations.rules.innovation_form import Author, Draft
from innovations.rules.proposal_paper import read_paper
from innovations.rules.proposal_sheet import check, first_day, stage_of
from innovations.rules.proposals import Stage
from innovations.rules.spread_form import Told, answer_problems, read_told
from innovations.rules.subsidy_forms import Asked, PlanLine, asked_problems, draft_problems, read_asked, read_round
from tests.innovations.made_up import TYPED
from tests.innovations.rules.foil import FOIL

TODAY = date(2026, 5, 12)


def told_of(problems) -> list[tuple[str, str]]:
    return [(one.field, one.code) for one in problems]


# -- 纸质建议 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "wrong"),
    [
        ("2026-05-12", []),
        ("2000-01-01", []),
        ("1999-12-31", [("on", "proposal_paper_day")]),
        ("2026-05-13", [("on", "outcome_day_later")]),
        ("2026-02-29", [("on", "proposal_paper_day")]),
        ("五月十二", [("on", "proposal_paper_day")]),
        ("", [("on", "proposal_paper_day")]),
    ],
)
def test_the_day_of_a_paper(on, wrong):
    found, problems = read_paper({**TYPED, "on": on}, TODAY)
    assert told_of(problems) == wrong
    assert (found is None) == bool(wrong)


def test_a_paper_is_told_everything_that_is_wrong_with_it():
    found, problems = read_paper({**TYPED, "title": "", "on": "2027-01-01"}, TODAY)
    assert found is None
    assert [one.field for one in problems] == ["title", "on"]


# -- 汇总表 --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "wrong", "stage"),
    [
        ({"state": "submitted"}, [], Stage.SUBMITTED),
        ({"state": "review"}, [], Stage.REVIEW),
        ({"state": "adopted"}, [], Stage.ADOPTED),
        ({"state": "done", "claimed": 86_400_00}, [], Stage.CARRIED_OUT),
        ({"state": "done"}, [], Stage.VERIFIED),  # nothing in money waits to be verified
        ({"state": "done", "uncounted": "少弯腰"}, [], Stage.VERIFIED),
        ({"state": "not_adopted", "reason": "与现行工艺冲突"}, [], Stage.NOT_ADOPTED),
        ({"state": "not_adopted"}, [("reason", "proposal_reason_missing")], Stage.NOT_ADOPTED),
        ({"state": "adopted", "claimed": 1}, [("claimed", "proposal_sheet_benefit_early")], Stage.ADOPTED),
        ({"state": "done", "claimed": 1, "uncounted": "x"}, [("uncounted", "proposal_sheet_benefit_both")],
         Stage.CARRIED_OUT),
        ({"state": "not_adopted", "claimed": 1, "uncounted": "x"},
         [("reason", "proposal_reason_missing"), ("claimed", "proposal_sheet_benefit_early"),
          ("uncounted", "proposal_sheet_benefit_both")], Stage.NOT_ADOPTED),
    ],
)  # fmt: skip
def test_a_row_of_the_summary_table(row, wrong, stage):
    assert told_of(check(row)) == wrong
    assert stage_of(row) is stage


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-10-01", date(2025, 10, 1)),
        ("2025-10-31", date(2025, 10, 31)),
        ("2025-10", date(2025, 10, 1)),
        ("2025", date(2025, 1, 1)),
    ],
)
def test_a_day_that_is_known_in_part_is_its_first(text, day):
    assert first_day(text) == day


# -- 推广应用 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "told", "wrong"),
    [
        ({"since_on": "2026-05-12", "result": " 好用 "}, Told(TODAY, "好用"), []),
        ({"since_on": "2026-05-12", "result": "好用", "learned_from": "7"}, Told(TODAY, "好用", 7), []),
        ({"since_on": "2026-05-12", "result": "好用", "learned_from": "8"}, None, [("learned_from", "spread_from")]),
        ({"since_on": "2026-05-13", "result": "好用"}, None, [("since_on", "spread_day_to_come")]),
        ({"since_on": "1949-12-31", "result": "好用"}, None, [("since_on", "spread_day")]),
        ({"since_on": "2026-05-12", "result": "字" * 1000}, Told(TODAY, "字" * 1000), []),
        ({"since_on": "2026-05-12", "result": "字" * 1001}, None, [("result", "innovation_long")]),
        ({}, None, [("since_on", "spread_day"), ("result", "spread_result")]),
    ],
)
def test_what_a_unit_tells_of_what_it_took_over(values, told, wrong):
    found, problems = read_told(values, TODAY, frozenset({7}))
    assert (found, told_of(problems)) == (told, wrong)


@pytest.mark.parametrize(
    ("word", "reason", "wrong"),
    [
        ("agree", "", []),
        ("decline", "另一种摆辊", []),
        ("decline", " ", [("reason", "spread_reason")]),
        ("", "", [("word", "spread_word")]),
        ("agree", "字" * 501, [("reason", "innovation_long")]),
    ],
)
def test_what_the_makers_answer(word, reason, wrong):
    assert told_of(answer_problems(word, reason)) == wrong


# -- 补助资金 ------------------------------------------------------------------------------------------------------

ROUND = {
    "name": "2026年职工创新补助资金", "budget": "800000", "item": "50000", "unit": "100000", "city": "200000",
    "step": "1000", "least": "5000", "apply_until": "2026-06-30", "instalments": "60+40", "report_months": "12",
    "cost_share": "50",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, []),
        ({"unit": "", "city": "", "step": "", "least": "", "cost_share": ""}, []),
        ({"budget": "八十万"}, ["budget"]),
        ({"method": "lot"}, ["method"]),
        ({"instalments": "60+x"}, ["instalments"]),
        ({"apply_until": "2026-06-31"}, ["apply_until"]),
        ({"report_months": "1.5"}, ["report_months"]),
        ({"cost_share": "half"}, ["cost_share"]),
        ({"cities": "南昌 80000"}, ["cities"]),
        ({"cities": "别处: 80000"}, ["cities"]),
        ({"cities": "南昌: 1000\n南 昌：2000"}, ["cities"]),
        ({"budget": "x", "item": "y", "apply_until": ""}, ["budget", "item", "apply_until"]),
    ],
)
def test_a_round_as_it_is_typed(changes, wrong):
    found, problems = read_round({**ROUND, **changes}, 2026, {"c1": "南昌"})
    assert [one.field for one in problems] == wrong
    assert (found is None) == bool(wrong)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, []),
        ({"name": ""}, ["subsidy_name"]),
        ({"apply_until": "2026-05-12"}, ["subsidy_apply_until"]),
        ({"apply_until": "2026-05-13"}, []),
        ({"budget": "0", "item": "0", "least": "0", "step": "0.01"}, ["subsidy_budget", "subsidy_item"]),
        ({"step": "0"}, ["subsidy_step"]),
        ({"step": ""}, []),
        ({"item": "800000", "unit": ""}, []),
        ({"item": "800000.01", "unit": ""}, ["subsidy_item"]),
        ({"unit": "4999.99"}, ["subsidy_ceiling_below_least"]),
        ({"city": "4999.99"}, ["subsidy_ceiling_below_least"]),
        ({"cities": "南昌: 4000"}, ["subsidy_ceiling_below_least"]),
        ({"least": "50000.01", "unit": "", "city": ""}, ["subsidy_least"]),
        ({"step": "50001"}, ["subsidy_step"]),
        ({"cost_share": "0"}, ["subsidy_cost_share"]),
        ({"cost_share": "100"}, []),
        ({"cost_share": "101"}, ["subsidy_cost_share"]),
        ({"report_months": "0"}, ["subsidy_report_months"]),
        ({"report_months": "36"}, []),
        ({"report_months": "37"}, ["subsidy_report_months"]),
    ],
)
def test_what_must_be_mended_before_a_round_is_frozen(changes, wrong):
    draft, problems = read_round({**ROUND, **changes}, 2026, {"c1": "南昌"})
    assert problems == []
    assert draft is not None
    assert [one.code for one in draft_problems(draft, TODAY)] == wrong


@pytest.mark.parametrize(
    ("plan", "lines", "wrong"),
    [
        ("材料: 30000\n试验：2,000.50", (PlanLine("材料", 30_000_00), PlanLine("试验", 2_000_50)), 0),
        ("\n 检 测 : 3万 \n", (PlanLine("检 测", 30_000_00),), 0),
        ("材料 30000", (), 1),
        ("材料: 很多\n试验: 1", (PlanLine("试验", 1_00),), 1),
        ("", (), 0),
    ],
)
def test_a_plan_is_read_a_line_each(plan, lines, wrong):
    found, problems = read_asked({"cost": "100000", "purpose": "中试", "plan": plan})
    assert (found.plan, len(problems)) == (lines, wrong)


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        (Asked(100, "中试", (PlanLine("材料", 100),)), []),
        (Asked(99, "中试", (PlanLine("材料", 100),)), ["subsidy_cost_below"]),
        (Asked(0, " ", ()), ["subsidy_purpose_empty", "subsidy_plan_empty"]),
        (Asked(1, "字" * 2001, (PlanLine("", 1),)), ["subsidy_long", "subsidy_plan_line"]),
        (Asked(0, "中试", (PlanLine("材料", 0),)), ["subsidy_plan_line"]),
        (Asked(21, "中试", (PlanLine("材料", 1),) * 21), ["subsidy_plan_long"]),
    ],
)
def test_what_must_be_mended_before_an_application_is_handed_in(asked, wrong):
    assert [one.code for one in asked_problems(asked)] == wrong


@pytest.mark.parametrize(
    ("same", "words", "wrong"),
    [
        ([], {}, []),
        ([Same.PERSON, Same.STUDIO], {}, []),  # shown, decided by nobody
        ([Same.INNOVATION], {}, ["subsidy_overlap_undecided"]),
        ([Same.PATENT], {"1": Word.SEPARATE}, []),
        ([Same.PATENT], {"1": Word.SAME}, ["subsidy_overlap_same"]),
        ([Same.INNOVATION, Same.PATENT], {"1": Word.SAME}, ["subsidy_overlap_undecided", "subsidy_overlap_same"]),
    ],
)
def test_nothing_weighty_is_admitted_before_people_decided(same, words, wrong):
    found = [Overlap(each, "x", str(number), 2025, 1) for number, each in enumerate(same, 1)]
    assert [one.code for one in hindrances(found, words)] == wrong


@pytest.mark.parametrize(
    ("word", "reason", "wrong"),
    [
        ("same", "同一套", []),
        ("separate", "", ["subsidy_overlap_reason"]),
        ("maybe", "x" * 501, ["subsidy_overlap_word", "subsidy_long"]),
    ],
)
def test_a_decision_has_a_word_and_a_reason(word, reason, wrong):
    assert [one.code for one in word_problems(word, reason)] == wrong


# -- 成果表格 ------------------------------------------------------------------------------------------------------


def test_figures_are_read_however_wide_they_are():
    values = {**innovation_typed.typed(FOIL), "share-1": "４０％", "share-2": " 20 % ", "year": "２０２５"}
    assert innovation_typed.read(values, FOIL.kind) == FOIL
    assert [innovation_typed.figure(text) for text in ("", "四十", "40.5", "-3", "9" * 10)] == [0] * 5


def test_an_innovation_typed_and_read_again_is_the_same():
    assert innovation_typed.read(innovation_typed.typed(FOIL), FOIL.kind) == FOIL


@pytest.mark.parametrize(
    ("values", "authors"),
    [
        ({"author-1": "甲", "share-1": "60", "author-3": "丙", "share-3": "40%"}, [("甲", 60, 0), ("丙", 40, 0)]),
        ({"author-1": " ", "share-1": "", "worker-1": "7"}, []),  # an empty row of somebody known is none
        ({"author-1": "甲", "share-1": "一半"}, [("甲", 0, 0)]),  # which the rules of the form refuse
        ({"author-1": "甲", "share-1": "-5"}, [("甲", 0, 0)]),
        ({"author-1": "甲", "share-1": "50", "worker-1": "7"}, [("甲", 50, 7)]),
        (
            {"author-1": "甲", "share-1": "50", "worker-1": "8"},
            [("甲", 50, 0)],
        ),  # a form alone links nobody
        ({"author-1": "甲", "share-1": "50", "worker-1": "9"}, [("甲", 50, 0)]),  # who is called otherwise
    ],
)
def test_rows_of_people(values, authors):
    found = innovation_typed.read(values, "renovation", frozenset({("甲", 7), ("乙", 9)}))
    assert [(one.name, one.share, one.worker) for one in found.authors] == authors


def test_rows_are_moved_and_shared_out_without_losing_a_word():
    draft = Draft("名", "renovation", "C", 2026, FOIL.body, tuple(Author(name, 10) for name in "甲乙丙"))
    values = innovation_typed.typed(draft)
    moved = innovation_typed.moved_up(values, 3)
    assert [row["author"] for row in innovation_typed.author_rows(moved)] == ["甲", "丙", "乙"]
    assert innovation_typed.moved_up(values, 1) == innovation_typed.closed_up(values)
    shared = innovation_typed.shared_equally(values)
    assert [row["share"] for row in innovation_typed.author_rows(shared)] == ["34", "33", "33"]
    assert {key: value for key, value in shared.items() if not key.startswith("share-")} == {
        key: value for key, value in values.items() if not key.startswith("share-")
    }
