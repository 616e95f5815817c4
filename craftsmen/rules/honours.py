"""Honours (荣誉称号): their words, stages and partial dates, and what a new one must be. Pure.

Which verb belongs to a title is the title's custom (授予, 命名, 认定, 发布, 选树); 表彰 is none of them, for it is a
controlled word. Knows no table: `honours.py` writes what is found right here.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from foundation.base.problem import N_, Problem


class Verb(StrEnum):
    """How a title is given."""

    CONFER = "confer"  # 授予
    NAME = "name"  # 命名
    RECOGNISE = "recognise"  # 认定
    RELEASE = "release"  # 发布
    SELECT = "select"  # 选树


class Holder(StrEnum):
    """Who can hold a title."""

    PERSON = "person"
    TEAM = "team"


class Family(StrEnum):
    """What kind of title it is: where it stands among others on pages."""

    CRAFTSMAN = "craftsman"  # 工匠
    MEDAL = "medal"  # 五一劳动奖章, 奖状
    SKILL_LEADER = "skill_leader"  # 技能带头人
    TEAM = "team"  # 工人先锋号
    CONTEST = "contest"  # 技术能手
    INNOVATION = "innovation"  # 五小成果
    OTHER = "other"


class Stage(StrEnum):
    """Where an honour stands. Nothing but the third to the fifth was ever seen by the public."""

    PROPOSED = "proposed"  # 拟命名
    DECLINED = "declined"  # proposed, and never conferred
    CONFERRED = "conferred"  # 已授予
    REVOKED = "revoked"  # 撤销
    RENOUNCED = "renounced"  # given back by its holder
    UNDONE = "undone"  # of a list that was registered by mistake: never an honour


STEPS: Mapping[tuple[str, Stage], Stage] = {
    ("confer", Stage.PROPOSED): Stage.CONFERRED,
    ("decline", Stage.PROPOSED): Stage.DECLINED,
    ("correct", Stage.CONFERRED): Stage.CONFERRED,
    ("revoke", Stage.CONFERRED): Stage.REVOKED,
    ("renounce", Stage.CONFERRED): Stage.RENOUNCED,
    ("restore", Stage.REVOKED): Stage.CONFERRED,  # the decision was itself found wrong
    ("restore", Stage.RENOUNCED): Stage.CONFERRED,
    ("undo", Stage.CONFERRED): Stage.UNDONE,
}
SHOWN = frozenset({Stage.CONFERRED, Stage.REVOKED, Stage.RENOUNCED})
"""What stands in the public register, the last two as a tombstone."""


def after(step: str, stage: Stage) -> Stage | None:
    """The stage that `step` leads to from `stage`, or None where it may not be taken."""
    return STEPS.get((step, stage))


VERBS: Mapping[str, str] = {
    Verb.CONFER: N_("confer (授予)"),
    Verb.NAME: N_("name (命名)"),
    Verb.RECOGNISE: N_("recognise (认定)"),
    Verb.RELEASE: N_("announce (发布)"),
    Verb.SELECT: N_("choose and foster (选树)"),
}
DONE: Mapping[str, str] = {  # as a page says what was done, with the body before it
    Verb.CONFER: N_("conferred by %(body)s"),
    Verb.NAME: N_("named by %(body)s"),
    Verb.RECOGNISE: N_("recognised by %(body)s"),
    Verb.RELEASE: N_("announced by %(body)s"),
    Verb.SELECT: N_("chosen by %(body)s"),
}
HOLDERS: Mapping[str, str] = {Holder.PERSON: N_("person"), Holder.TEAM: N_("team")}
FAMILIES: Mapping[str, str] = {
    Family.CRAFTSMAN: N_("craftsmen"),
    Family.MEDAL: N_("May-1 medals and awards"),
    Family.SKILL_LEADER: N_("skill leaders"),
    Family.TEAM: N_("teams"),
    Family.CONTEST: N_("titles from contests"),
    Family.INNOVATION: N_("titles for innovations"),
    Family.OTHER: N_("other titles"),
}
STAGES: Mapping[str, str] = {
    Stage.PROPOSED: N_("proposed"),
    Stage.DECLINED: N_("not conferred"),
    Stage.CONFERRED: N_("conferred"),
    Stage.REVOKED: N_("revoked"),
    Stage.RENOUNCED: N_("given back"),
    Stage.UNDONE: N_("registered by mistake"),
}

FIRST_YEAR, LAST_YEAR = 1949, 2099
MOST_EDITION = 200
MOST_MEMBERS = 200
LENGTHS: Mapping[str, int] = {
    "name": 100, "unit_name": 200, "occupation": 64, "occupation_code": 16, "body": 200, "document": 60,
    "source": 100, "source_key": 120,
}  # fmt: skip
LONGEST_MEMBER = 64
LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day as far as it is known: of past years often the year alone."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def text(self) -> str:
        """2026, 2026-05 or 2026-05-01."""
        parts = (f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None))
        return "-".join(parts)

    @property
    def first_day(self) -> date:
        """The first day that it may mean."""
        return date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        return cls(day.year, day.month, day.day)


_WRITTEN = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?|年(?:(\d{1,2})月(?:(\d{1,2})[日号])?)?)?")
_POINTS = re.compile(r"(\d{4})\.(\d{1,2})(?:\.(\d{1,2}))?")


def read_partial_date(text: str, field: str, today: date | None = None) -> tuple[PartialDate | None, list[Problem]]:
    """2026, 2026-05, 2026/5/1, 2026年5月, 2026.05.01; None where nothing was typed.

    2025.1 is asked about: a spreadsheet writes 2025.10 like that. With `today`, nothing later is taken.
    """
    text = unicodedata.normalize("NFKC", text).replace(" ", "")
    if not text:
        return None, []
    pointed = _POINTS.fullmatch(text)
    if pointed and pointed[2] == "1" and pointed[3] is None:
        return None, [Problem("honour_date_ambiguous", field, {"text": text})]
    found = pointed or _WRITTEN.fullmatch(text)
    numbers = [int(part) for part in found.groups() if part] if found else []
    if not numbers or not FIRST_YEAR <= numbers[0] <= LAST_YEAR:
        return None, [Problem("honour_date_wrong", field)]
    read = PartialDate(*numbers)
    if problem := date_problem(read, field, today):
        return None, [problem]
    return read, []


def date_problem(on: PartialDate, field: str, today: date | None = None) -> Problem | None:
    """Why this can be no day: there is none like it, or it is still to come."""
    if not FIRST_YEAR <= on.year <= LAST_YEAR or (on.day is not None and on.month is None):
        return Problem("honour_date_wrong", field)
    try:
        first = on.first_day
    except ValueError:  # no such month, no such day in it
        return Problem("honour_date_wrong", field)
    if today is not None and first > today:
        return Problem("honour_date_future", field)
    return None


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a team; `worker` is their id where the registry has them."""

    name: str
    worker: int | None = None


