"""What units say of two innovations that were linked as the same."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Boolean, ForeignKey, Integer, Serial, Text, Timestamptz
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0052-same-as-words"
VERSION = "1.38.0"
DESCRIPTION = "What units say of two innovations that were linked as the same"


class SameAs(Table, tablename="innovation_same_as"):
    """What the foreign key points at."""

    id: Serial


CLASS, TABLE = "SameAsWord", "innovation_same_as_word"
COLUMNS = {
    "same_as": (ForeignKey, {"references": SameAs, "on_delete": OnDelete.cascade, "null": False}),
    "innovation": (Integer, {}),
    "agrees": (Boolean, {}),
    "reason": (Text, {}),
    "by": (Integer, {}),
    "at": (Timestamptz, {}),
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)
    manager.add_table(class_name=CLASS, tablename=TABLE)
    for name, (kind, said) in COLUMNS.items():
        params = kind(**said)._meta.params  # with every default, as the next automatic migration compares them
        manager.add_column(
            table_class_name=CLASS,
            tablename=TABLE,
            column_name=name,
            db_column_name=name,
            column_class=kind,
            params=params,
        )
    return manager
