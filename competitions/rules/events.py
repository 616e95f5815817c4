"""What a competition, a contest and its settings must be: typed text in, frozen drafts or problems out. Pure.

Problems name the form's own fields. Nothing is half accepted: a draft comes out only where there is no problem.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from competitions.rules.levels import Level
from foundation.base.problem import Problem

COMPETITION_FIELDS = (
    "title", "year", "level", "organisers", "hosts", "co_hosts", "place", "starts_on", "ends_on",
)  # fmt: skip
CONTEST_FIELDS = ("title", "occupation", "occupation_code", "groups")
SETTING_FIELDS = ("names_shown", "awarded_places", "totals_shown", "why_public", "bundle_public")

NAMES_SHOWN = ("awarded", "all", "nobody")
TOTALS_SHOWN = ("awarded", "all")
FIRST_YEAR, LAST_YEAR = 2000, 2099
MOST_GROUPS = 20
MOST_AWARDED = 500

_CODE = re.compile(r"[1-8]-\d{2}-\d{2}-\d{2}")
_DASHES = re.compile(r"[‐‑‒–—―−－_]")


@dataclass(frozen=True, slots=True)
class CompetitionDraft:
    """A competition as somebody filled it in, found right."""

    title: str
    year: int
    level: Level
    organisers: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    co_hosts: tuple[str, ...] = ()
    place: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class ContestDraft:
    """A contest's own facts, found right."""

    title: str
    occupation: str
    occupation_code: str = ""
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SettingsDraft:
    """Who sees what of the results (DESIGN.md: a setting of each contest; these are the defaults)."""

    names_shown: str = "awarded"
    awarded_places: int = 6
    totals_shown: str = "awarded"
    why_public: bool = False
    bundle_public: bool = False


def read_competition(typed: Mapping[str, str]) -> tuple[CompetitionDraft | None, list[Problem]]:
    """Read a competition's form. `organisers`, `hosts` and `co_hosts` hold one unit a line."""
    problems = [
        *_text("title", typed, 200, required="competition_title_empty"),
        *_text("place", typed, 200),
        *(problem for name in ("organisers", "hosts", "co_hosts") for problem in _units(name, typed)),
    ]
    year = _whole(typed.get("year", ""))
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        problems.append(Problem("year_wrong", "year", {"year": typed.get("year", "")}))
    level = typed.get("level", "")
    if level not in tuple(Level):
        problems.append(Problem("level_missing", "level"))
    starts_on, ends_on = _date("starts_on", typed, problems), _date("ends_on", typed, problems)
    if starts_on and ends_on and ends_on < starts_on:
        problems.append(Problem("ends_before_start", "ends_on"))
    if problems:
        return None, problems
    draft = CompetitionDraft(
        title=typed["title"].strip(),
        year=year or 0,
        level=Level(level),
        organisers=split_lines(typed.get("organisers", "")),
        hosts=split_lines(typed.get("hosts", "")),
        co_hosts=split_lines(typed.get("co_hosts", "")),
        place=typed.get("place", "").strip(),
        starts_on=starts_on,
        ends_on=ends_on,
    )
    return draft, []


def read_contest(typed: Mapping[str, str]) -> tuple[ContestDraft | None, list[Problem]]:
    """Read a contest's facts. `groups` holds one group a line; empty ranks all together."""
    problems = [
        *_text("title", typed, 200, required="contest_title_empty"),
        *_text("occupation", typed, 100, required="occupation_empty"),
    ]
    code = occupation_code(typed.get("occupation_code", ""))
    if code and not _CODE.fullmatch(code):
        problems.append(Problem("occupation_code_form", "occupation_code", {"code": typed["occupation_code"]}))
    groups = split_lines(typed.get("groups", ""))
    problems += group_problems(groups)
    if problems:
        return None, problems
    return ContestDraft(typed["title"].strip(), typed["occupation"].strip(), code, groups), []


