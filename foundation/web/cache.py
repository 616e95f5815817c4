"""The page cache: public pages as they were rendered, each under the generations of what it shows.

A handler asks for it with `cached=("contest:{address}",)`, and with `asks=("before",)` for the queries it knows. It
gets neither cookies nor any other header, so that its page cannot differ by them. The page's data and the generations
are read in one snapshot; the page is served only while these generations stand.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from litestar import Request
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Send

from foundation.store import generations
from foundation.store.transactions import snapshot
from foundation.web.cache_bodies import Bodies, Body, Headers, make_bodies

ALWAYS = ("site", "suspensions")  # what every public page depends on
LIMIT = 64 * 1024 * 1024  # bytes of all kept pages
LARGEST = LIMIT // 8  # of one page
OVERHEAD = 4096  # bytes of headers, keys and objects, counted for each page
LONGEST_QUERY = 200
UNTIL = "ganpo.until"  # in a request's scope: when its page stops being true without anybody's act
FOR_EVER = float("inf")

Key = tuple[str, str, str]  # language, path, normalised query


@dataclass(frozen=True, slots=True)
class Kept:
    """One page, true while `names` have `values`, and not beyond `until` (seconds of the epoch)."""

    names: tuple[str, ...]
    values: tuple[int, ...]
    until: float
    bodies: Bodies
    route: str  # for the log

    @property
    def size(self) -> int:
        return self.bodies.size + OVERHEAD


@dataclass(slots=True, eq=False)
class _Turn:
    """Those who want one page that is not there: one renders, the others wait."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class PageCache:
    """The pages of one application. `limit` is in bytes; the page not asked for the longest goes first."""

    def __init__(self, limit: int = LIMIT) -> None:
        self.limit = limit
        self.bytes = 0
        self.known = generations.Known()  # nothing is found before `follow`
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._turns: dict[Key, _Turn] = {}
        self._in_work: list[tuple[str, ...]] = []

    def __len__(self) -> int:
        return len(self._pages)

    def follow(self, known: generations.Known) -> None:
        """Start empty, and hold pages against these numbers from now on."""
        self._pages.clear()
        self.bytes, self.known = 0, known

    def names(self) -> Collection[str]:
        """Every generation that a kept page, or one in work, depends on."""
        return {*ALWAYS, *(name for kept in [*self._pages.values()] for name in kept.names)}.union(*self._in_work)

    def find(self, key: Key) -> Kept | None:
        """The page, if it is still true."""
        kept = self._pages.get(key)
        if kept is None:
            return None
        known = self.known.values
        if not self.known.holds():
            return None
        for name, value in zip(kept.names, kept.values, strict=True):
            if known.get(name) != value:
                self._drop(key)
                return None
        if kept.until is not FOR_EVER and time.time() >= kept.until:
            self._drop(key)
            return None
        self._pages.move_to_end(key)
        return kept

    def keep(self, key: Key, kept: Kept) -> None:
        """Keep a page. The numbers it was read under may be newer than what was known, never the other way to stay."""
        self.known.learn(dict(zip(kept.names, kept.values, strict=True)))
        if key in self._pages:
            self._drop(key)
        if kept.size > min(LARGEST, self.limit):
            return
        self._pages[key] = kept
        self.bytes += kept.size
        while self.bytes > self.limit:
            self._drop(next(iter(self._pages)))

    def _drop(self, key: Key) -> None:
        self.bytes -= self._pages.pop(key).size

    @contextmanager
    def in_work(self, names: tuple[str, ...]) -> Iterator[None]:
        """Watch these generations from before the snapshot on, so that no change falls between it and `keep`."""
        self._in_work.append(names)
        try:
            yield
        finally:
            self._in_work.remove(names)

    @contextmanager
    def turn(self, key: Key) -> Iterator[asyncio.Lock]:
        """The lock of one page, there as long as anybody wants it."""
        turn = self._turns.setdefault(key, _Turn())
        turn.waiting += 1
        try:
            yield turn.lock
        finally:
            turn.waiting -= 1
            if not turn.waiting:
                self._turns.pop(key, None)


def key_of(language: str, path: str, query: bytes) -> Key | None:
    """Under which key a page may be kept; None where its address is no tidy one, for of those there is no end."""
    if (path != "/" and path.endswith("/")) or "//" in path:
        return None
    if not query:
        return language, path, ""
    if len(query) > LONGEST_QUERY:
        return None
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    if not pairs or len({name for name, _ in pairs}) < len(pairs):
        return None
    return language, path, urlencode(sorted(pairs))


def fresh_until(request: Request[Any, Any, Any], moment: datetime) -> None:
    """Say in a cached handler that its page changes at this moment by itself (a deadline passes, a period ends)."""
    scope: Any = request.scope
    scope[UNTIL] = min(scope.get(UNTIL, FOR_EVER), moment.timestamp())


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
