"""What programs read of exhibitions as JSON: those that are shown to everyone, and one each by its halls.

Exhibits come from the public library, as for the pages; in an answer is the list of fields here and no more.
"""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath

from foundation.base.problem import N_
from foundation.process.suspensions import standing
from foundation.web.api.answers import public_answer, site_of
from foundation.web.api.endpoints import BEFORE, Endpoint
from foundation.web.keyset import page_of, read_cursor
from innovations import exhibition_reads
from innovations.exhibition_reads import PAGE, Hall
from innovations.exhibitions import GENERATION, ExhibitionFacts
from innovations.routes.exhibition_public import CACHED

GROUP = N_("Innovations")


class ExhibitionLine(msgspec.Struct, frozen=True):
    """An exhibition in the list; `state` is public, whatever its days, or over once its office said so."""

    address: str
    page: str
    name: str
    starts_on: date
    ends_on: date
    state: str


class ExhibitShown(msgspec.Struct, frozen=True):
    """A published innovation in a hall; `number` runs through all halls."""

    number: int
    page: str
    title: str
    unit: str
    authors: list[str]


class ExhibitionHall(msgspec.Struct, frozen=True):
    """A hall; `number` is its place among the halls, from 1."""

    number: int
    page: str
    name: str
    exhibits: list[ExhibitShown]


class ExhibitionTalk(msgspec.Struct, frozen=True):
    """A talk, with its time and place."""

    title: str
    speaker: str
    place: str
    starts_at: datetime
    ends_at: datetime


class ExhibitionShown(ExhibitionLine, frozen=True, kw_only=True):
    """One exhibition; `calendar` is the address of its talks as iCalendar, null where there are none."""

    host: str
    intro: str
    halls: list[ExhibitionHall]
    talks: list[ExhibitionTalk]
    calendar: str | None


class ExhibitionList(msgspec.Struct, frozen=True):
    """A page of the list; `next` is the address of the next one, null at the end."""

    exhibitions: list[ExhibitionLine]
    next: str | None


@get(
    "/api/exhibitions", public=True, cached=(GENERATION,), asks=("before",),
    api=Endpoint(GROUP, N_("Exhibitions of innovations that are shown to everyone, past ones too, the newest first"),
                 ExhibitionList, asks=(BEFORE,), page="/exhibitions"),
)  # fmt: skip
async def exhibition_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    page, site = (
        page_of(await exhibition_reads.public(read_cursor(request)), PAGE, lambda one: one.id),
        site_of(request),
    )
    rows = await standing(page.rows, lambda one: f"/exhibitions/{one.address}")
    further = f"{site}/api/exhibitions?{urlencode({'before': page.older})}" if page.older else None
    return public_answer(ExhibitionList([ExhibitionLine(**_line(one, site)) for one in rows], further))


@get(
    "/api/exhibitions/{address:str}", public=True, cached=CACHED,
    api=Endpoint(GROUP, N_("One exhibition: its halls with what is published in them, and its talks"), ExhibitionShown,
                 page="/exhibitions/{address}"),
)  # fmt: skip
async def exhibition(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """404 where there is no page."""
    one, site = await exhibition_reads.one_public(address), site_of(request)
    line, found = _line(one, site), await exhibition_reads.talks(one.id)
    talks = [ExhibitionTalk(each.title, each.speaker, each.place, each.starts_at, each.ends_at) for each in found]
    return public_answer(
        ExhibitionShown(
            **line, host=await exhibition_reads.host(one), intro=one.intro,
            halls=[_hall(each, line["page"], site) for each in await exhibition_reads.public_halls(one.id)],
            talks=talks, calendar=f"{line['page']}/talks.ics" if talks else None,
        )
    )  # fmt: skip


def _line(one: ExhibitionFacts, site: str) -> dict[str, Any]:
    same = ("address", "name", "starts_on", "ends_on")
    return {
        "page": f"{site}/exhibitions/{one.address}", "state": one.stage.value,
        **{name: getattr(one, name) for name in same},
    }  # fmt: skip


def _hall(one: Hall, page: str, site: str) -> ExhibitionHall:
    exhibits = [
        ExhibitShown(each.number, site + exhibition_reads.page_address(each), each.said.title, each.said.unit,
                     [author.name for author in each.said.authors])
        for each in one.exhibits
    ]  # fmt: skip
    return ExhibitionHall(one.number, f"{page}/halls/{one.number}", one.name, exhibits)


HANDLERS = [exhibition_list, exhibition]
