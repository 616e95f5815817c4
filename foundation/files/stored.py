"""Stored files: the only writer of `StoredFile`.

A file is checked by its content, written under its digest and on the disk before its row exists. Who may read one
is decided by what it hangs on (`uses.py`): nothing here is reached by an address of its own, and what hangs on nothing
is swept after a day.
"""

import asyncio
import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from foundation.base.problem import NotFound, Problem, Refused
from foundation.files import contents, media
from foundation.files.kinds import DOCUMENTS, Kind, Unfit, kind_of, kind_of_file
from foundation.files.names import clean_name, plain_name
from foundation.files.tables import FileUse, StoredFile
from foundation.files.uploaders import Uploader, actor_of, columns_of
from foundation.store import ledger
from foundation.store.transactions import transaction

MOST = 2 * 1024 * 1024  # bytes of one file; a form is not larger either


class FileDamagedError(Exception):
    """What lies on the disk is not what was stored: restore it from the backup."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is known of a stored file. `size` is bytes."""

    id: int
    sha256: str
    name: str
    media_type: str
    size: int
    uploaded_by: int
    uploaded_at: datetime
    uploader: str | None = None


def check(
    name: str, content: bytes | Path, field: str = "file", most: int = MOST, kinds: Collection[Kind] = DOCUMENTS
) -> Kind:
    """What kind of file this is. Raises Refused, with `field` as the place, for what is not accepted.

    `most` is in bytes; a path is read where it lies, not loaded.
    """
    shown = {"name": plain_name(name)}
    size = content.stat().st_size if isinstance(content, Path) else len(content)
    if not name and not size:
        raise Refused(Problem("stored_missing", field))
    if size > most:
        raise Refused(Problem("stored_large", field, {**shown, "most": str(most // 1024 // 1024)}))
    try:
        kind = kind_of_file(content) if isinstance(content, Path) else kind_of(content)
    except Unfit as unfit:
        raise Refused(Problem(unfit.code, field, shown)) from unfit
    if kind not in kinds:
        raise Refused(Problem("file_kind", field, shown))
    return kind


async def keep(  # noqa: PLR0917 - an upload is all of these
    name: str,
    content: bytes | Path,
    by: Uploader,
    now: datetime,
    field: str = "file",
    most: int = MOST,
    kinds: Collection[Kind] = DOCUMENTS,
) -> int:
    """Store an upload of `by`; answers its id. Raises Refused. Opens its own transaction."""
    kind = await asyncio.to_thread(check, name, content, field, most, kinds)
    path = content if isinstance(content, Path) else await asyncio.to_thread(_written, content)
    try:
        part = await asyncio.to_thread(media.measure, path)
        await contents.put([part])
        async with transaction():
            await contents.claim([part])
            return await add(part, clean_name(name, kind.endings), kind.media_type, by, now)
    finally:
        if path is not content:
            await asyncio.to_thread(path.unlink)


async def add(part: media.Part, name: str, media_type: str, by: Uploader, now: datetime) -> int:
    """The row of a content that the caller's transaction has claimed; answers its id."""
    account, uploader = columns_of(by)
    row = StoredFile(
        sha256=part.sha256, name=name, media_type=media_type, size=part.size, uploaded_by=account, uploaded_at=now,
        uploader=uploader,
    )  # fmt: skip
    await row.save()
    ledger.record(
        stream=f"file:{row.id}",
        act="file.kept",
        actor=actor_of(by),
        payload={"sha256": part.sha256, "size": part.size, "kind": Path(name).suffix},
    )
    return int(row.id)


async def facts(file_id: int) -> FileFacts:
    """What is known of a file. Raises NotFound."""
    row = await StoredFile.select().where(StoredFile.id == file_id).first()
    if row is None:
        raise NotFound
    return facts_of(row)


def facts_of(row: dict[str, Any]) -> FileFacts:
    """A whole row of `StoredFile`."""
    return FileFacts(**{name: row[name] for name in FileFacts.__dataclass_fields__})


async def pending(file_id: int, by: Uploader) -> FileFacts:
    """An upload of one's own that hangs on nothing yet. Raises NotFound."""
    found = await facts(file_id)
    if (found.uploaded_by, found.uploader) != columns_of(by) or await FileUse.exists().where(FileUse.file == file_id):
        raise NotFound
    return found


async def located(file_id: int) -> tuple[FileFacts, Path]:
    """A file's facts and where its content lies, checked. Raises NotFound, `FileDamagedError`."""
    found = await facts(file_id)
    path = media.place(found.sha256)
    try:
        part = await asyncio.to_thread(media.digest, path)
    except OSError as error:
        raise FileDamagedError(f"content {found.sha256[:12]}: {error.strerror}") from error
    if part.sha256 != found.sha256:
        raise FileDamagedError(f"content {found.sha256[:12]}: another one")
    return found, path


async def read(file_id: int) -> tuple[FileFacts, bytes]:
    """A file's facts and content. Raises NotFound, and `FileDamagedError` where the disk holds something else."""
    found = await facts(file_id)
    return found, await asyncio.to_thread(content_of, found.sha256)


def content_of(sha256: str) -> bytes:
    """A content, checked. Raises `FileDamagedError`."""
    try:
        content = media.place(sha256).read_bytes()
    except OSError as error:
        raise FileDamagedError(f"content {sha256[:12]}: {error.strerror}") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FileDamagedError(f"content {sha256[:12]}: another one")
    return content


def _written(content: bytes) -> Path:
    path = media.new_part()
    media.write(path, content)
    return path
