"""The sweep: removes files that nothing uses, and what was left behind on the disk. Never what is used.

A file is removed under its row's lock, after its uses were counted there: who hangs it meanwhile waits and is told that
it is gone, or was first and keeps it. Contents go in a transaction of their own, when no row has them any more.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from piccolo.columns import ForeignKey
from piccolo.conf.apps import Finder

from foundation.files import contents, media, pictures
from foundation.files.tables import FileUse, Picture, Rendition, StoredContent, StoredFile
from foundation.store import ledger
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction

AGE = timedelta(days=1)  # so long a form may lie open before its files are used
AT_ONCE = 500

Tell = Callable[[str], None]


@dataclass(slots=True)
class Swept:
    """What went, or would go: files without a use, contents that nothing has, and what was left behind."""

    files: int = 0
    pictures: int = 0
    contents: int = 0
    left_over: int = 0


async def sweep(now: datetime, *, dry_run: bool = False) -> Swept:
    """Remove what nobody needs and is older than a day; with `dry_run` only count it."""
    swept, before = Swept(), now - AGE
    digests: set[str] = set()
    last = 0
    while found := await _unused(before, last):
        last = found[-1]
        for file_id in found:
            if dry_run:
                await _count(file_id, swept, digests)
            else:
                digests |= await _remove(file_id, before, swept)
    for sha256, since in await asyncio.to_thread(lambda: list(media.contents())):
        if since < before.timestamp() and not await StoredContent.exists().where(StoredContent.sha256 == sha256):
            digests.add(sha256)
    await _contents(digests, swept, dry_run=dry_run)
    for path in await asyncio.to_thread(media.left_over, before.timestamp()):
        swept.left_over += 1
        if not dry_run:
            await asyncio.to_thread(media.throw_away, path)
    return swept


async def _unused(before: datetime, after: int) -> list[int]:
    """Files of before then that nothing uses and that no published picture is made of, by id.

    A row of any table that points at a file holds it too, should its writer have forgotten to say so.
    """
    query = StoredFile.select(StoredFile.id).where(
        StoredFile.uploaded_at < before,
        StoredFile.id > after,
        StoredFile.id.not_in(FileUse.select(FileUse.file)),
        StoredFile.id.not_in(Picture.select(Picture.file).where(Picture.published == True)),  # noqa: E712 - SQL
    )
    for column in _pointing_here():
        query = query.where(StoredFile.id.not_in(column._meta.table.select(column).where(column.is_not_null())))
    return [row["id"] for row in await query.order_by(StoredFile.id).limit(AT_ONCE)]


@cache
def _pointing_here() -> list[ForeignKey[Any]]:
    """Every column of every room and domain that points at a stored file; our own say it by themselves."""
    found: list[ForeignKey[Any]] = []
    for table in Finder().get_table_classes():
        columns = [] if table in {FileUse, Picture} else table._meta.foreign_key_columns
        found += [each for each in columns if each._foreign_key_meta.resolved_references is StoredFile]
    return found


async def _remove(file_id: int, before: datetime, swept: Swept) -> set[str]:
    """Remove one file if it is still unused under its lock; answers the digests that may be needed no more."""
    async with transaction():
        if not await lock_row(StoredFile, file_id):
            return set()
        picture = await Picture.select(Picture.id).where(Picture.file == file_id).first()
        if picture is not None:
            await lock_row(Picture, picture["id"])
        if file_id not in await _unused(before, file_id - 1):
            return set()
        digests = set(await pictures.forget(file_id))
        row = await StoredFile.delete().where(StoredFile.id == file_id).returning(StoredFile.sha256)
        ledger.record(stream=f"file:{file_id}", act="file.swept", actor="system")
    swept.files += 1
    swept.pictures += picture is not None
    return {*digests, row[0]["sha256"]}


async def _count(file_id: int, swept: Swept, digests: set[str]) -> None:
    row = await StoredFile.select(StoredFile.sha256).where(StoredFile.id == file_id).first()
    picture = await Picture.select(Picture.id).where(Picture.file == file_id).first()
    swept.files += 1
    swept.pictures += picture is not None
    if row is not None:
        digests.add(row["sha256"])
    if picture is not None:
        rows = await Rendition.select(Rendition.sha256).where(Rendition.picture == picture["id"])
        digests.update(each["sha256"] for each in rows)


async def _contents(digests: set[str], swept: Swept, *, dry_run: bool) -> None:
    for sha256 in sorted(digests):
        if dry_run:
            swept.contents += 1
            continue
        async with transaction():
            gone = await contents.drop_unused(sha256)
        swept.contents += gone
