"""Databases as earlier versions left them: every migration is run over rows that were really written.

A recording is a packed file of JSON lines: first the migrations that had run, then one row a line, in an order in which
foreign keys hold. It is made once, of a SQLite file that the version of its day has written, and never changed:

    python -m tests.upgrades FILE.sqlite3 | gzip -n9 > tests/ganpo/upgrades/NAME.jsonl.gz

`first` is what the tests' own story left under the first version, `unions` is the demonstration as it was when there
were organisations, workers, circulars and notices.

`restore(engine, recording)` makes that database again on either engine, with plain SQL and no table class, for the
classes are those of today.
"""

import base64
import gzip
import json
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foundation.store.engines import Engine
from foundation.store.migrations import migrate
from foundation.store.transactions import transaction

RECORDINGS = Path(__file__).parent / "ganpo" / "upgrades"
_BYTES = "base64:"

Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Recording:
    """`ran` as "app: id"; `rows` by table, each value as SQLite keeps it."""

    ran: tuple[str, ...]
    rows: Rows


def names() -> list[str]:
    """Every recording there is."""
    return sorted(file.name.partition(".")[0] for file in RECORDINGS.glob("*.jsonl.gz"))


def text(name: str) -> str:
    """Its lines as they were recorded."""
    return gzip.decompress((RECORDINGS / f"{name}.jsonl.gz").read_bytes()).decode()


def read(name: str) -> Recording:
    """The recording of this name in tests/ganpo/upgrades."""
    first, *lines = text(name).splitlines()
    rows: Rows = {}
    for line in lines:
        table, row = json.loads(line)
        rows.setdefault(table, []).append({column: _value(value) for column, value in row.items()})
    return Recording(tuple(json.loads(first)), rows)


async def restore(engine: Engine, recording: Recording) -> None:
    """Migrate an empty database as far as the recording's and put its rows there."""
    ran = await migrate(engine, only=frozenset(recording.ran))
    assert sorted(ran) == sorted(recording.ran), "a migration that had run is gone or has another name"
    for table in reversed(recording.rows):  # what migrations put there themselves is in the recording too
        if await engine.run_ddl(f'SELECT 1 FROM "{table}" LIMIT 1'):  # noqa: S608
            await engine.run_ddl(f'DELETE FROM "{table}"')  # noqa: S608
    for table, rows in recording.rows.items():
        async with transaction() as held:
            if engine.engine_type == "sqlite":
                for row in rows:
                    names = ", ".join(f'"{column}"' for column in row)
                    places = ", ".join("{}" for _ in row)
                    await held.run(f'INSERT INTO "{table}" ({names}) VALUES ({places})', *row.values())  # noqa: S608
                continue
            text = json.dumps([{column: _for_postgres(value) for column, value in row.items()} for row in rows])
            await held.run(f'INSERT INTO "{table}" SELECT * FROM json_populate_recordset(NULL::"{table}", {{}})', text)  # noqa: S608
            if "id" in rows[0]:
                await held.run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM \"{table}\"")  # noqa: S608


async def kept(engine: Engine, recording: Recording) -> Rows:
    """What the database holds in the tables and columns of the recording, in a settled order."""
    found: Rows = {}
    for table, rows in recording.rows.items():
        names = ", ".join(f'"{column}"' for column in rows[0])
        found[table] = sorted(await engine.run_ddl(f'SELECT {names} FROM "{table}"'), key=repr)  # noqa: S608
    return found


async def details(engine: Engine) -> list[Any]:
    """Everything the database itself says of its tables, indexes and triggers, to be compared with another's."""
    if engine.engine_type == "sqlite":
        said = await engine.run_ddl("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")
        tables = [row["name"] for row in said if row["type"] == "table"]
        # A column that came later stands elsewhere in the text of its table, so columns are asked for one by one.
        columns = [await engine.run_ddl(f"SELECT * FROM pragma_table_info('{table}')") for table in tables]  # noqa: S608
        keys = [
            await engine.run_ddl(f'SELECT "from", "table", "to", on_delete FROM pragma_foreign_key_list(\'{table}\')')  # noqa: S608
            for table in tables
        ]
        rest = [row for row in said if row["type"] != "table"]
        return [tables, columns, [sorted(each, key=repr) for each in keys], rest]
    asked = (
        """SELECT table_name, ordinal_position, column_name, data_type, character_maximum_length, is_nullable,
            column_default, collation_name FROM information_schema.columns
            WHERE table_schema = current_schema() ORDER BY 1, 2""",
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1",
        "SELECT conrelid::regclass::text AS place, conname, pg_get_constraintdef(oid) AS said FROM pg_constraint "
        "WHERE connamespace = current_schema()::regnamespace ORDER BY 1, 2",
        "SELECT tgname, pg_get_triggerdef(oid) AS said FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1",
    )
    return [[dict(row) for row in await engine.run_ddl(sql)] for sql in asked]


def record(file: Path) -> Iterator[str]:
    """The lines of a recording of this SQLite database, which nobody has open."""
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    ran = [f"{row['app_name']}: {row['name']}" for row in connection.execute("SELECT app_name, name FROM migration")]
    yield json.dumps(sorted(ran))
    for table in _in_order(connection):
        for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY rowid'):  # noqa: S608
            yield json.dumps([table, {column: _text(row[column]) for column in row.keys()}], ensure_ascii=False)  # noqa: SIM118


def _in_order(connection: sqlite3.Connection) -> list[str]:
    """Tables, each after those that its foreign keys point at."""
    # What FTS5 keeps is no row of ours; the index is made again of its documents.
    asked = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "AND name NOT LIKE 'text_index%' AND name <> 'migration'"
    )
    waiting = {
        name: {row["table"] for row in connection.execute(f"SELECT * FROM pragma_foreign_key_list('{name}')")} - {name}  # noqa: S608
        for (name,) in connection.execute(asked)
    }
    order: list[str] = []
    while waiting:
        ready = sorted(name for name, needs in waiting.items() if needs <= set(order))
        if not ready:
            raise ValueError(f"These tables point at each other: {', '.join(sorted(waiting))}")
        order += ready
        waiting = {name: needs for name, needs in waiting.items() if name not in ready}
    return order


def _text(value: Any) -> Any:
    return _BYTES + base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _value(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_BYTES):
        return base64.b64decode(value.removeprefix(_BYTES))
    return value


def _for_postgres(value: Any) -> Any:
    return f"\\x{value.hex()}" if isinstance(value, bytes) else value


if __name__ == "__main__":
    print("\n".join(record(Path(sys.argv[1]))))
