"""Whose competition it is, and results that are opened again for a correction."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0005-organisation"
VERSION = "1.38.0"
DESCRIPTION = "A competition's organisation; corrections"


class Contest(Table, tablename="contest"):
    """What the foreign key points at."""

    id: Serial


class Organisation(Table, tablename="organisation"):
    """What the foreign key points at."""

    id: Serial


NEW = {
    ("Competition", "competition"): {
        "organisation": (
            ForeignKey,
            {"references": Organisation, "on_delete": OnDelete.restrict, "null": True, "default": None},
        ),
    },
    ("Publication", "publication"): {"reason": (Text, {"default": ""})},
    ("Reopening", "reopening"): {
        "contest": (ForeignKey, {"references": Contest, "on_delete": OnDelete.restrict, "null": False}),
        "version": (SmallInt, {}),
        "act": (Integer, {}),
        "public_reason": (Text, {}),
        "reopened_at": (Timestamptz, {}),
    },
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="competitions", description=DESCRIPTION)
    manager.add_table(class_name="Reopening", tablename="reopening")
    for (class_name, table), columns in NEW.items():
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
