"""A task has one turn a day."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0005-daily-index"
VERSION = "1.38.0"
DESCRIPTION = "One turn a day"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="work", description=DESCRIPTION)

    async def index() -> None:
        await current().run_ddl("CREATE UNIQUE INDEX daily_turn_once ON daily_turn (task, day)")

    manager.add_raw(index)
    return manager
