"""The day it is: by the registry's zone, never by UTC."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from foundation.base import clock
from foundation.base.clock import day_of


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-26T15:59:59+00:00", date(2026, 11, 26)),
        ("2026-11-26T16:00:00+00:00", date(2026, 11, 27)),
        ("2026-12-31T16:00:00+00:00", date(2027, 1, 1)),
        ("2026-11-27T07:30:00+08:00", date(2026, 11, 27)),
        ("2026-11-27T00:30:00+09:00", date(2026, 11, 26)),
    ],
)
def test_a_moment_is_on_the_day_it_is_here(moment: str, day: date) -> None:
    assert day_of(datetime.fromisoformat(moment)) == day


def test_the_zone_is_the_one_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GANPO_ZONE", "Asia/Urumqi")
    assert day_of(datetime(2026, 11, 26, 17, tzinfo=UTC)) == date(2026, 11, 26)
    assert day_of(datetime(2026, 11, 26, 18, tzinfo=UTC)) == date(2026, 11, 27)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError):
        day_of(datetime(2026, 11, 26))  # noqa: DTZ001 - that is what is refused


def test_today_is_the_day_of_now() -> None:
    east = timezone(timedelta(hours=8))
    before = datetime.now(east).date()
    assert clock.today() in {before, datetime.now(east).date()}
