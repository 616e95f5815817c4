"""What the enterprise says at a step, and by when: reasons where they are owed, fields that are opened again. Pure."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from foundation.base.problem import Problem
from innovations.rules.admissibility import BY_CODE, PASSED_ON, Hint, must_be_passed_on
from innovations.rules.proposal_form import REOPENABLE
from innovations.rules.proposals import ANSWERS, DESKS, Stage

LONGEST = 2000
NEEDS_WORDS = frozenset({"adopt_partly", "not_adopt", "not_accept", "pass_on", "reconsider"})
"""Where a worker is told something other than yes, they are told why."""
CLOSING_OWES: Mapping[Stage, str] = {
    Stage.PASSED_ON: "proposal_settled_missing", Stage.VERIFIED: "proposal_unrewarded_missing",
}  # fmt: skip
"""From where it is concluded with a word only: what became of it elsewhere, and why nothing is rewarded."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One step with its words, which the worker reads. `rule` is of `admissibility`, `desk` of `DESKS`."""

    step: str
    note: str
    rule: str = ""
    desk: str = ""
    reopened: Mapping[str, str] = field(default_factory=dict)


def read_answer(values: Mapping[str, str], hints: Sequence[Hint]) -> tuple[Answer | None, list[Problem]]:
    """An answer from its form: step, note, rule, desk, and for each reopened field `open-title` with `note-title`."""
    step, note = values.get("step", ""), values.get("note", "").strip()
    if step not in ANSWERS:
        return None, [Problem("proposal_step_missing", "step")]
    problems: list[Problem] = []
    if step in NEEDS_WORDS and not note:
        problems.append(Problem("proposal_reason_missing", "note"))
    if len(note) > LONGEST:
        problems.append(Problem("proposal_long", "note", {"most": str(LONGEST), "length": str(len(note))}))
    rule, desk = "", ""
    if step == "not_accept":
        rule = values.get("rule", "")
        problems += _rule_problems(rule, hints)
    if step == "pass_on":
        desk = values.get("desk", "")
        if desk not in DESKS:
            problems.append(Problem("proposal_desk_missing", "desk"))
    opened: dict[str, str] = {}
    if step == "return":
        opened = {name: values.get(f"note-{name}", "").strip() for name in REOPENABLE if values.get(f"open-{name}")}
        problems += _return_problems(opened)
    return (None, problems) if problems else (Answer(step, note, rule, desk, opened), [])


def closing_problems(said: Answer, stage: Stage) -> list[Problem]:
    """What a conclusion still owes the worker, by where the proposal stands."""
    owed = CLOSING_OWES.get(stage) if said.step == "close" and not said.note else None
    return [Problem(owed, "note")] if owed else []


def _rule_problems(rule: str, hints: Sequence[Hint]) -> list[Problem]:
    """A complaint is never answered with "no proposal": it is passed on."""
    if rule in PASSED_ON or must_be_passed_on(hints):
        return [Problem("proposal_pass_on", "step")]
    return [] if rule in BY_CODE else [Problem("proposal_rule_missing", "rule")]


def _return_problems(opened: Mapping[str, str]) -> list[Problem]:
    if not opened:
        return [Problem("proposal_return_nothing", "open-title")]
    return [Problem("proposal_return_note", f"note-{name}") for name, note in opened.items() if not note]


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Working days within which a unit answers; an enterprise's own come before these."""

    take_up: int = 5  # handed in -> taken up, passed on, or not
    decide: int = 20  # taken up -> adopted or not
    begin: int = 30  # adopted -> being carried out


DEFAULT = Deadlines()
MOST_DAYS = 240


def days_for(stage: Stage, deadlines: Deadlines) -> int | None:
    """Working days from the moment a proposal comes to a stage until the unit has to have moved it; None: no clock."""
    return {
        Stage.SUBMITTED: deadlines.take_up,
        Stage.ACCEPTED: deadlines.decide,
        Stage.ADOPTED: deadlines.begin,
        Stage.PARTLY: deadlines.begin,
    }.get(stage)


def read_deadlines(values: Mapping[str, str]) -> tuple[Deadlines | None, list[Problem]]:
    """A unit's own deadlines, in working days."""
    found, problems = {}, []
    for name in ("take_up", "decide", "begin"):
        text = unicodedata.normalize("NFKC", values.get(name, "")[:20]).strip()
        if text.isascii() and text.isdigit() and len(text) <= 4 and 0 < int(text) <= MOST_DAYS:
            found[name] = int(text)
        else:
            problems.append(Problem("proposal_days", name, {"most": str(MOST_DAYS)}))
    return (None, problems) if problems else (Deadlines(**found), [])
