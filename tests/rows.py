"""All rows of a PostgreSQL database, taken out and put into another of the same shape. Knows no table by name."""

import io
from dataclasses import dataclass

import asyncpg  # type: ignore[import-untyped]  # ships no types

TABLES = "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
COMPUTED = """SELECT relname AS name FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE indexprs IS NOT NULL AND relnamespace = 'public'::regnamespace"""
SEQUENCES = "SELECT sequencename AS name, last_value AS at FROM pg_sequences WHERE schemaname = 'public'"


@dataclass(frozen=True)
class Rows:
    """By table what COPY writes of it, and where each sequence stands: None is one that nobody has asked."""

    tables: dict[str, bytes]
    sequences: dict[str, int | None]


async def taken(url: str) -> Rows:
    """Everything that the database holds."""
    connection = await asyncpg.connect(url)
    try:
        tables = {}
        for row in await connection.fetch(TABLES):
            written = io.BytesIO()
            await connection.copy_from_table(row["name"], output=written, format="binary")
            tables[row["name"]] = written.getvalue()
        return Rows(tables, {row["name"]: row["at"] for row in await connection.fetch(SEQUENCES)})
    finally:
        await connection.close()


async def put(url: str, rows: Rows) -> None:
    """Make the database hold these rows and no others, without looking at keys and triggers."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            await connection.execute("SET LOCAL session_replication_role = replica")
            for name, written in rows.tables.items():
                await connection.execute(f'DELETE FROM "{name}"')  # noqa: S608
                await connection.copy_to_table(name, source=io.BytesIO(written), format="binary")
            for row in await connection.fetch(COMPUTED):  # of rows that may have come after those that they rest on
                await connection.execute(f'REINDEX INDEX "{row["name"]}"')
            await set_sequences(connection, rows.sequences)
    finally:
        await connection.close()


async def set_sequences(connection: asyncpg.Connection, numbers: dict[str, int | None]) -> None:
    """Let each sequence stand at its number."""
    for row in await connection.fetch(SEQUENCES):
        at = numbers[row["name"]]
        if row["at"] != at:
            await connection.execute(f"SELECT setval('\"{row['name']}\"', $1, $2)", at or 1, at is not None)
