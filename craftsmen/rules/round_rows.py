"""The editor's rows: what a form holds of each section of a round's rules, named as the form names it. Pure.

A field is `composition-2-percent`; a filter is one field with several values (`role=front_line`), each of which must
hold. Nothing is judged here, so nothing typed can be lost here; `round_form.py` reads it.
"""

import re
from collections.abc import Mapping, Sequence

from craftsmen.rules.criteria import lines_of
from craftsmen.rules.facts import Filter
from craftsmen.rules.nomination_steps import ALWAYS, ROAD
from craftsmen.rules.round_rules import Places, RoundRules
from foundation.tabulation.decimals import show_decimal

Fields = Mapping[str, Sequence[str]]

SECTIONS = ("general", "places", "composition", "specials", "stages", "materials", "opinions", "questions", "vote")

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "composition": ("code", "name", "among", "operator", "percent", "of"),
    "specials": ("code", "name", "most"),
    "materials": ("code", "name", "when", "copies", "sheet", "ours"),
    "opinions": ("code", "name", "when", "valid_days"),
    "questions": ("code", "text", "basis", "wanted", "evidence"),
}
"""The sections that are lists of rows: anybody may add, remove and move rows there."""

GENERAL = ("confer", "holder", "own", "summary_most", "story_least", "story_most")
VOTE = ("base", "numerator", "denominator", "quorum_numerator", "quorum_denominator", "most_ballots", "ties", "mode")
MOST_ROWS = 60
PERCENT_PLACES = 2
_ACT = re.compile(r"(add|(?:remove|up|down)-([0-9]{1,2}))")

NEW: Mapping[str, Mapping[str, str]] = {
    "composition": {"operator": ">="},
    "specials": {"most": "1"},
    "materials": {"copies": "1", "sheet": "A4"},
    "opinions": {"valid_days": "180"},
    "questions": {"wanted": "yes"},
}

Row = dict[str, list[str]]


def fields_of(section: str, rules: RoundRules, channels: Sequence[Places]) -> dict[str, list[str]]:
    """A section as its form shows it before anybody typed; `channels` are all that might recommend."""
    if section == "general":
        return {name: [_word(getattr(rules, name))] for name in GENERAL}
    if section == "places":
        return {f"places-{one.organisation}": [str(one.places or "")] for one in channels}
    if section == "stages":
        return _stage_fields(rules)
    if section == "vote":
        votes = {f"vote-{name}": [str(getattr(rules.vote, name))] for name in VOTE}
        return {**votes, "scheme": [rules.scheme], "criteria": [lines_of(rules.criteria)]}
    return numbered(section, [_row(section, row) for row in getattr(rules, section)])


def rows_of(section: str, fields: Fields) -> list[Row]:
    """The rows of a submitted list, in the order of their numbers."""
    found: dict[int, Row] = {}
    for name, values in fields.items():
        match = re.fullmatch(rf"{section}-([0-9]{{1,2}})-([a-z_]+)", name)
        if match and match[2] in COLUMNS[section]:
            found.setdefault(int(match[1]), {})[match[2]] = list(values)
    return [found[at] for at in sorted(found)]


def numbered(section: str, rows: Sequence[Row]) -> dict[str, list[str]]:
    """The form's fields for these rows, numbered afresh."""
    return {f"{section}-{at}-{name}": list(values) for at, row in enumerate(rows) for name, values in row.items()}


def edited(section: str, fields: Fields, act: str) -> tuple[dict[str, list[str]], str]:
    """The fields after a row's button, numbered afresh, and the field to go to; other buttons change no row."""
    match = _ACT.fullmatch(act)
    if section not in COLUMNS:
        return {name: list(values) for name, values in fields.items()}, ""
    rows, name = rows_of(section, fields), "text" if section == "questions" else "name"
    others = {key: list(values) for key, values in fields.items() if not key.startswith(f"{section}-")}
    if match is None:
        return {**others, **numbered(section, rows)}, ""
    if act == "add":
        if len(rows) < MOST_ROWS:
            new = {key: [value] for key, value in NEW[section].items()}
            rows.append({"code": [_free_code(rows)], **new})
        return {**others, **numbered(section, rows)}, f"{section}-{len(rows) - 1}-{name}"
    verb, at = act.partition("-")[0], int(match[2])
    to = {"up": at - 1, "down": at + 1}.get(verb, at)
    if at < len(rows) and 0 <= to < len(rows):
        row = rows.pop(at)
        if verb != "remove":
            rows.insert(to, row)
        else:
            to = min(at, len(rows) - 1)
    return {**others, **numbered(section, rows)}, f"{section}-{max(to, 0)}-{name}" if rows else ""


def filter_values(wanted: Filter) -> list[str]:
    """A filter as the values of its field."""
    return [f"{name}={value}" for name, value in wanted]


def filter_of(values: Sequence[str]) -> Filter:
    """The filter of a field's values; blank choices fall away."""
    return tuple((name, value) for name, _, value in (each.partition("=") for each in values if each))


def _free_code(rows: Sequence[Row]) -> str:
    used = {code for row in rows for code in row.get("code", ())}
    return next(code for code in (f"row_{number}" for number in range(1, MOST_ROWS + 2)) if code not in used)


def _row(section: str, row: object) -> Row:
    found: Row = {}
    for name in COLUMNS[section]:
        value = getattr(row, name)
        if isinstance(value, tuple):
            found[name] = filter_values(value)
        elif name == "percent":
            found[name] = [show_decimal(value, PERCENT_PLACES)]
        else:
            found[name] = [_word(value)]
    return found


def _stage_fields(rules: RoundRules) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for stage in ROAD:
        rule = rules.stage(stage.value)
        fields[f"stages-{stage}-on"] = ["yes"] if rule or stage in ALWAYS else []
        fields[f"stages-{stage}-days"] = [str(rule.days) if rule and rule.days else ""]
        fields[f"stages-{stage}-due"] = [rule.due.isoformat() if rule and rule.due else ""]
    return fields


def _word(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
