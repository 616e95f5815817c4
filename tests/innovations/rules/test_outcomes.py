"""What carrying out brought, money as it is typed, and a unit's figures."""

from datetime import date

import pytest

from foundation.base.money import MOST, read_fen, wan, yuan
from innovations.rules.figures import Figures, Group, figures
from innovations.rules.outcomes import Outcome, read_outcome
from innovations.rules.proposals import Stage

TODAY = date(2026, 5, 8)
DONE = {"done": "贴了三张图", "done_on": "2026-05-01"}


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("128600", 128_600_00), ("128,600.50", 128_600_50), ("12.86万", 128_600_00), ("12.86 万元", 128_600_00),
        ("１２８６００元", 128_600_00), ("0", 0), ("-0", 0), ("97.42万", 974_200_00), ("0.000001万", 1), ("¥3.6", 3_60),
    ],
)  # fmt: skip
def test_money_is_read_as_people_type_it(text, fen):
    assert read_fen(text, "amount") == (fen, [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "money_form"), ("约三百", "money_form"), ("1e6", "money_form"), ("3.", "money_form"),
        ("1.234", "money_fen"), ("-1", "money_negative"), ("1" * 15, "money_large"),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_told(text, code):
    read, problems = read_fen(text, "amount")
    assert (read, [(problem.field, problem.code) for problem in problems]) == (None, [("amount", code)])


def test_money_is_shown_as_offices_write_it():
    assert [yuan(fen) for fen in (0, 5, 100, 12_345_650, -50, MOST)] == [
        "0", "0.05", "1", "123,456.50", "-0.50", "1,000,000,000,000"
    ]  # fmt: skip
    assert [wan(fen) for fen in (0, 97_420_000, 360_000, 1, 42_800_000)] == ["0", "97.42", "0.36", "0.000001", "42.8"]


def test_a_counted_benefit_shows_its_working():
    values = {**DONE, "counted": "yes", "claimed": "12.86万", "working": "（18 − 4.14 − 1）万元"}
    assert read_outcome(values, TODAY) == (
        Outcome("贴了三张图", date(2026, 5, 1), 128_600_00, "（18 − 4.14 − 1）万元", ""), []
    )  # fmt: skip


def test_one_that_is_not_counted_keeps_no_figure():
    values = {**DONE, "counted": "no", "claimed": "5", "working": "估计", "uncounted": "safety"}
    assert read_outcome(values, TODAY) == (Outcome("贴了三张图", date(2026, 5, 1), None, "", "safety"), [])


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({}, ["done", "done_on", "counted"]),
        ({**DONE, "counted": "yes"}, ["claimed", "working"]),
        ({**DONE, "counted": "no", "uncounted": "luck"}, ["uncounted"]),
        ({**DONE, "done_on": "2026-05-09", "counted": "no", "uncounted": "safety"}, ["done_on"]),
        ({**DONE, "done": "长" * 2001, "counted": "no", "uncounted": "safety"}, ["done"]),
    ],
)
def test_what_is_missing_is_told(values, fields):
    said, problems = read_outcome(values, TODAY)
    assert (said, [problem.field for problem in problems]) == (None, fields)


def test_claimed_is_never_added_to_verified():
    one = {"count": 1, "adopted": 1, "done": 1}
    found = figures(
        [
            Group(Stage.REWARDED, **one, verified=80, verified_count=1, rewards=5, rewarded=1),
            Group(Stage.CARRIED_OUT, **one, claimed=1000, claimed_count=1),
            Group(Stage.VERIFIED, **one, uncounted=1),
            Group(Stage.CLOSED, **one, verified=7, verified_count=1, rewards=2, rewarded=1),
            Group(Stage.CLOSED, Stage.NOT_ADOPTED, 2),
            Group(Stage.CLOSED, Stage.NOT_ACCEPTED, 3),
            Group(Stage.NOT_ADOPTED, count=1),
            Group(Stage.PASSED_ON, count=1),
            Group(Stage.SUBMITTED, count=1),
            Group(Stage.RETURNED, count=1),
            Group(Stage.WITHDRAWN, count=9),
        ],
        people=4,
    )
    assert found == Figures(
        handed_in=13, people=4, adopted=4, done=4, waiting=2, not_adopted=3, passed_on=1, not_accepted=3,
        verified=87, verified_count=2, claimed=1000, claimed_count=1, uncounted=1, rewards=7, rewarded=2,
    )  # fmt: skip
    told = (found.adopted, found.waiting, found.not_adopted, found.passed_on, found.not_accepted)
    assert sum(told) == found.handed_in
