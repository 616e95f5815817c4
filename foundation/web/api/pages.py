"""The description of the API: /api for people, /api/openapi.json for programs. Both say the same, of every handler."""

from typing import Any

import msgspec
from litestar import Request, Response, get

from foundation.people.api_answers import KEPT
from foundation.web.api import limits
from foundation.web.api.answers import KEPT_BY, OPEN, etag_of, site_of
from foundation.web.api.document import document, operations
from foundation.web.api.problems import WORDS
from foundation.web.api.shown import shown
from foundation.web.forms import BODY_LIMIT
from foundation.web.pages import language_of, render, speaker_of


@get("/api", public=True, cached=())
async def reference(request: Request[Any, Any, Any]) -> Response[bytes]:
    found = operations(request.app)
    groups: dict[str, list[Any]] = {}
    for one in found:
        groups.setdefault(one.endpoint.group, []).append(shown(one, site_of(request)))
    return render(
        request,
        "web/api.html",
        groups=groups,
        statuses=WORDS,
        address_limit=limits.ADDRESS,
        token_limit=limits.TOKEN,
        write=limits.WRITE,
        hours=int(KEPT.total_seconds()) // 3600,
        megabytes=BODY_LIMIT // (1024 * 1024),
    )


@get("/api/openapi.json", public=True)
async def openapi(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Made once in each language, and the same as long as this process runs."""
    made: dict[str, bytes] = request.app.described  # type: ignore[attr-defined]
    language = language_of(request)
    if language not in made:
        described = document(operations(request.app), speaker_of(request).gettext, site_of(request))
        made[language] = msgspec.json.encode(described)
    body, etag = made[language], etag_of(made[language])
    headers = {**KEPT_BY, "etag": etag, "content-language": language, **OPEN}
    if etag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


HANDLERS = [reference, openapi]
