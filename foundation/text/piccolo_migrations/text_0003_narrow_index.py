"""On PostgreSQL the tokens stand apart from the rows that GIN leads to, so that finding many reads few pages.

A question about likeness fetches up to 60,000 rows. With the tokens in them a page holds 13 and without 220: the whole
table of a province fits into the smallest cache. The index is on a function that looks the tokens up. It is declared
immutable, and is, as long as nobody changes the tokens of a row that stands: `entering` takes the row out and puts it
in again. GIN's list of what is not sorted in yet is read by every question, so it is kept short.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0003-narrow-index"
VERSION = "1.38.0"
DESCRIPTION = "On PostgreSQL, tokens apart from the rows that the index leads to"

POSTGRES = [
    "DROP INDEX text_index_tokens",
    "ALTER TABLE text_index RENAME TO text_tokens",
    "ALTER INDEX text_index_pkey RENAME TO text_tokens_pkey",
    "CREATE TABLE text_index (id INTEGER PRIMARY KEY)",
    "INSERT INTO text_index (id) SELECT id FROM text_tokens ORDER BY id",
    # In the standard's form the body is bound to the table itself, whatever the search path is.
    """CREATE FUNCTION text_tokens_of(document INTEGER) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    BEGIN ATOMIC SELECT tokens FROM text_tokens WHERE id = document; END""",
    """CREATE INDEX text_index_tokens ON text_index USING gin (text_tokens_of(id))
    WITH (gin_pending_list_limit = 512)""",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="text", description=DESCRIPTION)

    async def narrow() -> None:
        engine = current()
        for statement in POSTGRES if engine.engine_type == "postgres" else ():
            await engine.run_ddl(statement)

    manager.add_raw(narrow)
    return manager
