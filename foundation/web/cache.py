"""The page cache: public pages as they were rendered, each under the generations of what it shows.

A handler asks for it with `cached=("contest:{address}",)`, and with `asks=("before",)` for the queries it knows. Knows
keys, generations and sizes; knows nothing of how a page is made (`cached_pages.py`). A page was read in one snapshot
with its generations, and is found only while these stand.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from litestar import Request

from foundation.store import generations
from foundation.web.cache_bodies import Bodies

ALWAYS = ("site", "suspensions", "organisations")  # what every public page depends on
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
