"""A row that counts: made at the first time, and one more at each.

Two statements, because no single one says "one more" alike on both engines; and tried again, because another
transaction may delete the row between the two.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from piccolo.table import Table

TRIES = 20  # each lost one means that somebody else's whole attempt came between


async def one_more(row: Table, change: Callable[[], Awaitable[Any]]) -> dict[str, Any]:
    """Within the caller's transaction: what `change` answers of the row, which is made as `row` where it is absent.

    `change` builds an UPDATE ... RETURNING of that one row by its key. Raises RuntimeError where the row vanishes
    again and again, which means that `change` does not name it.
    """
    for _ in range(TRIES):
        await type(row).insert(row).on_conflict(action="DO NOTHING")
        if rows := await change():
            one: dict[str, Any] = rows[0]
            return one
    raise RuntimeError(f"a row of {type(row).__name__} was never there to be counted")
