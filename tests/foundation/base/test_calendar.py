"""Working days: published cases, years nobody knows, and what holds for every notice."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.base.calendar import (
    KNOWN_YEARS,
    DayTable,
    is_working,
    knows,
    named_by_library,
    notice_end,
    working_days,
)
from foundation.base.problem import Problem

NEXT = KNOWN_YEARS.stop  # the first year that the library does not know yet


def unknown(year: int) -> Problem:
    return Problem("calendar_year_unknown", "", {"year": str(year)})


@pytest.mark.parametrize(
    ("start", "days", "first_day_counts", "end"),
    [
        ("2024-03-12", 5, True, "2024-03-18"),  # seen: 2024年3月12日至3月18日, five working days
        ("2024-03-12", 5, False, "2024-03-19"),
        ("2026-04-27", 5, True, "2026-05-06"),  # Labour Day, 1 to 5 May
        ("2026-04-27", 5, False, "2026-05-07"),
        ("2026-05-08", 2, True, "2026-05-09"),  # a Saturday that is worked
        ("2026-05-01", 1, True, "2026-05-06"),  # put up on a day off: the first working day is the first
        ("2026-05-01", 1, False, "2026-05-06"),
        ("2026-02-13", 5, True, "2026-02-26"),  # Spring Festival, 15 to 23 February; the 14th and the 28th are worked
        ("2026-12-28", 4, True, "2026-12-31"),
        ("2004-01-05", 1, True, "2004-01-05"),
    ],
)
def test_a_notice_ends_on(start: str, days: int, first_day_counts: bool, end: str) -> None:
    assert notice_end(date.fromisoformat(start), days, first_day_counts) == date.fromisoformat(end)


@pytest.mark.parametrize("days", [0, -1, 251, 10**9])
def test_a_number_of_days_that_is_none_is_refused(days: int) -> None:
    assert notice_end(date(2026, 3, 2), days, True) == Problem("calendar_days_count", "days", {"most": "250"})


def test_a_notice_into_an_unknown_year_is_refused_with_that_year() -> None:
    start = date(NEXT - 1, 12, 28)
    assert notice_end(start, 5, True) == unknown(NEXT)
    assert notice_end(date(NEXT, 6, 1), 5, False) == unknown(NEXT)
    assert notice_end(date(2003, 6, 1), 5, True) == unknown(2003)
    assert notice_end(date.max, 5, True, DayTable(years=frozenset({9999}))) == unknown(10000)


def test_one_day_in_the_table_makes_no_year_known() -> None:
    table = DayTable({date(NEXT, 1, 1): False})
    assert is_working(date(NEXT, 1, 1), table) is False
    assert is_working(date(NEXT, 1, 4), table) == unknown(NEXT)
    assert not knows(NEXT, table)


def test_a_year_that_was_entered_whole_is_counted_by_weeks_and_its_days() -> None:
    off, worked = date(2031, 10, 1), date(2031, 10, 11)
    table = DayTable({off: False, worked: True}, frozenset({2031}))
    assert (off.weekday(), worked.weekday()) == (2, 5)
    # Monday 29 September: 29, 30, (1 off) 2, 3, 6
    assert notice_end(date(2031, 9, 29), 5, True, table) == date(2031, 10, 6)
    assert working_days(date(2031, 9, 29), date(2031, 10, 12), table) == 10
    assert knows(2031, table)


def test_the_table_goes_before_the_library() -> None:
    storm = DayTable({date(2024, 3, 13): False})
    assert notice_end(date(2024, 3, 12), 5, True, storm) == date(2024, 3, 19)


def test_the_days_that_differ_from_plain_weeks() -> None:
    assert [day for day, working in named_by_library(2026).items() if working and day.month < 6] == [
        date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9),
    ]  # fmt: skip
    assert named_by_library(2026)[date(2026, 5, 1)] is False
    assert date(2026, 5, 2) not in named_by_library(2026)  # a Saturday is off anyway
    assert named_by_library(NEXT) == {}


def test_days_are_counted_with_both_ends() -> None:
    assert working_days(date(2024, 3, 12), date(2024, 3, 18)) == 5
    assert working_days(date(2024, 3, 16), date(2024, 3, 17)) == 0
    assert working_days(date(2024, 3, 18), date(2024, 3, 12)) == 0
    assert working_days(date(NEXT - 1, 12, 31), date(NEXT, 1, 4)) == unknown(NEXT)


some_days = st.dates(date(2025, 1, 1), date(2026, 6, 30))
tables = st.builds(DayTable, st.dictionaries(some_days, st.booleans(), max_size=20))


@given(some_days, st.integers(1, 40), st.booleans(), tables)
def test_every_end_is_a_working_day_and_holds_as_many_as_asked(
    start: date, days: int, first_day_counts: bool, table: DayTable
) -> None:
    end = notice_end(start, days, first_day_counts, table)
    assert isinstance(end, date)
    assert is_working(end, table) is True
    counted_from = start if first_day_counts else start + timedelta(days=1)
    assert working_days(counted_from, end, table) == days


@given(some_days, st.integers(1, 40), st.booleans(), tables)
def test_later_or_longer_never_ends_earlier(start: date, days: int, first_day_counts: bool, table: DayTable) -> None:
    end = notice_end(start, days, first_day_counts, table)
    longer = notice_end(start, days + 1, first_day_counts, table)
    later = notice_end(start + timedelta(days=1), days, first_day_counts, table)
    uncounted = notice_end(start, days, False, table)
    assert isinstance(end, date)
    assert isinstance(longer, date)
    assert isinstance(later, date)
    assert isinstance(uncounted, date)
    assert (end < longer, end <= later, end <= uncounted) == (True, True, True)
