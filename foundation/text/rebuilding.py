"""Makes the index anew of the documents that it keeps, while everybody goes on searching and writing.

Rows that have no document yet are put first, see `filling.py`.

Writes `text_index` and the state of a rebuild. Needed when the tokenizer is another than the index was made with, and
good after very many changes. Works in short steps; one that was broken off goes on where it stopped. On SQLite a new
FTS5 table is filled beside the old one and then takes its place; on PostgreSQL each document's tokens are replaced,
in two parts of a step at once: this process cuts the texts of one while the database writes the other.
"""

import asyncio
from collections.abc import AsyncIterator

from foundation.store import engines
from foundation.store.bulk import breath
from foundation.store.locks import lock_name
from foundation.store.transactions import Transaction, transaction
from foundation.text import documents, entering, filling, frequencies, tokens
from foundation.text.tables import Document, IndexState

STEP = 250  # documents in one transaction on SQLite
STEP_POSTGRES = 2_000  # in one step, of two transactions at once
_NOT_BEGUN = -1


async def is_needed() -> bool:
    """Whether documents were cut by another tokenizer than today's, some are missing, or a rebuild was broken off."""
    state = await _state()
    return state["version"] != tokens.VERSION or state["filled"] != _NOT_BEGUN or await filling.missing()


async def rebuild() -> AsyncIterator[tuple[int, int]]:
    """Make the index and the frequencies anew; yields (done, of about so many) after each step."""
    async for _ in filling.fill():
        yield 0, await _last()
    total = await _last()
    async with transaction() as held:
        await _begin(held)
    while True:
        mark = await _step()
        yield min(mark, total) // 2, total
        if mark >= await _last():
            break
        await breath()
    async with transaction() as held:
        await _finish(held)
    async for done, _ in frequencies.refresh():
        yield (total + min(done, total)) // 2, total
    yield total, total


async def _begin(held: Transaction) -> None:
    """Start from the first document, unless a rebuild by the same tokenizer was broken off."""
    await lock_name("text:rebuild")
    state = await _state()
    if state["filled"] != _NOT_BEGUN and state.get("filling") == tokens.VERSION:
        return
    if held.engine.engine_type == "sqlite":
        await held.fetch("DROP TABLE IF EXISTS text_index_new")
        await held.fetch(entering.FTS5.format(table="text_index_new"))
    await _set(filled=0, filling=tokens.VERSION)


async def _step() -> int:
    """Index the next few documents; answers the last id that is done."""
    return await (_step_postgres() if engines.current().engine_type == "postgres" else _step_sqlite())


async def _step_sqlite() -> int:
    async with transaction() as held:
        await lock_name("text:rebuild")
        mark = (await _state())["filled"]
        rows = await Document.select().where(Document.id > mark).order_by(Document.id).limit(STEP)
        if mark == _NOT_BEGUN or not rows:  # another process was at the end first
            return await _last()
        await entering.fill(held, [documents.entry_of(row) for row in rows])
        await _set(filled=rows[-1]["id"])
    return int(rows[-1]["id"])


async def _step_postgres() -> int:
    """What is broken off before its mark is set is done again, which changes nothing."""
    mark = (await _state())["filled"]
    query = Document.select(Document.id).where(Document.id > mark).order_by(Document.id).limit(STEP_POSTGRES)
    ids = [int(row["id"]) for row in await query]
    if mark == _NOT_BEGUN or not ids:  # another process was at the end first
        return await _last()
    middle = ids[(len(ids) - 1) // 2]
    async with asyncio.TaskGroup() as both:
        both.create_task(_fill(mark, middle))
        both.create_task(_fill(middle, ids[-1]))
    async with transaction():
        await lock_name("text:rebuild")
        if (await _state())["filled"] == mark:  # or another process is further, or at the end
            await _set(filled=ids[-1])
    return ids[-1]


async def _fill(after: int, last: int) -> None:
    """Replace the tokens of the documents above one id up to another, which nobody changes meanwhile."""
    async with transaction() as held:
        query = Document.select().where(Document.id > after, Document.id <= last).order_by(Document.id)
        rows = await query.lock_rows("NO KEY UPDATE")
        await entering.fill(held, [documents.entry_of(row) for row in rows])


async def _finish(held: Transaction) -> None:
    """Do what came meanwhile, let the new index take the old one's place, and begin the count anew."""
    await lock_name("text:rebuild")
    mark = (await _state())["filled"]
    if mark == _NOT_BEGUN:  # another process was first
        return
    if held.engine.engine_type == "sqlite":
        rest = await Document.select().where(Document.id > mark).order_by(Document.id)
        await entering.fill(held, [documents.entry_of(row) for row in rest])
        await held.fetch("DROP TABLE text_index")
        await held.fetch("ALTER TABLE text_index_new RENAME TO text_index")
    await held.fetch("DELETE FROM text_frequency")
    await _set(version=tokens.VERSION, filled=_NOT_BEGUN, counted=0)


async def _state() -> dict[str, int]:
    return {row["name"]: int(row["value"]) for row in await IndexState.select()}


async def _set(**values: int) -> None:
    for name, value in values.items():
        await IndexState.insert(IndexState(name=name, value=value)).on_conflict(
            action="DO UPDATE", target=IndexState.name, values=[IndexState.value]
        )


async def _last() -> int:
    rows = await Document.select(Document.id).order_by(Document.id, ascending=False).limit(1)
    return int(rows[0]["id"]) if rows else 0
