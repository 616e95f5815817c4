"""Uploads as they arrive: streamed to the disk, measured on the way, never whole in memory.

A handler says `**takes(PURPOSE)`; its form may be large then, and each file goes to a part of the media folder, which
is removed with the end of the request. Knows bodies and parts; knows nothing of what files hold.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from io import BufferedWriter
from pathlib import Path
from typing import Any, cast

from litestar import Request
from litestar.exceptions import HTTPException
from multipart import (  # type: ignore[import-untyped]
    MultipartSegment,
    ParserError,
    ParserLimitReached,
    PushMultipartParser,
)

from foundation.files import media
from foundation.files.limits import Purpose
from foundation.files.uploaders import Uploader

TEXT_LIMIT = 2 * 1024 * 1024  # bytes of all that was typed beside the files
AT_ONCE = 1024 * 1024  # bytes that are written at once
LONGEST_NAME = 300
UPLOADER = "ganpo.uploader"  # in a request's scope: who was admitted without an account
PARTS = "ganpo.parts"  # in a request's scope: what is removed at its end


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came; its name is only a hint. A small form's is in `content`, a large one's lies at `path`."""

    name: str
    content: bytes = b""
    path: Path | None = None

    @property
    def given(self) -> bytes | Path:
        """What a writer takes."""
        return self.content if self.path is None else self.path


@dataclass(slots=True)
class Arrived:
    """The fields of a large form in the order they came."""

    fields: list[tuple[str, str]]
    uploads: list[tuple[str, Upload]]


def takes(*purposes: Purpose, strangers: bool = False) -> dict[str, Any]:
    """For a handler's decorator: its form takes files, one purpose for each of its fields.

    With `strangers` a public handler takes them from anybody, and asks before it reads the form whether it may.

    What is larger than a file may be is read to its end and dropped, so that the form comes back with a sentence; what
    is more than twice as large is cut off with a page.
    """
    most, files = max(each.most for each in purposes), sum(each.files for each in purposes)
    whole = replace(purposes[0], most=most, files=files)
    return {"takes": whole, "from_strangers": strangers, "request_max_body_size": 2 * most * files + TEXT_LIMIT}


def admit(request: Request[Any, Any, Any], actor: str) -> None:
    """Say who sends this form without an account, before it is read: their files are taken."""
    cast("Any", request.scope)[UPLOADER] = actor


def uploader_of(request: Request[Any, Any, Any]) -> Uploader | None:
    """Whose files a form brings: who signed in, or who was admitted; None for a stranger."""
    scope: Any = request.scope
    user = scope.get("user")
    admitted: str | None = scope.get(UPLOADER)
    return admitted if user is None else int(user.account_id)


async def arrive(request: Request[Any, Any, Any], purpose: Purpose, limit: int) -> Arrived:
    """Read a multipart body with at most `limit` parts. Raises HTTPException: 400 for a broken one, 413.

    Files of somebody who is not known are not written anywhere, unless the handler asks for them: only their
    names are kept.
    """
    scope: Any = request.scope
    parts = scope.setdefault(PARTS, [])
    known = uploader_of(request) is not None or scope["route_handler"].opt.get("from_strangers")
    reading = _Reading(purpose, parts if known else None)
    boundary = request.content_type[1].get("boundary", "")
    try:
        with PushMultipartParser(boundary.encode(), max_segment_count=limit) as parser:
            async for chunk in _chunks(request):
                for event in parser.parse(chunk):
                    await reading.take(event)
    except ParserLimitReached as error:
        raise HTTPException(status_code=413) from error
    except (ParserError, LookupError, ValueError) as error:
        raise HTTPException(status_code=400) from error
    finally:
        await reading.part.close()
    return reading.arrived


async def _chunks(request: Request[Any, Any, Any]) -> AsyncIterator[bytes]:
    """The body, and its end, which the parser wants to be told."""
    async for chunk in request.stream():
        if chunk:
            yield chunk
    yield b""


async def forget(scope: Mapping[str, Any]) -> None:
    """Remove what this request left lying: whatever was kept has a place of its own by now."""
    if parts := scope.get(PARTS):
        await asyncio.to_thread(_remove, parts)


def _remove(parts: list[Path]) -> None:
    for path in parts:
        path.unlink(missing_ok=True)


class _Reading:
    """What the parser says, one thing after the other: a part begins, a piece of it, its end (None)."""

    def __init__(self, purpose: Purpose, parts: list[Path] | None) -> None:
        self.arrived, self.part = Arrived([], []), _Part()
        self._purpose, self._parts = purpose, parts
        self._segment: Any = None  # the part that is being read
        self._text, self._typed, self._written = bytearray(), 0, 0

    async def take(self, event: Any) -> None:
        if isinstance(event, MultipartSegment):
            await self._begin(event)
        elif self._segment is None:
            raise HTTPException(status_code=400)
        elif self._segment.filename:
            await self._file(event)
        else:
            self._field(event)

    async def _begin(self, segment: MultipartSegment) -> None:
        self._segment, self._text, self.part = segment, bytearray(), _Part()
        if segment.filename and self._parts is not None and self._written < self._purpose.files:
            self._parts.append(await asyncio.to_thread(media.new_part))
            self.part = _Part(self._parts[-1], self._purpose.most)
            self._written += 1

    async def _file(self, piece: bytes | bytearray | None) -> None:
        if piece:
            await self.part.write(piece)
            return
        await self.part.close()
        name, field = str(self._segment.filename), str(self._segment.name)
        self.arrived.uploads.append((field, Upload(name[:LONGEST_NAME], path=self.part.path)))

    def _field(self, piece: bytes | bytearray | None) -> None:
        if piece:
            self._typed += len(piece)
            if self._typed > TEXT_LIMIT:
                raise HTTPException(status_code=413)
            self._text += piece
            return
        text = self._text.decode(self._segment.charset or "utf-8")
        self.arrived.fields.append((str(self._segment.name), text))


class _Part:
    """One file on its way; without a path, or over its limit, what comes is dropped."""

    def __init__(self, path: Path | None = None, most: int = 0) -> None:
        self.path, self._most = path, most
        self._file: BufferedWriter | None = path.open("wb") if path else None
        self._waiting = bytearray()
        self._size = 0

    async def write(self, piece: bytes | bytearray) -> None:
        if self._file is None or self._size > self._most:
            return  # one byte more than the limit was written: whoever checks it sees that it is too large
        piece = piece[: self._most + 1 - self._size]
        self._size += len(piece)
        self._waiting += piece
        if len(self._waiting) >= AT_ONCE:
            await self._flush(self._file)

    async def close(self) -> None:
        if self._file is not None:
            await self._flush(self._file)
            self._file.close()
            self._file = None

    async def _flush(self, file: BufferedWriter) -> None:
        waiting, self._waiting = bytes(self._waiting), bytearray()
        await asyncio.to_thread(file.write, waiting)
