"""What a circular and an announcement must be: typed text in, frozen drafts or problems out. Pure.

Problems name the form's fields. A draft may still lack things; what it needs before it leaves the desk is `unready`.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, tzinfo

from foundation.base.problem import Problem
from foundation.process.rules.document_numbers import folded_number, number_problems

CIRCULAR_FIELDS = (
    "title", "number", "text", "deadline_date", "deadline_time", "contact_name", "contact_phone", "addressed_under",
    "opens", "opens_label", "public",
)  # fmt: skip
ANNOUNCEMENT_FIELDS = ("title", "number", "text")
LONGEST = {"title": 200, "text": 30_000, "contact_name": 64, "contact_phone": 64, "opens_label": 200, "reason": 500}
DAY_ENDS = "23:59"

# What a reviewer may name when sending back -> the columns that are open again.
RETURNABLE: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "number": ("number",),
    "text": ("text",),
    "attachments": (),
    "deadline_date": ("deadline",),
    "contact_name": ("contact_name", "contact_phone"),
    "addressed_under": ("addressed_under", "addressed_kinds", "public"),
    "opens": ("opens", "opens_label"),
}
ANNOUNCEMENT_RETURNABLE = ("title", "number", "text", "attachments")

_OPENS = re.compile(r"[a-z_]{1,20}:[A-Za-z0-9._-]{1,90}")
_TIME = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")
_PHONE = re.compile(r"[0-9+()（）\-—、,，/ 转]{5,64}")


@dataclass(frozen=True, slots=True)
class AnnouncementDraft:
    """An announcement as it was typed, found well-formed."""

    title: str
    number: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class CircularDraft:
    """A circular as it was typed, found well-formed. `addressed_kinds`: ",city,county," or empty for any."""

    title: str
    number: str = ""
    text: str = ""
    deadline: datetime | None = None
    contact_name: str = ""
    contact_phone: str = ""
    addressed_under: int = 0
    addressed_kinds: str = ""
    opens: str = ""
    opens_label: str = ""
    public: bool = False


def read_announcement(typed: Mapping[str, str]) -> tuple[AnnouncementDraft | None, list[Problem]]:
    """Read an announcement's form."""
    number, problems = _common(typed)
    if problems:
        return None, problems
    return AnnouncementDraft(typed["title"].strip(), number, typed.get("text", "").strip("\n")), []


def read_circular(
    typed: Mapping[str, str], kinds: Sequence[str], known_kinds: Collection[str], zone: tzinfo
) -> tuple[CircularDraft | None, list[Problem]]:
    """Read a circular's form; `kinds` are those of organisations that were ticked, none for all."""
    number, problems = _common(typed)
    deadline = _deadline(typed, zone, problems)
    problems += [
        Problem("circular_text_long", name, {"most": str(LONGEST[name])})
        for name in ("contact_name", "contact_phone", "opens_label")
        if len(typed.get(name, "").strip()) > LONGEST[name]
    ]
    phone = unicodedata.normalize("NFKC", typed.get("contact_phone", "")).strip()
    if phone and len(phone) <= LONGEST["contact_phone"] and not _PHONE.fullmatch(phone):
        problems.append(Problem("circular_phone_form", "contact_phone", {"phone": typed["contact_phone"]}))
    under = typed.get("addressed_under", "").strip()
    if not under.isdecimal() or not under.isascii() or not 0 < int(under[:12]) < 2**31:
        problems.append(Problem("circular_addressee_missing", "addressed_under"))
    unknown = [kind for kind in kinds if kind not in known_kinds]
    problems += [Problem("circular_kind_unknown", "addressed_kinds", {"kind": kind[:40]}) for kind in unknown[:1]]
    opens, label = typed.get("opens", "").strip(), typed.get("opens_label", "").strip()
    if opens and not _OPENS.fullmatch(opens):
        problems.append(Problem("circular_opens_form", "opens", {"opens": opens[:100]}))
    elif opens and not label:
        problems.append(Problem("circular_opens_unnamed", "opens_label"))
    if problems:
        return None, problems
    return CircularDraft(
        title=typed["title"].strip(),
        number=number,
        text=typed.get("text", "").strip("\n"),
        deadline=deadline,
        contact_name=typed.get("contact_name", "").strip(),
        contact_phone=phone,
        addressed_under=int(under),
        addressed_kinds=f",{','.join(kind for kind in known_kinds if kind in kinds)}," if kinds else "",
        opens=opens,
        opens_label=label,
        public=typed.get("public", "") == "yes",
    ), []


def unready(typed: Mapping[str, object]) -> list[Problem]:
    """What a draft lacks before it can be handed in; `typed` are its columns."""
    missing = [] if str(typed.get("text", "")).strip() else [Problem("circular_text_empty", "text")]
    if "contact_name" in typed and not (typed["contact_name"] and typed["contact_phone"]):
        missing.append(Problem("circular_contact_missing", "contact_name"))
    return missing


def changed_fields(old: Mapping[str, object], new: CircularDraft | AnnouncementDraft) -> list[str]:
    """The returnable fields (see `RETURNABLE`) in which a draft differs from the row it replaces."""
    differs = {each.name for each in fields(new) if old[each.name] != getattr(new, each.name)}
    return [name for name, columns in RETURNABLE.items() if differs.intersection(columns)]


def _common(typed: Mapping[str, str]) -> tuple[str, list[Problem]]:
    problems = []
    if not typed.get("title", "").strip():
        problems.append(Problem("circular_title_empty", "title"))
    problems += [
        Problem("circular_text_long", name, {"most": str(LONGEST[name])})
        for name in ("title", "text")
        if len(typed.get(name, "").strip()) > LONGEST[name]
    ]
    number = folded_number(typed.get("number", "")[:200])
    return number, problems + (number_problems(number) if number else [])


def _deadline(typed: Mapping[str, str], zone: tzinfo, problems: list[Problem]) -> datetime | None:
    """A day, and a time of day that is the day's last minute where it is left empty."""
    day = unicodedata.normalize("NFKC", typed.get("deadline_date", "")).strip()
    clock = unicodedata.normalize("NFKC", typed.get("deadline_time", "")).strip()
    if not day:
        if clock:
            problems.append(Problem("circular_deadline_form", "deadline_date", {"date": ""}))
        return None
    try:
        on = date.fromisoformat(day)
    except ValueError:
        problems.append(Problem("circular_deadline_form", "deadline_date", {"date": day[:40]}))
        return None
    match = _TIME.fullmatch(clock or DAY_ENDS)
    if match is None or not 2000 <= on.year <= 2199:
        field = "deadline_time" if match is None else "deadline_date"
        problems.append(Problem("circular_deadline_form", field, {"date": f"{day} {clock}"[:40]}))
        return None
    return datetime.combine(on, time(int(match[1]), int(match[2])), zone).astimezone(UTC)
