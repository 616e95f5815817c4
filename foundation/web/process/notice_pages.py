"""Notices for everyone: the list, one with its table and hash, and the text that was hashed.

Pages that are kept know no person; each says until when it is true, for a notice ends by itself.
"""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from foundation.process import notice_reads, suspensions
from foundation.process.rules.notices import State
from foundation.web.cache import fresh_until
from foundation.web.keyset import Page, page_of, read_cursor
from foundation.web.pages import render
from foundation.web.process import notice_desk_pages

SIZE = 30


@get("/notices", public=True, cached=("process",), asks=("before",))
async def notice_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    now = datetime.now(UTC)
    page = page_of(await notice_reads.published(read_cursor(request), SIZE), SIZE, lambda notice: notice.id)
    lines = await suspensions.standing(page.rows, lambda notice: f"/notices/{notice.address}")
    page = Page(tuple(lines), page.older)
    for notice in page.rows:
        if notice.ends_at and notice.state(now) is State.RUNNING:
            fresh_until(request, notice.ends_at)
    return render(request, "process/notices/list.html", page=page, now=now)


@get("/notices/{address:str}", public=True, cached=("notice:{address}",))
async def notice_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    notice, now = await notice_reads.public(address), datetime.now(UTC)
    state = notice.state(now)
    if state is State.RUNNING:
        fresh_until(request, notice.ends_at)
    return render(request, "process/notices/notice.html", notice=notice, state=state)


@get("/notices/{address:str}/snapshot.json", public=True)
async def notice_snapshot(address: FromPath[str]) -> Response[bytes]:
    """Byte for byte what was hashed at the opening."""
    text = await notice_reads.snapshot(address)
    name = f'attachment; filename="notice-{address}.json"'
    return Response(text.encode(), media_type="application/json", headers={"content-disposition": name})


HANDLERS = [notice_list, notice_page, notice_snapshot, *notice_desk_pages.HANDLERS]
