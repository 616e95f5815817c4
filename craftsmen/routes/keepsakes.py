"""What people take along from a craftsman's page: a poster for the phone, the text for an article. Public, kept like
the page itself: both are made of the same stored view, and are gone with it.
"""

import asyncio
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from craftsmen import craftsman_reads
from craftsmen.craftsman_reads import Craftsman
from craftsmen.poster import poster
from craftsmen.showing import GENERATION
from foundation.files import picture_reads
from foundation.web.language import address as in_language
from foundation.web.pages import language_of, pages_of, render, speaker_of

CACHED = (GENERATION,)
KEPT = "public, max-age=0, must-revalidate"
WIDEST = 640


@get("/craftsmen/{address:str}/poster.png", public=True, cached=CACHED)
async def poster_file(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """The poster; its QR code leads to the page where the registry was told its address (GANPO_PUBLIC_URL)."""
    found = await craftsman_reads.by_address(address)
    site = pages_of(request).settings.public_url
    page = site + in_language(f"/craftsmen/{found.view.address}", language_of(request)) if site else ""
    foot = speaker_of(request).gettext("Ganpo")
    made = await asyncio.to_thread(poster, found.view, await _portrait(found), page, foot)
    headers = {"cache-control": KEPT, "content-disposition": f'inline; filename="{found.view.address}.png"'}
    return Response(made, media_type="image/png", headers=headers)


async def _portrait(found: Craftsman) -> bytes | None:
    shown = found.portrait
    if shown is None:
        return None
    widths = [width for width in shown.widths("portrait") if width <= WIDEST]
    sent = await picture_reads.public_rendition(shown.code, "portrait", widths[-1], "webp")
    return await sent.content()


@get("/craftsmen/{address:str}/article", public=True, cached=CACHED)
async def article_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """The page as editors of WeChat articles take it: HTML with its styles inline, to copy."""
    found = await craftsman_reads.by_address(address)
    pages, language = pages_of(request), language_of(request)
    site = pages.settings.public_url
    article = (
        pages.environments[language]
        .get_template("craftsmen/public/article_body.html")
        .render(view=found.view, cover=found.portrait, pictures=found.pictures, site=site, lang=language)
    )
    return render(request, "craftsmen/public/article.html", view=found.view, article=article.strip(), shown=bool(site))


HANDLERS = [poster_file, article_page]
