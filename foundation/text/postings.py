"""The index of tokens, `text_index`, on each engine: FTS5 without content, or ids under GIN, their tokens apart.

Knows both engines' ways to write and to ask; decides nothing about what may be seen. FTS5 takes a document out only
with exactly the tokens that were put in. While a rebuild fills `text_index_new`, what that has already is changed in
both. Newest first is FTS5's own order; PostgreSQL would sort every hit, so its documents also bear a token for each
run of ids (`BLOCK`), and where there are too many hits one run after the other is asked, the newest first.
"""

import json
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from foundation.store import engines
from foundation.store.transactions import Transaction, TransactionError, mine, snapshot
from foundation.text.documents import Entry, Record
from foundation.text.expression import Expression, Token, own
from foundation.text.seen import condition

BLOCK = 65_536  # ids
FETCHED = 40_000  # hits that PostgreSQL fetches sooner than it asks run by run, which takes it a while each


@dataclass(frozen=True, slots=True)
class Matched:
    """Ids of documents, newest first; `capped` where there are more than were counted."""

    ids: tuple[int, ...] = ()
    count: int = 0
    capped: bool = False


def writing() -> Transaction:
    """The caller's transaction. Raises TransactionError where there is none."""
    held = mine(engines.current())
    if held is None or held.read_only:
        raise TransactionError("The index is written only inside a transaction.")
    return held


@asynccontextmanager
async def reading() -> AsyncIterator[Transaction]:
    """The caller's transaction, or a snapshot, so that everything is read as of one moment."""
    held = mine(engines.current())
    if held is not None and not held.read_only:
        yield held
    elif held is not None:
        await _planned(held)
        yield held
    else:
        async with snapshot() as held:
            await _planned(held)
            yield held


async def _planned(held: Transaction) -> None:
    if held.engine.engine_type == "postgres":
        await held.fetch(_PLANS)


FTS5 = """CREATE VIRTUAL TABLE {table} USING fts5(
    tokens, content = '', detail = none, columnsize = 0, tokenize = "ascii tokenchars ':;._-'")"""

# What is asked decides how: a plan that is made once for all questions walks through the whole table for some of them.
# Where a limit is asked for, the planner would rather look each id's tokens up until it has enough than ask GIN.
_PLANS = """SELECT set_config('plan_cache_mode', 'force_custom_plan', true), set_config('enable_seqscan', 'off', true),
    set_config('enable_indexscan', 'off', true), set_config('enable_indexonlyscan', 'off', true)"""

