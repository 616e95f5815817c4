"""The federation's own table of working days and the customs of notices: the sole writer of both, and their reader.

What is written here moves no end that was announced: a notice freezes its own at opening. The ledger's stream is
`calendar`; reasons stand beside the days, not in it.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from foundation.base import calendar as days
from foundation.base.calendar import DayTable
from foundation.base.problem import Problem, Refused
from foundation.process.calendar_tables import CalendarDay, CalendarYear, NoticeSetting
from foundation.process.rules.notices import Customs, read_customs, read_time
from foundation.store import ledger
from foundation.store.commit import write

MOST = 200  # characters of a reason
YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class Day:
    """A day that differs from plain weeks, or was entered here. `reason` is empty where only the library says it."""

    day: date
    working: bool
    reason: str = ""
    by: str = ""
    at: datetime | None = None

    @property
    def own(self) -> bool:
        """Whether it stands in the federation's own table."""
        return self.at is not None


@dataclass(frozen=True, slots=True)
class Word:
    """One line of the table's history: the newest of a day holds; `working` None takes the day back."""

    day: date
    working: bool | None
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Year:
    """What is known of one year."""

    year: int
    by_library: bool
    grounds: str  # from what it was entered here; empty where it was not
    days: tuple[Day, ...]
    history: tuple[Word, ...]

    @property
    def known(self) -> bool:
        return self.by_library or bool(self.grounds)


async def day_table() -> DayTable:
    """The federation's own table, for `foundation.base.calendar`."""
    rows = await CalendarDay.select(CalendarDay.day, CalendarDay.working).order_by(CalendarDay.id)
    newest: dict[date, bool | None] = {row["day"]: row["working"] for row in rows}
    years = await CalendarYear.select(CalendarYear.year)
    kept = {day: working for day, working in newest.items() if working is not None}
    return DayTable(kept, frozenset(row["year"] for row in years))


async def customs() -> Customs:
    """What is custom here with notices and objections."""
    rows = await NoticeSetting.select(NoticeSetting.name, NoticeSetting.value)
    shipped = asdict(Customs())
    kept = {row["name"]: row["value"] for row in rows if row["name"] in shipped}
    return read_customs({**as_typed(Customs()), **kept}, Customs())[0]


def as_typed(found: Customs) -> dict[str, str]:
    """The customs as the fields of their form."""
    values = asdict(found)
    return {
        name: ("yes" if value else "no") if isinstance(value, bool) else str(value) for name, value in values.items()
    }


async def year_of(year: int) -> Year:
    """One year: every day that differs from plain weeks, and the history of what was entered."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = (
        await CalendarDay.select(
            CalendarDay.day,
            CalendarDay.working,
            CalendarDay.reason,
            CalendarDay.at,
            CalendarDay.account.name.as_alias("by"),
        )
        .where(CalendarDay.day >= first, CalendarDay.day <= last)
        .order_by(CalendarDay.id)
    )
    history = [Word(row["day"], row["working"], row["reason"], row["by"], row["at"]) for row in rows]
    found = {day: Day(day, working) for day, working in days.named_by_library(year).items()}
    for word in {word.day: word for word in history}.values():
        if word.working is not None:
            found[word.day] = Day(word.day, word.working, word.reason, word.by, word.at)
    entered = await CalendarYear.select(CalendarYear.grounds).where(CalendarYear.year == year).first()
    return Year(
        year=year,
        by_library=year in days.KNOWN_YEARS,
        grounds=entered["grounds"] if entered else "",
        days=tuple(found[day] for day in sorted(found)),
        history=tuple(reversed(history)),
    )


async def set_day(day: date, working: bool | None, reason: str, by: int, now: datetime) -> None:
    """Say whether a day is worked, or (None) take back what was said of it. Raises Refused."""
    problems = [Problem("calendar_reason_empty", "reason")] if not reason.strip() else []
    if len(reason.strip()) > MOST:
        problems.append(Problem("notice_long", "reason", {"most": str(MOST)}))
    if day.year not in YEARS:
        problems.append(Problem("calendar_day_far", "day", {"first": str(YEARS[0]), "last": str(YEARS[-1])}))
    if problems:
        raise Refused(*problems)

    async def job() -> None:
        table = await day_table()
        if table.days.get(day) is working:
            raise Refused(Problem("calendar_day_same", "day", {"day": day.isoformat()}))
        await CalendarDay(day=day, working=working, reason=reason.strip(), account=by, at=now).save()
        act = "calendar.day_taken_back" if working is None else "calendar.day_set"
        _record(act, by, {"day": day.isoformat(), "working": working})

    await write(job)


async def enter_year(year: int, grounds: str, by: int, now: datetime) -> None:
    """Say that every day off and make-up day of a year is entered: its days are counted from now on. Raises Refused."""
    problems = [Problem("calendar_grounds_empty", "grounds")] if not grounds.strip() else []
    if len(grounds.strip()) > MOST:
        problems.append(Problem("notice_long", "grounds", {"most": str(MOST)}))
    if year not in YEARS or year in days.KNOWN_YEARS:
        problems.append(Problem("calendar_year_known", "year", {"year": str(year)}))
    if problems:
        raise Refused(*problems)

    async def job() -> None:
        row = CalendarYear(year=year, grounds=grounds.strip(), account=by, at=now)
        if not await CalendarYear.insert(row).on_conflict(action="DO NOTHING"):
            raise Refused(Problem("calendar_year_known", "year", {"year": str(year)}))
        _record("calendar.year_entered", by, {"year": year})

    await write(job)


async def set_customs(values: Mapping[str, str], by: int, now: datetime) -> None:
    """Change what is custom; notices that are open keep theirs. Raises Refused."""
    kept = await customs()
    wanted, problems = read_customs(values, kept)
    if problems:
        raise Refused(*problems)

    async def job() -> None:
        for name, value in as_typed(wanted).items():
            row = NoticeSetting(name=name, value=value, account=by, at=now)
            changed = (NoticeSetting.value, NoticeSetting.account, NoticeSetting.at)
            await NoticeSetting.insert(row).on_conflict(target=NoticeSetting.name, action="DO UPDATE", values=changed)
        _record("calendar.customs_set", by, dict(as_typed(wanted)))

    await write(job)


def read_day(text: str) -> date | None:
    """A day as it is typed: 2026-10-18, 2026/10/18 or 2026.10.18."""
    found = re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", text.strip())
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def moment(day: date, end_time: str, zone: ZoneInfo) -> datetime:
    """A day's time such as 17:30 in the registry's zone, as UTC."""
    at = read_time(end_time) or time(17, 30)
    return datetime.combine(day, at, zone).astimezone(UTC)


async def working_deadline(now: datetime, working_days: int, zone: ZoneInfo) -> datetime | None:
    """When so many working days after today are over; None where the calendar does not know them."""
    kept = await customs()
    end = days.notice_end(now.astimezone(zone).date(), working_days, False, await day_table())
    return None if isinstance(end, Problem) else moment(end, kept.end_time, zone)


def _record(act: str, by: int, payload: dict[str, Any]) -> None:
    ledger.record(stream="calendar", act=act, actor=f"account:{by}", payload=payload)
