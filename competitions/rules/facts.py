"""What an organiser records of an entry beside its marks: status, time, penalty, points carried. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from competitions.rules.times import read_time
from foundation.base.problem import Problem
from foundation.tabulation.decimals import MARK_PLACES, read_decimal

STATUSES = ("ok", "absent", "withdrawn", "disqualified")
MOST_POINTS = 1_000_000 * 1_000  # thousandths; fits the column
FIELDS = ("status", "time", "penalty", "carried")


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """`penalty` and `carried` in thousandths of a mark, `time` in thousandths of a second."""

    status: str = "ok"
    time: int | None = None
    penalty: int = 0
    carried: int = 0


def read_facts(typed: Mapping[str, str]) -> tuple[EntryFacts | None, list[Problem]]:
    """Read an entry's form; blank fields mean none."""
    problems = []
    if typed.get("status") not in STATUSES:
        problems.append(Problem("status_missing", "status"))
    text = typed.get("time", "").strip()
    time = read_time(text) if text else None
    if text and time is None:
        problems.append(Problem("time_wrong", "time", {"time": text[:40]}))
    points = {}
    for name in ("penalty", "carried"):
        text = typed.get(name, "").strip()
        value = read_decimal(text, MARK_PLACES) if text else 0
        if value is None or abs(value) > MOST_POINTS:
            problems.append(Problem("points_wrong", name, {"points": text[:40]}))
        elif name == "penalty" and value < 0:
            problems.append(Problem("penalty_negative", name))
        points[name] = value or 0
    if problems:
        return None, problems
    return EntryFacts(typed["status"], time, points["penalty"], points["carried"]), []
