"""Stored files: the only writer of `StoredFile` and of the media folder.

A file is checked by its content, written under its digest and on the disk before its row exists. Who may read one
is decided by what it hangs on: nothing here is reached by an address of its own.
"""

import asyncio
import contextlib
import hashlib
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from foundation.base.problem import NotFound, Problem, Refused
from foundation.base.settings import Settings
from foundation.files.kinds import Kind, Unfit, kind_of
from foundation.files.names import clean_name, plain_name
from foundation.files.tables import StoredFile
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


def check(name: str, content: bytes, field: str = "file") -> Kind:
    """What kind of file this is. Raises Refused, with `field` as the place, for what is not accepted."""
    shown = {"name": plain_name(name)}
    if not name and not content:
        raise Refused(Problem("stored_missing", field))
    if len(content) > MOST:
        raise Refused(Problem("stored_large", field, {**shown, "most": str(MOST // 1024 // 1024)}))
    try:
        return kind_of(content)
    except Unfit as unfit:
        raise Refused(Problem(unfit.code, field, shown)) from unfit


async def keep(name: str, content: bytes, by: int, now: datetime, field: str = "file") -> int:
    """Store an upload of account `by`; answers its id. Raises Refused. Opens its own transaction."""
    kind = check(name, content, field)
    digest = await asyncio.to_thread(_write, _media(), content)
    async with transaction():
        row = StoredFile(
            sha256=digest,
            name=clean_name(name, kind.endings),
            media_type=kind.media_type,
            size=len(content),
            uploaded_by=by,
            uploaded_at=now,
        )
        await row.save()
        ledger.record(
            stream=f"file:{row.id}",
            act="file.kept",
            actor=f"account:{by}",
            payload={"sha256": digest, "size": len(content), "kind": kind.endings[0]},
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


async def read(file_id: int) -> tuple[FileFacts, bytes]:
    """A file's facts and content. Raises NotFound, and `FileDamagedError` where the disk holds something else."""
    found = await facts(file_id)
    path = _media() / found.sha256[:2] / found.sha256
    try:
        content = await asyncio.to_thread(path.read_bytes)
    except OSError as error:
        raise FileDamagedError(f"stored file {file_id}: {error.strerror}") from error
    if hashlib.sha256(content).hexdigest() != found.sha256:
        raise FileDamagedError(f"stored file {file_id}: another content")
    return found, content


def _media() -> Path:
    return Settings.from_env().home / "media"


def _write(media: Path, content: bytes) -> str:
    """Put the content under its digest, whole or not at all, and on the disk before this returns."""
    digest = hashlib.sha256(content).hexdigest()
    folder = media / digest[:2]
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / digest
    if target.exists() and target.read_bytes() == content:
        return digest
    handle, name = tempfile.mkstemp(dir=folder, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
        raise
    for changed in (folder, media):
        _sync(changed)
    return digest


def _sync(folder: Path) -> None:
    """A new name is on the disk only when its folder is."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
