"""The file of a sheet, kept in sealed pieces as long as it may be wanted: the only writer of `SheetPiece`.

ID numbers stand in such files; so nothing of one lies readable in the database or the media folder.
"""

import asyncio
import base64
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from foundation.people import privacy
from foundation.process.sheet_tables import SheetPiece
from foundation.store.commit import write

PIECE = 96 * 1024  # bytes, so that one is written in a few milliseconds
AT_ONCE = 4  # pieces that are deleted in one step


async def keep(sheet_id: int, path: Path) -> None:
    """Keep a file, in steps of their own; what is kept of it already stays."""
    size = await asyncio.to_thread(lambda: path.stat().st_size)
    for number in range(-(-size // PIECE)):
        sealed = await asyncio.to_thread(_sealed, path, number)

        async def job(number: int = number, sealed: str = sealed) -> None:
            await SheetPiece.insert(SheetPiece(sheet=sheet_id, number=number, sealed=sealed))

        await write(job)


def _sealed(path: Path, number: int) -> str:
    with path.open("rb") as file:
        file.seek(number * PIECE)
        return privacy.seal(base64.b64encode(file.read(PIECE)).decode())


@asynccontextmanager
async def opened(sheet_id: int) -> AsyncIterator[Path]:
    """The file, as long as the block runs. It is empty where it is not kept any more."""
    with tempfile.TemporaryDirectory(prefix="ganpo-sheet-") as folder:
        path = Path(folder, "given")
        await asyncio.to_thread(path.touch)
        number = 0
        while (sealed := await _piece(sheet_id, number)) is not None:
            await asyncio.to_thread(_append, path, sealed)
            number += 1
        yield path


def _append(path: Path, sealed: str) -> None:
    with path.open("ab") as file:
        file.write(base64.b64decode(privacy.opened(sealed)))


async def _piece(sheet_id: int, number: int) -> str | None:
    query = SheetPiece.select(SheetPiece.sealed).where(SheetPiece.sheet == sheet_id, SheetPiece.number == number)
    row = await query.first()
    return row["sealed"] if row else None


async def is_kept(sheet_id: int) -> bool:
    """Whether the file is still there."""
    return bool(await SheetPiece.exists().where(SheetPiece.sheet == sheet_id, SheetPiece.number == 0))


async def forget(sheet_id: int) -> None:
    """Delete the file, in steps of their own."""

    async def some() -> bool:
        rows = await SheetPiece.select(SheetPiece.id).where(SheetPiece.sheet == sheet_id).limit(AT_ONCE)
        ids = [row["id"] for row in rows]
        if ids:
            await SheetPiece.delete().where(SheetPiece.id.is_in(ids))
        return bool(ids)

    while await write(some):
        pass
