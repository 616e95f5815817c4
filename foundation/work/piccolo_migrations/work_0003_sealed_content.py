"""What a waiting message says, and to whom, is sealed from now on; those that wait already are sent as they are."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Text

ID = "0003-sealed-content"
VERSION = "1.38.0"
DESCRIPTION = "Sealed content of messages"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="work", description=DESCRIPTION)
    manager.add_column(
        table_class_name="OutboxMessage",
        tablename="outbox_message",
        column_name="content_sealed",
        db_column_name="content_sealed",
        column_class=Text,
        params=Text(default="")._meta.params,
    )
    return manager
