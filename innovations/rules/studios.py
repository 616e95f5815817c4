"""Innovation studios (劳模(工匠)创新工作室): the way of one, its standards as data, and how a year is assessed. Pure.

The standards are those seen in RULES.md: led by somebody with a title or medal, three years or more at work, a fixed
place, topics, funds and rules, results to show; elsewhere three results, two trainings a year, three members upgraded.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

import msgspec

from foundation.base.problem import N_, Problem


class Stage(StrEnum):
    """Where a studio stands."""

    DRAFT = "draft"  # being applied for
    APPLIED = "applied"  # with its channel
    RECOMMENDED = "recommended"  # on the channel's ranked list
    NOTICE = "notice"  # 公示
    NAMED = "named"  # 命名
    NOT_NAMED = "not_named"
    LAPSED = "lapsed"  # its term ended without a renewal
    ENDED = "ended"  # 摘牌
    WITHDRAWN = "withdrawn"
    RISEN = "risen"  # of an application of a studio that had a name: that studio is named at the higher level


STAGES: Mapping[Stage, str] = {
    Stage.DRAFT: N_("draft of the unit"),
    Stage.APPLIED: N_("applied for"),
    Stage.RECOMMENDED: N_("recommended"),
    Stage.NOTICE: N_("on public notice"),
    Stage.NAMED: N_("bears its name"),
    Stage.NOT_NAMED: N_("not named this time"),
    Stage.LAPSED: N_("term ended"),
    Stage.ENDED: N_("name withdrawn"),
    Stage.WITHDRAWN: N_("withdrawn by the unit"),
    Stage.RISEN: N_("named at the higher level"),
}

LIVING = (Stage.DRAFT, Stage.APPLIED, Stage.RECOMMENDED, Stage.NOTICE, Stage.NAMED, Stage.LAPSED)
"""While it has members and takes results: what ended may be read, and grows no more."""

STEPS: Mapping[tuple[str, Stage], Stage] = {
    ("apply", Stage.DRAFT): Stage.APPLIED,
    ("return", Stage.APPLIED): Stage.DRAFT,
    ("recommend", Stage.APPLIED): Stage.RECOMMENDED,
    ("take_off", Stage.RECOMMENDED): Stage.APPLIED,
    ("not_name", Stage.APPLIED): Stage.NOT_NAMED,
    ("open_notice", Stage.RECOMMENDED): Stage.NOTICE,
    ("not_name", Stage.RECOMMENDED): Stage.NOT_NAMED,
    ("not_name", Stage.NOTICE): Stage.NOT_NAMED,  # an accepted objection
    ("choose_again", Stage.NOTICE): Stage.RECOMMENDED,  # its notice was stopped, or told otherwise
    ("name", Stage.NOTICE): Stage.NAMED,
    ("rise", Stage.NOTICE): Stage.RISEN,
    ("rise", Stage.NAMED): Stage.NAMED,
    ("rise", Stage.LAPSED): Stage.NAMED,
    ("renew", Stage.NAMED): Stage.NAMED,
    ("renew", Stage.LAPSED): Stage.NAMED,
    ("lapse", Stage.NAMED): Stage.LAPSED,
    ("end", Stage.NAMED): Stage.ENDED,
    ("end", Stage.LAPSED): Stage.ENDED,
    ("withdraw", Stage.DRAFT): Stage.WITHDRAWN,
    ("withdraw", Stage.APPLIED): Stage.WITHDRAWN,
}


class Standards(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a call asks of a studio; 0 asks nothing. `term` is for how many years it is named."""

    titled_leader: bool = True
    years: int = 3
    results: int = 3
    trainings: int = 2  # a year
    upgraded: int = 3  # members who rose a skill grade
    fund: int = 0  # fen a year, at least
    place: bool = True
    rules: bool = True
    term: int = 3
    most_unassessed: int = 1  # years without an assessment, or below the standard, before the name is withdrawn


class Facts(msgspec.Struct, frozen=True):
    """What a studio shows: counted by the registry where it can (results, honours), else stated by its unit."""

    leader_titles: int
    founded_on: date
    results: int
    trainings: int
    upgraded: int
    fund: int  # fen a year
    place: str
    rules: str
    topics: tuple[str, ...]


def unmet(standards: Standards, facts: Facts, on: date) -> list[Problem]:
    """Every standard that a studio does not meet on a day, with what is asked and what there is."""
    problems = []
    if standards.titled_leader and not facts.leader_titles:
        problems.append(Problem("studio_leader_title", "leader"))
    if (had := full_years(facts.founded_on, on)) < standards.years:
        problems.append(_below("studio_years", "founded_on", standards.years, had))
    for code in ("results", "trainings", "upgraded", "fund"):
        asked, has = getattr(standards, code), getattr(facts, code)
        if has < asked:
            problems.append(_below(f"studio_{code}", code, asked, has))
    for code in ("place", "rules"):
        if getattr(standards, code) and not getattr(facts, code).strip():
            problems.append(Problem(f"studio_{code}_empty", code))
    if not any(one.strip() for one in facts.topics):
        problems.append(Problem("studio_topics_empty", "topics"))
    return problems


def full_years(since: date, on: date) -> int:
    """How many whole years lie between two days; 0 where the first is later."""
    return max(0, on.year - since.year - ((on.month, on.day) < (since.month, since.day)))


class Verdict(StrEnum):
    """How a year was."""

    EXCELLENT = "excellent"
    GOOD = "good"
    MEND = "mend"  # to be mended within the year
    BELOW = "below"


VERDICTS: Mapping[Verdict, str] = {
    Verdict.EXCELLENT: N_("excellent"),
    Verdict.GOOD: N_("up to standard"),
    Verdict.MEND: N_("to be mended within the year"),
    Verdict.BELOW: N_("below standard"),
}


class Year(msgspec.Struct, frozen=True):
    """What a studio reports of a year; `fund` in fen."""

    results: int
    trainings: int
    upgraded: int
    fund: int


def year_gaps(standards: Standards, year: Year) -> list[Problem]:
    """What of a year stays below the yearly standards: trainings and funds; results are counted over a term."""
    return [
        _below(f"studio_{code}", code, asked, has)
        for code in ("trainings", "fund")
        if (has := getattr(year, code)) < (asked := getattr(standards, code))
    ]


def name_at_risk(standards: Standards, years: Mapping[int, Verdict | None], named: int, this_year: int) -> list[int]:
    """The years since its naming that were below the standard or not assessed, where they are more than allowed."""
    bad = [year for year in range(named, this_year) if years.get(year) in {None, Verdict.BELOW}]
    return bad if len(bad) > standards.most_unassessed else []


def term_end(named_on: date, term: int) -> date:
    """The last day of a term of whole years: the day before its anniversary (of a 29th of February, the 28th)."""
    try:
        anniversary = named_on.replace(year=named_on.year + term)
    except ValueError:
        return date(named_on.year + term, 2, 28)
    return date.fromordinal(anniversary.toordinal() - 1)


def after(step: str, stage: Stage) -> Stage | Problem:
    """The stage after a step, or why it cannot be taken now."""
    return STEPS.get((step, stage)) or Problem("studio_step_late")


def list_problems(places: int, ranked: Sequence[str]) -> list[Problem]:
    """Why a channel's list cannot be handed in: empty, or longer than its places."""
    if not ranked:
        return [Problem("studio_list_empty")]
    if len(ranked) > places:
        return [Problem("studio_list_places", "", {"places": str(places), "count": str(len(ranked))})]
    return []


def _below(code: str, field: str, asked: int, has: int) -> Problem:
    return Problem(code, field, {"asked": str(asked), "has": str(has)})
