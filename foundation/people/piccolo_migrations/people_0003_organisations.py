"""Organisations and what happened to them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Boolean, ForeignKey, Integer, Serial, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0003-organisations"
VERSION = "1.38.0"
DESCRIPTION = "The union tree"


class Organisation(Table, tablename="organisation"):
    """What foreign keys point at."""

    id: Serial


TABLES = {
    ("Organisation", "organisation"): {
        "parent": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": True}),
        "path": (Varchar, {"length": 200}),
        "name": (Varchar, {"length": 100}),
        "short_name": (Varchar, {"length": 40}),
        "kind": (Varchar, {"length": 16}),
        "code": (Varchar, {"length": 18}),
        "union_code": (Varchar, {"length": 18}),
        "industry": (Varchar, {"length": 1}),
        "chain": (Varchar, {"length": 40}),
        "ownership": (Varchar, {"length": 16}),
        "headcount": (Integer, {"null": True, "default": None}),
        "position": (Integer, {"default": 1000}),
        "contact_email": (Varchar, {"length": 120}),
        "folded": (Varchar, {"length": 2000}),
        "active": (Boolean, {"default": True}),
        "merged_into": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": True}),
        "created_at": (Timestamptz, {}),
    },
    ("OrganisationChange", "organisation_change"): {
        "organisation": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "what": (Varchar, {"length": 16}),
        "field": (Varchar, {"length": 16}),
        "before": (Varchar, {"length": 200}),
        "after": (Varchar, {"length": 200}),
        "at": (Timestamptz, {}),
        "actor": (Varchar, {"length": 120}),
    },
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="people", description=DESCRIPTION)
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
