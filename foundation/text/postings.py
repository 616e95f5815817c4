"""The index of tokens, asked on each engine: documents that an expression finds, newest first, and their rows.

Knows both engines' ways to ask; decides nothing about what may be seen, writes nothing (`entering.py` does). Newest
first is FTS5's own order; PostgreSQL would sort every hit, so its documents also bear a token for each run of ids, and
where there are very many hits one run after the other is asked, the newest first.
"""

import json
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from foundation.store import engines
from foundation.store.transactions import Transaction, mine, snapshot
from foundation.text import entering
from foundation.text.documents import Record
from foundation.text.expression import Expression
from foundation.text.seen import condition

FETCHED = 40_000  # hits that PostgreSQL fetches sooner than it asks run by run, which takes it a while each


@dataclass(frozen=True, slots=True)
class Matched:
    """Ids of documents, newest first; `capped` where there are more than were counted."""

    ids: tuple[int, ...] = ()
    count: int = 0
    capped: bool = False


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


# What is asked decides how: a plan that is made once for all questions walks through the whole table for some of them.
# Where a limit is asked for, the planner would rather look each id's tokens up until it has enough than ask GIN. Ids
# that many expressions find are added up by sorting them, which takes less time than hashing (.86 at the longest).
_PLANS = """SELECT set_config('plan_cache_mode', 'force_custom_plan', true), set_config('enable_seqscan', 'off', true),
    set_config('enable_indexscan', 'off', true), set_config('enable_indexonlyscan', 'off', true),
    set_config('enable_hashagg', 'off', true)"""

FOUND = "text_tokens_of(id) @@ {}::tsquery"  # as the index on PostgreSQL has it


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
    hits = f"SELECT id FROM text_index WHERE {FOUND}{older}"  # noqa: S608 - ours
    sql = (
        f"WITH hits AS MATERIALIZED ({hits} LIMIT {{}}) "  # noqa: S608
        "SELECT (SELECT count(*) FROM hits) AS hits, ARRAY(SELECT id FROM hits ORDER BY id DESC LIMIT {}) AS ids"
    )
    fetched = max(most, FETCHED)
    found = (await held.run(sql, wanted.tsquery(), *values, fetched + 1, size))[0]
    if found["hits"] <= fetched:
        return Matched(tuple(found["ids"]), min(found["hits"], most), found["hits"] > most)
    last = (await held.run("SELECT coalesce(max(id), 0) AS last FROM text_index"))[0]["last"]
    runs = range(min(last, last if before is None else before - 1) // entering.BLOCK, -1, -1)
    # Each part is asked only while those before it have too few; materialised, or the planner walks through all ids.
    part = f"(WITH hits AS MATERIALIZED ({hits}) SELECT id FROM hits ORDER BY id DESC LIMIT {size})"  # noqa: S608
    questions = [wanted.also([entering.block(number)]).tsquery() for number in runs]
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


async def sharing(asked: Sequence[tuple[Expression, int, int | None]], *, most: int) -> list[int]:
    """Documents that are found by some of these expressions, those first whose expressions are worth most together.

    With each expression come its worth and how many documents of it are read at most, None for all.
    """
    if not asked:
        return []
    async with reading() as held:
        part, values = _sharing_postgres if held.engine.engine_type == "postgres" else _sharing_sqlite, []
        parts = []
        for wish, worth, read in asked:
            sql, given = part(wish, worth, read)
            parts.append(sql)
            values += given
        rows = await held.run(
            f"SELECT id FROM ({' UNION ALL '.join(parts)}) AS each "  # noqa: S608 - places only
            f"GROUP BY id ORDER BY sum(worth) DESC, id DESC LIMIT {most}",
            *values,
        )
    return [row["id"] for row in rows]


def _sharing_postgres(wish: Expression, worth: int, read: int | None) -> tuple[str, list[Any]]:
    if read is None:
        return f"SELECT id, {{}}::int AS worth FROM text_index WHERE {FOUND}", [worth, wish.tsquery()]  # noqa: S608
    sql = f"SELECT id, {{}}::int AS worth FROM (SELECT id FROM text_index WHERE {FOUND} LIMIT {{}}) AS one"  # noqa: S608
    return sql, [worth, wish.tsquery(), read]


def _sharing_sqlite(wish: Expression, worth: int, read: int | None) -> tuple[str, list[Any]]:
    return (
        "SELECT id, {} AS worth FROM (SELECT rowid AS id FROM text_index WHERE text_index MATCH {} "
        "ORDER BY rowid DESC LIMIT {})",
        [worth, wish.fts5(), -1 if read is None else read],
    )


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
