"""Proposals that were handed in on paper: who entered them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Integer

ID = "0045-entered-from-paper"
VERSION = "1.38.0"
DESCRIPTION = "Who entered a proposal that was handed in on paper"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)
    said = {"null": True, "default": None}
    manager.add_column(
        table_class_name="Proposal",
        tablename="proposal",
        column_name="entered_by",
        db_column_name="entered_by",
        column_class=Integer,
        params=Integer(**said)._meta.params,
    )
    return manager
