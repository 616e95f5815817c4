"""Contents as rows: the only writer of `StoredContent`, which is what writers and the sweep lock one another out by.

A content is in its place before the transaction that needs it commits, and is removed only by who holds its row while
no file and no rendition has it.
"""

import asyncio
from collections.abc import Sequence

from foundation.files import media
from foundation.files.media import Part
from foundation.files.tables import Rendition, StoredContent, StoredFile
from foundation.store import engines
from foundation.store.transactions import TransactionError, mine

_CLAIM = (
    "INSERT INTO stored_content (sha256, size) VALUES ({}, {}) ON CONFLICT (sha256) DO UPDATE SET size = excluded.size"
)
_HOLD = (
    "INSERT INTO stored_content (sha256, size) VALUES ({}, 0) "
    "ON CONFLICT (sha256) DO UPDATE SET size = stored_content.size"
)


async def put(parts: Sequence[Part]) -> None:
    """Put contents in their places, before the transaction that claims them."""
    await asyncio.to_thread(_put_all, parts)


async def claim(parts: Sequence[Part]) -> None:
    """Hold contents in the caller's transaction; what the sweep took meanwhile is put back from its part."""
    held = mine(engines.current())
    if held is None:
        raise TransactionError("Contents are claimed only inside a transaction.")
    for part in sorted({part.sha256: part for part in parts}.values(), key=lambda each: each.sha256):
        await held.run(_CLAIM, part.sha256, part.size)
        if not media.place(part.sha256).exists():
            await asyncio.to_thread(media.put, part)


async def drop_unused(sha256: str) -> bool:
    """Remove a content that nothing has, in the caller's transaction; answers whether it did."""
    held = mine(engines.current())
    if held is None:
        raise TransactionError("Contents are dropped only inside a transaction.")
    await held.run(_HOLD, sha256)  # whoever wants to keep the same content waits, and puts it anew
    if await StoredFile.exists().where(StoredFile.sha256 == sha256):
        return False
    if await Rendition.exists().where(Rendition.sha256 == sha256):
        return False
    await asyncio.to_thread(media.remove, sha256)
    await StoredContent.delete().where(StoredContent.sha256 == sha256)
    return True


def _put_all(parts: Sequence[Part]) -> None:
    for part in parts:
        media.put(part)
