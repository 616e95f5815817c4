"""With which version a paper or picture of an innovation was handed in: before that nobody above the unit has it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0015-handed-in-with"
VERSION = "1.38.0"
DESCRIPTION = "With which version papers and pictures were handed in"

STATEMENTS = [
    statement
    for table in ("innovation_file", "innovation_picture")
    for statement in (
        f"ALTER TABLE {table} ADD COLUMN since INTEGER",
        f"UPDATE {table} SET since = 1 WHERE EXISTS (SELECT 1 FROM innovation_version v "  # noqa: S608 - names of ours
        f"WHERE v.innovation = {table}.innovation)",
    )
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)

    async def columns() -> None:
        for statement in STATEMENTS:
            await current().run_ddl(statement)

    manager.add_raw(columns)
    return manager
