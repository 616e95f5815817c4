"""Entries, people, personal codes and seats: what their writers save, refuse and record."""

import asyncio
import json
from collections.abc import Awaitable
from typing import Any

import pytest

from competitions import entries, events, seats
from competitions.panel import seats_of
from competitions.roster import people, person
from competitions.rules.facts import EntryFacts, read_facts
from competitions.rules.panel import SeatDraft
from competitions.rules.roster import RosterRow
from competitions.tables import Contestant, Entry, Mark
from foundation.base import secrets
from foundation.base.problem import NotFound, Problem, Refused
from foundation.store import ledger
from tests.competitions.cast import NOW, PEOPLE, Story, actor, draft_contest, frozen_contest, open_contest


async def refusal(act: Awaitable[Any]) -> list[Problem]:
    with pytest.raises(Refused) as refused:
        await act
    return list(refused.value.problems)


NEW = RosterRow(7, "聂长根", "樟树百帖中药饮片有限公司", "宜春")


async def test_numbers_are_drawn_for_those_without_one(database: Any) -> None:
    story = await draft_contest()
    rows = [RosterRow(n, f"选手{n}甲", "青岫航空", "南昌", "", "W02" if n == 3 else "") for n in range(1, 31)]
    assert await entries.add_roster(story.contest.id, rows, story.organiser.id) == 30
    listed = await people(story.contest.id)
    assert [one.work_number for one in listed] == [f"W{n:02d}" for n in range(1, 31)]
    by_name = {one.name: one.work_number for one in listed}
    assert by_name["选手3甲"] == "W02"
    drawn = [by_name[row.name] for row in rows if row.line != 3]
    assert drawn != sorted(drawn), "thirty drawn numbers came in the order of the list"
    ids = await Entry.select(Entry.id).where(Entry.contest == story.contest.id).order_by(Entry.work_number)
    assert [row["id"] for row in ids] == sorted(row["id"] for row in ids), "not even the ids follow the list"


async def test_a_list_is_added_whole_or_not_at_all(database: Any) -> None:
    story = await frozen_contest()
    wrong = [NEW, RosterRow(8, "", "青岫航空"), RosterRow(9, PEOPLE[0].name, PEOPLE[0].unit)]
    assert await refusal(entries.add_roster(story.contest.id, wrong, story.organiser.id)) == [
        Problem("roster_name_empty", "roster", {"line": "8"}),
        Problem("roster_already", "roster", {"line": "9", "name": "龚䶮", "work_number": "W1"}),
    ]
    assert len(await people(story.contest.id)) == 3


async def test_the_same_list_sent_twice_at_once_is_added_once(database: Any) -> None:
    story = await draft_contest()
    tries = [entries.add_roster(story.contest.id, PEOPLE, story.organiser.id) for _ in range(2)]
    done = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["Refused", "int"]
    assert [one.name for one in await people(story.contest.id)] == ["龚䶮", "饶㛃", "程𠮷"]


async def test_no_name_or_unit_stands_in_the_ledger(database: Any) -> None:
    story = await frozen_contest()
    contest, by = story.contest.id, story.organiser.id
    await entries.issue_codes(contest, by)
    await entries.correct_person(contest, story.entries["W1"].entry_id, name="龚䶮䶮", unit="甲厂", city="", by=by)
    kept = json.dumps([dict(one.payload) for one in await ledger.entries(f"contest:{contest}")], ensure_ascii=False)
    assert [word for row in PEOPLE for word in (row.name, row.unit) if word in kept] == []


async def test_a_late_entry_needs_a_panel_that_covers_it(database: Any) -> None:
    story = await open_contest()
    await entries.add_roster(story.contest.id, [NEW], story.organiser.id)
    assert len(await people(story.contest.id)) == 4
    chosen = SeatDraft(("T1", "P1", "P2", "P3"), works=("W1", "W2", "W3", "W01"))
    await seats.change(story.contest.id, 1, chosen, story.organiser.id)
    later = RosterRow(1, "肖亦禾", "芯禾电路有限公司", "吉安", "", "W9")
    assert [one.code for one in await refusal(entries.add_roster(story.contest.id, [later], story.organiser.id))] == [
        "panel_nobody_for",
        "panel_nobody_for",
        "panel_nobody_for",
        "panel_wrong_for",
    ]
    assert len(await people(story.contest.id)) == 4


