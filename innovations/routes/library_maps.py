"""The sitemap of the library: every published innovation in both languages, and the pages that lead to them."""

from typing import Any
from xml.sax.saxutils import escape

from litestar import Request, Response, get

from foundation.base.clock import day_of
from foundation.process.suspensions import standing
from foundation.web import robots
from foundation.web.api.answers import site_of
from foundation.web.keyset import page_of, read_cursor
from foundation.web.language import LANGUAGES
from foundation.web.language import address as in_language
from innovations import library_reads
from innovations.routes.library import CACHED, KEPT

PATH = "/innovations/sitemap.xml"
IN_ONE = 5000
PAGES = ("/innovations", "/innovations/search")


@get(PATH, public=True, cached=CACHED, asks=("before",))
async def sitemap(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The newest first, with the day of publication; more than fit follow `before`, as the Link header says."""
    site, before = site_of(request), read_cursor(request)
    page = page_of(await library_reads.addresses(before, IN_ONE), IN_ONE, lambda row: row["id"])
    lines = ['<?xml version="1.0" encoding="utf-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    if before is None:
        lines += [
            f"<url><loc>{escape(site + in_language(path, language))}</loc></url>"
            for path in PAGES
            for language in LANGUAGES
        ]
    lines += [
        f"<url><loc>{escape(site + in_language('/innovations/' + row['address'], language))}</loc>"
        f"<lastmod>{day_of(row['published_at']).isoformat()}</lastmod></url>"
        for row in await standing(page.rows, lambda row: f"/innovations/{row['address']}")
        for language in LANGUAGES
    ]
    headers = {"cache-control": KEPT}
    if page.older:
        headers["link"] = f'<{site}{PATH}?before={page.older}>; rel="next"'
    body = "\n".join([*lines, "</urlset>"])
    return Response(body.encode(), media_type="application/xml; charset=utf-8", headers=headers)


robots.announce(PATH)

HANDLERS = [sitemap]
