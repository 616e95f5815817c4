"""Whoever turns 18 comes into the register on the day, without anybody's act."""

from datetime import date, timedelta

import pytest

from craftsmen import coming_of_age, showing, showing_pages
from foundation.people.worker_tables import Worker
from foundation.store import generations
from tests.craftsmen.honours.honours_made_up import honoured, place, shown

DAY = date(2026, 11, 27)


async def born(worker: int, on: date) -> None:
    await Worker.update({Worker.birth_date: on}).where(Worker.id == worker)


@pytest.fixture
def today(monkeypatch):
    """Pages and lines are written on this day."""

    def on(day: date) -> None:
        for room in (showing, showing_pages):
            monkeypatch.setattr(room, "day_of", lambda now: day)

    on(DAY - timedelta(days=1))
    return on


async def test_a_line_comes_with_the_eighteenth_birthday(database, today):
    here = await place()
    await born(here.worker, date(2008, 11, 27))
    honour = await honoured(here)
    assert await shown() == {}
    assert await coming_of_age.refresh(DAY - timedelta(days=1), None) == 0
    today(DAY)
    assert await shown() == {}  # nothing else brings them in
    assert await coming_of_age.refresh(DAY, DAY - timedelta(days=1)) == 1
    assert (await shown())[honour]["name"] == "冯砚秋"
    again = await shown()
    assert await coming_of_age.refresh(DAY, DAY - timedelta(days=1)) == 1
    assert await shown() == again  # twice is once


@pytest.mark.parametrize(
    ("birth", "today_", "before", "found"),
    [
        (date(2008, 11, 27), date(2026, 11, 27), date(2026, 11, 26), 1),
        (date(2008, 11, 28), date(2026, 11, 27), date(2026, 11, 26), 0),  # tomorrow
        (date(2008, 11, 1), date(2026, 11, 27), date(2026, 11, 8), 1),  # the turn of that day may have failed
        (date(2008, 10, 1), date(2026, 11, 27), date(2026, 11, 26), 0),  # long done
        (date(2008, 10, 1), date(2026, 11, 27), date(2026, 9, 1), 1),  # nobody ran the registry for weeks
        (date(2008, 2, 29), date(2026, 2, 28), date(2026, 2, 27), 0),
        (date(2008, 2, 29), date(2026, 3, 1), date(2026, 2, 28), 1),
        (date(2010, 2, 28), date(2028, 2, 29), date(2028, 2, 28), 1),
        (date(2008, 11, 20), date(2026, 11, 27), None, 1),
        (None, date(2026, 11, 27), None, 0),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_whose_birthday_is_looked_at(database, birth, today_, before, found):
    here = await place()
    await honoured(here)
    await Worker.update({Worker.birth_date: birth}).where(Worker.id == here.worker)
    assert await coming_of_age.refresh(today_, before) == found


async def test_whoever_holds_no_honour_changes_no_page(database):
    here = await place()
    await born(here.worker, date(2008, 11, 27))
    before = await generations.read(["craftsmen"])
    assert await coming_of_age.refresh(DAY, None) == 0
    assert await generations.read(["craftsmen"]) == before