# -- writing -----------------------------------------------------------------------------------------------------

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
    return [*entry.tokens, _block(entry.record["id"] // BLOCK).text]


def _texts(entries: Sequence[Entry]) -> list[list[Any]]:
    return [[entry.record["id"], " ".join(entry.tokens)] for entry in entries]


def _block(number: int) -> Token:
    return own(f"n.{number}")


_FOUND = "text_tokens_of(id) @@ {}::tsquery"  # as the index on PostgreSQL has it

# -- asking ------------------------------------------------------------------------------------------------------


async def match(wanted: Expression, *, size: int, most: int, before: int | None = None) -> Matched:
    """The newest `size` documents that an expression finds, below the id `before`; counted up to `most`."""
    if wanted.impossible:
        return Matched()
    async with reading() as held:
        asked = _match_postgres if held.engine.engine_type == "postgres" else _match_sqlite
        return await asked(held, wanted, size, max(most, size), before)


async def _match_sqlite(held: Transaction, wanted: Expression, size: int, most: int, before: int | None) -> Matched:
    older = "" if before is None else "AND rowid < {} "
    rows = await held.run(
        "SELECT group_concat(id) AS ids FROM (SELECT rowid AS id FROM text_index WHERE text_index MATCH {} "  # noqa: S608
        f"{older}ORDER BY rowid DESC LIMIT {{}})",
        wanted.fts5(), *([] if before is None else [before]), most + 1,
    )  # fmt: skip
    ids = [int(one) for one in rows[0]["ids"].split(",")] if rows[0]["ids"] else []
    return Matched(tuple(ids[:size]), min(len(ids), most), len(ids) > most)


async def _match_postgres(held: Transaction, wanted: Expression, size: int, most: int, before: int | None) -> Matched:
    """All hits unless there are very many; else run by run, newest first, of which the first few have enough."""
    older, values = ("", []) if before is None else (" AND id < {}", [before])
    hits = f"SELECT id FROM text_index WHERE {_FOUND}{older}"  # noqa: S608 - ours
    sql = (
        f"WITH hits AS MATERIALIZED ({hits} LIMIT {{}}) "  # noqa: S608
        "SELECT (SELECT count(*) FROM hits) AS hits, ARRAY(SELECT id FROM hits ORDER BY id DESC LIMIT {}) AS ids"
    )
    fetched = max(most, FETCHED)
    found = (await held.run(sql, wanted.tsquery(), *values, fetched + 1, size))[0]
    if found["hits"] <= fetched:
        return Matched(tuple(found["ids"]), min(found["hits"], most), found["hits"] > most)
    last = (await held.run("SELECT coalesce(max(id), 0) AS last FROM text_index"))[0]["last"]
    blocks = range(min(last, last if before is None else before - 1) // BLOCK, -1, -1)
    # Each part is asked only while those before it have too few; materialised, or the planner walks through all ids.
    part = f"(WITH hits AS MATERIALIZED ({hits}) SELECT id FROM hits ORDER BY id DESC LIMIT {size})"  # noqa: S608
    questions = [wanted.also([_block(block)]).tsquery() for block in blocks]
    rows = await held.run(
        f"SELECT id FROM ({' UNION ALL '.join([part] * len(questions))}) AS newest LIMIT {size}",  # noqa: S608
        *(value for question in questions for value in (question, *values)),
    )
    return Matched(tuple(row["id"] for row in rows), most, capped=True)


# Where the kind is said as well, SQLite would rather walk through all documents of it.
BY_ID = "text_document WHERE id = ANY({})"
BY_ID_SQLITE = "text_document NOT INDEXED WHERE id IN (SELECT value FROM json_each({}))"
BY_REPEAT = "text_document WHERE repeat_key = ANY({}::bigint[])"
BY_REPEAT_SQLITE = "text_document INDEXED BY text_document_repeat WHERE repeat_key IN (SELECT value FROM json_each({}))"


async def records(ids: Iterable[int], *columns: str, where: str = "", values: Sequence[Any] = ()) -> list[Record]:
    """Documents by their ids, in no order. `where` is further SQL on `text_document`, with `{}` for each value."""
    wanted = list(ids)
    if not wanted:
        return []
    async with reading() as held:
        postgres = held.engine.engine_type == "postgres"
        sql = f"SELECT {', '.join(columns)} FROM {BY_ID if postgres else BY_ID_SQLITE} {where}"  # noqa: S608 - ours
        return [dict(row) for row in await held.run(sql, wanted if postgres else json.dumps(wanted), *values)]


async def visible(ids: Sequence[int], may: Expression) -> set[int]:
    """Those of these documents that may be seen."""
    where, values = condition(may)
    return {row["id"] for row in await records(ids, "id", where=where, values=values)}


async def sharing(asked: Sequence[tuple[Expression, int, int]], *, most: int) -> list[int]:
    """Documents that are found by some of these expressions, those first whose expressions are worth most together.

    With each expression come its worth and how many documents of it are read.
    """
    if not asked:
        return []
    async with reading() as held:
        postgres = held.engine.engine_type == "postgres"
        part = (
            f"SELECT id, {{}}::int AS worth FROM (SELECT id FROM text_index WHERE {_FOUND} LIMIT {{}}) AS one"  # noqa: S608
            if postgres
            else "SELECT id, {} AS worth FROM (SELECT rowid AS id FROM text_index WHERE text_index MATCH {} "
            "ORDER BY rowid DESC LIMIT {})"
        )
        values = [
            value for wish, worth, read in asked for value in (worth, wish.tsquery() if postgres else wish.fts5(), read)
        ]
        rows = await held.run(
            f"SELECT id FROM ({' UNION ALL '.join([part] * len(asked))}) AS each "  # noqa: S608 - places only
            f"GROUP BY id ORDER BY sum(worth) DESC, id DESC LIMIT {most}",
            *values,
        )
    return [row["id"] for row in rows]


async def repeating(keys: Iterable[int], may: Expression) -> list[Record]:
    """Documents with these repeat keys that may be seen, the newest last."""
    wanted = sorted(keys)
    if not wanted or may.impossible:
        return []
    where, values = condition(may)
    async with reading() as held:
        postgres = held.engine.engine_type == "postgres"
        sql = f"SELECT kind, item, kept FROM {BY_REPEAT if postgres else BY_REPEAT_SQLITE}{where} ORDER BY id"  # noqa: S608
        return [dict(row) for row in await held.run(sql, wanted if postgres else json.dumps(wanted), *values)]
