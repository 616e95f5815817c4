"""Pictures as they are sent: to everyone while they are published, and to whom a domain's own page let in.

Nothing else is ever reached here: a rendition is found by code, shape, width and format, never by a name of a file.
"""

import re
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from foundation.base.problem import NotFound
from foundation.files import picture_reads
from foundation.files.picture_reads import Sent

# Asked again each time, and answered from the database: a withdrawn portrait is gone at once, in every process.
PUBLIC = "public, max-age=0, must-revalidate"
PRIVATE = "private, no-store"
HEADERS = {"content-security-policy": "default-src 'none'; sandbox", "x-content-type-options": "nosniff"}

_NAME = re.compile(r"(?P<shape>[a-z]{1,16})-(?P<width>[1-9][0-9]{0,4})\.(?P<format>[a-z0-9]{1,8})")


@get("/pictures/{code:str}/{name:str}", public=True)
async def public_picture(request: Request[Any, Any, Any], code: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    shape, width, kind = asked(name)
    return await _answer(request, await picture_reads.public_rendition(code, shape, width, kind), PUBLIC)


async def send_rendition(
    request: Request[Any, Any, Any],
    picture_id: int,
    shape: str,
    width: int,
    format: str,  # noqa: A002 - the word of the address
) -> Response[bytes]:
    """A hidden picture, for a handler that asked its own permission first. Raises NotFound."""
    return await _answer(request, await picture_reads.hidden_rendition(picture_id, shape, width, format), PRIVATE)


def asked(name: str) -> tuple[str, int, str]:
    """What an address asks for: "portrait-320.webp" as shape, width and format. Raises NotFound."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise NotFound
    return found["shape"], int(found["width"]), found["format"]


async def _answer(request: Request[Any, Any, Any], sent: Sent, cache_control: str) -> Response[bytes]:
    headers = {**HEADERS, "cache-control": cache_control, "etag": sent.etag}
    if cache_control == PUBLIC:  # articles elsewhere show it as long as we do
        headers["cross-origin-resource-policy"] = "cross-origin"
    known = request.headers.get("if-none-match", "")
    if cache_control == PUBLIC and sent.etag in re.split(r"\s*,\s*", known.replace("W/", "")):
        return Response(b"", status_code=304, headers=headers)
    return Response(await sent.content(), media_type=sent.media_type, headers=headers)


HANDLERS = [public_picture]
