"""How far an entry is, what is in conflict and why, when it may be marked and when locked."""

from datetime import UTC, datetime

import pytest

from competitions.rules.conflicts import reasons
from competitions.rules.marking import lock_problems, looked_at, marking_problem
from competitions.rules.progress import Count, Panelist, State, Work, WorkProgress, overview, own_count, totals
from competitions.rules.side_by_side import side_by_side
from competitions.rules.stages import Stage
from foundation.base.problem import Problem
from foundation.tabulation.marks import ABSENT, VOID, Mark, Value
from tests.competitions.judging.sheets_made_up import ALL, SCHEME, D

NOON = datetime(2026, 5, 6, 4, tzinfo=UTC)
WORK = Work(7, "Q-001", "职工组", "ok", None)
P = frozenset({"P1", "P2"})
PANEL = (Panelist("J1", P, None), Panelist("J2", P, None), Panelist("J3", P, None), Panelist("J4", D, None))

Given = dict[tuple[str, str], Value]
FULL: Given = {
    **{("P1", f"J{n}"): 2000 for n in (1, 2, 3)},
    **{("P2", f"J{n}"): 8000 for n in (1, 2, 3)},
    ("D1", "J4"): 5000,
    ("D2", "J4"): 2000,
    ("D3", "J4"): 0,
    ("D4", "J4"): "I",
}


def progress(given: Given, work: Work = WORK) -> WorkProgress:
    marks = [Mark(work.number, aspect, judge, value) for (aspect, judge), value in given.items()]
    return overview(SCHEME, [work], PANEL, marks)[0]


def without(*keys: tuple[str, str]) -> Given:
    return {key: value for key, value in FULL.items() if key not in keys}


@pytest.mark.parametrize(
    "given, state, modules, judges",
    [
        (FULL, State.READY, [(6, 6), (4, 4)], [2, 2, 2, 4]),
        ({}, State.INCOMPLETE, [(0, 6), (0, 4)], [0, 0, 0, 0]),
        (without(("P1", "J3")), State.INCOMPLETE, [(5, 6), (4, 4)], [2, 2, 1, 4]),
        ({**FULL, ("P1", "J3"): 0}, State.CONFLICT, [(6, 6), (4, 4)], [2, 2, 2, 4]),
        ({**FULL, ("P1", "J3"): 3000}, State.READY, [(6, 6), (4, 4)], [2, 2, 2, 4]),
        ({**FULL, ("P2", "J3"): ABSENT}, State.READY, [(6, 6), (4, 4)], [2, 2, 2, 4]),
        ({**without(("D2", "J4"), ("D3", "J4")), ("D1", "J4"): VOID}, State.READY, [(6, 6), (4, 4)], [2, 2, 2, 4]),
    ],
)
def test_an_entry_is_as_far_as_tabulation_says(
    given: Given, state: State, modules: list[tuple[int, int]], judges: list[int]
) -> None:
    found = progress(given)
    assert found.state is state
    assert [(module.count.done, module.count.wanted) for module in found.modules] == modules
    assert [count.done for count in found.judges] == judges


def test_conflicts_and_void_modules_are_counted_where_they_are() -> None:
    found = progress({**FULL, ("P1", "J3"): 0, ("D4", "J4"): VOID})
    assert [(module.conflicts, module.void) for module in found.modules] == [(1, False), (0, True)]


@pytest.mark.parametrize(
    "given, expected",
    [
        (FULL, []),
        ({**FULL, ("P1", "J3"): 0}, [Problem("levels_apart", "P1", {"spread": "2", "allowed": "1"})]),
        (
            {("P1", "J1"): 0, ("P1", "J2"): 3000, **without(*((code, f"J{n}") for code in P for n in (1, 2, 3)))},
            [
                Problem("levels_apart", "P1", {"spread": "3", "allowed": "1"}),
                Problem("not_yet_marked", "P1", {"judges": "J3"}),
                Problem("not_yet_marked", "P2", {"judges": "J1, J2, J3"}),
            ],
        ),
        (
            {**FULL, ("D1", "J9"): 5500, ("D1", "J8"): ABSENT},
            [Problem("marks_differ", "D1", {"marks": "J4 5, J9 5.5"})],
        ),
        (
            {**FULL, **{("P2", f"J{n}"): ABSENT for n in (1, 2, 3)}},
            [Problem("too_few_marks", "P2", {"given": "0", "wanted": "1"})],
        ),
    ],
)
def test_what_is_open_is_said_aspect_by_aspect(given: Given, expected: list[Problem]) -> None:
    assert reasons(SCHEME, PANEL, progress(given)) == expected


def test_a_panel_that_is_too_small_is_said() -> None:
    two = PANEL[:2]
    marks = [Mark("Q-001", aspect, judge, value) for (aspect, judge), value in FULL.items() if judge in ("J1", "J2")]
    found = overview(SCHEME, [WORK], two, marks)[0]
    problems = reasons(SCHEME, two, found)
    assert problems[0] == Problem("too_few_judges", "P1", {"have": "2", "wanted": "3"})
    assert problems[2] == Problem("too_few_judges", "D1", {"have": "0", "wanted": "1"})


