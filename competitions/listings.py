"""The public lists: what is newly published, what is under way, and every competition by year.

A contest in draft is not public, and a competition with nothing else is not shown. Reads no contestant, entry or
mark: names come from published lines, which hold only what everyone may see.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from piccolo.columns.combination import WhereRaw

from competitions.contests import (
    CompetitionFacts,
    ContestFacts,
    competition_by_address,
    competition_facts,
    contests_of,
    older_than,
)
from competitions.rules.stages import Stage
from competitions.tables import Competition, Contest, Publication, PublishedLine
from foundation.base.problem import NotFound
from foundation.process.suspensions import standing, suspended

NEWEST = 6  # published results on the first page
UNDER_WAY = 6  # competitions under way on the first page
PAGE = 20  # competitions in one page of the list

_NEWEST_VERSION = """NOT EXISTS (SELECT 1 FROM publication newer
    WHERE newer.contest = publication.contest AND newer.version > publication.version)"""


@dataclass(frozen=True, slots=True)
class First:
    """Who came first in a group, where the contest shows names."""

    group: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Published:
    """A contest whose results were published, with those who came first."""

    address: str
    title: str
    competition: str
    published_at: datetime
    version: int  # above 1: a correction
    first: tuple[First, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A competition with its public contests."""

    competition: CompetitionFacts
    contests: tuple[ContestFacts, ...]

    def count(self, *stages: str) -> int:
        return sum(contest.stage in stages for contest in self.contests)


@dataclass(frozen=True, slots=True)
class Page:
    """Some competitions, the newest first; `older` is the address to go on from, empty at the end."""

    competitions: tuple[Listed, ...]
    older: str


async def newest_results(limit: int = NEWEST) -> list[Published]:
    """The results that were published last, of each contest the version that stands: a correction counts as new."""
    return await published(await newest_rows(limit))


async def newest_rows(limit: int, before: tuple[datetime, int] | None = None) -> list[dict[str, Any]]:
    """What `published` tells of, from a moment and id on: id, contest, published_at, version."""
    query = Publication.select(Publication.id, Publication.contest, Publication.published_at, Publication.version)
    query = query.where(WhereRaw(_NEWEST_VERSION))
    if before is not None:
        at, last = before
        earlier = (Publication.published_at == at) & (Publication.id < last)
        query = query.where((Publication.published_at < at) | earlier)
    ordered = query.order_by(Publication.published_at, Publication.id, ascending=False)
    rows: list[dict[str, Any]] = await ordered.limit(limit)
    return rows


async def published(rows: Sequence[Mapping[str, Any]]) -> list[Published]:
    """Those of them whose page is not suspended, with those who came first."""
    if not rows:
        return []
    contests = await Contest.select(
        Contest.id, Contest.address, Contest.title, Contest.competition.title.as_alias("competition")
    ).where(Contest.id.is_in([row["contest"] for row in rows]))
    facts = {contest["id"]: (contest["address"], contest["title"], contest["competition"]) for contest in contests}
    shown = [row for row in rows if not await suspended(f"/contests/{facts[row['contest']][0]}")]
    first = await _first([row["id"] for row in shown])
    return [
        Published(*facts[row["contest"]], row["published_at"], row["version"], tuple(first[row["id"]])) for row in shown
    ]


async def under_way(limit: int = UNDER_WAY) -> list[Listed]:
    """Competitions with a contest whose scheme is frozen and whose results are not published, the newest first."""
    running = Contest.select(Contest.competition).where(Contest.stage.is_in([Stage.FROZEN.value, Stage.MARKING.value]))
    rows = (
        await Competition.select()
        .where(Competition.id.is_in(running))
        .order_by(Competition.year, Competition.id, ascending=False)
        .limit(limit)
    )
    return await _listed(rows)


async def competitions_page(before: str = "", limit: int = PAGE) -> Page:
    """A page of all competitions, the newest first; `before` is the address of the last one of the page before it."""
    public = Contest.select(Contest.competition).where(Contest.stage != Stage.DRAFT.value)
    query = Competition.select().where(Competition.id.is_in(public))
    if before:
        last = await competition_by_address(before)
        if last is None:
            raise NotFound
        query = query.where(older_than(last))
    rows = await query.order_by(Competition.year, Competition.id, ascending=False).limit(limit + 1)
    return Page(tuple(await _listed(rows[:limit])), rows[limit - 1]["address"] if len(rows) > limit else "")


async def public_competition(address: str) -> Listed:
    """The competition at this address with its public contests; raises NotFound where there never was one."""
    public = Contest.select(Contest.competition).where(Contest.stage != Stage.DRAFT.value)
    found = await _listed(
        await Competition.select().where(Competition.address == address, Competition.id.is_in(public))
    )
    if not found:
        raise NotFound
    return found[0]


async def _listed(rows: Sequence[Mapping[str, Any]]) -> list[Listed]:
    """These competitions with their public contests, in this order; whose page is suspended is left out."""
    frames = await standing([competition_facts(row) for row in rows], lambda one: f"/competitions/{one.address}")
    public = [contest for contest in await contests_of(frames) if contest.stage is not Stage.DRAFT]
    contests = await standing(public, lambda one: f"/contests/{one.address}")
    return [
        Listed(frame, tuple(contest for contest in contests if contest.competition.id == frame.id)) for frame in frames
    ]


async def _first(publications: Sequence[int]) -> Mapping[int, Sequence[First]]:
    found: dict[int, list[First]] = {publication: [] for publication in publications}
    if not publications:
        return found
    rows: Sequence[Mapping[str, Any]] = (
        await PublishedLine.select()
        .where(PublishedLine.publication.is_in(list(publications)), PublishedLine.place == 1)
        .order_by(PublishedLine.position)
    )
    for row in rows:
        if row["name"]:
            found[row["publication"]].append(First(row["group_name"], row["name"], row["unit"]))
    return found
