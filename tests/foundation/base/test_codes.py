"""Unified social credit codes: published ones pass, and no single slip does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.base.codes import check_character, check_unit_code, read_unit_code, unit_code_kind
from foundation.base.problem import Problem

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"

first_parts = st.builds(
    lambda kind, district, rest: kind + district + rest,
    st.sampled_from(["81", "91", "12", "53"]),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(ALPHABET, min_size=9, max_size=9),
)


@pytest.mark.parametrize(
    "code",
    ["91350100M000100Y43", "91110000600037341L"],  # GB 32100-2015's own example, and python-stdnum's
)
def test_a_published_code_passes(code: str) -> None:
    assert check_unit_code(code) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", Problem("code_length", "code", {"length": "0"})),
        ("91350100M000100Y4", Problem("code_length", "code", {"length": "17"})),
        ("91350100M000100Y433", Problem("code_length", "code", {"length": "19"})),
        ("91350100M00O100Y43", Problem("code_character", "code", {"character": "O"})),
        ("91350100m000100Y43", Problem("code_character", "code", {"character": "m"})),
        ("9135010XM000100Y43", Problem("code_district", "code")),
        ("91350100M000100Y44", Problem("code_check", "code")),
        ("91305100M000100Y43", Problem("code_check", "code")),  # two digits changed places
        ("٩١٣٥٠١٠٠M000100Y43", Problem("code_character", "code", {"character": "٩"})),
    ],
)
def test_a_wrong_code_is_told_once(text: str, problem: Problem) -> None:
    assert check_unit_code(text) == [problem]


def test_what_was_typed_is_read_as_the_standard_writes_it() -> None:
    assert read_unit_code(" 9135 0100-m000 100y43\t") == "91350100M000100Y43"
    assert read_unit_code("９１３５０１００Ｍ０００１００Ｙ４３") == "91350100M000100Y43"
    assert len(read_unit_code("9" * 100_000)) > 18  # too long stays too long, without the work


@pytest.mark.parametrize(
    ("code", "kind"), [("81", "union"), ("91350100M000100Y43", "enterprise"), ("12", "other"), ("", "other")]
)
def test_whose_code_it_is(code: str, kind: str) -> None:
    assert unit_code_kind(code) == kind


@given(first_parts, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_no_single_wrong_character_passes(first: str, place: int, char: str) -> None:
    code = first + check_character(first)
    assert check_unit_code(code) == []
    slipped = code[:place] + char + code[place + 1 :]
    assert (check_unit_code(slipped) == []) == (slipped == code)


@given(first_parts, st.integers(0, 16))
def test_no_two_neighbours_that_changed_places_pass(first: str, place: int) -> None:
    code = first + check_character(first)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (check_unit_code(swapped) == []) == (swapped == code)
