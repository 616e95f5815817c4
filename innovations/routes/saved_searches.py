"""Kept searches and their feeds, and what is found as a spreadsheet.

A feed is read by programs that cannot sign in: its address is all they show. It tells titles, kinds and units; what is
behind them is read on the desk.
"""

from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import NotFound, Problem, Refused
from foundation.files.names import download_headers
from foundation.text import search
from foundation.web.api.answers import site_of
from foundation.web.files.downloads import download
from foundation.web.forms import Form, read_form
from foundation.web.language import CHINESE
from foundation.web.language import address as in_language
from foundation.web.pages import language_of, pages_of, redirect, render, speaker_of
from foundation.web.process.notice_desk_pages import zone_of
from innovations import saved_searches, search_exports, searching
from innovations.may import SEE_INNOVATIONS
from innovations.routes.search import ONLY, show_desk, words_of
from innovations.saved_searches import Saved
from innovations.search_lines import Said

NEWEST = 30  # entries of a feed
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@get("/search/saved", may=SEE_INNOVATIONS)
async def saved_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _list(request)


@post("/search/saved", may=SEE_INNOVATIONS)
async def save(request: Request[Any, Any, Any]) -> Response[Any]:
    form = await read_form(request)
    text, only = form.value("q"), _only(form)
    try:
        asked = await searching.read(await searching.for_reader(request.user, words_of(request), only), text)
        if asked.problems:
            raise Refused(*asked.problems)
        await saved_searches.save(request.user, form.value("name"), text, only, datetime.now(UTC))
    except Refused as refusal:
        return await show_desk(request, text, only, refusal.problems)
    return redirect(request, "/search/saved", done="saved_search_kept")


@post("/search/saved/{number:int}/feed", may=SEE_INNOVATIONS)
async def open_feed(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    """A new address, shown this once."""
    await read_form(request)
    code = await saved_searches.open_feed(request.user, number, datetime.now(UTC))
    return await _list(request, number, site_of(request) + f"/search/feeds/{code}")


@post("/search/saved/{number:int}/feed/closing", may=SEE_INNOVATIONS)
async def close_feed(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    await read_form(request)
    await saved_searches.close_feed(request.user, number)
    return redirect(request, "/search/saved", done="saved_search_feed_closed")


@post("/search/saved/{number:int}/removal", may=SEE_INNOVATIONS)
async def remove(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    await read_form(request)
    await saved_searches.remove(request.user, number)
    return redirect(request, "/search/saved", done="saved_search_removed")


@get("/search/feeds/{code:str}", public=True)
async def feed(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[bytes]:
    """The newest of a kept search, as its owner may see it now; 404 for any other address."""
    saved, owner = await saved_searches.by_feed(code)
    scope = await searching.for_reader(owner, words_of(request), saved.only)
    asked = await searching.read(scope, saved.query)
    rows: list[Said] = []
    if not asked.problems:
        found = await search.newest(asked.wanted, scope.seen, size=NEWEST)
        rows = await scope.load(found.hits)
    headers = {"cache-control": "private, no-store", "x-robots-tag": "noindex, nofollow"}
    body = _atom(request, saved, rows).encode()
    return Response(body, media_type="application/atom+xml; charset=utf-8", headers=headers)


@post("/search/export", may=SEE_INNOVATIONS)
async def export(request: Request[Any, Any, Any]) -> Response[Any]:
    """What is found as a spreadsheet: few rows at once, many as a job."""
    form, now = await read_form(request), datetime.now(UTC)
    text, only = form.value("q"), _only(form)
    scope = await searching.for_reader(request.user, words_of(request), only)
    say = pages_of(request).speakers[CHINESE].gettext
    try:
        asked = await searching.read(scope, text)
        if asked.problems or asked.empty:
            raise Refused(*(asked.problems or [Problem("search_export_empty", "q")]))
        found = await search.newest(asked.wanted, scope.seen, size=1)
        if found.capped or found.count > search_exports.AT_ONCE:
            return redirect(request, f"/jobs/{await search_exports.by_job(request.user, asked.wanted, say, now)}")
        made = await search_exports.at_once(request.user, asked.wanted, say, now.astimezone(zone_of(request)))
    except Refused as refusal:
        return await show_desk(request, text, only, refusal.problems)
    headers = {**download_headers(f"{search_exports.NAME}.xlsx"), "cache-control": "private, no-store"}
    return Response(made, status_code=200, media_type=XLSX, headers=headers)


@get("/search/exports/{number:int}", may=SEE_INNOVATIONS)
async def export_file(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    return await download(await search_exports.file_of(request.user.account_id, number))


async def _list(request: Request[Any, Any, Any], opened: int = 0, address: str = "") -> Response[bytes]:
    page = render(
        request,
        "innovations/search/saved.html",
        saved=await saved_searches.listed(request.user),
        form=Form(),
        opened=opened,
        address=address,
    )
    page.headers["cache-control"] = "no-store"
    return page


def _atom(request: Request[Any, Any, Any], saved: Saved, rows: list[Said]) -> str:
    site, language, say = site_of(request), language_of(request), speaker_of(request).gettext
    updated = max((row.at for row in rows), default=saved.made_at)
    about = f"urn:ganpo:saved-search:{saved.id}"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr("zh-Hans" if language == CHINESE else "en")}>',
        f"<title>{escape(saved.name)}</title><id>{about}</id><updated>{updated.isoformat()}</updated>",
        f"<author><name>{escape(say('Ganpo'))}</name></author>",
    ]
    for row in rows:
        page = site + in_language(row.page, language)
        told = " · ".join(filter(None, (say(row.kind), row.unit, say(row.stage) if row.stage else "")))
        lines.append(
            f"<entry><title>{escape(row.title)}</title><id>{about}:{escape(row.page)}</id>"
            f"<link href={quoteattr(page)}/><updated>{row.at.isoformat()}</updated>"
            f"<summary>{escape(told)}</summary></entry>"
        )
    return "\n".join([*lines, "</feed>"])


def _only(form: Form) -> str:
    only = form.value("in")
    if only and only not in ONLY:
        raise NotFound
    return only


HANDLERS = [saved_list, save, open_feed, close_feed, remove, feed, export, export_file]
