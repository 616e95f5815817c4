"""How documents come into the index of tokens and out of it, on each engine.

`text_index` is FTS5 without content on SQLite; on PostgreSQL ids under GIN with their tokens apart in `text_tokens`,
and a row whose tokens change is taken out and put in again, or GIN would not learn of it. FTS5 takes a document out
only with exactly the tokens that were put in. While a rebuild fills `text_index_new`, what that has already is changed
in both. Knows nothing of what is asked: `postings.py` does.
"""

from collections.abc import Sequence
from typing import Any

from foundation.store import engines
from foundation.store.transactions import Transaction, TransactionError, mine
from foundation.text.documents import Entry
from foundation.text.expression import Token, own

BLOCK = 65_536  # ids; each document bears a token for its run of them, by which the newest are asked first


def writing() -> Transaction:
    """The caller's transaction. Raises TransactionError where there is none."""
    held = mine(engines.current())
    if held is None or held.read_only:
        raise TransactionError("The index is written only inside a transaction.")
    return held


FTS5 = """CREATE VIRTUAL TABLE {table} USING fts5(
    tokens, content = '', detail = none, columnsize = 0, tokenize = "ascii tokenchars ':;._-'")"""

_COLUMNS = ("id", "kind", "item", "facets", "value", "repeat_key", "kept")
_ADD = f"INSERT INTO text_document ({', '.join(_COLUMNS)}) VALUES ({', '.join('{}' for _ in _COLUMNS)})"  # noqa: S608
_CHANGE = f"UPDATE text_document SET {', '.join(f'{name} = {{}}' for name in _COLUMNS[3:])} WHERE id = {{}}"  # noqa: S608


async def add(entries: Sequence[Entry]) -> None:
    """Insert new documents, ids given."""
    held = writing()
    await held.run_many(_ADD, [[entry.record[name] for name in _COLUMNS] for entry in entries])
    await insert(held, "text_index", entries)  # a rebuild has not come so far


async def change(before: Sequence[Entry], after: Sequence[Entry]) -> None:
    """Replace documents by what they are now, ids the same in both."""
    held = writing()
    await held.run_many(_CHANGE, [[entry.record[name] for name in (*_COLUMNS[3:], "id")] for entry in after])
    for table, filled in await _tables(held):
        await _delete(held, table, [entry for entry in before if filled is None or entry.record["id"] <= filled])
        await insert(held, table, [entry for entry in after if filled is None or entry.record["id"] <= filled])


async def drop(entries: Sequence[Entry]) -> None:
    """Take documents out: first the document and then its tokens, the order of locks that a rebuild has too."""
    held = writing()
    await held.run_many("DELETE FROM text_document WHERE id = {}", [[entry.record["id"]] for entry in entries])
    for table, filled in await _tables(held):
        await _delete(held, table, [entry for entry in entries if filled is None or entry.record["id"] <= filled])


async def fill(held: Transaction, entries: Sequence[Entry]) -> None:
    """Write documents into what a rebuild makes."""
    if held.engine.engine_type == "postgres":
        rows = [[_lexemes(entry), entry.record["id"]] for entry in entries]
        await held.run_many("UPDATE text_tokens SET tokens = array_to_tsvector({}) WHERE id = {}", rows)
        ids = [entry.record["id"] for entry in entries]
        await held.run("DELETE FROM text_index WHERE id = ANY({})", ids)
        await held.run("INSERT INTO text_index (id) SELECT unnest({}::int[])", ids)
    else:
        await insert(held, "text_index_new", entries)


async def _tables(held: Transaction) -> list[tuple[str, int | None]]:
    """The index, and the one that a rebuild is filling, with the last document that it has (None: all)."""
    if held.engine.engine_type == "postgres":
        return [("text_index", None)]
    filled = (await held.run("SELECT value FROM text_state WHERE name = 'filled'"))[0]["value"]
    return [("text_index", None), *([("text_index_new", filled)] if filled >= 0 else [])]


async def insert(held: Transaction, table: str, entries: Sequence[Entry]) -> None:
    """Write the tokens of documents into one of the tables."""
    if held.engine.engine_type == "postgres":
        rows = [[entry.record["id"], _lexemes(entry)] for entry in entries]
        await held.run_many("INSERT INTO text_tokens (id, tokens) VALUES ({}, array_to_tsvector({}))", rows)
        await held.run("INSERT INTO text_index (id) SELECT unnest({}::int[])", [row[0] for row in rows])
    else:
        await held.run_many(f"INSERT INTO {table} (rowid, tokens) VALUES ({{}}, {{}})", _texts(entries))  # noqa: S608


async def _delete(held: Transaction, table: str, entries: Sequence[Entry]) -> None:
    if held.engine.engine_type == "postgres":
        ids = [entry.record["id"] for entry in entries]
        for each in (table, "text_tokens"):
            await held.run(f"DELETE FROM {each} WHERE id = ANY({{}})", ids)  # noqa: S608 - ours
    else:
        sql = f"INSERT INTO {table} ({table}, rowid, tokens) VALUES ('delete', {{}}, {{}})"  # noqa: S608
        await held.run_many(sql, _texts(entries))


def _lexemes(entry: Entry) -> list[str]:
    return [*entry.tokens, block(entry.record["id"] // BLOCK).text]


def _texts(entries: Sequence[Entry]) -> list[list[Any]]:
    return [[entry.record["id"], " ".join(entry.tokens)] for entry in entries]


def block(number: int) -> Token:
    """The token of a run of ids."""
    return own(f"n.{number}")
