"""When things happened in the made-up province: on the days of the plan, but never in the future. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Clock:
    """`zone` is the registry's; `now` is when the demonstration is made (UTC): nothing happened after it."""

    zone: ZoneInfo
    now: datetime

    def at(self, day: date, hour: int, days: int = 0) -> datetime:
        """That hour of the day (or so many days later), in UTC."""
        planned = datetime.combine(day + timedelta(days=days), time(hour), self.zone)
        return min(planned.astimezone(UTC), self.now)
