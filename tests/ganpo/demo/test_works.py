"""The made-up marks: what judges could have given, in the schemes' own steps, with the troubles that real days have."""

from collections import Counter
from random import Random

import pytest

from competitions.presets.presets import list_presets, load_preset
from competitions.rules.details import Deduction, Detail
from competitions.rules.notes import SheetNotes
from competitions.rules.panel import SeatPlan as RulesSeat
from competitions.rules.panel import panel_problems
from competitions.rules.stages import Stage
from foundation.base.problem import Problem
from foundation.tabulation.checks import check_marks
from foundation.tabulation.marks import Mark, read_value
from foundation.tabulation.ranking import tabulate
from foundation.tabulation.scheme import Scheme, read_scheme
from foundation.tabulation.standings import Entry, Standings
from ganpo.demo.marking import moved, voided
from ganpo.demo.plans import LAST_YEAR, PROVINCE, THIS_YEAR, ContestPlan
from ganpo.demo.works import Marks, Work, draw_marks, draw_works, random_of

PLANS = [contest for year in PROVINCE for contest in year.contests]
MINUTES = {preset.key: preset.minutes for preset in list_presets()}
WELDING, WIRING, COOKING, PAINTING = THIS_YEAR.contests


def sheet(plan: ContestPlan) -> tuple[Scheme, SheetNotes]:
    text, notes = load_preset(plan.preset)
    scheme, problems = read_scheme(text)
    assert scheme is not None, problems
    return scheme, notes


def drawn(plan: ContestPlan) -> tuple[list[Work], dict[str, Marks]]:
    random = random_of(plan)
    works = draw_works(random, plan, MINUTES[plan.preset])
    return draw_marks(random, plan, *sheet(plan), works)


def rows(scheme: Scheme, marks: dict[str, Marks]) -> list[Mark]:
    found = []
    for number, given in marks.items():
        for (judge, aspect), (text, _) in given.items():
            value = read_value(scheme.aspect(aspect), text)
            assert not isinstance(value, Problem), value
            found.append(Mark(number, aspect, judge, value))
    return found


def standings(plan: ContestPlan) -> Standings:
    scheme, _ = sheet(plan)
    works, marks = drawn(plan)
    entries = [Entry(work.number, work.group, work.status, time=work.time) for work in works]
    given = rows(scheme, marks)
    assert check_marks(scheme, entries, given, {}) == []
    return tabulate(scheme, entries, given)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.letter)
def test_every_mark_could_have_been_given_and_every_work_is_placed(plan: ContestPlan) -> None:
    statuses = Counter(line.status for line in standings(plan).lines)
    expected = {"ok": plan.workers + plan.students}
    if plan.troubles:
        expected = {"ok": expected["ok"] - 3, "absent": 1, "withdrawn": 1, "disqualified": 1}
    assert statuses == expected


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.letter)
def test_the_same_contest_comes_out_every_time(plan: ContestPlan) -> None:
    assert drawn(plan) == drawn(plan)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.letter)
def test_the_panel_can_give_every_mark_of_its_sheet(plan: ContestPlan) -> None:
    scheme, _ = sheet(plan)
    works = [work.number for work in draw_works(Random(1), plan, 60)]
    seats = [
        RulesSeat(position, seat.sign_in, seat.chief, frozenset(seat.aspects))
        for position, seat in enumerate(plan.seats, start=1)
    ]
    assert panel_problems(scheme, works, seats) == []


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.letter)
def test_what_was_taken_off_is_explained_by_the_sheets_reasons(plan: ContestPlan) -> None:
    scheme, notes = sheet(plan)
    for given in drawn(plan)[1].values():
        for (_, code), (text, detail) in given.items():
            aspect = scheme.aspect(code)
            reasons = {(key.text, key.points) for key in notes.of(code).keys}
            assert {(used.text, used.points) for used in detail.deductions} <= reasons
            if aspect.kind == "deduction":
                assert aspect.max is not None
                off = min(sum(used.points * used.count for used in detail.deductions), aspect.max)
                assert read_value(aspect, text) == off


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.letter)
def test_works_differ_and_none_is_perfect(plan: ContestPlan) -> None:
    totals = [line.total for line in standings(plan).lines if line.total is not None]
    assert max(totals) < 98
    assert max(totals) - min(totals) > 20


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.letter)
def test_times_lie_within_what_is_allowed(plan: ContestPlan) -> None:
    limit = MINUTES[plan.preset] * 60 * 1000
    assert all(limit // 2 < work.time <= limit and work.time % 1000 == 0 for work in drawn(plan)[0])


def test_among_the_electricians_one_tie_is_parted_by_time_and_one_place_is_shared() -> None:
    lines = [line for line in standings(WIRING).lines if line.group == "职工组"]
    assert [(line.place, line.tied, line.decided_by) for line in lines[:7]] == [
        (1, False, ""),
        (2, False, "time"),
        (3, False, "time"),
        (4, False, ""),
        (5, True, ""),
        (5, True, ""),
        (7, False, ""),
    ]
    assert lines[1].total == lines[2].total
    assert lines[4].time == lines[5].time


def test_equal_totals_were_not_reached_with_equal_marks() -> None:
    works, marks = drawn(WIRING)
    lines = [line for line in standings(WIRING).lines if line.group == "职工组"]
    second, third = (marks[lines[place].entry] for place in (1, 2))
    assert second != third
    assert len(works) == 30


def test_one_welders_practical_part_is_void_and_the_mark_under_it_is_kept() -> None:
    _, marks = drawn(WELDING)
    voids = [
        (aspect, text, detail.voids, detail.under_value in {"I", "II", "III", "IV"})
        for given in marks.values()
        for (_, aspect), (text, detail) in given.items()
        if text == "void"
    ]
    assert voids == [("P10", "void", ("焊缝有未熔合",), True)]


def test_names_with_rare_characters_are_among_the_placed() -> None:
    names = {work.person.name for plan in (WELDING, WIRING) for work in drawn(plan)[0] if work.status == "ok"}
    assert {"龚䶮", "饶㛃", "程𠮷"} <= names


def test_work_numbers_do_not_follow_the_list() -> None:
    numbers = [work.number for work in drawn(WELDING)[0]]
    assert sorted(numbers) == [f"H{number:02d}" for number in range(1, 25)]
    assert numbers != sorted(numbers)


def test_each_contest_stops_where_it_is_worth_a_look() -> None:
    assert [(plan.preset, plan.stage) for plan in (*LAST_YEAR.contests, *THIS_YEAR.contests)] == [
        ("ceramic-decorator", Stage.PUBLISHED),
        ("welder", Stage.PUBLISHED),
        ("electrician", Stage.PUBLISHED),
        ("chef", Stage.MARKING),
        ("ceramic-decorator", Stage.DRAFT),
    ]


def test_a_void_keeps_what_it_covers() -> None:
    under = ("2", Detail(deductions=(Deduction("咬边", 2000, 1),)))
    assert voided(under, "裂纹") == ("void", Detail(voids=("裂纹",), under_value="2", under=under[1]))


def test_a_piece_that_cannot_move_is_refused() -> None:
    scheme, notes = sheet(WIRING)
    marks: Marks = {("a", "P3"): ("0", Detail()), ("b", "P4"): ("0", Detail())}
    with pytest.raises(LookupError):
        moved(marks, scheme, notes, "P3", "P4")
