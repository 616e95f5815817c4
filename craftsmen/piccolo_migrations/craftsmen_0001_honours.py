"""Titles, honours and what happened to them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Boolean, Date, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0001-honours"
VERSION = "1.38.0"
DESCRIPTION = "Titles, honours and what happened to them"


class Honour(Table, tablename="honour"):
    """What foreign keys point at."""

    id: Serial


class HonourTitle(Table, tablename="honour_title"):
    """What foreign keys point at."""

    id: Serial


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
    ("HonourTitle", "honour_title"): {
        "code": (Varchar, {"length": 40}),
        "name": (Varchar, {"length": 100}),
        "verb": (Varchar, {"length": 16}),
        "body": (Varchar, {"length": 200}),
        "holder": (Varchar, {"length": 8}),
        "family": (Varchar, {"length": 16}),
        "pages": (Boolean, {"default": False}),
        "listed": (Boolean, {"default": True}),
        "organisation": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "position": (SmallInt, {"default": 100}),
        "active": (Boolean, {"default": True}),
    },
    ("Honour", "honour"): {
        "address": (Varchar, {"length": 60}),
        "title": (ForeignKey, {"references": HonourTitle, "on_delete": OnDelete.restrict, "null": False}),
        "worker": (ForeignKey, {"references": Worker, "on_delete": OnDelete.restrict, "null": True}),
        "name": (Varchar, {"length": 100}),
        "unit": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": True}),
        "unit_name": (Varchar, {"length": 200}),
        "city": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": True}),
        "county": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": True}),
        "gender": (Varchar, {"length": 8}),
        "industry": (Varchar, {"length": 1}),
        "occupation": (Varchar, {"length": 64}),
        "occupation_code": (Varchar, {"length": 16}),
        "edition": (SmallInt, {"null": True, "default": None}),
        "verb": (Varchar, {"length": 16}),
        "body": (Varchar, {"length": 200}),
        "document": (Varchar, {"length": 60}),
        "year": (SmallInt, {}),
        "month": (SmallInt, {"null": True, "default": None}),
        "day": (SmallInt, {"null": True, "default": None}),
        "stage": (Varchar, {"length": 12}),
        "posthumous": (Boolean, {"default": False}),
        "version": (SmallInt, {"default": 1}),
        "source": (Varchar, {"length": 100}),
        "source_key": (Varchar, {"length": 120}),
        "public_reason": (Text, {}),
        "created_by": (Integer, {}),
        "created_at": (Timestamptz, {}),
        "changed_at": (Timestamptz, {}),
    },
    ("HonourMember", "honour_member"): {
        "honour": (ForeignKey, {"references": Honour, "on_delete": OnDelete.restrict, "null": False}),
        "worker": (ForeignKey, {"references": Worker, "on_delete": OnDelete.restrict, "null": True}),
        "name": (Varchar, {"length": 64}),
        "position": (SmallInt, {}),
    },
    ("HonourChange", "honour_change"): {
        "honour": (ForeignKey, {"references": Honour, "on_delete": OnDelete.restrict, "null": False}),
        "version": (SmallInt, {}),
        "what": (Varchar, {"length": 12}),
        "before": (Text, {}),
        "after": (Text, {}),
        "public_reason": (Text, {}),
        "internal_reason": (Text, {}),
        "act": (Integer, {"null": True, "default": None}),
        "by": (Varchar, {"length": 120}),
        "at": (Timestamptz, {}),
    },
    ("HonourList", "honour_list"): {
        "title": (ForeignKey, {"references": HonourTitle, "on_delete": OnDelete.restrict, "null": False}),
        "organisation": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "name": (Varchar, {"length": 200}),
        "year": (SmallInt, {}),
        "edition": (SmallInt, {"null": True, "default": None}),
        "body": (Varchar, {"length": 200}),
        "document": (Varchar, {"length": 60}),
        "conferred_on": (Date, {"null": True, "default": None}),
        "stage": (Varchar, {"length": 12}),
        "sheet": (ForeignKey, {"references": StoredFile, "on_delete": OnDelete.restrict, "null": True}),
        "portraits": (ForeignKey, {"references": StoredFile, "on_delete": OnDelete.restrict, "null": True}),
        "size": (Integer, {"default": 0}),
        "created_by": (Integer, {}),
        "created_at": (Timestamptz, {}),
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
