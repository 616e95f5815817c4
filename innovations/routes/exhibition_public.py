"""What anyone reads of exhibitions: all of them, one by its halls, a hall with what stands in it, talks as a calendar.
JSON is in `api_exhibitions.py`.

Exhibits come from the public library: what is not published any more is nowhere here. Cached; no POST form, no cookie.
"""

from dataclasses import replace
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from foundation.base.problem import NotFound
from foundation.files.names import download_headers
from foundation.process import showcase as told
from foundation.process.suspensions import standing
from foundation.web.api.answers import site_of
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import render
from innovations import exhibition_reads
from innovations.exhibition_reads import Hall, ShownExhibit, Talk
from innovations.exhibitions import GENERATION, ExhibitionFacts
from innovations.library import GENERATION as INNOVATIONS
from innovations.rules.exhibitions import STAGES
from innovations.rules.talk_calendar import Event, calendar

CACHED = (GENERATION, INNOVATIONS)
NAMED = 4  # innovations of each hall that the page of the exhibition names


@get("/exhibitions", public=True, cached=(GENERATION,), asks=("before",))
async def exhibition_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    page = page_of(await exhibition_reads.public(read_cursor(request)), exhibition_reads.PAGE, lambda one: one.id)
    page = replace(page, rows=tuple(await standing(page.rows, page_address)))
    return render(request, "innovations/exhibitions/list.html", page=page, stages=STAGES)


@get("/exhibitions/{address:str}", public=True, cached=(*CACHED, "process"))
async def exhibition(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    one = await exhibition_reads.one_public(address)
    host, halls = await exhibition_reads.host(one), await exhibition_reads.public_halls(one.id)
    found = await exhibition_reads.talks(one.id)
    return render(
        request,
        "innovations/exhibitions/exhibition.html",
        one=one,
        host=host,
        halls=halls,
        named=NAMED,
        talks=found,
        data=_linked_data(one, host, halls, found, site_of(request)),
        told=await told.about(f"exhibition:{one.address}"),
        stages=STAGES,
    )


@get("/exhibitions/{address:str}/halls/{number:int}", public=True, cached=CACHED)
async def hall(request: Request[Any, Any, Any], address: FromPath[str], number: FromPath[int]) -> Response[bytes]:
    one = await exhibition_reads.one_public(address)
    halls = await exhibition_reads.public_halls(one.id)
    if not 0 < number <= len(halls):
        raise NotFound
    shown = halls[number - 1]
    data = _linked_hall(shown, site_of(request))
    return render(request, "innovations/exhibitions/hall.html", one=one, hall=shown, halls=halls, data=data)


@get("/exhibitions/{address:str}/talks.ics", public=True, cached=(GENERATION,))
async def talks(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """For anybody's own calendar; 404 where there is no talk."""
    one, site = await exhibition_reads.one_public(address), site_of(request)
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


def page_address(one: ExhibitionFacts) -> str:
    """Where it is read, without the language; while that is suspended, no list names it."""
    return f"/exhibitions/{one.address}"


def _linked_data(one: ExhibitionFacts, host: str, halls: list[Hall], talks: list[Talk], site: str) -> dict[str, Any]:
    """schema.org: nothing that the page does not show."""
    url = f"{site}/exhibitions/{one.address}"
    data: dict[str, Any] = {
        "@context": "https://schema.org", "@type": "ExhibitionEvent", "name": one.name, "url": url,
        "startDate": one.starts_on.isoformat(), "endDate": one.ends_on.isoformat(), "inLanguage": "zh-Hans",
        "organizer": {"@type": "Organization", "name": host},
        "workFeatured": [_work(each, site) for hall in halls for each in hall.exhibits[:NAMED]],
    }  # fmt: skip
    if one.intro:
        data["description"] = one.intro
    if talks:
        data["subEvent"] = [_event(each) for each in talks]
    return data


def _event(talk: Talk) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@type": "Event", "name": talk.title, "startDate": talk.starts_at.isoformat(),
        "endDate": talk.ends_at.isoformat(),
    }  # fmt: skip
    if talk.speaker:
        data["performer"] = {"@type": "Person", "name": talk.speaker}
    if talk.place:
        data["location"] = {"@type": "Place", "name": talk.place}
    return data


def _linked_hall(hall: Hall, site: str) -> dict[str, Any]:
    items = [{"@type": "ListItem", "position": each.number, "item": _work(each, site)} for each in hall.exhibits]
    return {
        "@context": "https://schema.org", "@type": "ItemList", "name": hall.name, "numberOfItems": len(items),
        "itemListElement": items,
    }  # fmt: skip


def _work(one: ShownExhibit, site: str) -> dict[str, Any]:
    return {"@type": "CreativeWork", "name": one.said.title, "url": f"{site}/innovations/{one.address}"}


HANDLERS = [exhibition_list, exhibition, hall, talks]
