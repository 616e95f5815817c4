"""Masters and apprentices (师徒结对): what an agreement says, who may be bound to whom, and how it ends. Pure.

Nobody learns from somebody who, however many hands between, learnt from them; a master has no more apprentices at
once than can be taught well. An agreement that was broken off binds nobody and makes no line.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from foundation.base.problem import N_, Problem

MOST_RUNNING = 5  # apprentices of one master at once, unless the registry is told otherwise
LONGEST_YEARS = 10
LONGEST_SKILL = 100
LONGEST_TEXT = 2000
FIELDS = ("skill", "terms", "starts_on", "ends_on")


class Stage(StrEnum):
    """Where an agreement stands."""

    RUNNING = "running"
    COMPLETED = "completed"  # 出师
    ENDED = "ended"  # broken off


STAGES: Mapping[str, str] = {
    Stage.RUNNING: N_("running"),
    Stage.COMPLETED: N_("completed: the apprentice has mastered it"),
    Stage.ENDED: N_("ended early"),
}
STEPS = {
    ("change", Stage.RUNNING): Stage.RUNNING,
    ("complete", Stage.RUNNING): Stage.COMPLETED,
    ("end", Stage.RUNNING): Stage.ENDED,
}


@dataclass(frozen=True, slots=True)
class Agreement:
    """What is agreed, whoever the two are."""

    skill: str
    terms: str
    starts_on: date
    ends_on: date


def after(step: str, stage: Stage) -> Stage | None:
    """The stage that a step leads to; None where it cannot be taken."""
    return STEPS.get((step, stage))


def read_agreement(values: Mapping[str, str]) -> tuple[Agreement | None, list[Problem]]:
    """The agreement of a form, or everything that is wrong with it."""
    skill, terms = " ".join(values.get("skill", "").split()), values.get("terms", "").strip()
    problems = [] if skill else [Problem("apprentice_skill_empty", "skill")]
    problems += [
        Problem("guild_long", field, {"most": str(most)})
        for field, text, most in (("skill", skill, LONGEST_SKILL), ("terms", terms, LONGEST_TEXT))
        if len(text) > most
    ]
    starts_on, wrong = read_day(values.get("starts_on", ""), "starts_on")
    ends_on, wrong_end = read_day(values.get("ends_on", ""), "ends_on")
    problems += [*wrong, *wrong_end]
    if starts_on is not None and ends_on is not None:
        if ends_on <= starts_on:
            problems.append(Problem("apprentice_days_order", "ends_on"))
        elif ends_on.year - starts_on.year > LONGEST_YEARS:
            problems.append(Problem("apprentice_years_many", "ends_on", {"most": str(LONGEST_YEARS)}))
    if problems or starts_on is None or ends_on is None:
        return None, problems
    return Agreement(skill, terms, starts_on, ends_on), []


def read_day(text: str, field: str) -> tuple[date | None, list[Problem]]:
    """A day as browsers send it, 2026-05-01."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None, [Problem("guild_day", field)]
    return (day, []) if 1950 <= day.year <= 2100 else (None, [Problem("guild_day", field)])


def pair_problems(
    master: int, apprentice: int, *, line_of_master: Collection[int], running: int, most: int = MOST_RUNNING
) -> list[Problem]:
    """What stands between these two.

    `line_of_master` are the master's own masters, theirs, and so on; `running` is how many the master teaches now.
    """
    if master == apprentice:
        return [Problem("apprentice_is_master", "apprentice")]
    problems = []
    if apprentice in line_of_master:
        problems.append(Problem("apprentice_in_a_ring", "apprentice"))
    if running >= most:
        problems.append(Problem("apprentice_many", "master", {"most": str(most)}))
    return problems


def result_problems(result: str) -> list[Problem]:
    """What is wrong with the words that end an agreement."""
    if not result.strip():
        return [Problem("apprentice_result_empty", "result")]
    if len(result) > LONGEST_TEXT:
        return [Problem("guild_long", "result", {"most": str(LONGEST_TEXT)})]
    return []


def line_of(person: int, others: Mapping[int, Collection[int]]) -> frozenset[int]:
    """Everybody above (or below) somebody, by the masters (or apprentices) of each."""
    found: set[int] = set()
    waiting = [person]
    while waiting:
        for other in others.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return frozenset(found)
