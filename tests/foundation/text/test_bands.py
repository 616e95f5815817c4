"""Ranges of values as tokens: whole bands need no look, and nothing in the range is outside of both."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.text.bands import MOST, Cover, Range, cover, tokens_of

VALUES = st.integers(0, 10**9) | st.integers(0, MOST)


@pytest.mark.parametrize(
    "value,found",
    [(0, ("v1.", "v1.0")), (7, ("v1.", "v1.7")), (10, ("v2.", "v2.1", "v2.10")), (1234567, ("v7.", "v7.1", "v7.12"))],
)
def test_a_value_has_its_bands(value, found):
    assert tokens_of(value) == found


@pytest.mark.parametrize("value", [-1, MOST + 1])
def test_what_has_no_band_is_refused(value):
    with pytest.raises(ValueError):
        tokens_of(value)


def test_a_round_range_is_made_of_whole_bands():
    assert cover(Range(20_000, 99_999)) == Cover(tuple(f"v5.{digit}" for digit in range(2, 10)), ())
    assert cover(Range(10**15)).cut == ()
    assert cover(Range(5, 4)) == Cover((), ())


@given(VALUES, VALUES, VALUES)
def test_bands_agree_with_the_exact_range(low, high, other):
    covered = cover(Range(low, high))
    assert len(covered.cut) <= 2
    for value in (low, high, other, max(low - 1, 0), min(high + 1, MOST)):
        mine = set(tokens_of(value))
        whole, cut = bool(mine & set(covered.whole)), bool(mine & set(covered.cut))
        assert not (whole and cut)
        assert Range(low, high).holds(value) <= (whole or cut)
        assert whole <= Range(low, high).holds(value)
