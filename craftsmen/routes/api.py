"""What programs read of craftsmen as JSON: the register's lines, a craftsman's page, how many there are of what.

The same stored rows as the pages, kept like them. What stands in an answer is the list of fields here and no more.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath

from craftsmen import craftsman_reads, gallery
from craftsmen.craftsman_reads import Craftsman
from craftsmen.gallery import Line
from craftsmen.routes.public import asked
from craftsmen.rules.searching import ASKS, Wanted
from craftsmen.rules.showing import Person, Photograph, ShownTitle, Work
from craftsmen.showing import GENERATION
from foundation.base.problem import N_, NotFound, Refused
from foundation.files import picture_reads
from foundation.files.picture_reads import ShownPicture
from foundation.web.api.answers import public_answer, site_of
from foundation.web.api.endpoints import BEFORE, NUMBER, YEAR, Ask, Endpoint
from foundation.web.keyset import read_pair_cursor

CACHED = (GENERATION,)
GROUP = N_("Craftsmen")


class CraftsmanLine(msgspec.Struct, frozen=True):
    """One honour of the register. `page` and `portrait` are addresses; null where there is none."""

    address: str
    holder: str
    name: str
    gender: str
    unit_name: str
    city_name: str
    county_name: str
    industry: str
    occupation: str
    title_code: str
    title_name: str
    edition: int
    year: int
    verb: str
    body: str
    document: str
    given_on: str
    headline: str
    page: str | None
    portrait: str | None


class CraftsmanList(msgspec.Struct, frozen=True):
    """A page of the register; `next` is the address of the next one, null at the end."""

    craftsmen: list[CraftsmanLine]
    next: str | None


class PhotographShown(msgspec.Struct, frozen=True):
    """A picture by its address."""

    address: str | None
    caption: str


class TrickShown(msgspec.Struct, frozen=True):
    """Learn one trick: a technique in pictures."""

    title: str
    steps: list[PhotographShown]


class CraftsmanPage(msgspec.Struct, frozen=True):
    """Exactly what a craftsman's page shows."""

    address: str
    name: str
    gender: str
    unit: str
    city: str
    county: str
    trade: str
    industry: str
    headline: str
    titles: tuple[ShownTitle, ...]
    portrait: str | None
    story: tuple[str, ...]
    works: tuple[Work, ...]
    photographs: list[PhotographShown]
    trick: TrickShown | None
    won: tuple[ShownTitle, ...]
    innovations: tuple[ShownTitle, ...]
    apprentices: tuple[Person, ...]
    apprentices_unnamed: int
    masters: tuple[Person, ...]
    page: str
    changed_at: datetime


class CraftsmanFigure(msgspec.Struct, frozen=True):
    """How many lines of the register have this value; `label` is what it is called."""

    value: str
    label: str
    count: int


class CraftsmanFigures(msgspec.Struct, frozen=True):
    """Lines of the register (人次: somebody with two honours counts twice) by what they can be asked for."""

    title: list[CraftsmanFigure]
    year: list[CraftsmanFigure]
    edition: list[CraftsmanFigure]
    city: list[CraftsmanFigure]
    industry: list[CraftsmanFigure]
    occupation: list[CraftsmanFigure]


FILTERS = (
    Ask("q", N_("The beginning of a name, of its sounds or their first letters."), {"type": "string", "maxLength": 64}),
    Ask("title", N_("The code of a title."), {"type": "string", "pattern": "^[a-z0-9-]{1,40}$"}),
    Ask("edition", N_("The edition of a title."), YEAR),
    Ask("year", N_("The year."), YEAR),
    Ask("city", N_("The id of a city, as the figures say it."), NUMBER),
    Ask("county", N_("The id of a county."), NUMBER),
    Ask("industry", N_("The letter of an industry."), {"type": "string", "pattern": "^[A-T]$"}),
    Ask("occupation", N_("An occupation, as the figures say it."), {"type": "string", "maxLength": 64}),
)


@get(
    "/api/craftsmen", public=True, cached=CACHED, asks=(*ASKS, "before"),
    api=Endpoint(GROUP, N_("Honours under the filters of the gallery, the newest first"), CraftsmanList,
                 asks=(*FILTERS, BEFORE), page="/craftsmen"),
)  # fmt: skip
async def craftsman_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    wanted, form = asked(request)
    if form.problems:
        raise Refused(*form.problems)
    found = await gallery.page(wanted, gallery.PORTRAITS, gallery=True, before=read_pair_cursor(request))
    pictures = await picture_reads.shown([line.portrait for line in found.lines if line.portrait])
    site = site_of(request)
    further = f"{site}/api/craftsmen?{found.further}" if found.further else None
    return public_answer(CraftsmanList([_line(line, pictures, site) for line in found.lines], further))


@get(
    "/api/craftsmen/figures", public=True, cached=CACHED,
    api=Endpoint(GROUP, N_("How many honours there are, by title, year, city, industry and occupation"),
                 CraftsmanFigures, page="/craftsmen"),
)  # fmt: skip
async def craftsman_figures() -> Response[bytes]:
    found = await gallery.choices("gallery", Wanted())
    return public_answer(
        CraftsmanFigures(
            **{
                name: [CraftsmanFigure(one.value, one.label, one.size) for one in found.get(name, [])]
                for name in CraftsmanFigures.__struct_fields__
            }
        )
    )


@get(
    "/api/craftsmen/{address:str}", public=True, cached=CACHED,
    api=Endpoint(GROUP, N_("One craftsman: exactly what the page shows"), CraftsmanPage, page="/craftsmen/{address}"),
)  # fmt: skip
async def craftsman(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """404 where there is no page, or none any more."""
    if await craftsman_reads.tombstone(address) is not None:
        raise NotFound
    return public_answer(_page(await craftsman_reads.by_address(address), site_of(request)))


_SAME = tuple(name for name in CraftsmanLine.__struct_fields__ if name not in {"page", "portrait"})


def _line(line: Line, pictures: Mapping[int, ShownPicture], site: str) -> CraftsmanLine:
    shown = pictures.get(line.portrait) if line.portrait else None
    return CraftsmanLine(
        **{name: getattr(line, name) for name in _SAME},
        page=f"{site}/craftsmen/{line.page}" if line.page else None,
        portrait=_picture(shown, "portrait", site) if shown else None,
    )


def _page(found: Craftsman, site: str) -> CraftsmanPage:
    view = found.view

    def photographs(some: Sequence[Photograph]) -> list[PhotographShown]:
        shown = [(found.pictures.get(one.picture), one.caption) for one in some]
        return [PhotographShown(_picture(each, "full", site) if each else None, words) for each, words in shown]

    same = ("address", "name", "gender", "unit", "city", "county", "trade", "industry", "headline", "titles", "story",
            "works", "won", "innovations", "apprentices", "apprentices_unnamed", "masters")  # fmt: skip
    return CraftsmanPage(
        **{name: getattr(view, name) for name in same},
        portrait=_picture(found.portrait, "portrait", site) if found.portrait else None,
        photographs=photographs(view.photographs),
        trick=TrickShown(view.trick.title, photographs(view.trick.steps)) if view.trick else None,
        page=f"{site}/craftsmen/{view.address}",
        changed_at=found.changed_at,
    )


def _picture(shown: ShownPicture, shape: str, site: str) -> str:
    widths: Sequence[int] = shown.widths(shape)
    return site + shown.address(shape, widths[-1], "webp")


HANDLERS = [craftsman_list, craftsman_figures, craftsman]
