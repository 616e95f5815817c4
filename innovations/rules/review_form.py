"""The rules of a review as an office types them: read to a draft, or one problem for each field; and back. Pure.

Fields: `name`, `list_until`, `each`, `rubric` (a line each: code, name, full marks), `award-name-N`, `award-most-N`,
`award-title-N`, `places-ID` of a channel, `blind`, `same_city`, `years_back`, `mark_days`, `notice_days`, `sections`.
"""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from foundation.base.problem import Problem
from innovations.rules.innovation_kinds import KINDS
from innovations.rules.review_rules import LINES, Award, Level, Places, ReviewRules, rubric_of, rules_problems

LONGEST_NAME = 200
AWARDS = 6  # rows of the form
MOST_PLACES = 999
MOST_LINES = 20
USUAL: Mapping[str, str] = {
    "each": "5", "blind": "1", "years_back": "3", "mark_days": "10", "notice_days": "5",
    "award-name-1": "一等成果", "award-most-1": "3", "award-name-2": "二等成果", "award-most-2": "6",
    "award-name-3": "三等成果", "award-most-3": "10",
    "rubric": "\n".join(" ".join(line) for line in LINES),
}  # fmt: skip
"""What a new round's form says before anybody typed: the usual sheet, five reviewers, blind."""

SECTIONS: Mapping[str, str] = {one.code: one.label for kind in KINDS.values() for one in kind.sections}
_CODE = re.compile(r"[A-Z][A-Z0-9]{0,7}")


class ReviewDraft(msgspec.Struct, frozen=True):
    """A round that is being prepared."""

    name: str
    year: int
    list_until: date | None
    rules: ReviewRules


class Channel(msgspec.Struct, frozen=True):
    """A union that may get places."""

    id: int
    name: str


def read_review(
    values: Mapping[str, str], sections: Sequence[str], level: Level, year: int, channels: Sequence[Channel]
) -> tuple[ReviewDraft | None, list[Problem]]:
    """What was typed, gaps and all; None where something cannot be read."""
    problems: list[Problem] = []
    name = " ".join(values.get("name", "").split())
    if not name or len(name) > LONGEST_NAME:
        problems.append(Problem("review_name", "name", {"most": str(LONGEST_NAME)}))
    each, years, mark_days, notice_days = (
        _whole(values.get(field, ""), field, problems) for field in ("each", "years_back", "mark_days", "notice_days")
    )
    lines = _lines(values.get("rubric", ""), problems)
    awards = _awards(values, problems)
    places = [
        Places(one.id, one.name, count)
        for one in channels
        if values.get(f"places-{one.id}", "").strip()
        and (count := _whole(values[f"places-{one.id}"], f"places-{one.id}", problems))
    ]
    until = _day(values.get("list_until", ""), problems)
    if problems:
        return None, problems
    rules = ReviewRules(
        level=level, each=each, rubric=rubric_of(lines, each, name), awards=tuple(awards), places=tuple(places),
        blind=bool(values.get("blind")), same_city=bool(values.get("same_city")), years_back=years,
        mark_days=mark_days, notice_days=notice_days,
        sections=tuple(code for code in SECTIONS if code in sections) if set(sections) != set(SECTIONS) else (),
    )  # fmt: skip
    return ReviewDraft(name, year, until, rules), []


def freezing_problems(draft: ReviewDraft, today: date) -> list[Problem]:
    """Everything that must be mended before the rules can be frozen."""
    problems = []
    if draft.list_until is None or draft.list_until < today:
        problems.append(Problem("review_list_until", "list_until"))
    return problems + rules_problems(draft.rules)


def typed(draft: ReviewDraft) -> dict[str, str]:
    """A draft as the form shows it; `sections` apart, for it has several values."""
    rules = draft.rules
    values = {
        "name": draft.name, "list_until": draft.list_until.isoformat() if draft.list_until else "",
        "each": str(rules.each), "rubric": rubric_text(rules.rubric), "blind": "1" if rules.blind else "",
        "same_city": "1" if rules.same_city else "", "years_back": str(rules.years_back),
        "mark_days": str(rules.mark_days), "notice_days": str(rules.notice_days),
    }  # fmt: skip
    for place, one in enumerate(rules.awards, 1):
        values |= {
            f"award-name-{place}": one.name,
            f"award-most-{place}": str(one.most),
            f"award-title-{place}": one.title,
        }
    return values | {f"places-{one.organisation}": str(one.places) for one in rules.places}


def rubric_text(rubric: str) -> str:
    """The lines of a rubric as they are typed, also of one that cannot be used yet: a draft keeps what was typed."""
    aspects = [one for module in json.loads(rubric)["modules"] for one in module["aspects"]]
    return "\n".join(f"{one['code']} {one['name']} {one['max']}" for one in aspects)


def _whole(text: str, field: str, problems: list[Problem]) -> int:
    text = _narrow(text).strip()
    if not (text.isascii() and text.isdecimal() and len(text) <= 3):
        problems.append(Problem("review_whole", field))
        return 0
    return int(text)


def _narrow(text: str) -> str:
    """Full-width digits and letters as ordinary ones."""
    return unicodedata.normalize("NFKC", text)


def _lines(text: str, problems: list[Problem]) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    for place, line in enumerate(filter(None, map(str.strip, text.splitlines())), 1):
        parts = line.split()
        parts = [_narrow(parts[0]), *parts[1:-1], _narrow(parts[-1])]  # a name stays as it was typed
        fits = len(parts) >= 3 and _CODE.fullmatch(parts[0]) and parts[-1].isascii() and parts[-1].isdecimal()
        if not fits or int(parts[-1][:6]) == 0 or parts[0] in {code for code, _, _ in found}:
            problems.append(Problem("review_rubric_line", "rubric", {"line": str(place)}))
        else:
            found.append((parts[0], " ".join(parts[1:-1]), parts[-1]))
    if not found and not any(one.field == "rubric" for one in problems):
        problems.append(Problem("review_rubric_empty", "rubric"))
    if len(found) > MOST_LINES:
        problems.append(Problem("review_rubric_long", "rubric", {"most": str(MOST_LINES)}))
    return found


def _awards(values: Mapping[str, str], problems: list[Problem]) -> list[Award]:
    found = []
    for place in range(1, AWARDS + 1):
        name = " ".join(values.get(f"award-name-{place}", "").split())
        if name:
            most = _whole(values.get(f"award-most-{place}", ""), f"award-most-{place}", problems)
            found.append(Award(f"award{place}", name, most, values.get(f"award-title-{place}", "").strip()))
        elif any(values.get(f"award-{what}-{place}", "").strip() for what in ("most", "title")):
            problems.append(Problem("review_award_nameless", f"award-name-{place}"))
    return found


def _day(text: str, problems: list[Problem]) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        problems.append(Problem("review_day", "list_until"))
        return None
