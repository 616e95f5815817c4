"""Working days: those of the State Council's calendar, make-up days included, and what a table of our own adds.

Pure: knows dates, `chinesecalendar`'s years and a table that is handed in; no clock, no database, no time of day. A
year that neither the library nor the table knows is a `Problem` that names it, never a guess by weekdays.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import chinese_calendar  # type: ignore[import-untyped]  # ships no types

from foundation.base.problem import Problem

SATURDAY = 5
KNOWN_YEARS = range(min(chinese_calendar.holidays).year, max(chinese_calendar.holidays).year + 1)
LONGEST = 250  # working days that are counted at most: about a year


@dataclass(frozen=True, slots=True)
class DayTable:
    """What the federation's own table says: single days, which go before everything, and years that it knows whole.

    In a year of `years` a day that is not in `days` is worked from Monday to Friday. A single day makes no year
    known: whoever enters next New Year's Day has not entered next year.
    """

    days: Mapping[date, bool] = field(default_factory=dict)
    years: frozenset[int] = frozenset()


EMPTY = DayTable()


def knows(year: int, table: DayTable = EMPTY) -> bool:
    """Whether every day of the year can be told."""
    return year in KNOWN_YEARS or year in table.years


def is_working(day: date, table: DayTable = EMPTY) -> bool | Problem:
    """Whether people work on this day. A Problem where the year is unknown and the table does not name the day."""
    if day in table.days:
        return table.days[day]
    if day.year in table.years:
        return day.weekday() < SATURDAY
    if day.year in KNOWN_YEARS:
        return bool(chinese_calendar.is_workday(day))
    return Problem("calendar_year_unknown", "", {"year": str(day.year)})


def named_by_library(year: int) -> dict[date, bool]:
    """Where the library differs from plain weeks: weekdays off (False) and weekends worked (True) of a year."""
    if year not in KNOWN_YEARS:
        return {}
    first, found = date(year, 1, 1), {}
    for number in range(366):
        day = first + timedelta(days=number)
        working = day.year == year and bool(chinese_calendar.is_workday(day))
        if day.year == year and working != (day.weekday() < SATURDAY):
            found[day] = working
    return found


def notice_end(start: date, days: int, first_day_counts: bool, table: DayTable = EMPTY) -> date | Problem:
    """The last of `days` working days of a notice (公示) that is put up on `start`.

    Where the first day counts, `start` is the first of them if it is a working day; else counting begins with the
    next day. Both published cases hold where the first day counts: 5 days from 2024-03-12 end on 2024-03-18, and 5
    days from 2026-04-27 end on 2026-05-06 (1 to 5 May are off). Where it does not count they end one working day
    later, on 2024-03-19 and 2026-05-07.
    """
    if not 1 <= days <= LONGEST:
        return Problem("calendar_days_count", "days", {"most": str(LONGEST)})
    day: date | None = start if first_day_counts else _next(start)
    left = days
    while day is not None:
        working = is_working(day, table)
        if isinstance(working, Problem):
            return working
        left -= working
        if not left:
            return day
        day = _next(day)
    return Problem("calendar_year_unknown", "", {"year": str(date.max.year + 1)})


def working_days(first: date, last: date, table: DayTable = EMPTY) -> int | Problem:
    """How many working days lie from `first` to `last`, both included."""
    count, day = 0, first
    while day <= last:
        working = is_working(day, table)
        if isinstance(working, Problem):
            return working
        count += working
        after = _next(day)
        if after is None:
            break
        day = after
    return count


def _next(day: date) -> date | None:
    return day + timedelta(days=1) if day < date.max else None
