"""`/robots.txt`: where programs that index the web find what there is. Each package announces its own sitemaps.

Knows addresses; knows no page. Without the registry's own address (GANPO_PUBLIC_URL) no sitemap is named, for a sitemap
is named by its whole address, and nothing here is made of what a request says of itself.
"""

from typing import Any

from litestar import Request, Response, get

from foundation.web.pages import pages_of

_sitemaps: dict[str, None] = {}


def announce(path: str) -> None:
    """Name a sitemap; a second time changes nothing."""
    _sitemaps[path] = None


@get("/robots.txt", public=True)
async def robots(request: Request[Any, Any, Any]) -> Response[bytes]:
    site = pages_of(request).settings.public_url
    lines = ["User-agent: *", "Allow: /", *(f"Sitemap: {site}{path}" for path in _sitemaps if site)]
    headers = {"cache-control": "public, max-age=3600"}
    return Response("\n".join([*lines, ""]).encode(), media_type="text/plain; charset=utf-8", headers=headers)


HANDLERS = [robots]
