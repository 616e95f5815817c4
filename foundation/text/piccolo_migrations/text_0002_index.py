"""The index itself, each engine's own: FTS5 without content on SQLite, a tsvector with GIN on PostgreSQL."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0002-index"
VERSION = "1.38.0"
DESCRIPTION = "The index of tokens, one document a row of a domain, equal texts"

BOTH = [
    "CREATE UNIQUE INDEX text_document_item ON text_document (kind, item)",
    "CREATE INDEX text_document_repeat ON text_document (repeat_key)",
    "INSERT INTO text_state (name, value) VALUES ('version', 1), ('counted', 0), ('filled', -1)",
]
SQLITE = [
    """CREATE VIRTUAL TABLE text_index USING fts5(
        tokens, content = '', detail = none, columnsize = 0, tokenize = "ascii tokenchars ':;._-'")""",
]
POSTGRES = [
    "CREATE TABLE text_index (id INTEGER PRIMARY KEY, tokens tsvector NOT NULL)",
    "CREATE INDEX text_index_tokens ON text_index USING gin (tokens)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="text", description=DESCRIPTION)

    async def index() -> None:
        engine = current()
        for statement in [*BOTH, *(SQLITE if engine.engine_type == "sqlite" else POSTGRES)]:
            await engine.run_ddl(statement)

    manager.add_raw(index)
    return manager
