"""Whether the seats can give every mark; whether marks still fit an amended scheme."""

from typing import Any

import pytest

from competitions.rules.amendment import unfit_marks
from competitions.rules.panel import SeatDraft, SeatPlan, draft_problems, named, panel_problems
from foundation.base.problem import Problem
from foundation.tabulation.marks import VOID, Mark
from tests.competitions.cast import SCHEME, scheme

WORKS = ("W1", "W2", "W3")
ALL = frozenset({"T1", "P1", "P2", "P3"})


def seat(position: int, *aspects: str, chief: bool = False, works: tuple[str, ...] | None = None) -> SeatPlan:
    return SeatPlan(position, "玲", chief, frozenset(aspects), None if works is None else frozenset(works))


COMPLETE = [seat(1, *ALL), seat(2, "P3"), seat(3, "P3"), seat(4, chief=True)]


def test_a_complete_panel_has_no_problem() -> None:
    assert panel_problems(scheme(), WORKS, COMPLETE) == []


def test_works_may_be_shared_out() -> None:
    split = [seat(1, *ALL, works=("W1",)), seat(5, *ALL, works=("W2", "W3")), *COMPLETE[1:]]
    assert panel_problems(scheme(), WORKS, split) == []


def test_everything_that_is_missing_is_said_at_once_in_the_schemes_order() -> None:
    seats = [
        seat(1, "T1", "P3", works=("W1",)),
        seat(2, "P3"),
        seat(3, "P3"),
        seat(4, "P3"),
        seat(5),
        seat(6, "P9"),
        seat(7, "P1", works=()),
    ]
    assert panel_problems(scheme(), WORKS, seats) == [
        Problem("panel_no_chief", "panel"),
        Problem("seat_without_aspects", "panel", {"judge": "J5 玲"}),
        Problem("seat_stale_aspects", "panel", {"judge": "J6 玲", "aspects": "P9"}),
        Problem("seat_without_works", "panel", {"judge": "J7 玲"}),
        Problem("panel_nobody_for", "panel", {"aspect": "T1 笔试", "have": "0", "wanted": "1", "works": "W2、W3"}),
        Problem("panel_nobody", "panel", {"aspect": "P1 咬边", "have": "0", "wanted": "1"}),
        Problem("panel_nobody", "panel", {"aspect": "P2 探伤", "have": "0", "wanted": "1"}),
        Problem("panel_wrong_for", "panel", {"aspect": "P3 成形", "have": "4", "wanted": "3", "works": "W1"}),
    ]


def test_one_chief_judge_and_somebody_to_be_marked_are_needed() -> None:
    two = [*COMPLETE, seat(5, chief=True)]
    assert panel_problems(scheme(), (), two) == [
        Problem("panel_no_entries", "roster"),
        Problem("panel_many_chiefs", "panel", {"names": "J4 玲、J5 玲"}),
    ]


def test_a_chief_judge_may_mark_too() -> None:
    assert panel_problems(scheme(), WORKS, [seat(1, *ALL, chief=True), seat(2, "P3"), seat(3, "P3")]) == []


def test_long_lists_of_works_are_cut() -> None:
    assert named([f"W{n}" for n in range(1, 11)]) == "W1、W2、W3、W4、W5、W6、W7、W8 … (+2)"


@pytest.mark.parametrize(
    "draft, problems",
    [
        (SeatDraft(("T1",)), []),
        (SeatDraft((), chief=True), []),
        (SeatDraft(), [Problem("seat_empty", "aspects")]),
        (SeatDraft(("X",)), [Problem("seat_aspect_unknown", "aspects", {"aspects": "X"})]),
        (SeatDraft(("T1",), works=()), [Problem("seat_no_works", "works")]),
        (SeatDraft(("T1",), works=("W9",)), [Problem("seat_work_unknown", "works", {"works": "W9"})]),
    ],
)
def test_a_seat_marks_something_that_exists(draft: SeatDraft, problems: list[Problem]) -> None:
    assert draft_problems(draft, ALL, WORKS) == problems


def amended(**changes: Any) -> Any:
    """The small scheme with some keys of one practical aspect changed (`P3={"judges": 2}`)."""
    modules: list[Any] = [dict(module) for module in SCHEME["modules"]]  # type: ignore[attr-defined]
    modules[1]["aspects"] = [{**row, **changes.get(row["code"], {})} for row in modules[1]["aspects"]]
    return scheme(modules=modules)


MARKS = [
    Mark("W1", "P1", "J1", 4_000),
    Mark("W2", "P1", "J1", VOID),
    Mark("W1", "P2", "J1", "II"),
    *(Mark("W1", "P3", f"J{n}", 38_500) for n in (1, 2, 3)),
]


@pytest.mark.parametrize(
    "changes, problems",
    [
        ({}, []),
        ({"P1": {"max": "30", "name": "咬边与凹坑"}}, []),
        (
            {"P1": {"step": "5"}},
            [Problem("amend_mark_unfit", "", {"aspect": "P1 咬边", "mark": "4", "works": "W1"})],
        ),
        (
            {"P2": {"table": {"I": "40"}}},
            [Problem("amend_mark_unfit", "", {"aspect": "P2 探伤", "mark": "II", "works": "W1"})],
        ),
        (
            {"P3": {"judges": 2}},
            [Problem("amend_too_many_marks", "", {"aspect": "P3 成形", "judges": "2", "works": "W1"})],
        ),
        (
            {"P3": {"code": "P4"}},
            [Problem("amend_aspect_gone", "", {"aspect": "P3 成形", "works": "W1"})],
        ),
    ],
)
def test_marks_given_must_fit_the_amended_scheme(changes: dict[str, Any], problems: list[Problem]) -> None:
    assert unfit_marks(scheme(), amended(**changes), MARKS) == problems
