"""What files are used for: the only writer of `FileUse`. A file with a use is never swept.

Whoever keeps a file or a picture says so here in the transaction that saves what needs it; what nobody claims is swept.

Knows texts such as `nomination:12` and roles such as `portrait`; not what they mean. Everything here runs inside the
caller's transaction, so that a thing and its files are saved together.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from foundation.base.problem import NotFound
from foundation.files.tables import FileUse, StoredFile
from foundation.store.locks import lock_row


@dataclass(frozen=True, slots=True)
class Use:
    """One file as one thing uses it; `size` is bytes."""

    file_id: int
    role: str
    name: str
    media_type: str
    size: int
    sha256: str


async def hang(file_id: int, about: str, role: str) -> None:
    """Say that `about` uses the file as `role`; saying it twice is once. Raises NotFound for a file that is gone."""
    if not await lock_row(StoredFile, file_id, share=True):  # whoever sweeps waits, and finds the use
        raise NotFound
    await FileUse.insert(FileUse(file=file_id, about=about, role=role)).on_conflict(action="DO NOTHING")


async def unhang(about: str, role: str = "", file_ids: Collection[int] | None = None) -> int:
    """End uses of a thing: all of them, those of one role, or of some files; answers how many there were.

    A file that nothing uses any more goes with the next sweep, a day after it was uploaded at the earliest.
    """
    if file_ids is not None and not file_ids:
        return 0
    query = FileUse.delete().where(FileUse.about == about)
    if role:
        query = query.where(FileUse.role == role)
    if file_ids is not None:
        query = query.where(FileUse.file.is_in(list(file_ids)))
    return len(await query.returning(FileUse.id))


async def uses_of(about: str) -> list[Use]:
    """The files of a thing, in the order they were hung."""
    rows = await (
        FileUse.select(
            FileUse.file,
            FileUse.role,
            FileUse.file.name.as_alias("name"),
            FileUse.file.media_type.as_alias("media_type"),
            FileUse.file.size.as_alias("size"),
            FileUse.file.sha256.as_alias("sha256"),
        )
        .where(FileUse.about == about)
        .order_by(FileUse.id)
    )
    return [Use(row["file"], row["role"], row["name"], row["media_type"], row["size"], row["sha256"]) for row in rows]


async def old(role: str, before: datetime, limit: int) -> dict[str, list[int]]:
    """Files that hang somewhere as `role` and were kept before then, by the thing they hang on; at most so many."""
    rows = await (
        FileUse.select(FileUse.about, FileUse.file)
        .where(FileUse.role == role, FileUse.file.uploaded_at < before)
        .order_by(FileUse.id)
        .limit(limit)
    )
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(row["about"], []).append(row["file"])
    return found


async def how_often(file_id: int) -> int:
    """How many things use a file."""
    return int(await FileUse.count().where(FileUse.file == file_id))
