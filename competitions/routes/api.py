"""What programs read of published results as JSON: which there are, and the lines of one contest.

Frozen rows alone, as for the pages: what the organiser does not show is not in them.
"""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath

from competitions import listings, showcase
from competitions.changed import LISTS
from competitions.contests import ContestFacts
from competitions.listings import Published
from competitions.reopening import being_corrected
from competitions.rules.visibility import GroupResults
from competitions.showcase import Results
from foundation.base.problem import N_, NotFound
from foundation.web.api.answers import public_answer, site_of
from foundation.web.api.endpoints import BEFORE, Endpoint
from foundation.web.keyset import page_of, read_moment_cursor

GROUP = N_("Published results")
PAGE = 50


class FirstPlace(msgspec.Struct, frozen=True):
    """Who came first in a group, where the contest shows names."""

    group: str
    name: str
    unit: str


class ResultLine(msgspec.Struct, frozen=True):
    """A contest whose results were published; `version` above 1 is a correction."""

    address: str
    page: str
    title: str
    competition: str
    published_at: datetime
    version: int
    first: list[FirstPlace]


class ResultList(msgspec.Struct, frozen=True):
    """Results, the newest first; `next` is the address of the next page, null at the end."""

    results: list[ResultLine]
    next: str | None


class StandingLine(msgspec.Struct, frozen=True):
    """One placed entry. Texts that the contest does not show are empty; `modules` in the order of the contest's."""

    place: int
    work_number: str
    name: str
    unit: str
    city: str
    total: str
    modules: list[str]
    tied: bool
    decided_by: str


class StandingGroup(msgspec.Struct, frozen=True):
    """The lines of a group, and how many of its entries have which status."""

    group: str
    lines: list[StandingLine]
    counts: dict[str, int]


class ContestModule(msgspec.Struct, frozen=True):
    """A module of the contest."""

    code: str
    name: str


class ContestResults(msgspec.Struct, frozen=True):
    """The newest published results of a contest, and what proves them. `correcting`: why they are open again, or ""."""

    address: str
    page: str
    title: str
    occupation: str
    competition: str
    year: int
    published_at: datetime
    version: int
    reason: str
    correcting: str
    modules: list[ContestModule]
    groups: list[StandingGroup]
    standings_sha256: str
    scheme_sha256: str
    bundle: str | None
    bundle_sha256: str | None


@get(
    "/api/results", public=True, cached=(LISTS,), asks=("before",),
    api=Endpoint(GROUP, N_("Contests whose results were published, the newest first"), ResultList, asks=(BEFORE,)),
)  # fmt: skip
async def result_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    rows, site = await listings.newest_rows(PAGE + 1, read_moment_cursor(request)), site_of(request)
    page = page_of(rows, PAGE, lambda row: (row["published_at"], row["id"]))
    further = f"{site}/api/results?before={page.older}" if page.older else None
    return public_answer(ResultList([_line(one, site) for one in await listings.published(page.rows)], further))


@get(
    "/api/results/{address:str}", public=True, cached=("contest:{address}",),
    api=Endpoint(GROUP, N_("The published results of one contest: exactly what its page shows"), ContestResults,
                 page="/contests/{address}"),
)  # fmt: skip
async def result(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """404 before there are any."""
    contest = await showcase.public_contest(address)
    results = await showcase.results(contest)
    if results is None:
        raise NotFound
    return public_answer(_results(contest, results, await being_corrected(contest.id), site_of(request)))


def _line(one: Published, site: str) -> ResultLine:
    first = [FirstPlace(each.group, each.name, each.unit) for each in one.first]
    page = f"{site}/contests/{one.address}"
    return ResultLine(one.address, page, one.title, one.competition, one.published_at, one.version, first)


def _results(contest: ContestFacts, results: Results, correcting: str, site: str) -> ContestResults:
    told, page = results.publication, f"{site}/contests/{contest.address}"
    return ContestResults(
        address=contest.address, page=page, title=contest.title, occupation=contest.occupation,
        competition=contest.competition.title, year=contest.competition.year, published_at=told.published_at,
        version=told.version, reason=told.reason, correcting=correcting,
        modules=[ContestModule(each.code, each.name) for each in results.frozen.scheme.modules],
        groups=[_group(each) for each in results.groups], standings_sha256=told.standings_hash,
        scheme_sha256=results.frozen.scheme_hash, bundle=f"{page}/bundle.zip" if told.bundle_public else None,
        bundle_sha256=told.bundle_hash if told.bundle_public else None,
    )  # fmt: skip


def _group(found: GroupResults) -> StandingGroup:
    lines = [
        StandingLine(
            line.place, line.work_number, line.name, line.unit, line.city, line.total, list(line.modules), line.tied,
            line.decided_by,
        )
        for line in found.lines
    ]  # fmt: skip
    return StandingGroup(found.group, lines, dict(found.counts))


HANDLERS = [result_list, result]
