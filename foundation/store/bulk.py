"""Many rows at once: numbers for them beforehand, and one statement for all of them.

Knows how each engine counts ids; knows nothing of what the rows mean. Who writes many keeps each transaction short
(under 20 ms, see `Chunk`), for on SQLite everybody else waits for it.
"""

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from piccolo.table import Table

from foundation.store import engines
from foundation.store.transactions import Transaction, TransactionError, mine

BREATH = 0.005  # seconds between two turns of long reckoning; a commit of somebody else's fits into one or two
GOAL = 0.012  # seconds that the statements of a chunk may take; the rest of 20 ms is for COMMIT


async def breath() -> None:
    """Let others have the loop between two turns of a few milliseconds: merely yielding once would have each step of
    their commits wait for a turn of ours."""
    await asyncio.sleep(BREATH)


def _held() -> Transaction:
    held = mine(engines.current())
    if held is None:
        raise TransactionError("Many rows are written only inside a transaction.")
    return held


async def next_ids(table: type[Table], count: int) -> list[int]:
    """Ids for `count` new rows, in order, that nobody else gets; on SQLite as long as this transaction is open."""
    held, name = _held(), table._meta.tablename
    if held.engine.engine_type == "postgres":
        rows = await held.run(
            "SELECT nextval(pg_get_serial_sequence({}, 'id')) AS id FROM generate_series(1, {})", name, count
        )
        return sorted(row["id"] for row in rows)
    highest = await held.run(f"SELECT coalesce(max(id), 0) AS last FROM {name}")  # noqa: S608 - a table's own name
    first = highest[0]["last"] + 1
    return list(range(first, first + count))


async def insert(table: type[Table], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same columns; what is not among them gets no default but the database's."""
    if not rows:
        return
    columns = list(rows[0])
    places = ", ".join("{}" for _ in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    template = f"INSERT INTO {table._meta.tablename} ({names}) VALUES ({places})"  # noqa: S608 - names of columns
    await _held().run_many(template, [[row[column] for column in columns] for row in rows])


@dataclass(slots=True)
class Chunk:
    """How many rows go into one transaction: as many as lately took `GOAL`."""

    size: int = 50
    least: int = 10
    most: int = 500

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Around the statements of one chunk; the next one is larger or smaller by what they took."""
        started = time.perf_counter()
        yield
        took = time.perf_counter() - started
        if took > GOAL:
            self.size = max(self.least, int(self.size * GOAL / took))
        elif took < GOAL / 2:
            self.size = min(self.most, self.size * 3 // 2)
