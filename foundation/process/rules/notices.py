"""Public notices (公示): their steps, how long they run, what a draft must say. Pure; `now` is an argument.

What may be shown in a notice's table is in `shown.py`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, time
from enum import StrEnum
from typing import Any

from foundation.base.calendar import LONGEST
from foundation.base.problem import Problem
from foundation.process.rules.shown import Shown, canonical, looks_personal, read_shown, sha256

ABOUT = re.compile(r"[a-z_]{1,32}:[0-9a-z-]{1,60}")


class Stage(StrEnum):
    """Where a notice stands; whether an open one still runs is a question of time, see `state`."""

    DRAFT = "draft"  # 拟稿
    REVIEW = "review"  # 审核
    READY = "ready"  # 审核通过, may be opened
    OPEN = "open"
    STOPPED = "stopped"  # stopped before its end, with a public reason
    DISCARDED = "discarded"  # a draft that came to nothing


class State(StrEnum):
    """What the public sees of an opened notice."""

    RUNNING = "running"
    ENDED = "ended"
    STOPPED = "stopped"


STEPS: Mapping[tuple[str, Stage], Stage] = {
    ("change", Stage.DRAFT): Stage.DRAFT,
    ("discard", Stage.DRAFT): Stage.DISCARDED,
    ("send", Stage.DRAFT): Stage.REVIEW,
    ("give_back", Stage.REVIEW): Stage.DRAFT,
    ("approve", Stage.REVIEW): Stage.READY,
    ("give_back", Stage.READY): Stage.DRAFT,
    ("open", Stage.DRAFT): Stage.OPEN,  # only what shows no results and is about nothing, see `opening_problem`
    ("open", Stage.READY): Stage.OPEN,
    ("stop", Stage.OPEN): Stage.STOPPED,
}


@dataclass(frozen=True, slots=True)
class Customs:
    """What is custom with notices and objections; each a setting, these are what is shipped."""

    days: int = 5  # working days of a new notice
    least_days: int = 5  # of any
    first_day_counts: bool = True
    end_time: str = "17:30"
    decide_days: int = 2  # working days in which an objection is accepted or not


@dataclass(frozen=True, slots=True)
class Draft:
    """What an officer says of a notice before it is opened."""

    title: str
    text: str
    contact: str
    shown: Shown
    days: int
    end_time: str
    results: bool = False
    about: str = ""
    label: str = ""
    replaces: int | None = None


WORDING = ("title", "text", "contact", "shown", "days", "end_time", "results", "about", "label")


def wording(row: Mapping[str, Any]) -> str:
    """What tells one wording of a draft from every other, from its columns by name: a form carries it, so that what
    is approved and opened is what was read."""
    return sha256(canonical({name: row[name] for name in WORDING}))


RETURNABLE = ("title", "text", "label", "about", "results", "table", "contact", "days", "end_time")
"""What a reviewer may name when a draft is returned; its author then changes these alone."""


def changed_fields(old: Draft, new: Draft) -> list[str]:
    """The returnable fields in which a draft differs from the one it replaces."""
    columns = {name: "shown" if name == "table" else name for name in RETURNABLE}
    return [name for name, column in columns.items() if getattr(old, column) != getattr(new, column)]


def after(step: str, stage: Stage) -> Stage | Problem:
    """The stage after a step, or why it cannot be taken now."""
    found = STEPS.get((step, stage))
    return found if found is not None else Problem("notice_step_late")


def opening_problem(stage: Stage, results: bool, about: str = "") -> Problem | None:
    """Results, and what holds a thing's stage, are looked at by a second person before anyone sees them."""
    if stage is not Stage.DRAFT:
        return None
    if results:
        return Problem("notice_review_first")
    return Problem("notice_review_about") if about else None


