"""JSON answers: encoded from structs, with an ETag, open to every site where they are public."""

import hashlib
from typing import Any

import msgspec
from litestar import Request, Response

from foundation.web.pages import pages_of

KIND = "application/json"
KEPT_BY = {"cache-control": "public, max-age=0, must-revalidate", "vary": "accept-language"}
OPEN = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "etag, link, retry-after, x-request-id",
}
"""For reading by programs in browsers; never with credentials, which the star excludes."""
PREFLIGHT = {
    **OPEN,
    "access-control-allow-methods": "GET, HEAD",
    "access-control-allow-headers": "accept-language, if-none-match",
    "access-control-max-age": "86400",
}


def site_of(request: Request[Any, Any, Any]) -> str:
    """The registry's own address, as it was told (GANPO_PUBLIC_URL); without one, addresses stay relative.

    Never what a request says of itself: a kept answer is for everyone, and anybody can send any Host.
    """
    return pages_of(request).settings.public_url


def public_answer(value: msgspec.Struct) -> Response[bytes]:
    """What everyone may read; the page cache keeps it, and answers with its ETag or 304."""
    body = msgspec.json.encode(value)
    return Response(body, media_type=KIND, headers={**KEPT_BY, "etag": etag_of(body), **OPEN})


def own_answer(request: Request[Any, Any, Any], value: msgspec.Struct) -> Response[bytes]:
    """What a token may read: nobody else keeps it; 304 where the asker has it already."""
    body = msgspec.json.encode(value)
    headers = {"cache-control": "private, no-cache", "etag": etag_of(body)}
    seen = request.headers.get("if-none-match", "")
    if headers["etag"] in seen or seen.strip() == "*":
        return Response(b"", status_code=304, media_type=KIND, headers=headers)
    return Response(body, media_type=KIND, headers=headers)


def etag_of(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:24]}"'
