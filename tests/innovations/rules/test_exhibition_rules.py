"""Halls, numbers, talks and their calendar as pure rules."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from foundation.base.problem import Problem
from innovations.rules.exhibitions import (
    STAGES,
    STEPS,
    By,
    ExhibitionDraft,
    Item,
    Placed,
    Stage,
    TalkDraft,
    after,
    proposed,
    read_exhibition,
    read_places,
    read_talk,
)
from innovations.rules.talk_calendar import WIDEST, Event, calendar

ZONE = ZoneInfo("Asia/Shanghai")
WORDS = {"C": "制造业", "D": "电力业"}
ITEMS = [Item(7, "九江", 2, "C"), Item(3, "南昌", 1, "D"), Item(5, "南昌", 1, "C"), Item(9, "南昌", 1, "C")]
TYPED = {"name": "成果展", "starts_on": "2026-11-01", "ends_on": "2026-11-30", "intro": "简介"}
TALK = {
    "title": "一根针",
    "speaker": "肖亦禾",
    "place": "一号厅",
    "on": "2026-11-02",
    "from": "14:00",
    "until": "15:30",
}


@pytest.mark.parametrize(
    ("by", "halls"),
    [
        (By.CITY, [(3, "南昌", 1), (5, "南昌", 2), (9, "南昌", 3), (7, "九江", 4)]),
        (By.INDUSTRY, [(5, "制造业", 1), (7, "制造业", 2), (9, "制造业", 3), (3, "电力业", 4)]),
        (By.BOTH, [(5, "南昌·制造业", 1), (9, "南昌·制造业", 2), (3, "南昌·电力业", 3), (7, "九江·制造业", 4)]),
    ],
)
def test_halls_in_the_order_of_cities_and_industries_numbered_through(by, halls):
    assert proposed(ITEMS, by, WORDS) == [Placed(*one) for one in halls]


def test_what_is_published_no_more_has_a_hall_without_a_name():
    assert proposed([Item(1, "", 0, "")], By.BOTH, WORDS) == [Placed(1, "–", 1)]


def test_an_exhibition_from_its_form():
    said = ExhibitionDraft("成果展", date(2026, 11, 1), date(2026, 11, 30), "简介")
    assert read_exhibition(TYPED) == (said, [])
    _, problems = read_exhibition({**TYPED, "name": " ", "ends_on": "2026-10-01"})
    assert [one.field for one in problems] == ["name", "ends_on"]
    _, problems = read_exhibition({**TYPED, "starts_on": "0026-11-01", "ends_on": "0026-11-30"})
    assert [one.field for one in problems] == ["starts_on", "ends_on"]


def test_places_as_they_were_typed():
    typed = {"hall-1": "一号厅", "number-1": "2", "hall-2": "", "number-2": "2", "hall-3": "二号厅", "number-3": "1"}
    assert read_places(typed, [1, 2, 3]) == ([Placed(1, "一号厅", 2), Placed(3, "二号厅", 1)], [])
    assert read_places({**typed, "number-1": "２"}, [1, 2, 3]) == read_places(typed, [1, 2, 3])
    _, problems = read_places({**typed, "number-3": "2"}, [1, 2, 3])
    assert problems == [Problem("exhibit_number_twice", "number-3", {"number": "2"})]
    _, problems = read_places({**typed, "number-3": "零"}, [1, 2, 3])
    assert [one.code for one in problems] == ["exhibit_number"]


def test_a_talk_has_its_hours_in_the_registry_s_zone():
    begins, ends = datetime(2026, 11, 2, 6, 0, tzinfo=UTC), datetime(2026, 11, 2, 7, 30, tzinfo=UTC)
    assert read_talk(TALK, ZONE) == (TalkDraft("一根针", "肖亦禾", "一号厅", begins, ends), [])
    assert read_talk({**TALK, "from": "１４：００"}, ZONE)[0] == read_talk(TALK, ZONE)[0]
    _, problems = read_talk({**TALK, "title": "", "until": "13:00", "on": "x"}, ZONE)
    assert [one.field for one in problems] == ["title", "on", "until"]


def test_the_way_of_an_exhibition():
    assert set(STAGES) == set(Stage) == {*STEPS.values()}
    assert after("close", Stage.DRAFT) == Problem("exhibition_step_late")


def test_talks_as_a_calendar_that_others_can_read():
    at = datetime(2026, 11, 2, 14, 0, tzinfo=ZONE)
    event = Event("talk-1@ganpo", "一根针, 一只表; 四十秒\n" + "长" * 60, "肖亦禾", "一号厅", at, at.replace(hour=15))
    lines = calendar("成果展", [event], at).decode().split("\r\n")
    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Ganpo//Talks//ZH"]
    assert "DTSTART:20261102T060000Z" in lines
    assert max(len(line.encode()) for line in lines) <= WIDEST
    whole = "".join(line[1:] if line.startswith(" ") else f"\n{line}" for line in lines)
    assert "SUMMARY:一根针\\, 一只表\\; 四十秒\\n" + "长" * 60 + "（肖亦禾）" in whole.split("\n")
