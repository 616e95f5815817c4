"""A worker's contests are looked up on their own page."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0008-worker-index"
VERSION = "1.38.0"
DESCRIPTION = "A worker's contests"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="competitions", description=DESCRIPTION)

    async def index() -> None:
        await current().run_ddl("CREATE INDEX contestant_worker ON contestant (worker)")

    manager.add_raw(index)
    return manager
