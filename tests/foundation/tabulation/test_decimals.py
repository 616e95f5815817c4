"""Numbers as the spec's "Numbers" has them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.tabulation.decimals import read_decimal, round_half_away, show_decimal, show_exact, show_fixed


@pytest.mark.parametrize(
    ("text", "thousandths"),
    [
        ("8.5", 8500),
        (" 8.5 ", 8500),
        ("0", 0),
        ("-0", 0),
        ("-0.000", 0),
        ("-2.5", -2500),
        ("007", 7000),
        ("8.125", 8125),
        ("999999999999.999", 999999999999999),
        ("８．５", 8500),
        ("－２", -2000),
        ("\u30008.5\u3000", 8500),
    ],
)
def test_a_plain_decimal_is_read_with_full_width_digits_and_points_as_ordinary_ones(
    text: str, thousandths: int
) -> None:
    assert read_decimal(text, 3) == thousandths


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "1e2",
        "1E2",
        "NaN",
        "inf",
        "-Infinity",
        "+1",
        ".5",
        "5.",
        "1,000",
        "1_000",
        "0x10",
        "8.1234",
        "8.5000",
        "8²",
        "½",
        "①",
        "٣",
        "--1",
        "1 2",
        "8。5",
        "1000000000000",
        "9" * 5000,
        "0." + "1" * 5000,
    ],
)
def test_no_exponent_no_nan_no_infinity_at_most_three_decimals_and_no_number_without_end(text: str) -> None:
    assert read_decimal(text, 3) is None


def test_weights_have_at_most_six_decimals() -> None:
    assert (read_decimal("0.333333", 6), read_decimal("0.3333333", 6)) == (333333, None)


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        ("2.345", 2, "2.35"),
        ("-2.345", 2, "-2.35"),
        ("2.344999", 2, "2.34"),
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("-0.5", 0, "-1"),
        ("-0.4", 0, "0"),
        ("-0.004", 2, "0.00"),
        ("-0.005", 2, "-0.01"),
        ("7", 3, "7.000"),
        ("1/3", 3, "0.333"),
        ("2/3", 1, "0.7"),
    ],
)
def test_rounding_is_half_away_from_zero_and_never_shows_minus_zero(value: str, digits: int, expected: str) -> None:
    assert show_fixed(Fraction(value), digits) == expected
    assert round_half_away(Fraction(value), digits) == Fraction(expected)


@given(st.fractions(), st.integers(0, 3))
def test_rounding_goes_to_the_nearest_and_at_half_away_from_zero(value: Fraction, digits: int) -> None:
    rounded = round_half_away(value, digits)
    unit = Fraction(1, 10**digits)
    assert (rounded / unit).denominator == 1
    away = abs(rounded) - abs(value)
    assert -unit / 2 < away <= unit / 2


@given(st.integers(-(10**14), 10**14))
def test_what_is_shown_is_read_as_the_same_number(thousandths: int) -> None:
    assert read_decimal(show_decimal(thousandths, 3), 3) == thousandths


def test_exact_values_are_always_shown_as_n_over_d() -> None:
    assert [show_exact(Fraction(5)), show_exact(Fraction(-1, 3))] == ["5/1", "-1/3"]
