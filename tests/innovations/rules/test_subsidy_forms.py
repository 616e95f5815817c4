"""What offices and units type of subsidies: read as keyboards and tables give it, and told what cannot be read."""

from datetime import date

import pytest

from foundation.base.problem import Problem
from innovations.rules.payments import report_due
from innovations.rules.subsidy_forms import (
    PlanLine,
    bars_problems,
    ranks_problems,
    read_asked,
    read_ceilings,
    read_round,
)

TYPED = {"name": "补助", "budget": "80万", "item": "5万", "apply_until": "2026-05-31"}


@pytest.mark.parametrize(
    "plan", ["工装：4万\n检测: 20,000", "工装\t40000\n检测\t2万元", "  工装：\t４００００元\n\n检测:\t20000\t"]
)
def test_a_plan_is_typed_with_colons_or_pasted_from_a_table(plan):
    asked, problems = read_asked({"plan": plan, "cost": "9万"})
    assert problems == []
    assert asked.plan == (PlanLine("工装", 40_000_00), PlanLine("检测", 20_000_00))


def test_the_total_of_a_pasted_table_is_asked_out_and_never_added():
    asked, problems = read_asked({"plan": "工装\t40000\n检测\t20000\n合 计\t60000", "cost": "9万"})
    assert problems == [Problem("subsidy_plan_total", "plan", {"line": "3"})]
    assert asked.amount == 60_000_00


@pytest.mark.parametrize("plan", ["工装 四万", "工装", "项目\t金额", "工装：", "：\t"])
def test_a_line_without_an_amount_is_told(plan):
    assert read_asked({"plan": plan})[1] == [Problem("subsidy_plan_line", "plan", {"line": "1"})]


@pytest.mark.parametrize("typed", ["60 40", "60+40", "60%、40%", "６０％，４０％", "60/40", " 60% + 40% "])
def test_instalments_are_read_as_people_write_them(typed):
    draft, problems = read_round(
        {**TYPED, "instalments": typed, "report_months": "１２", "cost_share": "50%"}, 2026, {}
    )
    assert problems == []
    assert (draft.instalments, draft.report_months, draft.terms.cost_share) == ((60, 40), 12, 500_000)


@pytest.mark.parametrize("typed", ["a", "60:40", "六四", "-60 160", "60.5 39.5"])
def test_instalments_that_cannot_be_read_are_told(typed):
    assert [one.field for one in read_round({**TYPED, "instalments": typed}, 2026, {})[1]] == ["instalments"]


def test_ceilings_are_pasted_from_a_table_too():
    assert read_ceilings("景德镇市总工会\t2万", {"2": "景德镇市总工会"}) == ({"2": 20_000_00}, [])


@pytest.mark.parametrize(
    ("ranks", "wrong"),
    [
        ([], []), ([3, 1, 2], []), ([1, 5], []),
        ([1, 0, 0], [("subsidy_unranked", {"count": "2"})]),
        ([2, 2, 1, 1, 0], [
            ("subsidy_unranked", {"count": "1"}), ("subsidy_rank_twice", {"rank": "1", "count": "2"}),
            ("subsidy_rank_twice", {"rank": "2", "count": "2"}),
        ]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_ranks_is_told_by_rank(ranks, wrong):
    assert [(one.code, one.params) for one in ranks_problems(ranks)] == wrong


@pytest.mark.parametrize(
    ("bars", "why", "wrong"),
    [
        (["disputed"], "", []), (["other"], "项目在省外", []), ([], "", ["subsidy_bars_empty"]),
        (["other", "disputed"], "", ["subsidy_why_not_empty"]), (["disputed"], "长" * 501, ["subsidy_long"]),
    ],
)  # fmt: skip
def test_a_word_that_something_is_not_eligible_has_its_reasons(bars, why, wrong):
    assert [one.code for one in bars_problems(bars, why)] == wrong


@pytest.mark.parametrize(
    ("first", "months", "due"),
    [
        (date(2026, 2, 18), 12, date(2027, 2, 18)), (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)), (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)  # fmt: skip
def test_a_report_is_due_so_many_months_after_the_first_payment(first, months, due):
    assert report_due(first, months) == due
