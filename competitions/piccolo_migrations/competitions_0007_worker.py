"""Who a contestant is among the registry's workers."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import ForeignKey, Serial
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0007-worker"
VERSION = "1.38.0"
DESCRIPTION = "Contestants are linked to workers"


class Worker(Table, tablename="worker"):
    """What the foreign key points at."""

    id: Serial


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="competitions", description=DESCRIPTION)
    column = ForeignKey(references=Worker, on_delete=OnDelete.restrict, null=True, default=None)
    manager.add_column(
        table_class_name="Contestant",
        tablename="contestant",
        column_name="worker",
        db_column_name="worker",
        column_class=ForeignKey,
        params=column._meta.params,
    )
    return manager