def test_side_by_side_shows_each_judges_mark_with_its_level_text() -> None:
    modules = side_by_side(SCHEME, PANEL, progress({**without(("P1", "J2")), ("P1", "J3"): 0}), {})
    assert [(module.module.code, module.judges) for module in modules] == [("P", ("J1", "J2", "J3")), ("D", ("J4",))]
    first = modules[0].rows[0]
    assert [(cell.judge, cell.value, cell.level_text, cell.asked) for cell in first.cells] == [
        ("J1", "2", "部分超过行业标准", True),
        ("J2", "", "", True),
        ("J3", "0", "低于行业标准", True),
    ]
    assert (first.status, [problem.code for problem in first.open]) == ("conflict", ["levels_apart", "not_yet_marked"])


def test_a_judge_who_was_not_given_the_work_owes_nothing() -> None:
    panel = (*PANEL[:3], Panelist("J4", D, frozenset({99})))
    found = overview(SCHEME, [WORK], panel, [])[0]
    assert found.judges[3] == Count(0, 0)
    assert found.modules[1].count == Count(0, 0)


@pytest.mark.parametrize(
    "values, expected",
    [
        ({}, Count(0, 6)),
        ({"P1": "2", "D1": "5"}, Count(2, 6)),
        ({"P1": "absent"}, Count(1, 6)),
        ({"P1": ""}, Count(0, 6)),
        ({"D3": "void"}, Count(4, 6)),
        ({"D1": "99"}, Count(0, 6)),  # an amendment no longer allows it
        ({"gone": "5"}, Count(0, 6)),
    ],
)
def test_a_judges_own_count(values: dict[str, str], expected: Count) -> None:
    assert own_count(SCHEME, ALL, values) == expected


@pytest.mark.parametrize(
    "stage, status, locked_at, expected",
    [
        (Stage.MARKING, "ok", None, None),
        (Stage.DRAFT, "ok", None, Problem("marking_not_open")),
        (Stage.FROZEN, "ok", None, Problem("marking_not_open")),
        (Stage.PUBLISHED, "ok", NOON, Problem("marking_over")),
        (Stage.MARKING, "ok", NOON, Problem("entry_locked", "", {"at": "2026-05-06T04:00:00+00:00"})),
        (Stage.MARKING, "absent", None, Problem("entry_absent")),
        (Stage.MARKING, "withdrawn", None, Problem("entry_withdrawn")),
        (Stage.MARKING, "disqualified", None, Problem("entry_disqualified")),
    ],
)
def test_when_an_entry_may_be_marked(
    stage: Stage, status: str, locked_at: datetime | None, expected: Problem | None
) -> None:
    assert marking_problem(stage, status, locked_at) == expected


@pytest.mark.parametrize(
    "stage, given, work, expected",
    [
        (Stage.MARKING, FULL, WORK, []),
        (Stage.MARKING, {}, WORK, ["lock_incomplete"]),
        (Stage.MARKING, {**FULL, ("P1", "J3"): 0}, WORK, ["lock_conflict"]),
        (Stage.MARKING, {}, Work(7, "Q-001", "", "absent", None), []),
        (Stage.MARKING, {}, Work(7, "Q-001", "", "disqualified", None), []),
        (Stage.MARKING, FULL, Work(7, "Q-001", "", "ok", NOON), ["lock_again"]),
        (Stage.MARKING, {}, Work(7, "Q-001", "", "withdrawn", NOON), ["lock_again"]),
        (Stage.FROZEN, FULL, WORK, ["marking_not_open"]),
        (Stage.PUBLISHED, FULL, WORK, ["marking_over"]),
    ],
)
def test_when_an_entry_may_be_locked(stage: Stage, given: Given, work: Work, expected: list[str]) -> None:
    assert [problem.code for problem in lock_problems(stage, [progress(given, work)])] == expected


@pytest.mark.parametrize(
    "sent, confirmed, numbers, codes",
    [
        (["7:12"], True, ["Q-001"], []),
        (["7:12"], False, ["Q-001"], ["lock_unconfirmed"]),
        (["7:11"], True, ["Q-001"], ["lock_changed"]),
        (["8:12", "junk", "", ":"], True, [], []),
        ([], True, [], []),
    ],
)
def test_a_lock_is_bound_to_the_marks_that_were_looked_at(
    sent: list[str], confirmed: bool, numbers: list[str], codes: list[str]
) -> None:
    chosen, problems = looked_at([progress(FULL)], {7: 12}, sent, confirmed=confirmed)
    assert [each.work.number for each in chosen] == numbers
    assert [problem.code for problem in problems] == codes


def test_what_is_ready_by_the_scheme_alone_is_not_locked_together_with_others() -> None:
    lenient = (*PANEL, Panelist("J5", frozenset({"D1"}), None))  # a second measurer who has not measured
    marks = [Mark("Q-001", aspect, judge, value) for (aspect, judge), value in FULL.items()]
    found = overview(SCHEME, [WORK], lenient, marks)[0]
    assert (found.state, found.missing, found.settled) == (State.READY, 1, False)
    assert progress(FULL).settled


def test_totals_name_every_state() -> None:
    found = totals([progress(FULL), progress({}), progress({})])
    assert found == {State.READY: 1, State.INCOMPLETE: 2, State.CONFLICT: 0, State.LOCKED: 0, State.OUT: 0}
