"""Sealing everything anew with the newest key, in small transactions, so that an old key may be dropped.

Knows the columns in `privacy.SEALED` and nothing of what they mean. It holds no place of its own: what is not sealed
by the newest key is what is left to do, so that a run that was broken off simply goes on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from piccolo.columns import Column
from piccolo.columns.combination import And
from piccolo.table import Table

from foundation.base.problem import Problem, Refused
from foundation.people import keyring, privacy
from foundation.store import ledger
from foundation.store.locks import lock_rows
from foundation.store.transactions import transaction

CHUNK = 200  # rows in one transaction: judges who save marks meanwhile wait some milliseconds at most
STREAM = "keys"

Tell = Callable[[int, int], None]
"""Takes how many fields are done and how many there were."""


@dataclass(frozen=True, slots=True)
class KeyUse:
    """How many fields a key seals. `known`: whether this registry has the key."""

    key: str
    fields: int
    newest: bool
    known: bool


async def uses() -> list[KeyUse]:
    """Every key that this registry has, oldest first, and after them those that it lacks but needs."""
    ring = keyring.current()
    counted = dict.fromkeys(ring.ids, 0)
    for column in privacy.SEALED:
        after, table = 0, _table(column)
        while rows := await _rows(column, And(_key(table) > after, column != "")):
            for row in rows:
                key = privacy.key_of(row["sealed"])
                counted[key] = counted.get(key, 0) + 1
            after = rows[-1]["key"]
    return [KeyUse(key, count, key == ring.newest[0], key in ring.ids) for key, count in counted.items()]


async def left() -> int:
    """How many fields are not sealed by the newest key."""
    newest = keyring.current().newest[0]
    return sum([await _table(column).count().where(_old(column, newest)) for column in privacy.SEALED])


async def rotate(by: str, tell: Tell = lambda done, of: None) -> tuple[str, int]:
    """Add a key, unless the last rotation was not finished, and seal everything by the newest one.

    Answers that key's id and how many fields were sealed anew. Raises Refused where keys come from the setting and
    hold no new one, and where a field cannot be opened: then nothing of its chunk was changed.
    """
    if not await left():
        key = keyring.add()
        async with transaction():
            ledger.record(stream=STREAM, act="keys.added", actor=by, payload={"key": key})
    newest, total, done = keyring.current().newest[0], await left(), 0
    while await left():  # once, and again for what an older process sealed behind us
        for column in privacy.SEALED:
            sealed = await _column(column, newest, lambda more, before=done: tell(before + more, total))  # type: ignore[misc]
            done += sealed
            if sealed:
                payload = {"key": newest, "table": _table(column)._meta.tablename, "fields": sealed}
                async with transaction():
                    ledger.record(stream=STREAM, act="keys.sealed_anew", actor=by, payload=payload)
    return newest, done


async def _column(column: Column, newest: str, tell: Callable[[int], None]) -> int:
    """All of one column in the order of its rows; answers how many fields were sealed anew."""
    after, sealed, key = 0, 0, _key(_table(column))
    while rows := await _rows(column, And(key > after, _old(column, newest))):
        after = rows[-1]["key"]
        sealed += await _seal_again(column, [row["key"] for row in rows], newest)
        tell(sealed)
    return sealed


async def drop(key: str, by: str) -> None:
    """Forget a key that seals nothing any more. Raises Refused while it does, for the newest, and for unknown ones."""
    counted = {use.key: use.fields for use in await uses()}
    if counted.get(key):
        raise Refused(Problem("privacy_key_in_use", params={"key": key, "count": str(counted[key])}))
    keyring.drop(key)
    async with transaction():
        ledger.record(stream=STREAM, act="keys.dropped", actor=by, payload={"key": key})


async def _seal_again(column: Column, ids: list[int], newest: str) -> int:
    """One chunk: locked, read again, each opened and sealed. Somebody may have changed or removed it meanwhile."""
    table = _table(column)
    async with transaction():
        kept = await lock_rows(table, ids)
        rows = await _rows(column, And(_key(table).is_in(kept), _old(column, newest))) if kept else []
        for row in rows:
            anew = privacy.seal(privacy.opened(row["sealed"]))
            await table.update({column: anew}, force=True).where(_key(table) == row["key"])
    return len(rows)


def _old(column: Column, newest: str) -> And:
    return And(column != "", column.not_like(f"{newest}.%"))


async def _rows(column: Column, condition: Any) -> list[dict[str, Any]]:
    table = _table(column)
    query = table.select(_key(table).as_alias("key"), column.as_alias("sealed"))
    rows: list[dict[str, Any]] = await query.where(condition).order_by(_key(table)).limit(CHUNK)
    return rows


def _table(column: Column) -> type[Table]:
    table: type[Table] = column._meta.table
    return table


def _key(table: type[Table]) -> Any:
    return table._meta.primary_key