def state(stage: Stage, ends_at: datetime | None, now: datetime) -> State | None:
    """Whether an opened notice runs, has ended or was stopped; None before it was opened. It ends at `ends_at`."""
    if stage is Stage.STOPPED:
        return State.STOPPED
    if stage is not Stage.OPEN or ends_at is None:
        return None
    return State.RUNNING if now < ends_at else State.ENDED


def read_time(text: str) -> time | None:
    """A time of day such as 17:30; a full-width colon is as good."""
    found = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", text.strip().replace("\uff1a", ":"))
    return time(int(found[1]), int(found[2])) if found else None


def read_customs(values: Mapping[str, str], kept: Customs) -> tuple[Customs, list[Problem]]:
    """The settings as they were typed over those kept, and what is wrong with them."""
    found, problems = kept, []
    for field in fields(Customs):
        text = values.get(field.name, "").strip()
        if field.name == "first_day_counts":
            if text not in ("yes", "no"):
                problems.append(Problem("notice_first_day", field.name))
            found = replace(found, first_day_counts=text == "yes")
        elif field.name == "end_time":
            at = read_time(text)
            if at is None:
                problems.append(Problem("notice_end_time", field.name))
            else:
                found = replace(found, end_time=at.strftime("%H:%M"))
        elif not re.fullmatch(r"[0-9]{1,3}", text) or not 1 <= int(text) <= LONGEST:
            problems.append(Problem("calendar_days_count", field.name, {"most": str(LONGEST)}))
        else:
            found = replace(found, **{field.name: int(text)})  # type: ignore[arg-type]
    if not problems and found.days < found.least_days:
        problems.append(Problem("notice_days_few", "days", {"least": str(found.least_days)}))
    return found, problems


def read_draft(values: Mapping[str, str], customs: Customs) -> tuple[Draft | None, list[Problem]]:
    """A draft from what was typed: title, text, contact, days, end_time, results, about, label, table."""
    shown, problems = read_shown(values.get("table", ""))
    days = values.get("days", "").strip()
    at = read_time(values.get("end_time", ""))
    counted = int(days) if re.fullmatch(r"[0-9]{1,3}", days) else 0
    draft = Draft(
        title=values.get("title", "").strip(),
        text=values.get("text", "").strip(),
        contact=values.get("contact", "").strip(),
        shown=shown,
        days=counted,
        end_time=at.strftime("%H:%M") if at else "",
        results=values.get("results", "") == "yes",
        about=values.get("about", "").strip(),
        label=values.get("label", "").strip(),
    )
    problems = draft_problems(draft, customs) + problems
    return (None if problems else draft), problems


def draft_problems(draft: Draft, customs: Customs) -> list[Problem]:
    """What is wrong with a draft's words and length; its table has rules of its own."""
    problems = []
    for name, most, needed in (
        ("title", 200, True),
        ("text", 8000, False),
        ("contact", 500, True),
        ("label", 200, False),
    ):
        text = getattr(draft, name)
        if needed and not text:
            problems.append(Problem(f"notice_{name}_empty", name))
        elif len(text) > most:
            problems.append(Problem("notice_long", name, {"most": str(most)}))
        elif name != "contact" and looks_personal(text):
            problems.append(Problem("notice_personal", name))
    if draft.about and not ABOUT.fullmatch(draft.about):
        problems.append(Problem("notice_about_form", "about"))
    if not 1 <= draft.days <= LONGEST:
        problems.append(Problem("calendar_days_count", "days", {"most": str(LONGEST)}))
    elif draft.days < customs.least_days:
        problems.append(Problem("notice_days_few", "days", {"least": str(customs.least_days)}))
    if not draft.end_time:
        problems.append(Problem("notice_end_time", "end_time"))
    return problems


def reason_problem(reason: str, field: str = "reason") -> Problem | None:
    """Whoever stops or returns something says why."""
    if not reason.strip():
        return Problem("notice_reason_empty", field)
    return Problem("notice_long", field, {"most": "2000"}) if len(reason.strip()) > 2000 else None
