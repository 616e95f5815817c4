"""The tables a database really has, and those the table classes ask for, in one form, to be compared.

Knows both engines' catalogues. Used by tests (and `ganpo doctor` later); never changes anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from piccolo.conf.apps import Finder
from piccolo.table import Table

from foundation.store import engines

if TYPE_CHECKING:
    from foundation.store.engines import Engine

_POSTGRES_TYPES = {
    "CHARACTER VARYING": "VARCHAR",
    "TIMESTAMP WITH TIME ZONE": "TIMESTAMPTZ",
    "TIMESTAMP WITHOUT TIME ZONE": "TIMESTAMP",
}
_SAME = {"SERIAL": "INTEGER", "BIGSERIAL": "BIGINT"}  # what they are once the table exists
_OF_ENGINES = ("text_index", "text_tokens")  # of each engine's own kind, on SQLite with tables of FTS5's behind it


@dataclass(frozen=True, slots=True)
class Column:
    """`type` is the declared type in capitals: "VARCHAR(64)", "INTEGER", "TIMESTAMPTZ"."""

    type: str
    null: bool
    primary: bool = False


@dataclass(slots=True)
class Shape:
    """One table. `unique`: for each unique index its columns, and whether it is partial (has a WHERE)."""

    columns: dict[str, Column] = field(default_factory=dict)
    unique: set[tuple[tuple[str, ...], bool]] = field(default_factory=set)


async def schema(engine: "Engine") -> dict[str, Shape]:
    """The tables of the database, Piccolo's own and the engine's left out."""
    shapes = await (_sqlite(engine) if engine.engine_type == "sqlite" else _postgres(engine))
    return {name: shape for name, shape in shapes.items() if name != "migration" and not name.startswith(_OF_ENGINES)}


def wanted(tables: Iterable[type[Table]] | None = None) -> dict[str, Shape]:
    """The tables as the classes of all registered apps (or those given) declare them on the engine in use."""
    shapes: dict[str, Shape] = {}
    for table in Finder().get_table_classes() if tables is None else tables:
        shape = shapes[table._meta.tablename] = Shape()
        for column in table._meta.columns:
            meta, kind = column._meta, column.column_type.upper()
            shape.columns[meta.db_column_name] = Column(_SAME.get(kind, kind), meta.null, meta.primary_key)
            if meta.unique:
                shape.unique.add(((meta.db_column_name,), False))
    return shapes


async def differences(engine: "Engine") -> list[str]:
    """What the database lacks of, or has beyond, the table classes; one line each, empty when they agree.

    Unique indexes made in migrations are not declared in classes: those of the database may be more.
    """
    if engines.current() is not engine:
        engines.use(engine)
    has, wants = await schema(engine), wanted()
    lines = [f"{name}: no such table in the database" for name in sorted(wants.keys() - has.keys())]
    lines += [f"{name}: no class for this table" for name in sorted(has.keys() - wants.keys())]
    for name in sorted(wants.keys() & has.keys()):
        there, want = has[name], wants[name]
        for column in sorted(there.columns.keys() | want.columns.keys()):
            if there.columns.get(column) != want.columns.get(column):
                lines.append(f"{name}.{column}: {there.columns.get(column)} instead of {want.columns.get(column)}")
        lines += [f"{name}: no unique index on {columns}" for columns, _ in sorted(want.unique - there.unique)]
    return lines


async def _sqlite(engine: "Engine") -> dict[str, Shape]:
    shapes: dict[str, Shape] = {}
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    for table in await engine.run_ddl(names):
        shape = shapes[table["name"]] = Shape()
        for row in await engine.run_ddl(f"SELECT * FROM pragma_table_info('{table['name']}')"):  # noqa: S608
            shape.columns[row["name"]] = Column(row["type"].upper(), not row["notnull"], bool(row["pk"]))
        indexes = f"SELECT name, origin, partial FROM pragma_index_list('{table['name']}') WHERE \"unique\" = 1"  # noqa: S608
        for row in await engine.run_ddl(indexes):
            parts = await engine.run_ddl(f"SELECT name FROM pragma_index_info('{row['name']}') ORDER BY seqno")  # noqa: S608
            if row["origin"] != "pk":
                shape.unique.add((tuple(part["name"] for part in parts), bool(row["partial"])))
    return shapes


async def _postgres(engine: "Engine") -> dict[str, Shape]:
    shapes: dict[str, Shape] = {}
    columns = """
        SELECT c.table_name, c.column_name, upper(c.data_type) AS type, c.character_maximum_length AS length,
            c.is_nullable = 'YES' AS nullable, EXISTS (
                SELECT 1 FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
                WHERE i.indisprimary AND i.indrelid = format('%I', c.table_name)::regclass AND a.attname = c.column_name
            ) AS is_primary
        FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
        WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'"""
    for row in await engine.run_ddl(columns):
        kind = _POSTGRES_TYPES.get(row["type"], row["type"]) + (f"({row['length']})" if row["length"] else "")
        shape = shapes.setdefault(row["table_name"], Shape())
        shape.columns[row["column_name"]] = Column(kind, row["nullable"], row["is_primary"])
    indexes = """
        SELECT c.relname AS name, i.indpred IS NOT NULL AS partial,
            ARRAY(SELECT pg_get_indexdef(i.indexrelid, n, true) FROM generate_series(1, i.indnkeyatts) n) AS columns
        FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
        WHERE i.indisunique AND NOT i.indisprimary AND c.relnamespace = current_schema()::regnamespace"""
    for row in await engine.run_ddl(indexes):
        shapes[row["name"]].unique.add((tuple(name.strip('"') for name in row["columns"]), row["partial"]))
    return shapes
