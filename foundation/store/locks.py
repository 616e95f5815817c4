"""Row locks that mean the same on both engines: who locked a row reads and writes it alone until COMMIT.

Knows ids; knows nothing of what a row means. On SQLite a writer is alone from its first statement on.
"""

from typing import TYPE_CHECKING

from piccolo.table import Table

from foundation.store import engines
from foundation.store.transactions import TransactionError, mine

if TYPE_CHECKING:
    from collections.abc import Iterable


async def lock_row(table: type[Table], row_id: int, *, share: bool = False) -> bool:
    """Lock one row by its id, in a statement of its own; answers whether there is such a row.

    With `share` others may lock it so as well, but nobody may change it.

    What is decided by the row is read in the next statement: one that waited for the lock would answer with what
    stood before it waited. Raises `TransactionError` outside a transaction.
    """
    return bool(await lock_rows(table, [row_id], share=share))


async def lock_rows(table: type[Table], row_ids: "Iterable[int]", *, share: bool = False) -> list[int]:
    """Lock several rows in the order of their ids, so that two who do the same never deadlock; see `lock_row`."""
    if mine(engines.current()) is None:
        raise TransactionError("A lock needs an open transaction.")
    key = table._meta.primary_key
    wanted = sorted(set(row_ids))
    if not wanted:
        return []
    query = table.select(key).where(key.is_in(wanted)).order_by(key)
    if engines.current().engine_type == "postgres":
        query = query.lock_rows("SHARE" if share else "UPDATE")
    return [int(row[key._meta.name]) for row in await query]
