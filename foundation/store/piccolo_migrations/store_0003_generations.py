"""The table of generations: how often each public thing has changed."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigInt, Varchar

ID = "0003-generations"
VERSION = "1.38.0"
DESCRIPTION = "The table of generations"

COLUMNS = {"name": (Varchar, {"length": 120, "primary_key": True}), "value": (BigInt, {})}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="store", description=DESCRIPTION)
    manager.add_table(class_name="Generation", tablename="generation")
    for name, (kind, params) in COLUMNS.items():
        manager.add_column(
            table_class_name="Generation", tablename="generation", column_name=name, column_class=kind, params=params
        )
    return manager
