"""What a form says an honour ought to be: read into changes by column, or one problem a field. Pure.

Only what differs is a change; a person's name and unit are kept as they are written.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from craftsmen.rules.honours import LENGTHS, LONGEST_MEMBER, MOST_EDITION, MOST_MEMBERS, read_partial_date
from foundation.base.problem import Problem

TEXTS = ("name", "unit_name", "gender", "occupation", "occupation_code", "body", "document")
FIELDS = (*TEXTS, "edition", "on", "posthumous", "members")
_PARTED = re.compile(r"[\n、，,;；]+")


def read_members(text: str) -> tuple[tuple[str, ...], list[Problem]]:
    """Names, one a line or parted by 、; several spaces inside a name are one."""
    names = tuple(" ".join(part.split()) for part in _PARTED.split(text) if part.strip())
    if len(names) > MOST_MEMBERS:
        return (), [Problem("honour_members_many", "members", {"most": str(MOST_MEMBERS)})]
    if any(len(name) > LONGEST_MEMBER for name in names):
        return (), [Problem("honour_member_name", "members", {"most": str(LONGEST_MEMBER)})]
    return names, []


def read_edition(text: str) -> tuple[int | None, list[Problem]]:
    """The number of an edition (届), None where nothing was typed."""
    text = text.strip()
    if not text:
        return None, []
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= MOST_EDITION):
        return None, [Problem("honour_edition_wrong", "edition", {"most": str(MOST_EDITION)})]
    return int(text), []


def read_correction(
    values: Mapping[str, str], stands: Mapping[str, Any], today: date
) -> tuple[dict[str, Any], list[Problem]]:
    """What would change: `stands` has the columns as they are, and `members` as a tuple of names for a team.

    A day that is not given is not known: all three parts of the date change together.
    """
    wanted: dict[str, Any] = {name: " ".join(values.get(name, "").split()) for name in TEXTS}
    problems = [] if wanted["name"] else [Problem("honour_name_empty", "name")]
    problems += [
        Problem("honour_text_long", name, {"most": str(LENGTHS.get(name, 8))})
        for name in TEXTS
        if len(wanted[name]) > LENGTHS.get(name, 8)
    ]
    if not wanted["body"]:
        problems.append(Problem("title_body_empty", "body"))
    if wanted["gender"] not in ("", "female", "male"):
        problems.append(Problem("honour_gender_unknown", "gender"))
    wanted["edition"], wrong = read_edition(values.get("edition", ""))
    problems += wrong
    on, wrong = read_partial_date(values.get("on", ""), "on", today)
    problems += wrong
    if on is None and not wrong:
        problems.append(Problem("honour_date_wrong", "on"))
    if on is not None:
        wanted |= {"year": on.year, "month": on.month, "day": on.day}
    wanted["posthumous"] = bool(values.get("posthumous", "").strip())
    if "members" in stands:
        wanted["members"], wrong = read_members(values.get("members", ""))
        problems += wrong
    if problems:
        return {}, problems
    changes = {name: value for name, value in wanted.items() if value != stands[name]}
    return changes, [] if changes else [Problem("honour_nothing_changed")]
