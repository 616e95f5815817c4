"""What a unit tells of an innovation that it took over, and what its makers answer. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from foundation.base.letters import half_width
from foundation.base.problem import Problem

LONGEST_RESULT, LONGEST_ANSWER = 1000, 500


@dataclass(frozen=True, slots=True)
class Told:
    """Since when, with what result, and from which unit it was learned: 0 for its makers."""

    since_on: date
    result: str
    learned_from: int = 0


def read_told(values: Mapping[str, str], today: date, offered: frozenset[int]) -> tuple[Told | None, list[Problem]]:
    """From the form: since_on, result, learned_from, which is one of those `offered` or empty."""
    problems = []
    result = values.get("result", "").strip()
    since_on = _day(values.get("since_on", ""))
    if since_on is None:
        problems.append(Problem("spread_day", "since_on"))
    elif since_on > today:
        problems.append(Problem("spread_day_to_come", "since_on"))
    if not result:
        problems.append(Problem("spread_result", "result"))
    elif len(result) > LONGEST_RESULT:
        problems.append(_long("result", result, LONGEST_RESULT))
    text = values.get("learned_from", "")
    learned_from = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
    if learned_from and learned_from not in offered:
        problems.append(Problem("spread_from", "learned_from"))
    if problems or since_on is None:
        return None, problems
    return Told(since_on, result, learned_from), []


def answer_problems(word: str, reason: str) -> list[Problem]:
    """What is wrong with an answer: whoever declines says why."""
    problems = [] if word in {"agree", "decline"} else [Problem("spread_word", "word")]
    if word == "decline" and not reason.strip():
        problems.append(Problem("spread_reason", "reason"))
    if len(reason) > LONGEST_ANSWER:
        problems.append(_long("reason", reason, LONGEST_ANSWER))
    return problems


def _long(field: str, text: str, most: int) -> Problem:
    return Problem("innovation_long", field, {"most": str(most), "length": str(len(text))})


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(half_width(text))
    except ValueError:
        return None
    return day if 1950 <= day.year <= 2100 else None
