"""What programs read of studios as JSON: those that bear a name, and one each. The list of fields here and no more."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath

from foundation.base.problem import N_
from foundation.process.suspensions import standing
from foundation.web.api.answers import public_answer, site_of
from foundation.web.api.endpoints import BEFORE, NUMBER, Ask, Endpoint
from foundation.web.keyset import page_of, read_cursor
from innovations import studio_showing
from innovations.routes.studio_public import CACHED
from innovations.rules.review_rules import Level
from innovations.studio_showing import ASKS, PAGE, ShownStudio

GROUP = N_("Innovations")


class StudioTerm(msgspec.Struct, frozen=True):
    """For how long it was named, at which level, and by which document; the newest first."""

    level: str
    since: date
    until: date
    document: str


class StudioResult(msgspec.Struct, frozen=True):
    """One of its published innovations."""

    page: str
    title: str
    year: int


class StudioLine(msgspec.Struct, frozen=True):
    """A studio in the list. `leader` is null where the name may not be shown; `people` counts the leader too."""

    address: str
    page: str
    name: str
    leader: str | None
    level: str
    state: str
    unit: str
    city: str
    industry: str
    at_work_since: int
    named_on: date
    named_until: date
    topics: list[str]
    people: int
    ended_reason: str | None


class StudioShown(StudioLine, frozen=True, kw_only=True):
    """One studio, with the terms of its name and its results in the public library."""

    terms: list[StudioTerm]
    results: list[StudioResult]


class StudioList(msgspec.Struct, frozen=True):
    """A page of the list; `next` is the address of the next one, null at the end."""

    studios: list[StudioLine]
    next: str | None


FILTERS = (
    Ask("city", N_("The id of a city."), NUMBER),
    Ask("field", N_("The letter of an industry."), {"type": "string", "pattern": "^[A-T]$"}),
    Ask("level", N_("Who named it."), {"type": "string", "enum": [one.value for one in Level]}),
)


@get(
    "/api/studios", public=True, cached=CACHED, asks=(*ASKS, "before"),
    api=Endpoint(GROUP, N_("Innovation studios that bear a name, the newest first"), StudioList,
                 asks=(*FILTERS, BEFORE), page="/studios"),
)  # fmt: skip
async def studio_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    wanted, site = {name: text for name in ASKS if (text := request.query_params.get(name, ""))}, site_of(request)
    page = page_of(await studio_showing.listed(wanted, read_cursor(request)), PAGE, lambda one: one.id)
    rows = await standing(page.rows, lambda one: f"/studios/{one.address}")
    further = f"{site}/api/studios?{urlencode({**wanted, 'before': page.older})}" if page.older else None
    return public_answer(StudioList([StudioLine(**_line(one, site)) for one in rows], further))


@get(
    "/api/studios/{address:str}", public=True, cached=CACHED,
    api=Endpoint(GROUP, N_("One studio: exactly what its page shows"), StudioShown, page="/studios/{address}"),
)  # fmt: skip
async def studio(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """404 where there is no page."""
    one, site = await studio_showing.one(address), site_of(request)
    terms = [
        StudioTerm(each.level.value, each.since, each.until, each.document)
        for each in await studio_showing.terms(one.id)
    ]
    results = [
        StudioResult(f"{site}/innovations/{each.address}", each.title, each.year)
        for each in await studio_showing.results(one.id)
    ]
    return public_answer(StudioShown(**_line(one, site), terms=terms, results=results))


def _line(one: ShownStudio, site: str) -> dict[str, Any]:
    same = ("address", "name", "unit", "city", "named_on", "named_until", "people")
    return {
        "page": f"{site}/studios/{one.address}", "leader": one.leader or None, "level": one.level.value,
        "state": one.stage.value, "industry": one.field, "at_work_since": one.founded, "topics": list(one.topics),
        "ended_reason": one.ended_reason or None, **{name: getattr(one, name) for name in same},
    }  # fmt: skip


HANDLERS = [studio_list, studio]
