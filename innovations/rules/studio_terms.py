"""Whether a studio may be named for a further term (复核), or at a higher level, and what is at risk. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta

from foundation.base.problem import Problem
from innovations.rules.review_rules import Level
from innovations.rules.studios import Facts, Stage, Standards, Verdict, name_at_risk, term_end, unmet

RENEWABLE = timedelta(days=180)
"""How long before its last day a term may be renewed (custom)."""


LONGEST_DOCUMENT = 60


def document_problems(document: str, on: date | None, today: date) -> list[Problem]:
    """What is wrong with the number and day of a document by which something is named; None for an unreadable day."""
    problems = [] if document else [Problem("studio_document_empty", "document")]
    if len(document) > LONGEST_DOCUMENT:
        problems.append(Problem("studio_long", "document", {"most": str(LONGEST_DOCUMENT)}))
    if on is not None and on > today:
        problems.append(Problem("studio_day_to_come", "on"))
    return problems


def renewal_problems(  # noqa: PLR0917 - a word on a term is all of these
    standards: Standards,
    facts: Facts,
    years: Mapping[int, Verdict | None],
    stage: Stage,
    named_on: date | None,
    named_until: date | None,
    today: date,
) -> list[Problem]:
    """Everything that speaks against a further term today, the standards of its call included."""
    if stage not in {Stage.NAMED, Stage.LAPSED} or named_on is None or named_until is None:
        return [Problem("studio_step_late")]
    problems = []
    if stage is Stage.NAMED and today < named_until - RENEWABLE:
        day = (named_until - RENEWABLE).isoformat()
        problems.append(Problem("studio_renewal_early", "", {"day": day}))
    if risky := name_at_risk(standards, years, named_on.year, min(today, named_until).year):
        problems.append(Problem("studio_at_risk", "", {"years": "、".join(map(str, risky))}))
    return problems + unmet(standards, facts, today)


def rise_problems(stage: Stage, level: Level | None, asked: Level) -> list[Problem]:
    """Why a studio cannot go on under a call of a level: it bears or bore no name, or one of that level already."""
    if stage not in {Stage.NAMED, Stage.LAPSED} or level is None:
        return [Problem("studio_step_late")]
    levels = list(Level)  # from below
    return [] if levels.index(asked) > levels.index(level) else [Problem("studio_rise_level", "round")]


def next_term(stage: Stage, named_until: date, on: date, term: int) -> tuple[date, date]:
    """First and last day of a further term: it follows the last one without a gap, or begins with the document where
    the name has lapsed meanwhile."""
    since = named_until + timedelta(days=1) if stage is Stage.NAMED else max(on, named_until + timedelta(days=1))
    return since, term_end(since, term)
