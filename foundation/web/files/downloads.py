"""Stored files as downloads: saved by the browser, never shown or run in our name. Knows bytes and headers.

Whether somebody may have a file is decided before, by what it hangs on.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from litestar import Response
from litestar.response import Stream

from foundation.files import stored
from foundation.files.names import download_headers

PRIVATE = "private, no-store"
PIECE = 256 * 1024  # bytes sent at once


async def download(file_id: int, cache_control: str = PRIVATE, name: str = "") -> Response[bytes] | Stream:
    """A stored file, streamed, under its own name or another. Raises NotFound, `FileDamagedError`."""
    facts, path = await stored.located(file_id)
    headers = {
        "cache-control": cache_control,
        "content-length": str(facts.size),
        **download_headers(name or facts.name),
    }
    return Stream(_pieces(path), media_type=facts.media_type, headers=headers)


def streamed(pieces: AsyncIterator[bytes], name: str, media_type: str, more: Mapping[str, str] | None = None) -> Stream:
    """What is made while it is sent (a zip, a sheet), as a download that nobody keeps."""
    headers = {"cache-control": PRIVATE, **download_headers(name), **(more or {})}
    return Stream(pieces, media_type=media_type, headers=headers)


async def _pieces(path: Path) -> AsyncIterator[bytes]:
    file = await asyncio.to_thread(path.open, "rb")
    try:
        while piece := await asyncio.to_thread(file.read, PIECE):
            yield piece
    finally:
        await asyncio.to_thread(file.close)
