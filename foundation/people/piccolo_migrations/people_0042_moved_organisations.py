"""Which organisations were ever moved: searches ask for them, for what was indexed before has their old place."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0042-moved-organisations"
VERSION = "1.38.0"
DESCRIPTION = "Organisations that were ever moved are found at once"

INDEXES = ["CREATE INDEX organisation_change_moved ON organisation_change (id, organisation) WHERE what = 'moved'"]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="people", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
