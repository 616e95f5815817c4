"""Rendering a page that is going to be kept: alone, without a person, in one snapshot with its generations.

Knows what a handler answers and whether that may be kept; what is kept and for how long is `cache.py`. A cached
handler gets neither cookies nor any other header, so that its page cannot differ by them.
"""

from collections.abc import Callable, Collection
from typing import Any
from urllib.parse import parse_qsl

from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Send

from foundation.store import generations
from foundation.store.transactions import snapshot
from foundation.web.cache import ALWAYS, FOR_EVER, UNTIL, Kept, Key, PageCache
from foundation.web.cache_bodies import Body, Headers, make_bodies


class CachedPages(ASGIMiddleware):
    """The innermost layer: renders a cached page alone, in one snapshot with its generations, and keeps it."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, cache: PageCache, everywhere: Headers, prepare: Callable[[Any], Any]) -> None:
        self.cache = cache
        self.everywhere = everywhere
        self.prepare = prepare  # reads what every page shows, in the page's snapshot

    async def handle(self, scope: Any, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        opt = scope["route_handler"].opt
        wanted: tuple[str, ...] | None = opt.get("cached")
        if wanted is None or scope["method"] != "GET":
            await next_app(scope, receive, send)
            return
        headers = scope["headers"]
        scope["headers"] = []  # nothing a page could differ by, and nothing it could give away
        key: Key | None = scope.get("ganpo.key")
        if key is None or not _known_query(key[2], opt.get("asks", ())):
            await next_app(scope, receive, send)
            return
        scope["query_string"] = key[2].encode()  # the handler reads exactly what the key says
        values = {name: str(value) for name, value in scope["path_params"].items()}
        names = tuple(sorted({*ALWAYS, *(name.format_map(values) for name in wanted)}))
        with self.cache.turn(key) as lock:
            async with lock:
                kept = self.cache.find(key)
                answer: list[Message] = []
                if kept is None:
                    answer, kept = await self._render(scope, receive, next_app, names)
                    if kept is not None:
                        self.cache.keep(key, kept)
        if kept is None:
            for message in answer:
                await send(message)
        else:
            await send_kept(kept.bodies.asked_for(list(headers)), send)

    async def _render(
        self, scope: Any, receive: Receive, handler: ASGIApp, names: tuple[str, ...]
    ) -> tuple[list[Message], Kept | None]:
        """What the handler answers, and the page to keep where it is one."""
        answer: list[Message] = []

        async def collect(message: Message) -> None:
            answer.append(message)

        with self.cache.in_work(names):
            async with snapshot():
                values = await generations.read(names)
                await self.prepare(scope)
                await handler(scope, receive, collect)
            content = _page(answer)
            if content is None:
                return answer, None
            bodies = await make_bodies(content, list(answer[0]["headers"]), self.everywhere)  # type: ignore[typeddict-item]
            read = tuple(values[name] for name in names)
            return answer, Kept(names, read, scope.get(UNTIL, FOR_EVER), bodies, scope.get("path_template", ""))


def _known_query(query: str, asks: Collection[str]) -> bool:
    return all(name in asks for name, _ in parse_qsl(query, keep_blank_values=True))


def _page(answer: list[Message]) -> bytes | None:
    """The whole body of an answer that may be kept: a complete 200 that sets nothing and is meant for everyone."""
    if not answer or answer[0]["type"] != "http.response.start" or answer[0]["status"] != 200:
        return None
    headers = {name.lower(): value for name, value in answer[0]["headers"]}
    if b"set-cookie" in headers or not headers.get(b"cache-control", b"").startswith(b"public"):
        return None
    bodies = [message for message in answer[1:] if message["type"] == "http.response.body"]
    if len(bodies) != len(answer) - 1 or not bodies or bodies[-1].get("more_body"):
        return None
    return b"".join(message["body"] for message in bodies)


async def send_kept(chosen: tuple[Body, bool], send: Send) -> None:
    """Send a kept page, or only that the asker has it already."""
    body, unchanged = chosen
    headers = body.unchanged if unchanged else body.headers
    await send({"type": "http.response.start", "status": 304 if unchanged else 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if unchanged else body.content, "more_body": False})
