"""Locks that mean the same on both engines: who locked a row, or a name, reads and writes it alone until COMMIT.

Knows ids and names; knows nothing of what a row means. On SQLite a writer is alone from its first statement on.

The locks of PostgreSQL are no stronger than what is done under them. Changing a row leaves its key alone, so others
may go on making rows that point at it (each such row is checked under a FOR KEY SHARE of the one it points at).
Whoever makes a row that is right only while another stays as it is locks that one with `share`. Whoever ends a row,
so that nothing new may point at it and all that does has to be found, locks it `ending`.
"""

import hashlib
from typing import TYPE_CHECKING, Literal

from piccolo.table import Table

from foundation.store import engines
from foundation.store.transactions import Transaction, TransactionError, mine

if TYPE_CHECKING:
    from collections.abc import Iterable

_Strength = Literal["SHARE", "NO KEY UPDATE", "UPDATE"]


async def lock_row(table: type[Table], row_id: int, *, share: bool = False, ending: bool = False) -> bool:
    """Lock one row by its id, in a statement of its own; answers whether there is such a row.

    With `share` others may lock it so as well, but nobody may change it; `ending` also waits for every row that is
    being made to point at it, and lets none be made until COMMIT.

    What is decided by the row is read in the next statement: one that waited for the lock would answer with what
    stood before it waited. Raises `TransactionError` outside a transaction.
    """
    return bool(await lock_rows(table, [row_id], share=share, ending=ending))


async def lock_rows(
    table: type[Table], row_ids: "Iterable[int]", *, share: bool = False, ending: bool = False
) -> list[int]:
    """Lock several rows in the order of their ids, so that two who do the same never deadlock; see `lock_row`."""
    _held()
    key = table._meta.primary_key
    wanted = sorted(set(row_ids))
    if not wanted:
        return []
    query = table.select(key).where(key.is_in(wanted)).order_by(key)
    if engines.current().engine_type == "postgres":
        strength: _Strength = "SHARE" if share else "UPDATE" if ending else "NO KEY UPDATE"
        query = query.lock_rows(strength)
    return [int(row[key._meta.name]) for row in await query]


async def lock_name(name: str) -> None:
    """Until COMMIT nobody else holds this name: for what must happen one at a time and has no row of its own.

    Raises `TransactionError` outside a transaction.
    """
    held = _held()
    if engines.current().engine_type == "postgres":
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
        await held.run("SELECT pg_advisory_xact_lock({})", number)


def _held() -> Transaction:
    held = mine(engines.current())
    if held is None:
        raise TransactionError("A lock needs an open transaction.")
    return held
