"""Objections (异议): 登记→受理或不予受理→核查→答复→办结, what holds a notice up, what a step must say. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from foundation.base.problem import Problem

MOST_TEXT = 4000
MOST_NOTE = 2000


class Stage(StrEnum):
    """Where an objection stands."""

    REGISTERED = "registered"  # 登记
    ACCEPTED = "accepted"  # 受理
    REFUSED = "refused"  # 不予受理
    CHECKING = "checking"  # 核查
    ANSWERED = "answered"  # 答复
    CLOSED = "closed"  # 办结
    WITHDRAWN = "withdrawn"  # 撤回, by the objector


STEPS: Mapping[tuple[str, Stage], Stage] = {
    ("accept", Stage.REGISTERED): Stage.ACCEPTED,
    ("refuse", Stage.REGISTERED): Stage.REFUSED,
    ("check", Stage.ACCEPTED): Stage.CHECKING,
    ("answer", Stage.CHECKING): Stage.ANSWERED,
    ("close", Stage.ANSWERED): Stage.CLOSED,
    ("withdraw", Stage.REGISTERED): Stage.WITHDRAWN,
    ("withdraw", Stage.ACCEPTED): Stage.WITHDRAWN,
    ("withdraw", Stage.CHECKING): Stage.WITHDRAWN,
}
HOLDING = frozenset({Stage.ACCEPTED, Stage.CHECKING, Stage.ANSWERED})
"""Accepted and not closed yet: only these hold what the notice is about."""
OFFICERS_STEPS = ("accept", "refuse", "check", "answer", "close")
TOLD = frozenset({"accept", "refuse", "answer"})
"""Steps whose words the objector reads; what was found while checking stays inside."""


class Channel(StrEnum):
    """How an objection came."""

    FORM = "form"
    PHONE = "phone"
    LETTER = "letter"
    VISIT = "visit"


class Outcome(StrEnum):
    """What the check found."""

    UPHELD = "upheld"
    PARTLY = "partly"
    NOT_UPHELD = "not_upheld"


class Verdict(StrEnum):
    """What a notice that has ended says of its objections."""

    NONE = "none"  # 公示无异议
    SETTLED = "settled"  # 公示期满, 有异议 N 件已处理
    OPEN = "open"  # 公示期满, 有异议 N 件正在处理


@dataclass(frozen=True, slots=True)
class ObjectionDraft:
    """What somebody objects, before it is kept. Never log it."""

    text: str
    named: bool
    name: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many objections to one notice there are, those withdrawn left out."""

    received: int = 0
    undecided: int = 0
    accepted: int = 0  # ever accepted, closed ones included
    refused: int = 0
    holding: int = 0

    @property
    def verdict(self) -> Verdict:
        """What may be said once the notice has ended."""
        if not self.received:
            return Verdict.NONE
        return Verdict.OPEN if self.undecided or self.holding else Verdict.SETTLED


def count(stages: Iterable[Stage]) -> Count:
    """Count the objections to one notice."""
    kept = [stage for stage in stages if stage is not Stage.WITHDRAWN]
    return Count(
        received=len(kept),
        undecided=kept.count(Stage.REGISTERED),
        accepted=sum(stage in HOLDING or stage is Stage.CLOSED for stage in kept),
        refused=kept.count(Stage.REFUSED),
        holding=sum(stage in HOLDING for stage in kept),
    )


def after(step: str, stage: Stage) -> Stage | Problem:
    """The stage after a step, or why it cannot be taken now."""
    found = STEPS.get((step, stage))
    return found if found is not None else Problem("objection_step_late")


def read_objection(values: Mapping[str, str]) -> tuple[ObjectionDraft | None, list[Problem]]:
    """An objection from what was typed: text, named (yes or no), name, contact.

    Of one without a name nothing typed in the fields of the name is kept.
    """
    text, problems = values.get("text", "").strip(), []
    named = values.get("named", "")
    if named not in ("yes", "no"):
        problems.append(Problem("objection_named", "named"))
    name, contact = values.get("name", "").strip(), values.get("contact", "").strip()
    if named == "yes":
        problems += _lengths({"name": (name, 100), "contact": (contact, 200)})
    problems += _lengths({"text": (text, MOST_TEXT)})
    if problems:
        return None, problems
    return ObjectionDraft(text, True, name, contact) if named == "yes" else ObjectionDraft(text, False), []


def _lengths(texts: Mapping[str, tuple[str, int]]) -> list[Problem]:
    problems = []
    for field, (text, most) in texts.items():
        if not text:
            problems.append(Problem(f"objection_{field}_empty", field))
        elif len(text) > most:
            problems.append(Problem("objection_long", field, {"most": str(most)}))
    return problems


def time_problem(received: datetime, opened_at: datetime | None, ends_at: datetime | None) -> Problem | None:
    """An objection counts from the opening to the end; a letter by the day it came, which an officer records."""
    if opened_at is None or ends_at is None or received < opened_at:
        return Problem("objection_early")
    return Problem("objection_late") if received >= ends_at else None


def day_received(first: datetime, last: datetime, ends_at: datetime | None, now: datetime) -> datetime:
    """The moment for what came on a day that begins at `first` and is over at `last`.

    The last day of a notice counts as a whole: nobody notes at what hour the post came.
    """
    if first > now:
        return first
    latest = min(last, now)
    return ends_at - timedelta(microseconds=1) if ends_at and first < ends_at <= latest else latest


def note_problem(step: str, note: str, outcome: str = "") -> list[Problem]:
    """What a step must say: reasons for deciding, what was found, what is answered. Only closing may stay silent."""
    problems = []
    if not note.strip() and step != "close":
        problems.append(Problem(f"objection_{step}_empty", "note"))
    elif len(note.strip()) > MOST_NOTE:
        problems.append(Problem("objection_long", "note", {"most": str(MOST_NOTE)}))
    if step == "answer" and outcome not in set(Outcome):
        problems.append(Problem("objection_outcome", "outcome"))
    return problems
