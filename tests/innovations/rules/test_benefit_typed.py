"""A working as it is typed: what cannot be read is told at its field, and nothing is guessed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.base.problem import Problem
from innovations import benefits
from innovations.rules.benefit_audits import digest, drawn, outcome_problems, size_problems
from innovations.rules.benefit_typed import (
    closed_up,
    last_day,
    latest_over,
    of_proposal,
    read,
    read_day,
    thousandths,
    typed,
    worked,
)
from innovations.rules.benefits import Formula, Line, value

HOURS = Line(Formula.HOURS, "看护工时", before=900, after=600, price=36_80, output=12_500)
COST = Line(Formula.COST, "摆辊", amount=38_000_00)


def test_what_is_kept_is_typed_and_read_again():
    assert read(typed([HOURS, COST])) == ([HOURS, COST], [])
    assert worked(HOURS) == "(0.9 − 0.6) × 36.80 × 12,500"
    assert worked(COST) == ""


def test_rows_that_are_left_empty_are_none():
    values = {
        "formula-1": "hours",
        "what-3": "摆辊",
        "formula-3": "cost",
        "amount-3": "3.8万",
        "first_day": "2025-01-10",
    }
    assert closed_up(values) == {
        "first_day": "2025-01-10", "formula-1": "cost", "what-1": "摆辊", "before-1": "", "after-1": "", "price-1": "",
        "output-1": "", "amount-1": "3.8万",
    }  # fmt: skip
    assert read({**values, "what-2": "少废箔", "formula-2": "gain", "amount-2": "15万"}) == (
        [Line(Formula.GAIN, "少废箔", amount=150_000_00), COST],
        [],
    )


@pytest.mark.parametrize(
    ("field", "text", "problem"),
    [
        ("formula", "", Problem("benefit_line_formula", "formula-1", {"line": "1"})),
        ("before", "1.2345", Problem("benefit_thousandths", "before-1", {"line": "1"})),
        ("after", "约0.6", Problem("benefit_thousandths", "after-1", {"line": "1"})),
        ("output", "12.5", Problem("benefit_output", "output-1", {"line": "1"})),
        ("output", "9999999999", Problem("benefit_output", "output-1", {"line": "1"})),
        ("price", "-3", Problem("money_negative", "price-1")),
        ("price", "0.62355", Problem("benefit_price", "price-1", {"line": "1"})),
        ("what", "", Problem("benefit_line_unnamed", "what-1", {"line": "1"})),
        ("what", "字" * 201, Problem("innovation_long", "what-1", {"most": "200", "length": "201"})),
        ("output", "", Problem("benefit_line_incomplete", "before-1", {"line": "1"})),
    ],
)
def test_each_fault_stands_at_its_field(field, text, problem):
    _, problems = read({**typed([HOURS]), f"{field}-1": text})
    assert problems == [problem]


def test_a_sum_that_no_unit_has_is_a_slip():
    lines = [Line(Formula.HOURS, "x", before=10**9, after=0, price=10**14, output=10**9)]
    assert [problem.code for problem in read(typed(lines))[1]] == ["benefit_large"]
    assert [problem.code for problem in read({})[1]] == ["benefit_lines_empty"]


@given(st.integers(0, 10**9))
def test_thousandths_are_written_as_they_are_read(figure):
    line = Line(Formula.HOURS, "x", before=figure, after=0, price=1, output=1)
    assert read(typed([line]))[0] == [line]
    assert "e" not in thousandths(figure)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2025, 1, 1), date(2025, 12, 31)),
        (date(2025, 9, 15), date(2026, 9, 14)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2023, 3, 1), date(2024, 2, 29)),
    ],
)
def test_twelve_months_end_the_day_before_a_year_is_over(first, last):
    assert last_day(first) == last


def test_a_claim_is_of_what_has_begun():
    today = date(2026, 5, 12)
    assert read_day("2026-05-12", today) == (today, [])
    assert read_day("2026-05-13", today)[1] == [Problem("benefit_day_to_come", "first_day")]
    assert read_day("2026-05-13", None)[1] == []
    assert read_day("十二日", None)[1] == [Problem("benefit_day", "first_day")]


def test_a_draw_is_the_same_for_everybody_and_another_for_another_seed():
    ids = list(range(1, 101))
    assert drawn(ids, "a", 5) == drawn(ids[::-1], "a", 5) != drawn(ids, "b", 5)
    assert len(set(drawn(ids, "a", 5))) == 5
    assert drawn([3], "a", 5) == [3]
    assert digest([2, 1]) == digest([1, 2]) != digest([1])


def test_what_an_audit_asks_for():
    assert size_problems("12") == size_problems("１２") == (12, [])
    assert size_problems("0")[1] == size_problems("51")[1] == [Problem("audit_size", "size", {"most": "50"})]
    assert outcome_problems("upheld", "") == []
    assert outcome_problems("set_aside", " ") == [Problem("audit_reason", "reason")]
    assert outcome_problems("x", "字" * 1001) == [
        Problem("audit_outcome", "outcome"), Problem("innovation_long", "reason", {"most": "1000", "length": "1001"}),
    ]  # fmt: skip


def test_what_a_proposal_brought_is_one_line_to_go_on_from():
    line = of_proposal(128_600_00, "少倒窑 30 次\n× 4,400 元", "贴了三张图")
    assert line == Line(Formula.GAIN, "少倒窑 30 次 × 4,400 元", amount=128_600_00)
    assert read(typed([line])) == ([line], [])
    assert of_proposal(1, "", "字" * 300).what == "字" * 200


@pytest.mark.parametrize(
    ("text", "told", "fen"),
    [("0.6235", "0.6235", 748_200_00), ("¥０.６２３元", "0.623", 747_600_00), ("0.0001", "0.0001", 120_00),
     ("36.8000", "36.80", 44_160_000_00)],
)  # fmt: skip
def test_a_price_of_one_may_be_finer_than_a_fen(text, told, fen):
    row = {"formula-1": "material", "what-1": "用电", "before-1": "1.5", "after-1": "0.5", "output-1": "1200000"}
    (line,), problems = read({**row, "price-1": text})
    assert (value(line), problems) == (fen, [])
    assert f"× {told} ×" in worked(line)
    assert read(typed([line])) == ([line], [])
    assert benefits.lines_of(benefits.text_of([line])) == (line,)
    older = '[{"formula":"hours","what":"x","before":1000,"after":0,"price":100,"output":1,"amount":0}]'
    assert value(benefits.lines_of(older)[0]) == 1_00


@given(st.dates(date(1991, 1, 2), date(2099, 12, 31)))
def test_a_claim_waits_for_finance_from_the_day_on_which_its_months_are_over(today):
    latest = latest_over(today)
    assert today > last_day(latest)
    assert today <= last_day(latest + timedelta(days=1))