async def test_entries_go_until_marking_is_open(database: Any) -> None:
    story = await frozen_contest()
    contest, by = story.contest.id, story.organiser.id
    await seats.change(contest, 2, SeatDraft(("P3",), works=("W1", "W2")), by)
    await entries.remove_entry(contest, story.entries["W1"].entry_id, by)
    with pytest.raises(NotFound):
        await entries.remove_entry(contest, story.entries["W1"].entry_id, by)
    assert [one.work_number for one in await people(contest)] == ["W2", "W3"]
    assert await Contestant.count() == 2
    await seats.change(contest, 2, SeatDraft(("P3",)), by)
    await events.open_marking(contest, by)
    assert await refusal(entries.remove_entry(contest, story.entries["W2"].entry_id, by)) == [Problem("entry_stays")]


async def test_an_entry_of_another_contest_is_not_found(database: Any) -> None:
    story, other = await frozen_contest(), await frozen_contest()
    strange = other.entries["W1"].entry_id
    with pytest.raises(NotFound):
        await entries.set_facts(story.contest.id, strange, EntryFacts("absent"), story.organiser.id)
    with pytest.raises(NotFound):
        await entries.remove_entry(story.contest.id, strange, story.organiser.id)


async def test_only_facts_that_changed_are_written(database: Any) -> None:
    story = await open_contest()
    contest, by = story.contest.id, story.organiser.id
    new = {
        story.entries["W1"].entry_id: EntryFacts("ok", 725_500, 2_000, -500),
        story.entries["W2"].entry_id: EntryFacts(),
        story.entries["W3"].entry_id: EntryFacts("absent"),
    }
    assert await entries.set_all_facts(contest, new, by) == 2
    assert await entries.set_all_facts(contest, new, by) == 0
    assert [one.facts for one in await people(contest)] == list(new.values())
    recorded = [one.payload for one in await ledger.entries(f"contest:{contest}") if one.act == "entry.facts_set"]
    assert recorded == [
        {"status": "absent", "time": None, "penalty": 0, "carried": 0},
        {"status": "ok", "time": 725_500, "penalty": 2_000, "carried": -500},
    ]


def test_facts_are_read_as_a_clerk_types_them() -> None:
    typed = {"status": "ok", "time": "12:05.5", "penalty": "２", "carried": "-0.5"}
    assert read_facts(typed) == (EntryFacts("ok", 725_500, 2_000, -500), [])
    assert read_facts({"status": "late", "time": "725", "penalty": "-1", "carried": "1e3"}) == (
        None,
        [
            Problem("status_missing", "status"),
            Problem("time_wrong", "time", {"time": "725"}),
            Problem("penalty_negative", "penalty"),
            Problem("points_wrong", "carried", {"points": "1e3"}),
        ],
    )


async def test_a_contestant_is_corrected_but_never_doubled(database: Any) -> None:
    story = await frozen_contest()
    contest, by, entry = story.contest.id, story.organiser.id, story.entries["W1"].entry_id
    await entries.correct_person(contest, entry, name=" 龚 龑 ", unit="甲厂", city="", by=by)
    one = await person(contest, "W1")
    assert (one.name, one.unit, one.city) == ("龚 龑", "甲厂", "")
    twin = entries.correct_person(contest, entry, name=PEOPLE[1].name, unit=PEOPLE[1].unit, city="", by=by)
    assert await refusal(twin) == [Problem("contestant_twice", "name")]
    blank = entries.correct_person(contest, entry, name="", unit=" ", city="", by=by)
    assert [(each.code, each.field) for each in await refusal(blank)] == [
        ("contestant_name_empty", "name"),
        ("contestant_unit_empty", "unit"),
    ]


