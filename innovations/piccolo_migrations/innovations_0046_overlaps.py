"""What applications for subsidies are about, and what was decided of earlier money for the same."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0046-overlaps"
VERSION = "1.38.0"
DESCRIPTION = "What applications for subsidies are about, and what was decided of earlier money"


class SubsidyApplication(Table, tablename="subsidy_application"):
    """What foreign keys point at."""

    id: Serial


OF = {"references": SubsidyApplication, "on_delete": OnDelete.restrict, "null": False}
TABLES = {
    ("SubsidyKey", "subsidy_key"): {
        "application": (ForeignKey, OF),
        "same": (Varchar, {"length": 12}),
        "of": (Varchar, {"length": 80}),
    },
    ("SubsidyOverlapWord", "subsidy_overlap_word"): {
        "application": (ForeignKey, OF),
        "earlier": (Integer, {}),
        "word": (Varchar, {"length": 12}),
        "reason": (Text, {}),
        "by": (Integer, {}),
        "at": (Timestamptz, {}),
    },
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)
    for (class_name, table), columns in TABLES.items():
        manager.add_table(class_name=class_name, tablename=table)
        for name, (kind, said) in columns.items():
            params = kind(**said)._meta.params  # with every default, as the next automatic migration compares them
            manager.add_column(
                table_class_name=class_name,
                tablename=table,
                column_name=name,
                db_column_name=said.get("db_column_name", name),
                column_class=kind,
                params=params,
            )
    return manager
