"""Calls, forms and terms of studios as pure rules."""

from datetime import date

import pytest

from foundation.base.problem import Problem
from innovations.rules.studio_calls import (
    ROUND_STAGES,
    ROUND_STEPS,
    Call,
    CallDraft,
    RoundStage,
    read_call,
    round_after,
    typed_call,
)
from innovations.rules.studio_form import (
    Body,
    StudioDraft,
    changed,
    public_name,
    read_studio,
    read_year,
    typed_studio,
    verdict_problems,
)
from innovations.rules.studio_terms import document_problems, next_term, renewal_problems
from innovations.rules.studios import Facts, Stage, Standards, Verdict, Year

DAY = date(2026, 5, 12)
CALL = CallDraft("申报", 2026, date(2026, 6, 1), Call(Standards(fund=5_000_00), 2, {"7": 0, "8": 5}))
DRAFT = StudioDraft("冯砚秋创新工作室", "C", date(2022, 3, 1), Body("二楼", 5_000_00, "制度", ("甲", "乙"), 4, 3))
FINE = Facts(1, date(2022, 3, 1), 3, 2, 3, 0, "二楼", "制度", ("甲",))


def test_a_call_read_again_from_its_form_is_the_same():
    assert read_call(typed_call(CALL), 2026, [7, 8, 9]) == (CALL, [])
    assert [CALL.call.places_of(channel) for channel in (7, 8, 9)] == [0, 5, 2]


@pytest.mark.parametrize(
    ("values", "field"),
    [({"years": "三"}, "years"), ({"fund": "多"}, "fund"), ({"place-8": "-1"}, "place-8"), ({"each": "1000"}, "each"),
     ({"apply_until": ""}, "apply_until"), ({"name": " "}, "name")],
)  # fmt: skip
def test_what_cannot_be_read_of_a_call_is_told_at_its_field(values, field):
    draft, problems = read_call({**typed_call(CALL), **values}, 2026, [7, 8])
    assert draft is None
    assert [one.field for one in problems] == [field]


def test_all_that_is_wrong_with_a_call_is_told_at_once():
    wrong = {"name": "", "apply_until": "x", "each": "9" * 5000}
    _, problems = read_call({**typed_call(CALL), **wrong}, 2026, [7, 8])
    assert {one.field for one in problems} == set(wrong)


def test_the_way_of_a_call():
    assert set(ROUND_STAGES) == set(RoundStage)
    assert {*ROUND_STEPS.values()} == set(RoundStage) - {RoundStage.DRAFT}
    assert round_after("name", RoundStage.CHECKING) == Problem("studio_step_late")  # never without a notice


def test_a_studio_read_again_from_its_form_is_the_same():
    assert read_studio(typed_studio(DRAFT), ["C"], DAY) == (DRAFT, [])
    assert changed(DRAFT, StudioDraft("x", "C", DRAFT.founded_on, Body("三楼"))) == [
        "name", "place", "fund", "rules", "topics", "trainings", "upgraded",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "field"),
    [({"name": ""}, "name"), ({"field": "Z"}, "field"), ({"founded_on": "2026-05-13"}, "founded_on"),
     ({"topics": "\n".join("题" * 13)}, "topics"), ({"trainings": "1.5"}, "trainings"),
     ({"rules": "字" * 2001}, "rules"), ({"fund": "1.234"}, "fund")],
)  # fmt: skip
def test_what_cannot_be_kept_of_a_studio_is_told_at_its_field(values, field):
    draft, problems = read_studio({**typed_studio(DRAFT), **values}, ["C"], DAY)
    assert draft is None
    assert [one.field for one in problems] == [field]


def test_a_year_takes_its_results_from_the_registry():
    assert read_year({"trainings": "2", "upgraded": "", "fund": "1万", "results": "99"}, 3) == (
        Year(3, 2, 0, 10_000_00), [],
    )  # fmt: skip


@pytest.mark.parametrize(("name", "shown", "read"), [
    ("冯砚秋创新工作室", True, "冯砚秋创新工作室"), ("冯砚秋创新工作室", False, "创新工作室"),
    ("青花工作室", False, "青花工作室"), ("冯 砚秋创新工作室", False, "创新工作室"), ("", False, ""),
])  # fmt: skip
def test_a_name_goes_with_its_leader_s(name, shown, read):
    assert public_name(name, "冯砚秋", shown) == read
    assert public_name("阿依努尔·买买提工作室", "阿依努尔 买买提", shown=False) == "工作室"


def test_digits_of_an_input_method_are_read_and_a_year_of_two_digits_is_asked_about():
    wide = {"each": "２", "years": "３", "apply_until": "２０２６-０６-０１"}
    assert read_call({**typed_call(CALL), **wide}, 2026, [7, 8, 9])[0] == read_call(
        {**typed_call(CALL), "each": "2", "years": "3"}, 2026, [7, 8, 9])[0]  # fmt: skip
    assert read_studio({**typed_studio(DRAFT), "trainings": "４"}, ["C"], DAY) == (DRAFT, [])
    _, problems = read_studio({**typed_studio(DRAFT), "founded_on": "0022-03-01"}, ["C"], DAY)
    assert problems == [Problem("studio_day", "founded_on")]  # it would have been at work for two thousand years


def test_a_year_below_standard_is_not_good():
    gaps = [Problem("studio_trainings", "trainings")]
    assert verdict_problems(Verdict.GOOD, "到位", []) == []
    assert verdict_problems(Verdict.MEND, "补课", gaps) == []
    assert [one.code for one in verdict_problems(Verdict.EXCELLENT, "", gaps)] == [
        "studio_verdict_reason", "studio_verdict_below",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("stage", "today", "years", "codes"),
    [
        (Stage.NAMED, date(2029, 3, 1), (2026, 2027, 2028), []),
        (Stage.LAPSED, date(2031, 3, 1), (2026, 2027, 2028), []),
        (Stage.NAMED, date(2028, 3, 1), (2026, 2027), ["studio_renewal_early"]),
        (Stage.NAMED, date(2029, 3, 1), (2028,), ["studio_at_risk"]),
        (Stage.LAPSED, date(2031, 3, 1), (2026,), ["studio_at_risk"]),
        (Stage.ENDED, date(2029, 3, 1), (2026, 2027, 2028), ["studio_step_late"]),
    ],
)
def test_when_a_term_is_renewed(stage, today, years, codes):
    found = renewal_problems(
        Standards(), FINE, dict.fromkeys(years, Verdict.GOOD), stage, date(2026, 6, 1), date(2029, 5, 31), today
    )
    assert [one.code for one in found] == codes


def test_the_next_term_has_no_gap_and_no_overlap():
    assert next_term(Stage.NAMED, date(2029, 5, 31), date(2029, 3, 1), 3) == (date(2029, 6, 1), date(2032, 5, 31))
    assert next_term(Stage.LAPSED, date(2029, 5, 31), date(2029, 9, 1), 1) == (date(2029, 9, 1), date(2030, 8, 31))
    assert next_term(Stage.LAPSED, date(2029, 5, 31), date(2029, 3, 1), 1) == (date(2029, 6, 1), date(2030, 5, 31))


def test_a_document_has_a_number_and_is_not_of_tomorrow():
    assert document_problems("9号", DAY, DAY) == []
    assert [one.code for one in document_problems("", date(2026, 5, 13), DAY)] == [
        "studio_document_empty", "studio_day_to_come",
    ]  # fmt: skip
