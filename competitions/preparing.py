"""What an organiser's lists and pages show of contests in preparation: counts, roads, people who run them. Reads.

Counts entries and seats without selecting anybody's name.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from piccolo.query.functions import Count

from competitions.contests import CompetitionFacts, ContestFacts, competitions_of, contests_of, with_draft_or_scheme
from competitions.panel import plans
from competitions.rules.notes import SheetNotes
from competitions.rules.panel import panel_problems
from competitions.rules.road import Counts, Milestone, Step, next_step, road
from competitions.rules.stages import Stage
from competitions.tables import CompetitionOrganiser, Contest, Contestant, Entry, Seat
from competitions.versions import current_scheme, draft_scheme, frozen_scheme
from foundation.base.problem import Problem
from foundation.people.sessions import SignedIn
from foundation.tabulation.scheme import Scheme

MOST_EARLIER = 100  # contests offered to start a scheme from; of older ones the scheme file is uploaded


@dataclass(frozen=True, slots=True)
class Prepared:
    """A contest with how far it is."""

    contest: ContestFacts
    counts: Counts

    @property
    def next(self) -> Step | None:
        return next_step(self.contest.stage, self.counts)

    @property
    def road(self) -> tuple[Milestone, ...]:
        return road(self.contest.stage, self.counts)


@dataclass(frozen=True, slots=True)
class Runner:
    """An account that runs a competition."""

    account_id: int
    sign_in: str
    name: str


async def overview(user: SignedIn, size: int, before: str = "") -> list[tuple[CompetitionFacts, list[Prepared]]]:
    """The competitions this user runs, each with its contests, the newest first, one more than `size`."""
    competitions = await competitions_of(user, size + 1, before)
    prepared = await prepared_of(await contests_of(competitions))
    return [
        (competition, [one for one in prepared if one.contest.competition.id == competition.id])
        for competition in competitions
    ]


async def prepared_of(contests: Iterable[ContestFacts]) -> list[Prepared]:
    """How far each of these contests is."""
    contests = list(contests)
    ids = [contest.id for contest in contests]
    if not ids:
        return []
    drafted = await Contest.select(Contest.id).where(Contest.id.is_in(ids), Contest.scheme != "")
    entries = await Entry.select(Entry.contest, Count()).where(Entry.contest.is_in(ids)).group_by(Entry.contest)
    seats = await Seat.select(Seat.contest, Count()).where(Seat.contest.is_in(ids)).group_by(Seat.contest)
    has_scheme = {row["id"] for row in drafted}
    entry_counts = {row["contest"]: row["count"] for row in entries}
    seat_counts = {row["contest"]: row["count"] for row in seats}
    return [
        Prepared(
            contest, Counts(contest.id in has_scheme, entry_counts.get(contest.id, 0), seat_counts.get(contest.id, 0))
        )
        for contest in contests
    ]


async def codes_issued(contest_id: int) -> int:
    """How many contestants have a personal code."""
    return int(await Contestant.count().where(Contestant.entry.contest == contest_id, Contestant.code_hash != ""))


async def runners(competition_id: int) -> list[Runner]:
    """Who runs a competition, in the order in which they came."""
    rows = (
        await CompetitionOrganiser.select(
            CompetitionOrganiser.account,
            CompetitionOrganiser.account.sign_in.as_alias("sign_in"),
            CompetitionOrganiser.account.name.as_alias("name"),
        )
        .where(CompetitionOrganiser.competition == competition_id)
        .order_by(CompetitionOrganiser.id)
    )
    return [Runner(row["account"], row["sign_in"], row["name"]) for row in rows]


async def hindrances(contest: ContestFacts) -> list[Problem]:
    """What is wrong with the panel as it stands; empty while there is no scheme."""
    scheme = await current_scheme(contest.id)
    return panel_problems(scheme, *await plans(contest.id)) if scheme else []


async def with_schemes(user: SignedIn) -> list[ContestFacts]:
    """The newest contests whose scheme this user can start a new one from."""
    return await with_draft_or_scheme(user, MOST_EARLIER)


async def scheme_of(contest: ContestFacts) -> tuple[Scheme | None, SheetNotes]:
    """The scheme of a contest as it stands: the newest frozen version, before that the draft."""
    frozen = await frozen_scheme(contest.id) if contest.stage is not Stage.DRAFT else None
    return (frozen.scheme, frozen.notes) if frozen else await draft_scheme(contest.id)