def occupation_code(text: str) -> str:
    """`６－18–02—04` is 6-18-02-04: whatever dash or width an office program made of it."""
    return _DASHES.sub("-", unicodedata.normalize("NFKC", text)).replace(" ", "")


def group_problems(groups: tuple[str, ...]) -> list[Problem]:
    """What is wrong with the names of groups."""
    problems = [Problem("group_long", "groups", {"group": group[:60]}) for group in groups if len(group) > 60]
    if len(groups) > MOST_GROUPS:
        problems.append(Problem("groups_many", "groups", {"most": str(MOST_GROUPS)}))
    seen: set[str] = set()
    for group in groups:
        folded = unicodedata.normalize("NFKC", group).casefold()
        if folded in seen:
            problems.append(Problem("group_twice", "groups", {"group": group}))
        seen.add(folded)
    return problems


def regrouping_problems(groups: tuple[str, ...], used: Iterable[str]) -> list[Problem]:
    """Entries stand in `used` groups: none of them may vanish, nor may the first appear under entries without one."""
    used = sorted(set(used))
    if groups and "" in used:
        return [Problem("entries_without_group", "groups")]
    return [Problem("group_in_use", "groups", {"group": group}) for group in used if group and group not in groups]


def read_settings(typed: Mapping[str, str]) -> tuple[SettingsDraft | None, list[Problem]]:
    """Read who sees what. A checkbox holds `yes` or nothing."""
    problems = []
    if typed.get("names_shown") not in NAMES_SHOWN:
        problems.append(Problem("names_shown_missing", "names_shown"))
    if typed.get("totals_shown") not in TOTALS_SHOWN:
        problems.append(Problem("totals_shown_missing", "totals_shown"))
    places = _whole(typed.get("awarded_places", ""))
    if places is None or not 1 <= places <= MOST_AWARDED:
        problems.append(Problem("awarded_places_wrong", "awarded_places", {"most": str(MOST_AWARDED)}))
    if problems:
        return None, problems
    draft = SettingsDraft(
        names_shown=typed["names_shown"],
        awarded_places=places or 0,
        totals_shown=typed["totals_shown"],
        why_public=typed.get("why_public") == "yes",
        bundle_public=typed.get("bundle_public") == "yes",
    )
    problems = settings_problems(draft)
    return (None, problems) if problems else (draft, [])


def settings_problems(settings: SettingsDraft) -> list[Problem]:
    """A bundle holds every mark of every work number, so it may be public only where totals and marks are."""
    if not settings.bundle_public:
        return []
    problems = []
    if settings.totals_shown != "all":
        problems.append(Problem("bundle_needs_totals", "totals_shown"))
    if not settings.why_public:
        problems.append(Problem("bundle_needs_why", "why_public"))
    return problems


def split_lines(text: str) -> tuple[str, ...]:
    """One item a line; blank lines and surrounding space do not count."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _text(name: str, typed: Mapping[str, str], most: int, required: str = "") -> list[Problem]:
    text = typed.get(name, "").strip()
    if not text and required:
        return [Problem(required, name)]
    return [Problem("text_long", name, {"most": str(most)})] if len(text) > most else []


def _units(name: str, typed: Mapping[str, str]) -> list[Problem]:
    units = split_lines(typed.get(name, ""))
    if len(units) > 50:
        return [Problem("units_many", name, {"most": "50"})]
    return [Problem("unit_long", name, {"unit": unit[:40]}) for unit in units if len(unit) > 200]


def _whole(text: str) -> int | None:
    digits = unicodedata.normalize("NFKC", text).strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 6 else None


def _date(name: str, typed: Mapping[str, str], problems: list[Problem]) -> date | None:
    text = unicodedata.normalize("NFKC", typed.get(name, "")).strip()
    if not text:
        return None
    match = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text)
    try:
        day = date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        day = None
    if day is None:
        problems.append(Problem("date_wrong", name, {"date": text[:40]}))
    return day
