"""What waits about studios: for a unit what was given back and what it must report, for a channel what it ranks, for
whoever named them years to assess, terms that end, names at risk."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from piccolo.columns.combination import And
from piccolo.query.functions.aggregate import Count

from foundation.base.clock import today
from foundation.base.problem import Problem
from foundation.people.permissions import Permission, permitted
from foundation.people.sessions import SignedIn
from foundation.work.todo import Todo
from innovations import studio_years, studios
from innovations.may_studios import KEEP_NAMED_STUDIOS, KEEP_STUDIOS, RANK_STUDIOS
from innovations.rules.studio_calls import RoundStage
from innovations.rules.studios import Stage
from innovations.studio_tables import Studio, StudioYear

SOON = timedelta(days=90)  # before the last day of a term
MOST = 5000  # named studios looked at for one desk: more than a province has

OWN, CHANNEL, NAMED = "/studios/own", "/studios/channel", "/studios/desk/named"


async def rows(user: SignedIn) -> Sequence[Todo]:
    """Everything that waits for the hat this person wears."""
    day = today()
    given_back = And(Studio.stage == Stage.DRAFT.value, Studio.note != "")
    ending = And(Studio.stage == Stage.NAMED.value, Studio.named_until < day + SOON)
    found = [
        ("todo_studios_back", await _count(user, KEEP_STUDIOS, given_back), OWN),
        ("todo_studios_report", await _to_report(user, day), OWN),
        ("todo_studios_rank", await _to_rank(user), CHANNEL),
        ("todo_studios_assess", await _to_assess(user), NAMED),
        ("todo_studios_risk", await _at_risk(user, day), NAMED),
        ("todo_studios_ending", await _count(user, KEEP_NAMED_STUDIOS, ending), NAMED),
    ]
    title = Problem("todo_studios_title")
    return [
        Todo(title, Problem(code, "", {"count": str(count)}), address, count, "proposal")
        for code, count, address in found
        if count
    ]


async def _count(user: SignedIn, permission: Permission, *conditions: Any) -> int:
    if not permission.possible(user):
        return 0
    query = Studio.select(Count(alias="number")).where(*conditions)
    return int((await permitted(query, permission, user))[0]["number"])


async def _to_report(user: SignedIn, today: date) -> int:
    if not KEEP_STUDIOS.possible(user):
        return 0
    query = Studio.select().where(Studio.stage.is_in([stage.value for stage in studio_years.REPORTS]))
    own = [studios.facts(row) for row in await permitted(query, KEEP_STUDIOS, user).limit(MOST)]
    return sum(map(len, (await studio_years.all_due(own, today)).values()))


async def _to_rank(user: SignedIn) -> int:
    return await _count(
        user, RANK_STUDIOS, Studio.stage == Stage.APPLIED.value, Studio.round.stage == RoundStage.OPEN.value
    )


async def _to_assess(user: SignedIn) -> int:
    if not KEEP_NAMED_STUDIOS.possible(user):
        return 0
    waiting = StudioYear.select(StudioYear.studio).where(StudioYear.verdict == "")
    return await _count(user, KEEP_NAMED_STUDIOS, Studio.id.is_in(waiting))


async def _at_risk(user: SignedIn, today: date) -> int:
    """In as many queries for many studios as for one."""
    if not KEEP_NAMED_STUDIOS.possible(user):
        return 0
    query = Studio.select().where(Studio.stage == Stage.NAMED.value, Studio.named_on < today.replace(month=1, day=1))
    found = [studios.facts(row) for row in await permitted(query, KEEP_NAMED_STUDIOS, user).limit(MOST)]
    return len(await studio_years.all_at_risk(found, today))
