"""What programs read of craftsmen: Atom, the sitemap, JSON. The same stored rows as the pages, kept like them."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from litestar import Request, Response, get
from litestar.params import FromPath

from craftsmen import craftsman_reads, gallery
from craftsmen.craftsman_reads import Craftsman
from craftsmen.gallery import Line
from craftsmen.routes.public import asked
from craftsmen.rules.searching import ASKS
from craftsmen.showcase_tables import ShownCraftsman
from craftsmen.showing import GENERATION
from foundation.base.problem import NotFound
from foundation.files import picture_reads
from foundation.files.picture_reads import ShownPicture
from foundation.web.keyset import page_of, read_cursor, read_pair_cursor
from foundation.web.language import address as in_language
from foundation.web.pages import language_of, pages_of, speaker_of

CACHED = (GENERATION,)
KEPT = "public, max-age=0, must-revalidate"
NEWEST = 30
IN_ONE_SITEMAP = 5000
OPEN = {"cache-control": KEPT, "access-control-allow-origin": "*"}


def site_of(request: Request[Any, Any, Any]) -> str:
    """The registry's own address, as it was told (GANPO_PUBLIC_URL); without one, addresses stay relative.

    Never what a request says of itself: a kept page is for everyone, and anybody can send any Host.
    """
    return pages_of(request).settings.public_url


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
        f"<lastmod>{row['changed_at'].date().isoformat()}</lastmod></url>"
        for row in page.rows
        for language in ("zh", "en")
    ]
    body = "\n".join([*lines, "</urlset>"])
    headers = {"cache-control": KEPT}
    if page.older:
        headers["link"] = f'<{site}/sitemap.xml?before={page.older}>; rel="next"'
    return Response(body.encode(), media_type="application/xml; charset=utf-8", headers=headers)


@get("/api/craftsmen", public=True, cached=CACHED, asks=(*ASKS, "before"))
async def api_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Honours under the filters of the gallery, the newest first: {"craftsmen": [...], "next": address or null}."""
    wanted, form = asked(request)
    if form.problems:
        say = speaker_of(request).say
        return _json({"problems": [{"field": one.field, "detail": say(one)} for one in form.problems]}, status=422)
    found = await gallery.page(wanted, gallery.PORTRAITS, gallery=True, before=read_pair_cursor(request))
    pictures = await picture_reads.shown([line.portrait for line in found.lines if line.portrait])
    site = site_of(request)
    further = f"{site}/api/craftsmen?{found.further}" if found.further else None
    return _json({"craftsmen": [_line(line, pictures, site) for line in found.lines], "next": further})


@get("/api/craftsmen/{address:str}", public=True, cached=CACHED)
async def api_one(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """One craftsman: exactly what the page shows. 404 where there is no page."""
    gone = await craftsman_reads.tombstone(address)
    if gone is not None:
        raise NotFound
    return _json(_craftsman(await craftsman_reads.by_address(address), site_of(request)))


_PUBLIC = (
    "address", "holder", "name", "gender", "unit_name", "city_name", "county_name", "industry", "occupation",
    "title_code", "title_name", "edition", "year", "verb", "body", "document", "given_on", "headline",
)  # fmt: skip


def _line(line: Line, pictures: Any, site: str) -> dict[str, Any]:
    shown = pictures.get(line.portrait)
    return {
        **{name: getattr(line, name) for name in _PUBLIC},
        "page": f"{site}/craftsmen/{line.page}" if line.page else None,
        "portrait": _picture(shown, "portrait", site) if shown else None,
    }


def _craftsman(found: Craftsman, site: str) -> dict[str, Any]:
    view = asdict(found.view)
    view["portrait"] = _picture(found.portrait, "portrait", site) if found.portrait else None
    for one in (*view["photographs"], *(view["trick"]["steps"] if view["trick"] else ())):
        shown = found.pictures.get(one.pop("picture"))
        one["address"] = _picture(shown, "full", site) if shown else None
    view["page"] = f"{site}/craftsmen/{found.view.address}"
    view["changed_at"] = found.changed_at.isoformat()
    return view


def _picture(shown: ShownPicture, shape: str, site: str) -> str:
    widths: Sequence[int] = shown.widths(shape)
    return site + shown.address(shape, widths[-1], "webp")


def _json(value: dict[str, Any], status: int = 200) -> Response[bytes]:
    body = json.dumps(value, ensure_ascii=False).encode()
    return Response(body, status_code=status, media_type="application/json; charset=utf-8", headers=OPEN)


HANDLERS = [atom, sitemap, api_list, api_one]
