"""Masters, apprentices and talks as rules: tables of cases, and what may never come about."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftsmen.rules import apprenticeships as ap
from craftsmen.rules import talks
from craftsmen.rules.apprenticeships import Agreement, line_of, pair_problems, read_agreement
from craftsmen.rules.lineage import Branch, Tie, grown
from craftsmen.rules.talks import Kind, TalkDraft, Total, overlapping, read_audience, read_talk, totals

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 5, 12, 2, 0, tzinfo=UTC)
AGREED = {"skill": " 釉下  青花 ", "terms": "三年出师", "starts_on": "2026-05-01", "ends_on": "2029-04-30"}


def test_an_agreement_is_read():
    assert read_agreement(AGREED) == (Agreement("釉下 青花", "三年出师", date(2026, 5, 1), date(2029, 4, 30)), [])


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        ({"skill": " "}, [("apprentice_skill_empty", "skill")]),
        ({"skill": "瓷" * 101}, [("guild_long", "skill")]),
        ({"terms": "约" * 2001}, [("guild_long", "terms")]),
        ({"starts_on": "五一"}, [("guild_day", "starts_on")]),
        ({"ends_on": "2026-02-30"}, [("guild_day", "ends_on")]),
        ({"starts_on": "1849-05-01"}, [("guild_day", "starts_on")]),
        ({"ends_on": "2026-05-01"}, [("apprentice_days_order", "ends_on")]),
        ({"ends_on": "2037-05-01"}, [("apprentice_years_many", "ends_on")]),
        ({"skill": "", "ends_on": ""}, [("apprentice_skill_empty", "skill"), ("guild_day", "ends_on")]),
    ],
)
def test_everything_wrong_with_an_agreement_comes_at_once(change, problems):
    read, found = read_agreement({**AGREED, **change})
    assert (read, [(one.code, one.field) for one in found]) == (None, problems)


@pytest.mark.parametrize(
    ("master", "apprentice", "line", "running", "codes"),
    [
        (1, 2, (), 0, []),
        (1, 2, (3, 4), 4, []),
        (1, 1, (), 0, ["apprentice_is_master"]),
        (1, 2, (2,), 0, ["apprentice_in_a_ring"]),
        (1, 2, (), 5, ["apprentice_many"]),
        (1, 2, (3, 2), 9, ["apprentice_in_a_ring", "apprentice_many"]),
    ],
)
def test_who_may_be_bound_to_whom(master, apprentice, line, running, codes):
    found = pair_problems(master, apprentice, line_of_master=line, running=running, most=5)
    assert [one.code for one in found] == codes


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), max_size=60))
def test_whoever_comes_in_whatever_order_no_ring_comes_about(pairs):
    masters: dict[int, list[int]] = {}
    for master, apprentice in pairs:
        if not pair_problems(master, apprentice, line_of_master=line_of(master, masters), running=0):
            masters.setdefault(apprentice, []).append(master)
    assert all(person not in line_of(person, masters) for person in range(1, 13))


def test_an_agreement_ends_once():
    steps = ("change", "complete", "end")
    assert [[ap.after(step, stage) for step in steps] for stage in ap.Stage] == [
        [ap.Stage.RUNNING, ap.Stage.COMPLETED, ap.Stage.ENDED],
        [None, None, None],
        [None, None, None],
    ]


def _tie(number: int, master: int, apprentice: int) -> Tie:
    return Tie(number, master, apprentice, f"徒{apprentice}", "泊阳瓷厂", "青花", "running", "2020–2023")


def test_a_tree_grows_and_a_ring_in_old_data_is_cut():
    ties = {1: [_tie(1, 1, 2), _tie(2, 1, 3)], 2: [_tie(3, 2, 4)], 4: [_tie(4, 4, 1)]}
    four = Branch(_tie(3, 2, 4), (), 0)
    assert grown(1, ties, {3: 2}) == (Branch(_tie(1, 1, 2), (four,), 0), Branch(_tie(2, 1, 3), (), 2))


BOOKED = {
    "kind": "campus", "topic": "一把刻刀四十年", "place": "实训楼报告厅", "host_name": "", "on": "2026-05-20",
    "from": "14:00", "until": "15:30", "expected": "300人次", "contact": "邹老师 0791-0000000",
}  # fmt: skip


def test_a_booking_is_read_in_the_zone_of_the_registry():
    starts, ends = datetime(2026, 5, 20, 14, 0, tzinfo=ZONE), datetime(2026, 5, 20, 15, 30, tzinfo=ZONE)
    wanted = TalkDraft(Kind.CAMPUS, "一把刻刀四十年", "实训楼报告厅", "", starts, ends, 300, "邹老师 0791-0000000")
    assert read_talk(BOOKED, ZONE, NOW) == (wanted, [])


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        ({"kind": "moon"}, [("talk_kind", "kind")]),
        ({"topic": "", "place": "", "contact": ""}, [(f"talk_{f}_empty", f) for f in ("topic", "place", "contact")]),
        ({"host_name": "校" * 201}, [("guild_long", "host_name")]),
        ({"from": "二点"}, [("talk_time", "from")]),
        ({"from": "14:00+02:00"}, [("talk_time", "from")]),
        ({"until": "14:00"}, [("talk_hours_order", "until")]),
        ({"from": "06:00", "until": "18:01"}, [("talk_hours_long", "until")]),
        ({"on": "2026-05-12", "from": "09:59"}, [("talk_past", "on")]),
        ({"on": "2027-06-01"}, [("talk_far", "on")]),
        ({"expected": "三百"}, [("talk_audience", "expected")]),
        ({"expected": "0"}, [("talk_audience", "expected")]),
    ],
)
def test_everything_wrong_with_a_booking(change, problems):
    read, found = read_talk({**BOOKED, **change}, ZONE, NOW)
    assert (read, [(one.code, one.field) for one in found]) == (None, problems)


@pytest.mark.parametrize(
    ("text", "count"), [("12", 12), (" 12 人次", 12), ("12.5", None), ("-3", None), ("１２", None), ("10000001", None)]
)
def test_an_audience_is_a_whole_number(text, count):
    assert read_audience(text, "audience")[0] == count


def test_one_talk_may_begin_the_minute_another_ends():
    def at(hour: int) -> datetime:
        return datetime(2026, 5, 20, hour, 0, tzinfo=ZONE)

    assert [overlapping(at(a), at(b), [(at(14), at(16))]) for a, b in ((12, 14), (16, 17), (13, 15), (15, 18))] == [
        False,
        False,
        True,
        True,
    ]


def test_sums_by_year_and_kind_are_attendances():
    held = [
        (date(2025, 3, 1), "campus", 200), (date(2026, 4, 1), "campus", 300), (date(2026, 5, 1), "campus", 50),
        (date(2026, 5, 2), "enterprise", 80),
    ]  # fmt: skip
    assert totals(held) == [
        Total(2026, Kind.ENTERPRISE, 1, 80), Total(2026, Kind.CAMPUS, 2, 350), Total(2025, Kind.CAMPUS, 1, 200),
    ]  # fmt: skip


def test_a_talk_takes_its_steps_in_their_order():
    steps = ("agree", "refuse", "cancel", "hold")
    stage = talks.Stage
    assert [[talks.after(step, one) for step in steps] for one in stage] == [
        [stage.AGREED, stage.REFUSED, stage.CANCELLED, None],
        [None, None, stage.CANCELLED, stage.HELD],
        [None] * 4,
        [None] * 4,
        [None] * 4,
    ]
