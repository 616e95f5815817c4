"""No fen is paid that was not granted, and none is lost between instalments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.base.problem import Problem
from innovations.rules.payments import (
    Account,
    Kind,
    Movement,
    account,
    instalment_problems,
    instalments,
    movement_problems,
    next_payment,
)


def paid(amount: int) -> Movement:
    return Movement(Kind.PAID, amount)


def back(amount: int) -> Movement:
    return Movement(Kind.RETURNED, amount)


def test_how_a_grant_stands():
    stands = account(50_000_00, [paid(30_000_00), back(4_000_00)])
    assert stands == Account(50_000_00, 30_000_00, 4_000_00)
    assert (stands.kept, stands.open) == (26_000_00, 20_000_00)


@pytest.mark.parametrize(
    ("movement", "problems"),
    [
        (paid(20_000_00), []),
        (paid(20_000_01), [Problem("subsidy_paid_above", "amount", {"most": "20,000"})]),
        (back(26_000_00), []),
        (back(26_000_01), [Problem("subsidy_returned_above", "amount", {"most": "26,000"})]),
        (paid(0), [Problem("subsidy_amount_empty", "amount")]),
        (back(-1), [Problem("subsidy_amount_empty", "amount")]),
    ],
)
def test_what_may_be_recorded_next(movement, problems):
    assert movement_problems(account(50_000_00, [paid(30_000_00), back(4_000_00)]), movement) == problems


@pytest.mark.parametrize(
    ("percents", "fine"), [([100], True), ([60, 40], True), ([60, 30], False), ([110, -10], False), ([], False)]
)
def test_a_plan_is_whole(percents, fine):
    assert (instalment_problems(percents) == []) == fine


@given(st.integers(0, 10**12), st.sampled_from([[100], [60, 40], [33, 33, 34], [1] * 100]))
def test_instalments_are_together_what_was_granted(granted, percents):
    parts = instalments(granted, percents)
    assert sum(parts) == granted
    assert all(part >= 0 for part in parts)


@given(st.integers(0, 1000), st.lists(st.builds(Movement, st.sampled_from(Kind), st.integers(-5, 400)), max_size=12))
def test_whatever_is_tried_the_account_stays_within_the_grant(granted, tries):
    done: list[Movement] = []
    for one in tries:
        if not movement_problems(account(granted, done), one):
            done.append(one)
    stands = account(granted, done)
    assert 0 <= stands.returned <= stands.paid <= granted
    assert stands.kept + stands.returned + stands.open == granted


@pytest.mark.parametrize(
    ("paid", "expected"), [(0, 30_000_00), (10_000_00, 20_000_00), (30_000_00, 20_000_00), (50_000_00, 0)]
)
def test_the_next_payment_makes_an_instalment_whole(paid, expected):
    assert next_payment([30_000_00, 20_000_00], paid) == expected