@dataclass(frozen=True, slots=True)
class HonourDraft:
    """A title for somebody, as a round, a contest, an innovation or a list proposes it.

    With `worker`, what is left empty of name, gender, unit and occupation is taken from the worker's record; with
    `unit`, city and county follow from where it stands. `source` says where it comes from (round:2026-1), and
    `source_key` makes a second push of the same thing known (round:2026-1:nomination:17).
    """

    title: str  # code
    year: int
    name: str = ""
    worker: int | None = None
    unit: int | None = None
    unit_name: str = ""
    city: int | None = None
    county: int | None = None
    recommender: int | None = None  # the channel; by default the city, industry union or new area of the unit
    gender: str = ""
    industry: str = ""
    occupation: str = ""
    occupation_code: str = ""
    edition: int | None = None
    body: str = ""  # by default the title's
    posthumous: bool = False
    members: tuple[Member, ...] = ()
    source: str = ""
    source_key: str = ""
    honour_list: int | None = None  # with which it becomes visible


def draft_problems(draft: HonourDraft, holder: Holder) -> list[Problem]:
    """Everything that is wrong with a draft whose gaps are filled already; problems name its fields."""
    problems = [] if draft.name.strip() else [Problem("honour_name_empty", "name")]
    problems += [
        Problem("honour_text_long", name, {"most": str(most)})
        for name, most in LENGTHS.items()
        if len(getattr(draft, name, "")) > most
    ]
    if not FIRST_YEAR <= draft.year <= LAST_YEAR:
        problems.append(Problem("honour_date_wrong", "year"))
    if draft.edition is not None and not 1 <= draft.edition <= MOST_EDITION:
        problems.append(Problem("honour_edition_wrong", "edition", {"most": str(MOST_EDITION)}))
    if draft.gender not in ("", "female", "male"):
        problems.append(Problem("honour_gender_unknown", "gender"))
    if holder is Holder.TEAM and draft.worker is not None:
        problems.append(Problem("honour_for_team", "name"))
    if holder is Holder.PERSON and draft.members:
        problems.append(Problem("honour_for_person", "members"))
    if len(draft.members) > MOST_MEMBERS:
        problems.append(Problem("honour_members_many", "members", {"most": str(MOST_MEMBERS)}))
    if any(not one.name.strip() or len(one.name) > LONGEST_MEMBER for one in draft.members):
        problems.append(Problem("honour_member_name", "members", {"most": str(LONGEST_MEMBER)}))
    return problems


def reason_problems(public_reason: str, internal_reason: str) -> list[Problem]:
    """What is wrong with the two reasons of a change: the one everyone reads, and the one for the files."""
    problems = []
    for field, text in (("public_reason", public_reason), ("reason", internal_reason)):
        if not text.strip():
            problems.append(Problem(f"honour_{field}_empty", field))
        elif len(text) > LONGEST_REASON:
            problems.append(Problem("honour_text_long", field, {"most": str(LONGEST_REASON)}))
    return problems
