"""To-do (待办): one line of a person's first page, and which line comes first.

Pure: each module fills lines for its own work from one query, the desk gathers them. Knows no module's words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from foundation.base.problem import Problem

SOON = timedelta(days=3)  # a deadline nearer than this is pressing


class Urgency(StrEnum):
    """The groups of the desk, the most pressing first."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Todo:
    """Where something waits, what to do there (a sentence), how many of what, and until when."""

    title: str | Problem  # a name as it stands, or a sentence
    what: Problem
    address: str
    count: int
    unit: str
    due: datetime | None = None  # aware, UTC
    pressing: bool = False  # waits for this person now, without a deadline: others cannot go on before


def urgency(todo: Todo, now: datetime) -> Urgency:
    """The group in which a line stands."""
    if todo.due is not None and todo.due <= now:
        return Urgency.OVERDUE
    if todo.pressing or (todo.due is not None and todo.due - now <= SOON):
        return Urgency.SOON
    return Urgency.LATER


def grouped(todos: Iterable[Todo], now: datetime) -> list[tuple[Urgency, Sequence[Todo]]]:
    """The groups that hold anything; in each the nearest deadline first, lines without one in the order given."""
    groups: dict[Urgency, list[Todo]] = {group: [] for group in Urgency}
    for todo in todos:
        groups[urgency(todo, now)].append(todo)
    return [(group, sorted(found, key=_by_deadline)) for group, found in groups.items() if found]


def _by_deadline(todo: Todo) -> tuple[bool, float]:
    return (todo.due is None, todo.due.timestamp() if todo.due else 0.0)
