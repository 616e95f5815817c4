"""Documents that can be searched, hidden batches, frequencies of terms, and what the index knows of itself."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigInt, Bytea, Integer, Text, Varchar

ID = "0001-tables"
VERSION = "1.38.0"
DESCRIPTION = "Documents that can be searched"

TABLES = {
    ("Document", "text_document"): {
        "kind": (Varchar, {"length": 16}),
        "item": (Integer, {}),
        "facets": (Text, {}),
        "value": (BigInt, {"null": True, "default": None}),
        "repeat_key": (BigInt, {}),
        "kept": (Bytea, {}),
    },
    ("HiddenBatch", "text_hidden_batch"): {"name": (Varchar, {"length": 40, "primary_key": True})},
    ("Frequency", "text_frequency"): {"term": (Integer, {"primary_key": True}), "documents": (Integer, {})},
    ("IndexState", "text_state"): {"name": (Varchar, {"length": 16, "primary_key": True}), "value": (BigInt, {})},
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="text", description=DESCRIPTION)
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
