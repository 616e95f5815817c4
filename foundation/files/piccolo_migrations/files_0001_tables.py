"""Files that people uploaded."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Integer, Timestamptz, Varchar

ID = "0001-tables"
VERSION = "1.38.0"
DESCRIPTION = "Stored files"

TABLES = {
    ("StoredFile", "stored_file"): {
        "sha256": (Varchar, {"length": 64}),
        "name": (Varchar, {"length": 120}),
        "media_type": (Varchar, {"length": 100}),
        "size": (Integer, {}),
        "uploaded_by": (Integer, {}),
        "uploaded_at": (Timestamptz, {}),
    },
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="files", description=DESCRIPTION)
    for (class_name, table), columns in TABLES.items():
        manager.add_table(class_name=class_name, tablename=table)
        for name, (kind, said) in columns.items():
            params = kind(**said)._meta.params  # with every default, as the next automatic migration compares them
            manager.add_column(
                table_class_name=class_name,
                tablename=table,
                column_name=name,
                db_column_name=name,
                column_class=kind,
                params=params,
            )
    return manager
