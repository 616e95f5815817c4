"""ID numbers and telephones: length, date and check digit, and how they are shown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.base import identity
from foundation.base.problem import Problem

TODAY = date(2026, 11, 2)
RIGHT = "36000019900307123" + identity.check_digit("36000019900307123")
WITH_X = "36000019900307120X"


def problem(code: str, **params: str) -> list[Problem]:
    return [Problem(code, "id_number", params)]


def test_a_right_number_is_taken_however_it_is_typed():
    assert RIGHT == "360000199003071238"
    for typed in (RIGHT, " 360000 19900307 1238 ", "３６００００１９９００３０７１２３８", "360000-19900307-1238"):
        assert identity.check_id_number(identity.read_id_number(typed), TODAY) == []


def test_the_check_character_may_be_an_x_of_either_size():
    number = next(
        first + "X" for order in range(1000) if identity.check_digit(first := f"36000019900307{order:03}") == "X"
    )
    assert identity.check_id_number(identity.read_id_number(number.lower()), TODAY) == []


@pytest.mark.parametrize(
    "typed,problems",
    [
        ("3.6E+17", problem("identity_scientific", text="3.6E+17")),
        ("3.60000199003071E+17", problem("identity_scientific", text="3.60000199003071E+17")),
        ("360000900307123", problem("identity_old")),
        ("36000019900307123", problem("identity_length", length="17")),
        ("3600001990030712388", problem("identity_length", length="19")),
        ("36000O199003071238", problem("identity_characters")),
        ("36000019900307X238", problem("identity_characters")),
        ("360000199002301238", problem("identity_date")),
        ("360000189902011238", problem("identity_date")),
        ("360000202611031238", problem("identity_date")),
        ("360000199003071239", problem("identity_check")),
    ],
)
def test_what_cannot_be_right_is_told_by_its_first_reason(typed, problems):
    assert identity.check_id_number(identity.read_id_number(typed), TODAY) == problems


@given(st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_never_passes(place, shift):
    wrong = RIGHT[:place] + str((int(RIGHT[place]) + shift) % 10) + RIGHT[place + 1 :]
    assert identity.check_id_number(wrong, TODAY) != []


@given(st.text(max_size=80))
def test_any_text_is_answered(text):
    assert len(identity.check_id_number(identity.read_id_number(text), TODAY)) <= 1
    assert len(identity.check_phone(identity.read_phone(text))) <= 1


def test_birth_date_and_gender_follow_from_the_number():
    assert (identity.birth_date(RIGHT), identity.is_woman(RIGHT)) == (date(1990, 3, 7), False)
    assert identity.is_woman("360000199003071246")


def test_masks_hide_all_but_the_ends():
    assert identity.masked_id(RIGHT) == "360***********1238"
    assert identity.masked_phone("13812341234") == "138****1234"
    assert (identity.masked_id(""), identity.masked_phone("1381234")) == ("", "*******")


@pytest.mark.parametrize(
    "typed",
    ["13800001234", "138 0000 1234", "+86 138-0000-1234", "008613800001234", "8613800001234", "１３８００００１２３４"],
)
def test_a_mobile_number_is_taken_however_it_is_typed(typed):
    assert identity.read_phone(typed) == "13800001234"
    assert identity.check_phone("13800001234") == []


@pytest.mark.parametrize("typed", ["12800001234", "0791-88888888", "1380000123", "", "一三八"])
def test_what_is_no_mobile_number_is_told(typed):
    assert identity.check_phone(identity.read_phone(typed)) == [Problem("identity_phone", "phone")]


def test_a_telephone_that_a_spreadsheet_spoilt_is_told():
    assert identity.check_phone(identity.read_phone("1.38E+10")) == [
        Problem("identity_scientific", "phone", {"text": "1.38E+10"})
    ]
