"""What programs read of the public library of innovations as JSON: the list, one of them, how many there are of what.

Shown… rows alone, as for the pages; what stands in an answer is the list of fields here and no more.
"""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath

from foundation.base.problem import N_
from foundation.process.suspensions import standing
from foundation.web.api.answers import public_answer, site_of
from foundation.web.api.endpoints import BEFORE, NUMBER, YEAR, Ask, Endpoint
from foundation.web.keyset import page_of, read_cursor
from innovations import library_reads
from innovations.library import GENERATION
from innovations.library_reads import ASKS, PAGE, Choice, Published
from innovations.rules.innovation_kinds import KINDS

CACHED = (GENERATION,)
GROUP = N_("Innovations")


class InnovationAuthor(msgspec.Struct, frozen=True):
    """Somebody who made it."""

    name: str
    unit: str
    part: str


class InnovationPatent(msgspec.Struct, frozen=True):
    """A patent of it."""

    number: str
    kind: str


class InnovationTravel(msgspec.Struct, frozen=True):
    """A unit that took it over (推广应用), as its makers agreed; `learned_from` is another unit than they, or null."""

    unit: str
    city: str
    year: int
    month: int
    result: str
    learned_from: str | None


class InnovationShown(msgspec.Struct, frozen=True):
    """One published innovation. A verified benefit stands as fen, as a band of words, or not at all; `travels` are in
    the order of their months."""

    address: str
    page: str
    title: str
    kind: str
    industry: str
    year: int
    unit: str
    city: str
    sections: dict[str, str]
    authors: list[InnovationAuthor]
    patents: list[InnovationPatent]
    verified_benefit_fen: int | None
    verified_benefit_band: str | None
    travels: list[InnovationTravel]
    published_at: datetime


class InnovationList(msgspec.Struct, frozen=True):
    """A page of the library; `next` is the address of the next one, null at the end."""

    innovations: list[InnovationShown]
    next: str | None


class SearchFound(msgspec.Struct, frozen=True):
    """What a search found; `more`: there are more than `count`. `order` is best or newest."""

    count: int
    more: bool
    order: str
    innovations: list[InnovationShown]
    next: str | None


class InnovationFigure(msgspec.Struct, frozen=True):
    """How many published innovations have this value; `label` is what it is called, where the value is an id."""

    value: str
    label: str
    count: int


class InnovationFigures(msgspec.Struct, frozen=True):
    """Published innovations (项) by what they can be asked for."""

    city: list[InnovationFigure]
    field: list[InnovationFigure]
    kind: list[InnovationFigure]
    year: list[InnovationFigure]


FILTERS = (
    Ask("city", N_("The id of a city, as the figures say it."), NUMBER),
    Ask("field", N_("The letter of an industry."), {"type": "string", "pattern": "^[A-T]$"}),
    Ask("kind", N_("The kind of an innovation."), {"type": "string", "enum": list(KINDS)}),
    Ask("year", N_("The year."), YEAR),
)


@get(
    "/api/innovations", public=True, cached=CACHED, asks=(*ASKS, "before"),
    api=Endpoint(GROUP, N_("Published innovations under the filters, the newest first"), InnovationList,
                 asks=(*FILTERS, BEFORE), page="/innovations"),
)  # fmt: skip
async def innovation_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    wanted, site = {name: text for name in ASKS if (text := request.query_params.get(name, ""))}, site_of(request)
    page = page_of(await library_reads.listed(wanted, read_cursor(request)), PAGE, lambda one: one.id)
    rows = await standing(page.rows, lambda one: f"/innovations/{one.address}")
    further = f"{site}/api/innovations?{urlencode({**wanted, 'before': page.older})}" if page.older else None
    return public_answer(InnovationList([shown(one, site) for one in rows], further))


@get(
    "/api/innovations/figures", public=True, cached=CACHED,
    api=Endpoint(GROUP, N_("How many published innovations there are, by city, industry, kind and year"),
                 InnovationFigures, page="/innovations"),
)  # fmt: skip
async def innovation_figures() -> Response[bytes]:
    found = await library_reads.choices()
    return public_answer(InnovationFigures(**{name: _figures(found[name]) for name in ASKS}))


@get(
    "/api/innovations/{address:str}", public=True, cached=CACHED,
    api=Endpoint(GROUP, N_("One innovation: exactly what its page shows"), InnovationShown,
                 page="/innovations/{address}"),
)  # fmt: skip
async def innovation(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """404 where there is no page."""
    return public_answer(shown(await library_reads.one(address), site_of(request)))


def shown(one: Published, site: str) -> InnovationShown:
    """A published innovation as programs read it."""
    said = one.said
    return InnovationShown(
        address=one.address, page=f"{site}/innovations/{one.address}", title=said.title, kind=said.kind,
        industry=said.field, year=said.year, unit=said.unit, city=said.city, sections=dict(said.sections),
        authors=[InnovationAuthor(each.name, each.unit or said.unit, each.part) for each in said.authors],
        patents=[InnovationPatent(each.number, each.kind) for each in said.patents],
        verified_benefit_fen=said.benefit, verified_benefit_band=said.band or None, published_at=one.published_at,
        travels=[
            InnovationTravel(each.unit, each.city, each.year, each.month, each.result, each.learned_from or None)
            for each in said.travels
        ],
    )  # fmt: skip


def _figures(found: list[Choice]) -> list[InnovationFigure]:
    return [InnovationFigure(one.value, one.name, one.size) for one in found]


HANDLERS = [innovation_list, innovation_figures, innovation]
