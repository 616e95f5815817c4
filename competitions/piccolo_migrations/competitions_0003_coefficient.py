"""The difficulty of an entry's aspects."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import ForeignKey, Integer, Serial, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0003-coefficient"
VERSION = "1.38.0"
DESCRIPTION = "The difficulty of an entry's aspects"


class Entry(Table, tablename="entry"):
    """What the foreign key points at."""

    id: Serial


COLUMNS = {
    "entry": (ForeignKey, {"references": Entry, "on_delete": OnDelete.restrict, "null": False}),
    "aspect": (Varchar, {"length": 40}),
    "value": (Integer, {}),
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="competitions", description=DESCRIPTION)
    manager.add_table(class_name="Coefficient", tablename="coefficient")
    for name, (kind, said) in COLUMNS.items():
        params = kind(**said)._meta.params  # with every default, as the next automatic migration compares them
        manager.add_column(
            table_class_name="Coefficient",
            tablename="coefficient",
            column_name=name,
            db_column_name=name,
            column_class=kind,
            params=params,
        )
    return manager
