"""Which day it is: the registry's day, by its zone. In UTC it is still yesterday until eight in the morning.

Knows the zone of the settings; a moment is a `datetime` that knows its own zone, as the database gives it.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from foundation.base.settings import Settings


def zone() -> ZoneInfo:
    """The zone in which this registry's days begin."""
    return ZoneInfo(Settings.from_env().zone)


def day_of(moment: datetime) -> date:
    """The day that it is here at `moment`. Raises ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("A moment without a zone is on no day.")
    return moment.astimezone(zone()).date()


def today() -> date:
    """The day that it is here now."""
    return day_of(datetime.now(UTC))
