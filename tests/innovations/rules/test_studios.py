"""Studios against the standards of RULES.md, their years and terms."""

from datetime import date

import pytest
from msgspec.structs import replace

from foundation.base.problem import Problem
from innovations.rules.studios import (
    STAGES,
    STEPS,
    Facts,
    Stage,
    Standards,
    Verdict,
    Year,
    after,
    full_years,
    list_problems,
    name_at_risk,
    term_end,
    unmet,
    year_gaps,
)

XIAO = Facts(1, date(2022, 3, 1), 3, 2, 3, 50_000_00, "芯禾电路三车间", "工作室章程", ("背钻残桩检测",))
DAY = date(2026, 3, 1)


def test_a_studio_that_meets_every_standard():
    assert unmet(Standards(fund=50_000_00), XIAO, DAY) == []


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (replace(XIAO, leader_titles=0), Problem("studio_leader_title", "leader")),
        (replace(XIAO, founded_on=date(2023, 3, 2)), Problem("studio_years", "founded_on", {"asked": "3", "has": "2"})),
        (replace(XIAO, results=2), Problem("studio_results", "results", {"asked": "3", "has": "2"})),
        (replace(XIAO, trainings=1), Problem("studio_trainings", "trainings", {"asked": "2", "has": "1"})),
        (replace(XIAO, upgraded=0), Problem("studio_upgraded", "upgraded", {"asked": "3", "has": "0"})),
        (replace(XIAO, place=" "), Problem("studio_place_empty", "place")),
        (replace(XIAO, rules=""), Problem("studio_rules_empty", "rules")),
        (replace(XIAO, topics=("",)), Problem("studio_topics_empty", "topics")),
    ],
)
def test_each_standard_is_told_with_what_is_asked(facts, told):
    assert unmet(Standards(), facts, DAY) == [told]


def test_what_a_call_does_not_ask_is_not_missing():
    asks_little = Standards(False, 0, 0, 0, 0, 0, place=False, rules=False)
    assert unmet(asks_little, replace(XIAO, leader_titles=0, results=0, place="", rules=""), DAY) == []


@pytest.mark.parametrize(
    ("since", "on", "years"),
    [
        (date(2023, 3, 1), date(2026, 2, 28), 2),
        (date(2023, 3, 1), date(2026, 3, 1), 3),
        (date(2024, 2, 29), date(2025, 2, 28), 0),
        (date(2024, 2, 29), date(2025, 3, 1), 1),
        (date(2027, 1, 1), date(2026, 1, 1), 0),
    ],
)
def test_whole_years(since, on, years):
    assert full_years(since, on) == years


@pytest.mark.parametrize(
    ("named", "term", "last"),
    [
        (date(2026, 5, 1), 3, date(2029, 4, 30)),
        (date(2026, 1, 1), 1, date(2026, 12, 31)),
        (date(2024, 2, 29), 3, date(2027, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 28)),
    ],
)
def test_the_last_day_of_a_term(named, term, last):
    assert term_end(named, term) == last


def test_a_year_and_a_name_at_risk():
    assert year_gaps(Standards(fund=1), Year(0, 1, 0, 0)) == [
        Problem("studio_trainings", "trainings", {"asked": "2", "has": "1"}),
        Problem("studio_fund", "fund", {"asked": "1", "has": "0"}),
    ]
    years = {2023: Verdict.GOOD, 2024: None, 2025: Verdict.BELOW}
    assert name_at_risk(Standards(), years, 2023, 2026) == [2024, 2025]
    assert name_at_risk(Standards(), {2023: Verdict.MEND, 2024: Verdict.GOOD}, 2023, 2026) == []  # 2025 alone


def test_its_way():
    assert set(STAGES) == set(Stage)
    assert {*STEPS.values()} == set(Stage)
    assert after("name", Stage.RECOMMENDED) == Problem("studio_step_late")  # never without a notice
    assert after("name", Stage.NOTICE) == Stage.NAMED


def test_a_channel_keeps_to_its_places():
    assert list_problems(1, ["a"]) == []
    assert list_problems(1, []) == [Problem("studio_list_empty")]
    assert list_problems(1, ["a", "b"]) == [Problem("studio_list_places", "", {"places": "1", "count": "2"})]
