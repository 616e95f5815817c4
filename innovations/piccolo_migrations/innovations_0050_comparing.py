"""Which proposals of a sheet are much like another, and how far a sheet is compared."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import ForeignKey, Integer, Serial, SmallInt
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0050-comparing"
VERSION = "1.38.0"
DESCRIPTION = "Which proposals of a sheet are much like another"


class Proposal(Table, tablename="proposal"):
    """What foreign keys point at."""

    id: Serial


OF = {"references": Proposal, "on_delete": OnDelete.cascade, "null": False}
TABLES = {
    ("ProposalComparison", "proposal_comparison"): {
        "sheet": (Integer, {}),
        "job": (Integer, {}),
        "before": (Integer, {"null": True, "default": None}),
        "done": (Integer, {"default": 0}),
        "total": (Integer, {}),
    },
    ("ProposalAlike", "proposal_alike"): {
        "sheet": (Integer, {}),
        "proposal": (ForeignKey, OF),
        "other": (ForeignKey, OF),
        "likeness": (SmallInt, {}),
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
                db_column_name=name,
                column_class=kind,
                params=params,
            )
    return manager
