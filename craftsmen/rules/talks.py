"""Talks of craftsmen (宣讲): where they go, how a booking is answered, and how an audience is counted. Pure.

An audience is counted in 人次: who comes twice is counted twice, so that sums over talks mean something; it is
never a number of persons. A speaker is at one place at a time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from craftsmen.rules.apprenticeships import read_day
from foundation.base.problem import N_, Problem

LONGEST = timedelta(hours=12)
FARTHEST = timedelta(days=366)
MOST_AUDIENCE = 10_000_000  # 人次; one talk on the network has had millions
LENGTHS = {"topic": 200, "place": 200, "host_name": 200, "contact": 200}
FIELDS = ("kind", "topic", "place", "host_name", "on", "from", "until", "expected", "contact")
LONGEST_REASON = 500


class Kind(StrEnum):
    """Where a talk goes (宣讲进……)."""

    ENTERPRISE = "enterprise"
    OFFICE = "office"
    CAMPUS = "campus"
    VILLAGE = "village"
    COMMUNITY = "community"
    ONLINE = "online"


KINDS: Mapping[str, str] = {
    Kind.ENTERPRISE: N_("into an enterprise"),
    Kind.OFFICE: N_("into an office"),
    Kind.CAMPUS: N_("onto a campus"),
    Kind.VILLAGE: N_("into a township"),
    Kind.COMMUNITY: N_("into a community"),
    Kind.ONLINE: N_("onto the network"),
}


class Stage(StrEnum):
    """Where a booking stands."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    HELD = "held"
    CANCELLED = "cancelled"


STAGES: Mapping[str, str] = {
    Stage.ASKED: N_("asked for"),
    Stage.AGREED: N_("agreed"),
    Stage.REFUSED: N_("refused"),
    Stage.HELD: N_("held"),
    Stage.CANCELLED: N_("called off"),
}
STEPS = {
    ("agree", Stage.ASKED): Stage.AGREED,
    ("refuse", Stage.ASKED): Stage.REFUSED,
    ("cancel", Stage.ASKED): Stage.CANCELLED,
    ("cancel", Stage.AGREED): Stage.CANCELLED,
    ("hold", Stage.AGREED): Stage.HELD,
}


@dataclass(frozen=True, slots=True)
class TalkDraft:
    """What is asked for. `expected` is 人次; times are aware."""

    kind: Kind
    topic: str
    place: str
    host_name: str
    starts_at: datetime
    ends_at: datetime
    expected: int
    contact: str


def after(step: str, stage: Stage) -> Stage | None:
    """The stage that a step leads to; None where it cannot be taken."""
    return STEPS.get((step, stage))


def read_talk(values: Mapping[str, str], zone: tzinfo, now: datetime) -> tuple[TalkDraft | None, list[Problem]]:
    """A booking from its form, or everything that is wrong with it."""
    texts = {field: " ".join(values.get(field, "").split()) for field in LENGTHS}
    problems = [Problem(f"talk_{field}_empty", field) for field in ("topic", "place", "contact") if not texts[field]]
    problems += [
        Problem("guild_long", field, {"most": str(LENGTHS[field])})
        for field, text in texts.items()
        if len(text) > LENGTHS[field]
    ]
    kind = values.get("kind", "")
    if kind not in KINDS:
        problems.append(Problem("talk_kind", "kind"))
    expected, wrong = read_audience(values.get("expected", ""), "expected")
    problems += wrong
    hours, wrong = _hours(values, zone, now)
    problems += wrong
    if problems or hours is None or expected is None:
        return None, problems
    return TalkDraft(Kind(kind), starts_at=hours[0], ends_at=hours[1], expected=expected, **texts), []


def read_audience(text: str, field: str) -> tuple[int | None, list[Problem]]:
    """A count in 人次, at least 1."""
    text = text.strip().removesuffix("人次").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 9) or not 0 < int(text) <= MOST_AUDIENCE:
        return None, [Problem("talk_audience", field, {"most": str(MOST_AUDIENCE)})]
    return int(text), []


def _hours(
    values: Mapping[str, str], zone: tzinfo, now: datetime
) -> tuple[tuple[datetime, datetime] | None, list[Problem]]:
    day, problems = read_day(values.get("on", ""), "on")
    begins, wrong = _time(values.get("from", ""), "from")
    ends, wrong_end = _time(values.get("until", ""), "until")
    problems += [*wrong, *wrong_end]
    if day is None or begins is None or ends is None:
        return None, problems
    starts_at, ends_at = datetime.combine(day, begins, zone), datetime.combine(day, ends, zone)
    if ends_at <= starts_at:
        return None, [Problem("talk_hours_order", "until")]
    if ends_at - starts_at > LONGEST:
        return None, [Problem("talk_hours_long", "until", {"most": str(LONGEST // timedelta(hours=1))})]
    if starts_at <= now:
        return None, [Problem("talk_past", "on")]
    if starts_at > now + FARTHEST:
        return None, [Problem("talk_far", "on")]
    return (starts_at, ends_at), []


def _time(text: str, field: str) -> tuple[time | None, list[Problem]]:
    try:
        read = time.fromisoformat(text.strip())
    except ValueError:
        return None, [Problem("talk_time", field)]
    return (read, []) if read.tzinfo is None else (None, [Problem("talk_time", field)])


def overlapping(starts_at: datetime, ends_at: datetime, others: Iterable[tuple[datetime, datetime]]) -> bool:
    """Whether these hours meet any of the others; one talk may begin the minute another ends."""
    return any(starts_at < other_end and other_start < ends_at for other_start, other_end in others)


def reason_problems(reason: str) -> list[Problem]:
    """What is wrong with the words for a refusal or for calling off."""
    if not reason.strip():
        return [Problem("talk_reason_empty", "reason")]
    if len(reason) > LONGEST_REASON:
        return [Problem("guild_long", "reason", {"most": str(LONGEST_REASON)})]
    return []


@dataclass(frozen=True, slots=True)
class Total:
    """Talks of one kind in one year: how many were held (场), and their audience (人次)."""

    year: int
    kind: Kind
    talks: int
    audience: int


def totals(held: Iterable[tuple[date, str, int]]) -> list[Total]:
    """The sums by year, the newest first, and by kind in their order, of (day, kind, audience)."""
    found: dict[tuple[int, str], tuple[int, int]] = {}
    for day, kind, audience in held:
        talks, people = found.get((day.year, kind), (0, 0))
        found[day.year, kind] = (talks + 1, people + audience)
    years = sorted({year for year, _ in found}, reverse=True)
    return [Total(year, kind, *found[year, kind]) for year in years for kind in Kind if (year, kind) in found]
