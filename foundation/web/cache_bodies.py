"""The bodies of a kept page: plain, gzip and br, each made once with its own ETag, and which of them to send.

Knows the headers of negotiation and of conditional requests; knows no page and no store.
"""

import gzip
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import anyio.to_thread
import brotli  # type: ignore[import-untyped]  # ships no types

Headers = list[tuple[bytes, bytes]]

LEAST = 512  # bytes; below, packing saves nothing worth its time
ON_THE_LOOP = 32 * 1024  # bytes that are packed at once; a longer page would keep everybody waiting
QUALITY = 5  # of br; 11 saves a tenth more and takes thirty times as long
LEVEL = 6
PACKED_KINDS = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")
_OWN = {
    b"content-length",
    b"content-encoding",
    b"etag",
    b"vary",
}  # said here, not by the handler
_WITH_304 = {  # RFC 9110, 15.4.5, and what lets a script of another site see it
    b"cache-control", b"content-location", b"date", b"etag", b"expires", b"vary", b"access-control-allow-origin",
    b"access-control-expose-headers",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Body:
    """One form of a page, with every header that does not differ by request."""

    etag: bytes
    content: bytes
    headers: Headers
    unchanged: Headers  # those of its 304


@dataclass(frozen=True, slots=True)
class Bodies:
    """The forms of one page; `packed` has "gzip" and "br" where the page is worth it."""

    plain: Body
    packed: dict[str, Body]
    size: int  # bytes of all together

    def asked_for(self, headers: Sequence[tuple[bytes, bytes]]) -> tuple[Body, bool]:
        """The form for these request headers, and whether the asker has it already (304)."""
        accepts = seen = b""
        for name, value in headers:
            if name == b"accept-encoding":
                accepts += b"," + value if accepts else value
            elif name == b"if-none-match":
                seen += b"," + value if seen else value
        body = (self.packed.get(accepted(accepts)) if self.packed else None) or self.plain
        return body, bool(seen) and (body.etag in seen or seen.strip() == b"*")


@lru_cache(maxsize=256)
def accepted(header: bytes) -> str:
    """ "br", "gzip" or "": the best that an Accept-Encoding header takes, br where it likes both the same."""
    weights: dict[str, float] = {}
    for part in header.decode("latin-1").lower().split(","):
        name, _, parameters = part.partition(";")
        weights[name.strip()] = _weight(parameters)
    rest = weights.get("*", 0.0)
    best = max(("br", "gzip"), key=lambda name: weights.get(name, rest))
    return best if weights.get(best, rest) > 0 else ""


def _weight(parameters: str) -> float:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


async def make_bodies(content: bytes, headers: Headers, everywhere: Headers) -> Bodies:
    """Every form of an answer with these headers; `everywhere` are those of every answer, 304 included."""
    kept = [(name.lower(), value) for name, value in headers if name.lower() not in _OWN]
    kind = dict(kept).get(b"content-type", b"").decode("latin-1")
    vary = ", ".join(["accept-encoding", *(value.decode() for name, value in headers if name.lower() == b"vary")])
    plain = _body(content, "", kept, everywhere, vary)
    if len(content) < LEAST or not kind.startswith(PACKED_KINDS):
        return Bodies(plain, {}, len(content))
    if len(content) > ON_THE_LOOP:
        packed = await anyio.to_thread.run_sync(_pack, content)
    else:
        packed = _pack(content)
    made = {name: _body(data, name, kept, everywhere, vary) for name, data in packed.items()}
    return Bodies(plain, made, len(content) + sum(map(len, packed.values())))


def _pack(content: bytes) -> dict[str, bytes]:
    return {
        "gzip": gzip.compress(content, LEVEL, mtime=0),  # no time in it: the same page has the same ETag
        "br": brotli.compress(content, quality=QUALITY, mode=brotli.MODE_TEXT),
    }


def _body(content: bytes, encoding: str, kept: Headers, everywhere: Headers, vary: str) -> Body:
    etag = f'"{hashlib.sha256(content).hexdigest()[:24]}{"-" + encoding if encoding else ""}"'.encode()
    own: Headers = [(b"etag", etag), (b"vary", vary.encode())]
    coded: Headers = [(b"content-encoding", encoding.encode())] if encoding else []
    full = [*kept, *own, *coded, (b"content-length", str(len(content)).encode()), *everywhere]
    unchanged = [*(pair for pair in kept if pair[0] in _WITH_304), *own, *everywhere]
    return Body(etag, content, full, unchanged)
