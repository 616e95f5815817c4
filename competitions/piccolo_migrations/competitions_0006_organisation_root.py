"""Competitions from before there were organisations are the federation's; a version is corrected once."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0006-organisation-root"
VERSION = "1.38.0"
DESCRIPTION = "Whose competition it is, from the start"

STATEMENTS = [
    "UPDATE competition SET organisation = 1 WHERE organisation IS NULL",
    "CREATE INDEX competition_organisation ON competition (organisation)",
    "CREATE UNIQUE INDEX reopening_contest_version ON reopening (contest, version)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="competitions", description=DESCRIPTION)

    async def statements() -> None:
        for statement in STATEMENTS:
            await current().run_ddl(statement)

    manager.add_raw(statements)
    return manager
