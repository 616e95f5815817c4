"""What carrying out a proposal brought: claimed by the unit for 12 months, verified by a second person. Pure.

Claimed and verified stay two figures, in fen; one that is not counted (安全类,不计算效益) has neither.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from foundation.base.money import read_fen
from foundation.base.problem import N_, Problem

LONGEST = 2000

UNCOUNTED: Mapping[str, str] = {
    "safety": N_("safety"),
    "quality": N_("quality"),
    "environment": N_("environment"),
    "health": N_("health and conditions of work"),
    "management": N_("order and management"),
}
"""Kinds of benefit that are not counted in money."""
UNSTATED = "unstated"
"""Of what came by a sheet that says neither an amount nor a kind: nobody guesses one."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done and what it brought: `claimed` fen with how it was figured, or a kind that is not counted."""

    done: str
    done_on: date
    claimed: int | None
    working: str
    uncounted: str


def read_outcome(values: Mapping[str, str], today: date) -> tuple[Outcome | None, list[Problem]]:
    """From the form: done, done_on, counted (yes or no), claimed with working, or uncounted."""
    done, working, problems = values.get("done", "").strip(), values.get("working", "").strip(), []
    if not done:
        problems.append(Problem("outcome_done_empty", "done"))
    for field, text in (("done", done), ("working", working)):
        if len(text) > LONGEST:
            problems.append(Problem("proposal_long", field, {"most": str(LONGEST), "length": str(len(text))}))
    done_on = _day(values.get("done_on", ""))
    if done_on is None:
        problems.append(Problem("outcome_day", "done_on"))
    elif done_on > today:
        problems.append(Problem("outcome_day_later", "done_on"))
    counted, claimed, uncounted = values.get("counted", ""), None, ""
    if counted == "yes":
        claimed, wrong = read_fen(values.get("claimed", ""), "claimed")
        problems += wrong
        if not working:
            problems.append(Problem("outcome_working_empty", "working"))
    elif counted == "no":
        working, uncounted = "", values.get("uncounted", "")
        if uncounted not in UNCOUNTED:
            problems.append(Problem("outcome_uncounted", "uncounted"))
    else:
        problems.append(Problem("outcome_counted", "counted"))
    if problems or done_on is None:
        return None, problems
    return Outcome(done, done_on, claimed, working, uncounted), []


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
