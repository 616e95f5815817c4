"""A message may carry a key under which it is written once, whoever writes it again."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Varchar

ID = "0004-written-once"
VERSION = "1.38.0"
DESCRIPTION = "Messages that are written once"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="work", description=DESCRIPTION)
    manager.add_column(
        table_class_name="OutboxMessage",
        tablename="outbox_message",
        column_name="once",
        db_column_name="once",
        column_class=Varchar,
        params=Varchar(length=80, default="")._meta.params,
    )
    return manager
