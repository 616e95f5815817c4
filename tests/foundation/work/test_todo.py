"""To-do: overdue first, then what is near or pressing, each group by its deadline."""

from datetime import UTC, datetime, timedelta

from foundation.base.problem import Problem
from foundation.work.todo import Todo, Urgency, grouped, urgency

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)


def todo(title: str, due: timedelta | None = None, *, pressing: bool = False) -> Todo:
    return Todo(title, Problem("x"), "/x", 1, "item", NOW + due if due is not None else None, pressing)


def test_groups_stand_by_urgency_and_lines_by_deadline():
    rest, far, near = todo("rest"), todo("far", timedelta(days=9)), todo("near", timedelta(hours=2))
    nearer, late, later = todo("nearer", timedelta(hours=1)), todo("late", timedelta(0)), todo("later", -timedelta(2))
    now_please = todo("now please", pressing=True)
    assert grouped([rest, far, now_please, near, nearer, late, later], NOW) == [
        (Urgency.OVERDUE, [later, late]),
        (Urgency.SOON, [nearer, near, now_please]),
        (Urgency.LATER, [far, rest]),
    ]
    assert grouped([], NOW) == []


def test_three_days_are_soon_and_a_second_more_is_not():
    assert urgency(todo("a", timedelta(days=3)), NOW) == Urgency.SOON
    assert urgency(todo("a", timedelta(days=3, seconds=1)), NOW) == Urgency.LATER
    assert urgency(todo("a", timedelta(days=30), pressing=True), NOW) == Urgency.SOON
