"""The public library of innovations: the list under filters, one page each, JSON and Atom of the same stored rows.

Knows Shown… rows only. Nothing here asks who is reading, sets a cookie or holds a POST form.
"""

import json
from typing import Any
from urllib.parse import urlencode
from xml.sax.saxutils import escape, quoteattr

from litestar import Request, Response, get
from litestar.params import FromPath

from foundation.files import picture_reads
from foundation.people.organisation_words import INDUSTRIES
from foundation.web.forms import Form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.language import address as in_language
from foundation.web.pages import language_of, pages_of, render, speaker_of
from innovations import library_reads
from innovations.library import GENERATION
from innovations.library_reads import ASKS, PAGE, Published
from innovations.rules.innovation_kinds import KINDS

CACHED = (GENERATION,)
KEPT = "public, max-age=0, must-revalidate"
OPEN = {"cache-control": KEPT, "access-control-allow-origin": "*"}
NEWEST = 30  # entries of the feed
BEGAN = "2026-01-01T00:00:00+00:00"  # of a feed with nothing in it


@get("/innovations", public=True, cached=CACHED, asks=(*ASKS, "before"))
async def library_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    wanted = _wanted(request)
    rows = await library_reads.listed(wanted, read_cursor(request))
    page = page_of(rows, PAGE, lambda one: one.id)
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
async def innovation(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """What was wrong, what was done, what it brought, who did it."""
    one = await library_reads.one(address)
    return render(
        request,
        "innovations/library/innovation.html",
        one=one,
        said=one.said,
        kind=KINDS[one.said.kind],
        pictures=await picture_reads.shown([each.picture for each in one.said.pictures]),
        industries=INDUSTRIES,
    )


@get("/innovations.atom", public=True, cached=CACHED)
async def atom(request: Request[Any, Any, Any]) -> Response[bytes]:
    """What was published last."""
    site, language, say = site_of(request), language_of(request), speaker_of(request).gettext
    rows = (await library_reads.listed({}, size=NEWEST))[:NEWEST]
    here = site + in_language("/innovations.atom", language)
    updated = rows[0].published_at.isoformat() if rows else BEGAN
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr("zh-Hans" if language == "zh" else "en")}>',
        f"<title>{escape(say('Library of innovations'))}</title><id>{escape(here)}</id><updated>{updated}</updated>",
        f'<link rel="self" href={quoteattr(here)}/><author><name>{escape(say("Ganpo"))}</name></author>',
    ]
    for row in rows:
        page = escape(site + in_language(f"/innovations/{row.address}", language))
        lines.append(
            f'<entry><title>{escape(row.said.title)}</title><id>{page}</id><link href="{page}"/>'
            f"<updated>{row.published_at.isoformat()}</updated></entry>"
        )
    body = "\n".join([*lines, "</feed>"])
    return Response(body.encode(), media_type="application/atom+xml; charset=utf-8", headers={"cache-control": KEPT})


@get("/api/innovations", public=True, cached=CACHED, asks=(*ASKS, "before"))
async def api_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Published innovations under the filters, the newest first: {"innovations": [...], "next": address or null}."""
    wanted, site = _wanted(request), site_of(request)
    page = page_of(await library_reads.listed(wanted, read_cursor(request)), PAGE, lambda one: one.id)
    further = f"{site}/api/innovations?{urlencode({**wanted, 'before': page.older})}" if page.older else None
    return json_answer({"innovations": [public_value(one, site) for one in page.rows], "next": further})


@get("/api/innovations/{address:str}", public=True, cached=CACHED)
async def api_one(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """One innovation: exactly what its page shows. 404 where there is no page."""
    return json_answer(public_value(await library_reads.one(address), site_of(request)))


def public_value(one: Published, site: str) -> dict[str, Any]:
    """What programs read of a published innovation."""
    said = one.said
    return {
        "address": one.address, "page": f"{site}/innovations/{one.address}", "title": said.title, "kind": said.kind,
        "industry": said.field, "year": said.year, "unit": said.unit, "city": said.city,
        "sections": dict(said.sections),
        "authors": [{"name": each.name, "unit": each.unit or said.unit, "part": each.part} for each in said.authors],
        "patents": [{"number": each.number, "kind": each.kind} for each in said.patents],
        "verified_benefit_fen": said.benefit, "verified_benefit_band": said.band or None,
        "published_at": one.published_at.isoformat(),
    }  # fmt: skip


def _wanted(request: Request[Any, Any, Any]) -> dict[str, str]:
    return {name: value for name in ASKS if (value := request.query_params.get(name, ""))}


def site_of(request: Request[Any, Any, Any]) -> str:
    """As it was told (GANPO_PUBLIC_URL): never what a request says of itself."""
    return pages_of(request).settings.public_url


def json_answer(value: dict[str, Any], status: int = 200) -> Response[bytes]:
    """JSON that every site may read."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(body, status_code=status, media_type="application/json", headers=OPEN)


HANDLERS = [library_page, innovation, atom, api_list, api_one]
