"""The public library of innovations: the list under filters, one page each. JSON is in `api_library.py`, Atom in
`feeds.py`.

Knows Shown… rows only. Nothing here asks who is reading, sets a cookie or holds a POST form.
"""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get
from litestar.params import FromPath

from foundation.base.problem import NotFound
from foundation.files import picture_reads
from foundation.people.organisation_words import INDUSTRIES
from foundation.process.suspensions import standing
from foundation.web.forms import Form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import redirect, render
from innovations import library_reads, same_as_reads
from innovations.library import GENERATION
from innovations.library_reads import ASKS, PAGE, Published
from innovations.rules.innovation_kinds import KINDS

CACHED = (GENERATION,)
KEPT = "public, max-age=0, must-revalidate"


@get("/innovations", public=True, cached=CACHED, asks=(*ASKS, "before"))
async def library_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    wanted = _wanted(request)
    rows = await library_reads.listed(wanted, read_cursor(request))
    page = page_of(rows, PAGE, lambda one: one.id)
    page = replace(page, rows=tuple(await standing(page.rows, page_address)))
    covers = [one.said.pictures[0].picture for one in page.rows if one.said.pictures]
    return render(
        request,
        "innovations/library/list.html",
        page=page,
        further=urlencode({**wanted, "before": page.older}) if page.older else "",
        wanted=wanted,
        form=Form.filled(wanted),
        choices=await library_reads.choices(),
        pictures=await picture_reads.shown(covers),
        kinds=KINDS,
        industries=INDUSTRIES,
    )


@get("/innovations/{address:str}", public=True, cached=CACHED)
async def innovation(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """What was wrong, what was done, what it brought, who did it; of one that was merged the reader is led on."""
    try:
        one = await library_reads.one(address)
    except NotFound:
        if (further := await same_as_reads.moved(address)) is None:
            raise
        return redirect(request, f"/innovations/{further}")
    return render(
        request,
        "innovations/library/innovation.html",
        one=one,
        said=one.said,
        kind=KINDS[one.said.kind],
        pictures=await picture_reads.shown([each.picture for each in one.said.pictures]),
        industries=INDUSTRIES,
    )


def page_address(one: Published) -> str:
    """Where an innovation is read, without the language; while that is suspended, no list names it."""
    return f"/innovations/{one.address}"


def _wanted(request: Request[Any, Any, Any]) -> dict[str, str]:
    return {name: value for name in ASKS if (value := request.query_params.get(name, ""))}


HANDLERS = [library_page, innovation]
