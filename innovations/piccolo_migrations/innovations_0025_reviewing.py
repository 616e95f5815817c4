"""What reviewing needs beside: deadlines, locked scores, tasks that ended, whom authors ask to keep out."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0025-reviewing"
VERSION = "1.38.0"
DESCRIPTION = "Deadlines, locked scores and ended tasks of reviews"

COLUMNS = (
    ("review_round", "list_until", "DATE"),
    ("review_round", "mark_until", "TIMESTAMPTZ"),
    ("review_round", "scores", "TEXT NOT NULL DEFAULT ''"),
    ("review_entry", "named", "VARCHAR(200) NOT NULL DEFAULT ''"),
    ("review_entry", "return_until", "DATE"),
    ("review_kept_out", "note", "TEXT NOT NULL DEFAULT ''"),
    ("review_task", "ended_at", "TIMESTAMPTZ"),
    ("review_mark", "salt", "VARCHAR(32) NOT NULL DEFAULT ''"),
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)

    async def columns() -> None:
        for table, column, kind in COLUMNS:
            await current().run_ddl(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")

    manager.add_raw(columns)
    return manager
