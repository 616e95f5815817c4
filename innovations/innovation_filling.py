"""Which innovations have no document in the search index yet: those that are older than it. Put in by a rebuild."""

from foundation.store import generations
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from foundation.text import filling
from innovations import innovation_index, library
from innovations.innovation_documents import KIND
from innovations.innovation_index import FOUND
from innovations.innovation_tables import Innovation

STEP = 20  # innovations


async def _fill(after: int) -> int | None:
    """One step of a rebuild: put the next innovations; answers the last of them, None at the end."""
    rows = await Innovation.select(Innovation.id).where(Innovation.id > after).order_by(Innovation.id).limit(STEP)
    if not rows:
        return None
    async with transaction():
        for row in rows:
            if await lock_row(Innovation, row["id"]):
                await innovation_index.put(row["id"])
        generations.bump(library.GENERATION)  # pages that found nothing may be kept
    return int(rows[-1]["id"])


async def _missing() -> bool:
    """Whether something that was handed in has no document: it came before there were any."""
    stages = ", ".join(f"'{stage.value}'" for stage in sorted(FOUND))
    rows = await Innovation.raw(
        f"SELECT 1 AS one WHERE EXISTS (SELECT 1 FROM innovation i WHERE i.version > 0 AND i.stage IN ({stages}) "  # noqa: S608 - words of ours
        f"AND NOT EXISTS (SELECT 1 FROM text_document d WHERE d.kind = '{KIND}' AND d.item = i.id))"
    )
    return bool(rows)


filling.register(filling.Source(KIND, _fill, _missing))
