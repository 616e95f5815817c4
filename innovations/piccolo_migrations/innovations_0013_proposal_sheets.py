"""Proposals that came with a sheet: which one."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Integer

ID = "0013-proposal-sheets"
VERSION = "1.38.0"
DESCRIPTION = "The sheet with which a proposal came"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)
    said = {"null": True, "default": None}
    manager.add_column(
        table_class_name="Proposal",
        tablename="proposal",
        column_name="sheet",
        db_column_name="sheet",
        column_class=Integer,
        params=Integer(**said)._meta.params,
    )
    return manager
