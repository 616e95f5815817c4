"""The outermost layer of every request: language, kept pages, request id, HEAD, security headers and one log line.

Nothing here knows what the registry is for; the roof hands in handlers and pages. A page that is kept is answered
before anything is routed; it is the same for everyone, so nobody is asked who they are.
"""

import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar, Request
from litestar.connection import ASGIConnection
from litestar.types import Message

from foundation.people.throttle import network
from foundation.store import generations
from foundation.web import shown, uploads
from foundation.web.access import SAFE, client_address
from foundation.web.api.answers import OPEN, PREFLIGHT
from foundation.web.api.asked import check_asked
from foundation.web.api.endpoints import Endpoint
from foundation.web.api.limits import ADDRESS, Limits
from foundation.web.api.problems import KIND as PROBLEM
from foundation.web.api.problems import body_of
from foundation.web.cache import Kept, PageCache, key_of
from foundation.web.cached_pages import CachedPages
from foundation.web.language import CHINESE, preferred, split_language
from foundation.web.logs import log_request
from foundation.web.pages import Pages
from foundation.web.process.suspension_pages import answer_if_suspended

NOWHERE = "/nowhere"  # an address without a handler
API = "/api/"  # below it programs ask

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


HTTPS_ONLY = (b"strict-transport-security", b"max-age=31536000")
NOBODY_KEEPS = (b"cache-control", b"no-store")  # an answer of which nobody said who may keep it
_EVERYWHERE = list(SECURITY_HEADERS.items())


class Registry(Litestar):
    """A Litestar application whose every answer is in a language, numbered, and safe to show."""

    def __init__(self, *, middleware: Any = (), lifespan: Any = (), before_request: Any = None, **options: Any) -> None:
        self.cache = PageCache()
        self.limits = Limits()
        self.described: dict[str, bytes] = {}  # what programs can ask, by language, once somebody wanted to know

        async def before(request: Request[Any, Any, Any]) -> Any:
            """Within the snapshot of a page that is going to be kept, so that none is kept after its suspension."""
            gone = await answer_if_suspended(request)
            if gone is not None:
                return gone
            endpoint: Endpoint | None = request.scope["route_handler"].opt.get("api")
            if endpoint is not None:
                check_asked(request, endpoint.asks)
            return None if before_request is None else await before_request(request)

        super().__init__(
            before_request=before,
            middleware=[*middleware, CachedPages(self.cache, _EVERYWHERE, shown.prepare)],
            lifespan=[*lifespan, _following],  # the last to start: the roof has opened the database by then
            **options,
        )

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        started = time.perf_counter()
        language, path = scope["ganpo.language"], scope["path"] = split_language(scope["path"])
        scope["ganpo.request_id"] = os.urandom(6).hex()
        if path.startswith(API):
            language = scope["ganpo.language"] = of_program(scope, language)
            if seconds := self.limits.count(self._sender(scope), ADDRESS):
                await self._send_too_many(scope, send, seconds, started)
                return
        if scope["method"] in {"GET", "HEAD"}:
            key = scope["ganpo.key"] = key_of(language, path, scope["query_string"])
            kept = self.cache.find(key) if key is not None else None
            if kept is not None:
                await _send_kept(kept, scope, send, started)
                return
        # A NUL, which no database takes, or `//elsewhere`, which in a link is another site: no address of ours.
        if not path.isprintable() or path.startswith("//"):
            scope["path"] = NOWHERE
        scope["raw_path"] = scope["path"].encode("utf-8", "surrogatepass")
        await shown.prepare(scope)
        try:
            await super().__call__(scope, receive, _outgoing(scope, send, started))
        finally:
            await uploads.forget(scope)

    def _sender(self, scope: Any) -> str:
        here: Any = {**scope, "litestar_app": self}  # no handler was looked for yet
        return f"address {network(client_address(ASGIConnection(here)))}"

    async def _send_too_many(self, scope: Any, send: Any, seconds: int, started: float) -> None:
        """A program asks more than it may: told before anything is looked up."""
        pages: Pages = self.state.pages
        speaker, site = pages.speakers[scope["ganpo.language"]], pages.settings.public_url
        body = body_of(speaker, site, 429, scope["ganpo.request_id"])
        headers = [
            (b"content-type", PROBLEM.encode()), (b"content-length", str(len(body)).encode()),
            (b"retry-after", str(seconds).encode()),
        ]  # fmt: skip
        out = _outgoing(scope, send, started)
        await out({"type": "http.response.start", "status": 429, "headers": headers})
        await out({"type": "http.response.body", "body": body, "more_body": False})


def of_program(scope: Any, language: str) -> str:
    """Mark a request as a program's; answers its language: of its address, or else of its header."""
    scope["ganpo.api"] = True
    if language != CHINESE:
        return language
    return preferred(
        next((value.decode("latin-1") for name, value in scope["headers"] if name == b"accept-language"), "")
    )


@asynccontextmanager
async def _following(app: Any) -> AsyncIterator[None]:
    """Keep the cache true while the application runs; what was counted before is forgotten."""
    app.limits.forget()
    cache: PageCache = app.cache
    async with generations.watching(cache.names) as known:
        cache.follow(known)
        yield


async def _send_kept(kept: Kept, scope: Any, send: Any, started: float) -> None:
    """Send a kept page, which has all headers but those of this request, or only that the asker has it already."""
    body, unchanged = kept.bodies.asked_for(scope["headers"])
    status = 304 if unchanged else 200
    headers = [*(body.unchanged if unchanged else body.headers), (b"x-request-id", scope["ganpo.request_id"].encode())]
    if scope["scheme"] == "https":
        headers.append(HTTPS_ONLY)
    await send({"type": "http.response.start", "status": status, "headers": headers})
    content = b"" if unchanged or scope["method"] == "HEAD" else body.content
    await send({"type": "http.response.body", "body": content, "more_body": False})
    _log(scope, scope["method"], kept.route, status, started)


def _outgoing(scope: Any, send: Any, started: float) -> Any:
    """Wrap `send`: headers on every answer, no body for HEAD, one log line without any personal data."""
    method = scope["method"]
    if method == "HEAD":
        scope["method"] = "GET"

    async def outgoing(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {name.lower() for name, _ in message["headers"]}
            extra = [(name, value) for name, value in SECURITY_HEADERS.items() if name not in given]
            if b"cache-control" not in given:
                extra.append(NOBODY_KEEPS)
            if scope.get("ganpo.api"):
                extra += _open_to_sites(scope, method, given)
            extra.append((b"x-request-id", scope["ganpo.request_id"].encode()))
            if scope.get("scheme") == "https":
                extra.append(HTTPS_ONLY)
            message["headers"] = [*message["headers"], *extra]
            _log(scope, method, scope.get("path_template", ""), message["status"], started)
        elif message["type"] == "http.response.body" and method == "HEAD":
            message = {**message, "body": b""}
        await send(message)

    return outgoing


def _open_to_sites(scope: Any, method: str, given: set[bytes]) -> list[tuple[bytes, bytes]]:
    """Every site's scripts may read what is public, and nothing that a token opens."""
    if method not in SAFE or any(name == b"authorization" for name, _ in scope["headers"]):
        return []
    said = PREFLIGHT if method == "OPTIONS" else OPEN
    return [(name.encode(), value.encode()) for name, value in said.items() if name.encode() not in given]


def _log(scope: Any, method: str, route: str, status: int, started: float) -> None:
    """The route, never the address itself: it may hold a personal code."""
    ms = round((time.perf_counter() - started) * 1000, 1)
    log_request(request_id=scope["ganpo.request_id"], method=method, route=route, status=status, ms=ms)
