"""Searches that somebody keeps, and what was taken away of them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0035-searches"
VERSION = "1.38.0"
DESCRIPTION = "Searches that somebody keeps, and what was taken away of them"


class Account(Table, tablename="account"):
    """What foreign keys point at."""

    id: Serial


class Organisation(Table, tablename="organisation"):
    """What foreign keys point at."""

    id: Serial


class StoredFile(Table, tablename="stored_file"):
    """What foreign keys point at."""

    id: Serial


ACCOUNT = {"references": Account, "on_delete": OnDelete.restrict, "null": False}
ORGANISATION = {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}
FILE = {"references": StoredFile, "on_delete": OnDelete.restrict, "null": True, "default": None}
TABLES = {
    ("SavedSearch", "saved_search"): {
        "account": (ForeignKey, ACCOUNT),
        "organisation": (ForeignKey, ORGANISATION),
        "name": (Varchar, {"length": 60}),
        "query": (Varchar, {"length": 200}),
        "only": (Varchar, {"length": 16}),
        "feed_hash": (Varchar, {"length": 64}),
        "feed_at": (Timestamptz, {"null": True, "default": None}),
        "made_at": (Timestamptz, {}),
    },
    ("SearchExport", "search_export"): {
        "account": (ForeignKey, ACCOUNT),
        "organisation": (ForeignKey, ORGANISATION),
        "wanted": (Text, {}),
        "size": (Integer, {"default": 0}),
        "job": (Integer, {"null": True, "default": None}),
        "file": (ForeignKey, FILE),
        "made_at": (Timestamptz, {}),
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
