"""The key under which a message is written stands once."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0005-written-once-index"
VERSION = "1.38.0"
DESCRIPTION = "Messages that are written once"

INDEX = "CREATE UNIQUE INDEX outbox_message_once ON outbox_message (once) WHERE once <> ''"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="work", description=DESCRIPTION)

    async def index() -> None:
        await current().run_ddl(INDEX)

    manager.add_raw(index)
    return manager
