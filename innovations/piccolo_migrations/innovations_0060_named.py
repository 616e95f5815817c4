"""Which workers of the registry the newest version of an innovation names."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import ForeignKey, Serial
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0060-named"
VERSION = "1.38.0"
DESCRIPTION = "Workers of the registry whom the newest version of an innovation names"


class Innovation(Table, tablename="innovation"):
    """What a foreign key points at."""

    id: Serial


class Worker(Table, tablename="worker"):
    """What the other one points at."""

    id: Serial


CLASS, TABLE = "InnovationNamed", "innovation_named"
COLUMNS = {"innovation": Innovation, "worker": Worker}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)
    manager.add_table(class_name=CLASS, tablename=TABLE)
    for name, table in COLUMNS.items():
        column = ForeignKey(references=table, on_delete=OnDelete.restrict, null=False)
        manager.add_column(
            table_class_name=CLASS,
            tablename=TABLE,
            column_name=name,
            db_column_name=name,
            column_class=ForeignKey,
            params=column._meta.params,  # with every default, as the next automatic migration compares them
        )
    return manager
