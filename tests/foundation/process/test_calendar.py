"""The federation's own table of working days: what holds, what is kept, who is told."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from foundation.base.calendar import KNOWN_YEARS, DayTable
from foundation.base.problem import Problem, Refused
from foundation.process import calendar
from foundation.process.rules.notices import Customs
from foundation.store import ledger
from foundation.store.engines import Engine
from tests.foundation.process.test_notices import person, refusal

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
DAY = date(2026, 3, 10)
NEXT = KNOWN_YEARS.stop


async def test_the_newest_word_about_a_day_holds_and_all_are_kept(database: Engine) -> None:
    ling = await person("ling")
    assert await calendar.day_table() == DayTable()
    await calendar.set_day(DAY, False, " 防汛停工 ", ling, NOW)
    assert await calendar.day_table() == DayTable({DAY: False})
    await calendar.set_day(DAY, True, "恢复上班", ling, NOW)
    await calendar.set_day(DAY, None, "录入有误", ling, NOW)
    assert await calendar.day_table() == DayTable()
    year = await calendar.year_of(2026)
    assert [(word.day, word.working, word.reason, word.by) for word in year.history] == [
        (DAY, None, "录入有误", "ling"), (DAY, True, "恢复上班", "ling"), (DAY, False, "防汛停工", "ling"),
    ]  # fmt: skip
    assert DAY not in [day.day for day in year.days]
    assert [(entry.act, entry.payload) for entry in await ledger.entries("calendar")] == [
        ("calendar.day_taken_back", {"day": "2026-03-10", "working": None}),
        ("calendar.day_set", {"day": "2026-03-10", "working": True}),
        ("calendar.day_set", {"day": "2026-03-10", "working": False}),
    ]


async def test_an_own_day_stands_among_the_library_s(database: Engine) -> None:
    ling = await person("ling")
    await calendar.set_day(date(2026, 5, 1), True, "抢险加班", ling, NOW)
    found = {day.day: (day.working, day.own) for day in (await calendar.year_of(2026)).days}
    assert (found[date(2026, 5, 1)], found[date(2026, 5, 4)]) == ((True, True), (False, False))


async def test_a_day_needs_a_reason_a_near_year_and_a_change(database: Engine) -> None:
    ling = await person("ling")
    assert await refusal(calendar.set_day(date(3026, 1, 1), None, "", ling, NOW)) == [
        Problem("calendar_reason_empty", "reason"),
        Problem("calendar_day_far", "day", {"first": "2000", "last": "2100"}),
    ]
    same = [Problem("calendar_day_same", "day", {"day": "2026-03-10"})]
    assert await refusal(calendar.set_day(DAY, None, "没有的", ling, NOW)) == same
    await calendar.set_day(DAY, False, "停工", ling, NOW)
    assert await refusal(calendar.set_day(DAY, False, "再次", ling, NOW)) == same
    assert await refusal(calendar.set_day(DAY, True, "长" * 201, ling, NOW)) == [
        Problem("notice_long", "reason", {"most": "200"})
    ]


async def test_a_year_is_entered_once_and_only_where_nobody_knows_it(database: Engine) -> None:
    ling = await person("ling")
    await calendar.enter_year(NEXT, "国办发明电〔2026〕1号", ling, NOW)
    known = [Problem("calendar_year_known", "year", {"year": str(NEXT)})]
    assert await refusal(calendar.enter_year(NEXT, "再次", ling, NOW)) == known
    assert (await calendar.day_table()).years == {NEXT}
    assert [(await calendar.year_of(year)).known for year in (2026, NEXT, NEXT + 1)] == [True, True, False]
    for year in (2026, 1999, 2101):
        with pytest.raises(Refused):
            await calendar.enter_year(year, "通知", ling, NOW)


async def test_customs_are_rows_with_what_is_shipped_behind_them(database: Engine) -> None:
    ling = await person("ling")
    assert await calendar.customs() == Customs()
    wanted = {"days": "7", "least_days": "5", "first_day_counts": "no", "end_time": "12:00", "decide_days": "3"}
    await calendar.set_customs(wanted, ling, NOW)
    await calendar.set_customs({**wanted, "days": "6"}, ling, NOW)
    assert await calendar.customs() == Customs(6, 5, False, "12:00", 3)
    assert await refusal(calendar.set_customs({**wanted, "days": "4"}, ling, NOW)) == [
        Problem("notice_days_few", "days", {"least": "5"})
    ]
    assert await refusal(calendar.set_customs({}, ling, NOW)) == [
        Problem("calendar_days_count", "days", {"most": "250"}),
        Problem("calendar_days_count", "least_days", {"most": "250"}),
        Problem("notice_first_day", "first_day_counts"),
        Problem("notice_end_time", "end_time"),
        Problem("calendar_days_count", "decide_days", {"most": "250"}),
    ]


async def test_a_deadline_in_working_days_is_none_where_nobody_knows_them(database: Engine) -> None:
    zone = ZoneInfo("Asia/Shanghai")
    friday = datetime(2026, 3, 6, 15, 59, tzinfo=UTC)  # 23:59 there
    assert await calendar.working_deadline(friday, 2, zone) == datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
    assert await calendar.working_deadline(datetime(NEXT, 3, 6, tzinfo=UTC), 2, zone) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-3-1", date(2026, 3, 1)), (" 2026/03/01 ", date(2026, 3, 1)), ("2026.3.1", date(2026, 3, 1)),
        ("2026-02-30", None), ("", None), ("1 March", None), ("0000-01-01", None), ("2026-3-1\x00", None),
    ],
)  # fmt: skip
def test_days_are_read_as_they_are_typed(text: str, day: date | None) -> None:
    assert calendar.read_day(text) == day
