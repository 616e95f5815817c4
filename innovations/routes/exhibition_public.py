"""What anyone reads of exhibitions: all of them, one by its halls, a hall with what stands in it, talks as a calendar.

Exhibits come from the public library: what is not published any more is nowhere here. Cached; no POST form, no cookie.
"""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from foundation.base.problem import NotFound
from foundation.files.names import download_headers
from foundation.process import showcase as told
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import pages_of, render
from innovations import exhibition_reads
from innovations.exhibitions import GENERATION
from innovations.library import GENERATION as INNOVATIONS
from innovations.rules.exhibitions import STAGES
from innovations.rules.talk_calendar import Event, calendar

CACHED = (GENERATION, INNOVATIONS)


@get("/exhibitions", public=True, cached=(GENERATION,), asks=("before",))
async def exhibition_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    page = page_of(await exhibition_reads.public(read_cursor(request)), exhibition_reads.PAGE, lambda one: one.id)
    return render(request, "innovations/exhibitions/list.html", page=page, stages=STAGES)


@get("/exhibitions/{address:str}", public=True, cached=(*CACHED, "process"))
async def exhibition(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    one = await exhibition_reads.one_public(address)
    return render(
        request,
        "innovations/exhibitions/exhibition.html",
        one=one,
        host=await exhibition_reads.host(one),
        halls=await exhibition_reads.halls(one.id),
        talks=await exhibition_reads.talks(one.id),
        told=await told.about(f"exhibition:{one.address}"),
        stages=STAGES,
    )


@get("/exhibitions/{address:str}/halls/{number:int}", public=True, cached=CACHED)
async def hall(request: Request[Any, Any, Any], address: FromPath[str], number: FromPath[int]) -> Response[bytes]:
    one = await exhibition_reads.one_public(address)
    halls = await exhibition_reads.halls(one.id)
    if not 0 < number <= len(halls):
        raise NotFound
    return render(request, "innovations/exhibitions/hall.html", one=one, hall=halls[number - 1], halls=halls)


@get("/exhibitions/{address:str}/talks.ics", public=True, cached=(GENERATION,))
async def talks(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """For anybody's own calendar; 404 where there is no talk."""
    one, site = await exhibition_reads.one_public(address), pages_of(request).settings.public_url
    found = await exhibition_reads.talks(one.id)
    if not found:
        raise NotFound
    host = site.partition("://")[2] or "ganpo"
    events = [
        Event(f"talk-{each.id}@{host}", each.title, each.speaker, each.place, each.starts_at, each.ends_at)
        for each in found
    ]
    page = f"{site}/exhibitions/{one.address}" if site else ""
    content = calendar(one.name, events, min(each.starts_at for each in found), page)
    headers = {**download_headers(f"{one.name}.ics"), "cache-control": "public, max-age=0, must-revalidate"}
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


HANDLERS = [exhibition_list, exhibition, hall, talks]
