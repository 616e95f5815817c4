"""What programs read of craftsmen: Atom and the sitemap, kept like the pages. JSON is in `api.py`."""

from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from litestar import Request, Response, get

from craftsmen import craftsman_reads
from craftsmen.showcase_tables import ShownCraftsman
from craftsmen.showing import GENERATION
from foundation.base.clock import day_of
from foundation.web import robots
from foundation.web.api.answers import site_of
from foundation.web.keyset import page_of, read_cursor
from foundation.web.language import address as in_language
from foundation.web.pages import language_of, speaker_of

CACHED = (GENERATION,)
KEPT = "public, max-age=0, must-revalidate"
NEWEST = 30
IN_ONE_SITEMAP = 5000


@get("/craftsmen.atom", public=True, cached=CACHED)
async def atom(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The craftsmen whose pages changed last."""
    site, language, say = site_of(request), language_of(request), speaker_of(request).gettext
    rows = (
        await ShownCraftsman.select(ShownCraftsman.address, ShownCraftsman.name, ShownCraftsman.changed_at)
        .where(craftsman_reads.STANDS)
        .order_by(ShownCraftsman.changed_at, ShownCraftsman.id, ascending=False)
        .limit(NEWEST)
    )
    updated = rows[0]["changed_at"] if rows else datetime.fromisoformat("2026-01-01T00:00:00+00:00")
    here = site + in_language("/craftsmen.atom", language)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr("zh-Hans" if language == "zh" else "en")}>',
        f"<title>{escape(say('Craftsmen'))}</title><id>{escape(here)}</id><updated>{updated.isoformat()}</updated>",
        f'<link rel="self" href={quoteattr(here)}/><author><name>{escape(say("Ganpo"))}</name></author>',
    ]
    for row in rows:
        page = escape(site + in_language(f"/craftsmen/{row['address']}", language))
        lines.append(
            f'<entry><title>{escape(row["name"])}</title><id>{page}</id><link href="{page}"/>'
            f"<updated>{row['changed_at'].isoformat()}</updated></entry>"
        )
    body = "\n".join([*lines, "</feed>"])
    return Response(body.encode(), media_type="application/atom+xml; charset=utf-8", headers={"cache-control": KEPT})


@get("/sitemap.xml", public=True, cached=CACHED, asks=("before",))
async def sitemap(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Every craftsman's page with the day of its last change, in both languages; more than fit follow `before`."""
    site, before = site_of(request), read_cursor(request)
    query = ShownCraftsman.select(ShownCraftsman.id, ShownCraftsman.address, ShownCraftsman.changed_at)
    query = query.where(craftsman_reads.STANDS)
    if before is not None:
        query = query.where(ShownCraftsman.id < before)
    page = page_of(
        await query.order_by(ShownCraftsman.id, ascending=False).limit(IN_ONE_SITEMAP + 1),
        IN_ONE_SITEMAP,
        lambda row: row["id"],
    )
    lines = ['<?xml version="1.0" encoding="utf-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    if before is None:
        lines += [
            f"<url><loc>{escape(site + in_language(path, language))}</loc></url>"
            for path in ("/", "/craftsmen", "/craftsmen/timeline", "/honour-roll", "/competitions", "/notices")
            for language in ("zh", "en")
        ]
    lines += [
        f"<url><loc>{escape(site + in_language('/craftsmen/' + row['address'], language))}</loc>"
        f"<lastmod>{day_of(row['changed_at']).isoformat()}</lastmod></url>"
        for row in page.rows
        for language in ("zh", "en")
    ]
    body = "\n".join([*lines, "</urlset>"])
    headers = {"cache-control": KEPT}
    if page.older:
        headers["link"] = f'<{site}/sitemap.xml?before={page.older}>; rel="next"'
    return Response(body.encode(), media_type="application/xml; charset=utf-8", headers=headers)


robots.announce("/sitemap.xml")

HANDLERS = [atom, sitemap]
