"""Apprenticeships and talks."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Date, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0011-guild"
VERSION = "1.38.0"
DESCRIPTION = "Apprenticeships and talks"


class Organisation(Table, tablename="organisation"):
    """What foreign keys point at."""

    id: Serial


class StoredFile(Table, tablename="stored_file"):
    """What foreign keys point at."""

    id: Serial


class Worker(Table, tablename="worker"):
    """What foreign keys point at."""

    id: Serial


TABLES = {
    ("Apprenticeship", "apprenticeship"): {
        "master": (ForeignKey, {"references": Worker, "on_delete": OnDelete.restrict, "null": False}),
        "apprentice": (ForeignKey, {"references": Worker, "on_delete": OnDelete.restrict, "null": False}),
        "organisation": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "skill": (Varchar, {"length": 100}),
        "terms": (Text, {}),
        "starts_on": (Date, {}),
        "ends_on": (Date, {}),
        "stage": (Varchar, {"length": 12}),
        "result": (Text, {}),
        "agreement": (ForeignKey, {"references": StoredFile, "on_delete": OnDelete.restrict, "null": True}),
        "revision": (Integer, {"default": 1}),
        "created_by": (Integer, {}),
        "created_at": (Timestamptz, {}),
        "changed_at": (Timestamptz, {}),
    },
    ("Talk", "talk"): {
        "speaker": (ForeignKey, {"references": Worker, "on_delete": OnDelete.restrict, "null": False}),
        "host": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": True}),
        "host_name": (Varchar, {"length": 200}),
        "kind": (Varchar, {"length": 16}),
        "topic": (Varchar, {"length": 200}),
        "place": (Varchar, {"length": 200}),
        "starts_at": (Timestamptz, {}),
        "ends_at": (Timestamptz, {}),
        "expected": (Integer, {}),
        "audience": (Integer, {"null": True, "default": None}),
        "contact": (Varchar, {"length": 200}),
        "stage": (Varchar, {"length": 12}),
        "note": (Text, {}),
        "revision": (Integer, {"default": 1}),
        "asked_by": (Integer, {}),
        "asked_at": (Timestamptz, {}),
        "changed_at": (Timestamptz, {}),
    },
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="craftsmen", description=DESCRIPTION)
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
