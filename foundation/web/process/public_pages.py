"""What everyone reads of circulars and announcements: the lists, each one's page, and its files as downloads.

Knows what was issued and is public; nothing here asks who is reading. Notices have a file of their own.
"""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from foundation.process import announcement_reads, attachments, circular_reads, suspensions
from foundation.process.openings import place_of
from foundation.process.rules.circular_text import blocks
from foundation.web.keyset import Page, page_of, read_moment_cursor
from foundation.web.pages import render
from foundation.web.process.circular_forms import kind_words
from foundation.web.process.documents import CACHED, sent


@get("/circulars", public=True, cached=("process",), asks=("before",))
async def circular_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    size = circular_reads.PAGE
    rows = await circular_reads.public_page(read_moment_cursor(request), size + 1)
    page = page_of(rows, size, lambda row: (row.issued_at, row.id))
    lines = await suspensions.standing(page.rows, lambda row: f"/circulars/{row.address}")
    page = Page(tuple(lines), page.older)
    return render(request, "process/public/list.html", kind="circular", address="/circulars", page=page)


@get("/circulars/{address:str}", public=True, cached=("process",))
async def circular_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    circular = await circular_reads.public_circular(address)
    return render(
        request,
        "process/public/circular.html",
        document=circular,
        blocks=blocks(circular.text),
        files=await attachments.of(circular.subject),
        corrections=await suspensions.standing(
            await circular_reads.corrections_of(circular.id, public_only=True), lambda one: f"/circulars/{one.address}"
        ),
        kinds=[words for code, words in kind_words(request) if code in circular.kinds],
        opens_at=place_of(circular.opens),
    )


@get("/circulars/{address:str}/files/{number:int}", public=True)
async def circular_file(address: FromPath[str], number: FromPath[int]) -> Response[bytes]:
    circular = await circular_reads.public_circular(address)
    return await sent(circular.subject, number, CACHED)


@get("/announcements", public=True, cached=("process",), asks=("before",))
async def announcement_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    size = announcement_reads.PAGE
    rows = await announcement_reads.public_page(read_moment_cursor(request), size + 1)
    page = page_of(rows, size, lambda row: (row.issued_at, row.id))
    lines = await suspensions.standing(page.rows, lambda row: f"/announcements/{row.address}")
    page = Page(tuple(lines), page.older)
    return render(request, "process/public/list.html", kind="announcement", address="/announcements", page=page)


@get("/announcements/{address:str}", public=True, cached=("process",))
async def announcement_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    announcement = await announcement_reads.public_announcement(address)
    return render(
        request,
        "process/public/announcement.html",
        document=announcement,
        blocks=blocks(announcement.text),
        files=await attachments.of(announcement.subject),
        corrections=await suspensions.standing(
            await announcement_reads.corrections_of(announcement.id), lambda one: f"/announcements/{one.address}"
        ),
    )


@get("/announcements/{address:str}/files/{number:int}", public=True)
async def announcement_file(address: FromPath[str], number: FromPath[int]) -> Response[bytes]:
    announcement = await announcement_reads.public_announcement(address)
    return await sent(announcement.subject, number, CACHED)


HANDLERS = [circular_list, circular_page, circular_file, announcement_list, announcement_page, announcement_file]
