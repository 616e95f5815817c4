"""What a contest and its competition are, as frozen values: the loaders that everybody shares.

Reads `Competition` and `Contest`, and who runs a competition; what a contest is marked by is `versions.py`. Knows
nothing of entries, seats or marks, and never of who a contestant is.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from piccolo.columns.combination import And, Or

from competitions.may import RUN_COMPETITIONS
from competitions.rules.levels import Level
from competitions.rules.stages import Stage
from competitions.tables import Competition, Contest
from foundation.base.problem import NotFound
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.store.locks import lock_row

# What is no address is not asked for: a NUL in it would be an error of PostgreSQL, not an empty answer.
_ADDRESS = re.compile(r"[0-9-]{1,40}")


@dataclass(frozen=True, slots=True)
class CompetitionFacts:
    """A competition (竞赛): the frame that its contests share."""

    id: int
    address: str
    title: str
    year: int
    level: Level
    place: str
    starts_on: date | None
    ends_on: date | None
    organisers: tuple[str, ...]
    hosts: tuple[str, ...]
    co_hosts: tuple[str, ...]
    organisation_id: int


@dataclass(frozen=True, slots=True)
class ContestFacts:
    """A contest (赛项), where it stands, and who may see what of its results."""

    id: int
    address: str
    title: str
    occupation: str
    occupation_code: str
    groups: tuple[str, ...]
    stage: Stage
    names_shown: str
    awarded_places: int
    totals_shown: str
    why_public: bool
    bundle_public: bool
    competition: CompetitionFacts


async def competition_by_address(address: str) -> CompetitionFacts | None:
    """The competition at this address."""
    if not _ADDRESS.fullmatch(address):
        return None
    row = await Competition.select().where(Competition.address == address).first()
    return competition_facts(row) if row else None


async def competition_for_organiser(user: SignedIn, address: str) -> CompetitionFacts:
    """The competition at this address if this user runs it; raises NotFound for strangers."""
    if not _ADDRESS.fullmatch(address):
        raise NotFound
    query = Competition.select().where(Competition.address == address).first()
    row = await permitted(query, RUN_COMPETITIONS, user)
    if row is None:
        raise NotFound
    return competition_facts(row)


async def competitions_of(user: SignedIn, limit: int, before: str = "") -> list[CompetitionFacts]:
    """At most `limit` competitions this user runs, the newest first; `before` is the address to go on from.

    Raises NotFound where `before` is nothing this user runs.
    """
    query = Competition.select().order_by(Competition.year, Competition.id, ascending=False)
    if before:
        query = query.where(older_than(await competition_for_organiser(user, before)))
    return [competition_facts(row) for row in await permitted(query, RUN_COMPETITIONS, user).limit(limit)]


def older_than(last: CompetitionFacts) -> Or:
    """The competitions that come after this one in lists, which begin with the newest."""
    return Or(Competition.year < last.year, And(Competition.year == last.year, Competition.id < last.id))


async def unpublished_of(user: SignedIn, limit: int) -> list[ContestFacts]:
    """The newest contests this user runs whose results are not published, in the order of their addresses."""
    running = permitted(Competition.select(Competition.id), RUN_COMPETITIONS, user)
    rows = (
        await Contest.select()
        .where(Contest.competition.is_in(running), Contest.stage != Stage.PUBLISHED.value)
        .order_by(Contest.id, ascending=False)
        .limit(limit)
    )
    return await _with_frames(rows[::-1])


async def with_draft_or_scheme(user: SignedIn, limit: int) -> list[ContestFacts]:
    """The newest contests this user runs that have a scheme, be it a draft, the newest first."""
    running = permitted(Competition.select(Competition.id), RUN_COMPETITIONS, user)
    rows = (
        await Contest.select()
        .where(Contest.competition.is_in(running), Contest.scheme != "")
        .order_by(Contest.id, ascending=False)
        .limit(limit)
    )
    return await _with_frames(rows)


async def contests_of(competitions: Iterable[CompetitionFacts]) -> list[ContestFacts]:
    """All contests of these competitions, in the order of their addresses."""
    frames = {competition.id: competition for competition in competitions}
    if not frames:
        return []
    rows = await Contest.select().where(Contest.competition.is_in(list(frames))).order_by(Contest.id)
    return [_contest(row, frames[row["competition"]]) for row in rows]


async def contest_by_address(address: str) -> ContestFacts | None:
    """The contest at this address."""
    if not _ADDRESS.fullmatch(address):
        return None
    return await _loaded(await Contest.select().where(Contest.address == address).first())


async def contest_for_organiser(user: SignedIn, address: str) -> ContestFacts:
    """The contest at this address if this user runs its competition; raises NotFound for strangers."""
    contest = await contest_by_address(address)
    if contest is None or not await may_run(user, contest.competition.id):
        raise NotFound
    return contest


async def may_run(user: SignedIn, competition_id: int) -> bool:
    """Whether this user runs the competition, under the hat they wear."""
    return await RUN_COMPETITIONS.allows(user, Competition.id == competition_id)


async def lock_contest(contest_id: int) -> ContestFacts:
    """The contest, its row locked until the transaction ends; only inside one. Raises NotFound."""
    await lock_row(Contest, contest_id)
    contest = await _loaded(await Contest.select().where(Contest.id == contest_id).first())
    if contest is None:
        raise NotFound
    return contest


def lines(text: str) -> tuple[str, ...]:
    """A column that holds one item a line."""
    return tuple(line for line in text.split("\n") if line)


async def _with_frames(rows: Sequence[Mapping[str, Any]]) -> list[ContestFacts]:
    """Rows of contests with their competitions, in the order given."""
    wanted = sorted({row["competition"] for row in rows})
    found = await Competition.select().where(Competition.id.is_in(wanted)) if wanted else []
    frames = {row["id"]: competition_facts(row) for row in found}
    return [_contest(row, frames[row["competition"]]) for row in rows]


async def _loaded(row: Mapping[str, Any] | None) -> ContestFacts | None:
    if row is None:
        return None
    frame = await Competition.select().where(Competition.id == row["competition"]).first()
    return _contest(row, competition_facts(frame)) if frame else None


def competition_facts(row: Mapping[str, Any]) -> CompetitionFacts:
    """A whole row of `Competition`."""
    return CompetitionFacts(
        id=row["id"],
        address=row["address"],
        title=row["title"],
        year=row["year"],
        level=Level(row["level"]),
        place=row["place"],
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        organisers=lines(row["organisers"]),
        hosts=lines(row["hosts"]),
        co_hosts=lines(row["co_hosts"]),
        organisation_id=row["organisation"],
    )


def _contest(row: Mapping[str, Any], competition: CompetitionFacts) -> ContestFacts:
    return ContestFacts(
        id=row["id"],
        address=row["address"],
        title=row["title"],
        occupation=row["occupation"],
        occupation_code=row["occupation_code"],
        groups=lines(row["groups"]),
        stage=Stage(row["stage"]),
        names_shown=row["names_shown"],
        awarded_places=row["awarded_places"],
        totals_shown=row["totals_shown"],
        why_public=row["why_public"],
        bundle_public=row["bundle_public"],
        competition=competition,
    )
