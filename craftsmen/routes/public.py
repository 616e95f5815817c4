"""What anyone may read of craftsmen: the gallery, the ways into it, a craftsman's page, the register of honours.

Knows Shown… rows only. Nothing here asks who is reading, sets a cookie or holds a POST form.
"""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from craftsmen import craftsman_reads, gallery
from craftsmen.rules.cartogram import tiles
from craftsmen.rules.searching import ASKS, Wanted, read_wanted
from craftsmen.showing import GENERATION
from foundation.base.problem import NotFound
from foundation.files import picture_reads
from foundation.people.organisation_words import INDUSTRIES
from foundation.web.forms import Form
from foundation.web.keyset import read_pair_cursor
from foundation.web.pages import render

CACHED = (GENERATION,)
OF_A_YEAR = 4  # whom the timeline shows of a year: one row at a desk, two on a phone
EAGER = 4  # portraits in the first view of a desk; on a phone the first two of them


def asked(request: Request[Any, Any, Any]) -> tuple[Wanted, Form]:
    """The filters of an address; those that are none come back as problems at their fields."""
    values = {name: request.query_params.get(name, "") for name in ASKS}
    wanted, problems = read_wanted(values)
    return wanted, Form.filled(values).with_problems(problems)


@get("/craftsmen", public=True, cached=CACHED, asks=(*ASKS, "before"))
async def gallery_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    wanted, form = asked(request)
    found = await gallery.page(wanted, gallery.PORTRAITS, gallery=True, before=read_pair_cursor(request))
    choices = await gallery.choices("gallery", wanted)
    return render(
        request,
        "craftsmen/public/gallery.html",
        422 if form.problems else 200,
        form=form,
        wanted=wanted,
        found=found,
        choices=choices,
        tiles=tiles({choice.label: choice for choice in choices["city"]}),
        pictures=await picture_reads.shown([line.portrait for line in found.lines if line.portrait]),
        industries=INDUSTRIES,
        eager=EAGER,
    )


@get("/craftsmen/timeline", public=True, cached=CACHED)
async def timeline_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The years, and whom each of them honoured first; a year leads into the gallery."""
    years = await gallery.by_year(Wanted())
    shown = [int(choice.value) for choice in years[:60]]
    first = {str(year): await gallery.page(Wanted(year=year), OF_A_YEAR, gallery=True) for year in shown}
    portraits = [line.portrait for found in first.values() for line in found.lines if line.portrait]
    return render(
        request,
        "craftsmen/public/timeline.html",
        years=years,
        first=first,
        pictures=await picture_reads.shown(portraits),
    )


@get("/craftsmen/{address:str}", public=True, cached=CACHED)
async def craftsman_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """A craftsman's page; of one whose honour was revoked the tombstone."""
    gone = await craftsman_reads.tombstone(address)
    if gone is not None:
        return render(request, "craftsmen/public/tombstone.html", 410, line=gone)
    found = await craftsman_reads.by_address(address)
    return render(
        request,
        "craftsmen/public/craftsman.html",
        craftsman=found,
        view=found.view,
        pictures=found.pictures,
        industries=INDUSTRIES,
        cover=found.portrait,
    )


@get("/honour-roll", public=True, cached=CACHED, asks=(*ASKS, "before"))
async def roll_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Every honour that stands in the register: persons and teams, with a page or without."""
    wanted, form = asked(request)
    found = await gallery.page(wanted, gallery.LINES, gallery=False, before=read_pair_cursor(request))
    return render(
        request,
        "craftsmen/public/roll.html",
        422 if form.problems else 200,
        form=form,
        wanted=wanted,
        found=found,
        choices=await gallery.choices("all", wanted),
        industries=INDUSTRIES,
    )


@get("/honour-roll/{address:str}", public=True, cached=CACHED)
async def honour_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """One honour, or its tombstone."""
    line = await gallery.by_address(address)
    if line is None:
        raise NotFound
    if line.stage != "conferred":
        return render(request, "craftsmen/public/tombstone.html", 410, line=line)
    return render(request, "craftsmen/public/honour.html", line=line, industries=INDUSTRIES)


HANDLERS = [gallery_page, timeline_page, craftsman_page, roll_page, honour_page]
