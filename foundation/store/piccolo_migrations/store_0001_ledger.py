"""The tables of the ledger."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Integer, Text, Varchar

ID = "0001-ledger"
VERSION = "1.38.0"
DESCRIPTION = "The tables of the ledger"

TABLES = {
    ("LedgerEntry", "ledger_entry"): {
        "hash": (Varchar, {"length": 64, "primary_key": True}),
        "stream": (Varchar, {"length": 120}),
        "seq": (Integer, {}),
        "at": (Varchar, {"length": 27}),
        "actor": (Varchar, {"length": 120}),
        "act": (Varchar, {"length": 120}),
        "about": (Varchar, {"length": 120}),
        "payload": (Text, {}),
        "prev_hash": (Varchar, {"length": 64}),
    },
    ("LedgerHead", "ledger_head"): {
        "stream": (Varchar, {"length": 120, "primary_key": True}),
        "seq": (Integer, {}),
        "hash": (Varchar, {"length": 64}),
    },
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="store", description=DESCRIPTION)
    for (class_name, table), columns in TABLES.items():
        manager.add_table(class_name=class_name, tablename=table)
        for name, (kind, params) in columns.items():
            manager.add_column(
                table_class_name=class_name, tablename=table, column_name=name, column_class=kind, params=params
            )
    return manager
