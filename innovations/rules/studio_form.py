"""What a unit writes of a studio and of its year: read from forms, or one problem for each field. Pure.

What the registry knows (the leader's honours, results) is in no form.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from foundation.base.letters import half_width
from foundation.base.money import read_fen, yuan
from foundation.base.problem import Problem
from innovations.rules.studios import Verdict, Year

LONGEST = {"name": 100, "place": 200, "rules": 2000, "note": 1000, "reason": 1000}
FIRST_YEAR = 1949
MOST_TOPICS, LONGEST_TOPIC = 12, 100
MOST = 9999  # trainings, people
_BETWEEN = " \u3000·•・"
VERDICTS_ABOVE = (Verdict.EXCELLENT, Verdict.GOOD)


class Body(msgspec.Struct, frozen=True):
    """What only the unit knows: `fund` in fen a year, `trainings` a year, `upgraded` members who rose a grade."""

    place: str = ""
    fund: int = 0
    rules: str = ""
    topics: tuple[str, ...] = ()
    trainings: int = 0
    upgraded: int = 0


class StudioDraft(msgspec.Struct, frozen=True):
    """A studio as its unit writes it."""

    name: str
    field: str
    founded_on: date
    body: Body


def read_studio(
    values: Mapping[str, str], fields: Sequence[str], today: date
) -> tuple[StudioDraft | None, list[Problem]]:
    """A studio from its form; gaps may stay until it is handed in. `fields` are the branches of industry."""
    problems: list[Problem] = []
    texts = {name: _text(values, name) for name in ("name", "place", "rules")}
    if not texts["name"]:
        problems.append(Problem("studio_name_empty", "name"))
    problems += [_long(name) for name, text in texts.items() if len(text) > LONGEST[name]]
    topics = tuple(line for one in values.get("topics", "").splitlines() if (line := " ".join(one.split())))
    if len(topics) > MOST_TOPICS or any(len(one) > LONGEST_TOPIC for one in topics):
        problems.append(Problem("studio_topics", "topics", {"most": str(MOST_TOPICS), "length": str(LONGEST_TOPIC)}))
    field = values.get("field", "")
    if field and field not in fields:
        problems.append(Problem("studio_field", "field"))
    founded, wrong = read_day(values.get("founded_on", ""), "founded_on", today)
    problems += wrong
    fund, wrong = read_fen(values.get("fund", "").strip() or "0", "fund")
    problems += wrong
    trainings, upgraded = (read_count(values.get(name, ""), name, problems) for name in ("trainings", "upgraded"))
    if problems or founded is None or fund is None:
        return None, problems
    body = Body(texts["place"], fund, texts["rules"], topics, trainings, upgraded)
    return StudioDraft(texts["name"], field, founded, body), []


def name_problems(name: str) -> list[Problem]:
    """What is wrong with a name that may be left out."""
    return [_long("name")] if len(name) > LONGEST["name"] else []


def typed_studio(draft: StudioDraft) -> dict[str, str]:
    """A studio as the fields of its form."""
    body = draft.body
    return {
        "name": draft.name, "field": draft.field, "founded_on": draft.founded_on.isoformat(), "place": body.place,
        "fund": yuan(body.fund) if body.fund else "", "rules": body.rules, "topics": "\n".join(body.topics),
        "trainings": str(body.trainings or ""), "upgraded": str(body.upgraded or ""),
    }  # fmt: skip


def changed(before: StudioDraft, now: StudioDraft) -> list[str]:
    """The fields that differ."""
    found = [name for name in ("name", "field", "founded_on") if getattr(before, name) != getattr(now, name)]
    return found + [
        name for name in Body.__struct_fields__ if getattr(before.body, name) != getattr(now.body, name)
    ]  # fmt: skip


def read_year(values: Mapping[str, str], results: int) -> tuple[Year | None, list[Problem]]:
    """A year from its form; `results` were counted by the registry."""
    problems: list[Problem] = []
    fund, wrong = read_fen(values.get("fund", "").strip() or "0", "fund")
    problems += wrong
    trainings, upgraded = (read_count(values.get(name, ""), name, problems) for name in ("trainings", "upgraded"))
    if problems or fund is None:
        return None, problems
    return Year(results, trainings, upgraded, fund), []


def verdict_problems(verdict: Verdict, reason: str, gaps: Sequence[Problem]) -> list[Problem]:
    """Why a year cannot be found so: no reason, or good although it stayed below the standard."""
    problems = [] if reason else [Problem("studio_verdict_reason", "reason")]
    if len(reason) > LONGEST["reason"]:
        problems.append(_long("reason"))
    if gaps and verdict in VERDICTS_ABOVE:
        problems.append(Problem("studio_verdict_below", "verdict"))
    return problems


def read_day(text: str, field: str, today: date) -> tuple[date | None, list[Problem]]:
    """A day that is not still to come; one of the year 22 was meant to be of 2022."""
    try:
        day = date.fromisoformat(half_width(text))
    except ValueError:
        return None, [Problem("studio_day", field)]
    if day.year < FIRST_YEAR:
        return None, [Problem("studio_day", field)]
    return (None, [Problem("studio_day_to_come", field)]) if day > today else (day, [])


def read_count(text: str, field: str, problems: list[Problem]) -> int:
    """A whole number; an empty field is 0. What is none is added to `problems`."""
    text = half_width(text) or "0"
    if text.isascii() and text.isdigit() and len(text) < 10 and int(text) <= MOST:
        return int(text)
    problems.append(Problem("studio_whole", field, {"most": str(MOST)}))
    return 0


def public_name(name: str, leader: str, shown: bool) -> str:
    """The name of a studio, or what it works on, as everyone reads it: without its leader's, where that may not be
    shown, blanks and dots between its letters or not."""
    letters = [re.escape(letter) for letter in leader if letter not in _BETWEEN]
    if shown or not letters:
        return name
    return re.sub(f"[{_BETWEEN}]*".join(letters), "", name, flags=re.IGNORECASE).strip()


def _text(values: Mapping[str, str], name: str) -> str:
    text = values.get(name, "").strip()
    return " ".join(text.split()) if name == "name" else text


def _long(name: str) -> Problem:
    return Problem("studio_long", name, {"most": str(LONGEST[name])})
