"""Days whose year is known, whenever the tests are run."""

from datetime import UTC, date, datetime, timedelta

from foundation.base.calendar import working_days
from foundation.base.clock import today
from foundation.base.problem import Problem
from foundation.process import calendar


async def know_the_years() -> None:
    """Enter the years from which deadlines of today are counted, as the federation does when they are decreed."""
    for year in sorted({today().year, (today() + timedelta(days=60)).year}):
        first = date(year, 1, 5)
        if isinstance(working_days(first, first, await calendar.day_table()), Problem):
            await calendar.enter_year(year, "国办发明电", 1, datetime.now(UTC))
