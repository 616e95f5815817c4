"""A section of a round's rules read from its form: the rules with it in place, or one problem for each field. Pure.

Says only what cannot be read; whether the rules fit together is `round_check.py`'s.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from craftsmen.rules.criteria import read_criteria
from craftsmen.rules.nomination_steps import ALWAYS, ROAD
from craftsmen.rules.round_rows import COLUMNS, PERCENT_PLACES, VOTE, Fields, Row, filter_of, rows_of
from craftsmen.rules.round_rules import (
    CompositionRow,
    MaterialRule,
    OpinionRule,
    Places,
    Question,
    RoundRules,
    SpecialQuota,
    StageRule,
    VoteRule,
)
from foundation.base.problem import Problem
from foundation.tabulation.decimals import read_decimal
from foundation.tabulation.scheme import canonical_json, read_scheme

_KINDS: Mapping[str, type[Any]] = {
    "composition": CompositionRow,
    "specials": SpecialQuota,
    "materials": MaterialRule,
    "opinions": OpinionRule,
    "questions": Question,
}
_WHOLE = ("most", "copies", "valid_days")
_YES = ("ours", "evidence")
_FILTERS = ("among", "of", "when")


class _Reader:
    """Reads fields and gathers what could not be read."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self.problems: list[Problem] = []

    def text(self, name: str) -> str:
        values = self.fields.get(name) or ("",)
        return values[-1].strip()

    def whole(self, name: str, blank: int | None = None) -> int:
        """A whole number; `blank` is what an empty field means, where it may be empty."""
        text = self.text(name)
        if not text and blank is not None:
            return blank
        if not re.fullmatch(r"[0-9]{1,6}", text, re.ASCII):
            self.problems.append(Problem("round_number", name))
            return 0
        return int(text)

    def percent(self, name: str) -> int:
        value = read_decimal(self.text(name).removesuffix("%").removesuffix("％"), PERCENT_PLACES)
        if value is None:
            self.problems.append(Problem("round_percent", name))
        return value or 0

    def day(self, name: str) -> date | None:
        text = self.text(name)
        if not text:
            return None
        found = re.fullmatch(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?", text, re.ASCII)
        try:
            if found:
                return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            pass
        self.problems.append(Problem("round_due_form", name))
        return None


def read_section(
    section: str, fields: Fields, rules: RoundRules, channels: Sequence[Places]
) -> tuple[RoundRules | None, list[Problem]]:
    """`rules` with this section as it was typed; None and every problem where something cannot be read."""
    reader = _Reader(fields)
    read: Mapping[str, Callable[[], RoundRules]] = {
        "general": lambda: _general(reader, rules),
        "places": lambda: replace(rules, places=_places(reader, channels)),
        "stages": lambda: replace(rules, stages=_stages(reader)),
        "vote": lambda: _vote(reader, rules),
    }
    made = read[section]() if section in read else replace(rules, **{section: _list(section, reader)})  # type: ignore[arg-type]
    return (None if reader.problems else made), reader.problems


def _general(reader: _Reader, rules: RoundRules) -> RoundRules:
    return replace(
        rules,
        confer=reader.whole("confer"),
        holder=reader.text("holder"),
        own=reader.text("own") == "yes",
        summary_most=reader.whole("summary_most"),
        story_least=reader.whole("story_least", 0),
        story_most=reader.whole("story_most"),
    )


def _places(reader: _Reader, channels: Sequence[Places]) -> tuple[Places, ...]:
    """Those with a place, in the order shown; an empty field or 0 makes no channel."""
    read = [replace(one, places=reader.whole(f"places-{one.organisation}", 0)) for one in channels]
    return tuple(one for one in read if one.places)


def _stages(reader: _Reader) -> tuple[StageRule, ...]:
    return tuple(
        StageRule(stage.value, reader.whole(f"stages-{stage}-days", 0), reader.day(f"stages-{stage}-due"))
        for stage in ROAD
        if stage in ALWAYS or reader.text(f"stages-{stage}-on") == "yes"
    )


def _vote(reader: _Reader, rules: RoundRules) -> RoundRules:
    values: dict[str, Any] = {
        name: reader.text(f"vote-{name}") if name in ("base", "ties", "mode") else reader.whole(f"vote-{name}")
        for name in VOTE
    }
    text = reader.text("scheme")
    scheme, problems = read_scheme(text) if text else (None, [])
    if problems:
        reader.problems.append(Problem("round_scheme", "scheme", {"what": problems[0].field or "scheme.json"}))
    kept = canonical_json(scheme) if scheme else ""
    return replace(rules, vote=VoteRule(**values), scheme=kept, criteria=read_criteria(reader.text("criteria")))


def _list(section: str, reader: _Reader) -> tuple[Any, ...]:
    """Rows as typed; a row in which nothing was typed falls away."""
    rows = rows_of(section, reader.fields)
    return tuple(_one(section, at, reader) for at, row in enumerate(rows) if _typed(row))


def _typed(row: Row) -> bool:
    return any(value.strip() for name in ("name", "text", "among", "when", "basis") for value in row.get(name, ()))


def _one(section: str, at: int, reader: _Reader) -> Any:
    values: dict[str, Any] = {}
    for name in COLUMNS[section]:
        field = f"{section}-{at}-{name}"
        if name in _FILTERS:
            values[name] = filter_of(reader.fields.get(field, ()))
        elif name == "percent":
            values[name] = reader.percent(field)
        elif name in _WHOLE:
            values[name] = reader.whole(field, 0 if name == "valid_days" else None)
        elif name in _YES:
            values[name] = reader.text(field) == "yes"
        else:
            values[name] = " ".join(reader.text(field).split())
    return _KINDS[section](**values)
