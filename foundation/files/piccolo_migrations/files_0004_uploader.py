"""Files of people without an account: workers upload photographs on their own page."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Varchar

ID = "0004-uploader"
VERSION = "1.38.0"
DESCRIPTION = "Who uploaded a file without an account"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="files", description=DESCRIPTION)
    manager.add_column(
        table_class_name="StoredFile",
        tablename="stored_file",
        column_name="uploader",
        db_column_name="uploader",
        column_class=Varchar,
        params=Varchar(length=120, null=True, default=None)._meta.params,
    )
    return manager
