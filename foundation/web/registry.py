"""The outermost layer of every request: language, request id, HEAD, security headers and one log line.

Nothing here knows what the registry is for; the roof hands in handlers and pages.
"""

import time
import uuid
from typing import Any

import structlog
from litestar import Litestar
from litestar.types import Message

from foundation.web.language import split_language

log = structlog.get_logger()

NOWHERE = "/nowhere"  # an address without a handler

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SECURITY_HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=(), payment=()",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"x-frame-options": b"DENY",
}


class Registry(Litestar):
    """A Litestar application whose every answer is in a language, numbered, and safe to show."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        scope["ganpo.language"], scope["path"] = split_language(scope["path"])
        # A NUL, which no database takes, or `//elsewhere`, which in a link is another site: no address of ours.
        if not scope["path"].isprintable() or scope["path"].startswith("//"):
            scope["path"] = NOWHERE
        scope["raw_path"] = scope["path"].encode("utf-8", "surrogatepass")
        scope["ganpo.request_id"] = uuid.uuid4().hex[:12]
        await super().__call__(scope, receive, _outgoing(scope, send))


def _outgoing(scope: Any, send: Any) -> Any:
    """Wrap `send`: headers on every answer, no body for HEAD, one log line without any personal data."""
    head = scope["method"] == "HEAD"
    if head:
        scope["method"] = "GET"
    started = time.perf_counter()
    secure = scope.get("scheme") == "https"

    async def outgoing(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {name.lower() for name, _ in message["headers"]}
            extra = [(name, value) for name, value in SECURITY_HEADERS.items() if name not in given]
            if secure:
                extra.append((b"strict-transport-security", b"max-age=31536000"))
            extra.append((b"x-request-id", scope["ganpo.request_id"].encode()))
            message["headers"] = [*message["headers"], *extra]
            log.info(
                "request",
                request_id=scope["ganpo.request_id"],
                method="HEAD" if head else scope["method"],
                route=scope.get("path_template", ""),  # never the address itself: it may hold a personal code
                status=message["status"],
                ms=round((time.perf_counter() - started) * 1000, 1),
            )
        elif message["type"] == "http.response.body" and head:
            message = {**message, "body": b""}
        await send(message)

    return outgoing
