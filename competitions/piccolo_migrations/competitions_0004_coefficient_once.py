"""An aspect of an entry has one difficulty."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0004-coefficient-once"
VERSION = "1.38.0"
DESCRIPTION = "One difficulty for an aspect of an entry"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="competitions", description=DESCRIPTION)

    async def index() -> None:
        await current().run_ddl("CREATE UNIQUE INDEX coefficient_once ON coefficient (entry, aspect)")

    manager.add_raw(index)
    return manager
