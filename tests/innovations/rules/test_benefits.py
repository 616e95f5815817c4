"""A benefit is what its lines say, to the fen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.base.problem import Problem
from innovations.rules.benefits import Formula, Line, benefit, line_problems, value

HOURS = Line(Formula.HOURS, "绕线", before=1_500, after=1_250, price=36_80, output=12_000)
MATERIAL = Line(Formula.MATERIAL, "边料", before=1_080, after=1_013, price=61_500_00, output=30)


@pytest.mark.parametrize(
    ("line", "fen"),
    [
        (HOURS, 110_400_00),  # 0.25 h x 36.80 x 12,000
        (MATERIAL, 123_615_00),  # 0.067 t x 61,500 x 30
        (Line(Formula.GAIN, "废料出售", amount=1_000_00), 1_000_00),
        (Line(Formula.COST, "工装", amount=36_000_00), -36_000_00),
        (Line(Formula.HOURS, "更慢", before=1_000, after=2_000, price=1_00, output=3), -3_00),
        (Line(Formula.MATERIAL, "半分", before=1, after=0, price=1, output=500), 1),  # half a fen goes up
        (Line(Formula.MATERIAL, "不到半分", before=1, after=0, price=1, output=499), 0),
    ],
)
def test_each_formula(line, fen):
    assert value(line) == fen


def test_the_sum_is_the_sum_of_what_is_printed():
    lines = [HOURS, MATERIAL, Line(Formula.COST, "工装", amount=36_000_00)]
    assert benefit(lines) == sum(map(value, lines)) == 198_015_00


@given(st.lists(st.builds(Line, st.sampled_from(Formula), st.just("x"), *[st.integers(0, 10**9)] * 5), max_size=6))
def test_the_order_of_lines_changes_nothing(lines):
    assert benefit(lines) == benefit(lines[::-1])


def test_every_fault_of_a_working_is_told_at_once():
    lines = [
        Line(Formula.COST, " ", amount=0),
        Line(Formula.COST, "x", amount=-1),
        Line(Formula.COST, "x", amount=5),
    ]
    assert line_problems(lines) == [
        Problem("benefit_lines_empty", "lines"),
        Problem("benefit_line_unnamed", "what-1", {"line": "1"}),
        Problem("benefit_line_no_amount", "amount-1", {"line": "1"}),
        Problem("benefit_line_negative", "line-2", {"line": "2"}),
    ]
    assert line_problems([Line(Formula.HOURS, "x", before=5)]) == [
        Problem("benefit_line_incomplete", "line-1", {"line": "1"})
    ]
    assert line_problems([HOURS, MATERIAL]) == []