async def test_codes_are_shown_once_and_new_ones_replace_them(database: Any) -> None:
    story = await frozen_contest()
    first = await entries.issue_codes(story.contest.id, story.organiser.id)
    assert [(one.work_number, one.name) for one in first] == [("W1", "龚䶮"), ("W2", "饶㛃"), ("W3", "程𠮷")]
    only = story.entries["W2"].entry_id
    (again,) = await entries.issue_codes(story.contest.id, story.organiser.id, [only])
    rows = await Contestant.select(Contestant.code_hash).order_by(Contestant.entry.work_number)
    codes = [first[0].code, again.code, first[2].code]
    assert [row["code_hash"] for row in rows] == [secrets.digest(code) for code in codes]
    empty = await draft_contest()
    assert await refusal(entries.issue_codes(empty.contest.id, empty.organiser.id)) == [Problem("codes_nobody")]


async def test_judges_are_seated_together_or_not_at_all(database: Any) -> None:
    story = await frozen_contest()
    contest, by = story.contest.id, story.organiser.id
    await actor("hao", "浩")
    all_wrong = seats.seat_judges(contest, ["hao", "ghost", "HAO", "mei", "guan", "ling"], SeatDraft(("P9",)), by)
    assert [(each.code, each.params.get("name", "")) for each in await refusal(all_wrong)] == [
        ("judge_unknown", ""),
        ("judge_twice", "浩"),
        ("seat_aspect_unknown", ""),
        ("judge_sees_names", "梅"),
        ("judge_sees_names", "官"),
        ("judge_twice", "玲"),
    ]
    assert len(await seats_of(contest)) == 4
    assert await seats.seat_judge(contest, " HAO ", SeatDraft(("T1",), works=("W3", "W1")), by) == 5
    newest = (await seats_of(contest))[-1]
    assert (newest.name, newest.aspects, newest.works) == ("浩", ("T1",), ("W1", "W3"))


async def test_there_is_one_chief_judge(database: Any) -> None:
    story = await frozen_contest()
    contest, by = story.contest.id, story.organiser.id
    await actor("hao", "浩")
    assert await refusal(seats.seat_judge(contest, "hao", SeatDraft((), chief=True), by)) == [
        Problem("chief_twice", "chief", {"judge": "J4 陈"})
    ]
    both = seats.seat_judges(contest, ["hao", "ling"], SeatDraft((), chief=True), by)
    assert "chief_of_many" in [each.code for each in await refusal(both)]
    await seats.change(contest, 4, SeatDraft(("T1",), chief=True), by)
    assert (await seats_of(contest))[3].aspects == ("T1",)


async def mark(story: Story, position: int, aspect: str, work: str) -> None:
    """A stored mark; how marks are given is told in the judges' tests."""
    seat = next(seat for seat in await seats_of(story.contest.id) if seat.position == position)
    await Mark(
        contest=story.contest.id,
        entry=story.entries[work].entry_id,
        seat=seat.id,
        aspect=aspect,
        revision=1,
        value="1",
        client_id=f"{position}{aspect}{work}",
        account=seat.account_id,
        given_at=NOW,
    ).save()


async def test_what_a_seat_has_marked_stays_with_it(database: Any) -> None:
    story = await open_contest()
    contest, by = story.contest.id, story.organiser.id
    await mark(story, 1, "T1", "W1")
    smaller = seats.change(contest, 1, SeatDraft(("P1", "P2", "P3"), works=("W2",)), by)
    assert await refusal(smaller) == [
        Problem("seat_marked_aspects", "aspects", {"aspects": "T1"}),
        Problem("seat_marked_works", "works", {"works": "W1"}),
    ]
    assert await refusal(seats.remove(contest, 1, by)) == [Problem("seat_has_marks", "", {"judge": "J1 玲"})]
    await seats.remove(contest, 3, by)
    with pytest.raises(NotFound):
        await seats.remove(contest, 3, by)


async def test_while_marking_no_seat_is_added_beyond_the_schemes_judges(database: Any) -> None:
    story = await open_contest()
    contest, by = story.contest.id, story.organiser.id
    await actor("hao", "浩")
    assert await refusal(seats.seat_judge(contest, "hao", SeatDraft(("P3",)), by)) == [
        Problem("panel_wrong_everywhere", "panel", {"aspect": "P3 成形", "have": "4", "wanted": "3"})
    ]
    await seats.remove(contest, 2, by)
    assert await seats.seat_judge(contest, "hao", SeatDraft(("P3",)), by) == 5
