"""Titles, honours and what happened to them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Boolean, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0001-honours"
VERSION = "1.38.0"
DESCRIPTION = "Titles, honours and what happened to them"


class Honour(Table, tablename="honour"):
    """What foreign keys point at."""

    id: Serial


class HonourCase(Table, tablename="honour_case"):
    """What foreign keys point at."""

    id: Serial


class HonourList(Table, tablename="honour_list"):
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
        "given_with": (Varchar, {"length": 100}),
        "certificate": (Boolean, {"default": False}),
        "numbered": (Integer, {"default": 0}),
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
        "recommender": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": True}),
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
        "salt": (Varchar, {"length": 32}),
        "act": (Integer, {"null": True, "default": None}),
        "by": (Varchar, {"length": 120}),
        "at": (Timestamptz, {}),
    },
    ("HonourCase", "honour_case"): {
        "honour": (ForeignKey, {"references": Honour, "on_delete": OnDelete.restrict, "null": False}),
        "stage": (Varchar, {"length": 12}),
        "ground": (Varchar, {"length": 16}),
        "report": (Text, {}),
        "reporter": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "reported_by": (Integer, {}),
        "reported_at": (Timestamptz, {}),
        "recommender": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "opinion": (Text, {}),
        "opinion_by": (Integer, {"null": True, "default": None}),
        "opinion_at": (Timestamptz, {"null": True, "default": None}),
        "act": (Integer, {"null": True, "default": None}),
        "outcome": (Text, {}),
        "ended_by": (Integer, {"null": True, "default": None}),
        "ended_at": (Timestamptz, {"null": True, "default": None}),
        "recovered": (Varchar, {"length": 200}),
        "recovered_at": (Timestamptz, {"null": True, "default": None}),
    },
    ("HonourCaseFile", "honour_case_file"): {
        "honour_case": (ForeignKey, {"references": HonourCase, "on_delete": OnDelete.restrict, "null": False}),
        "file": (ForeignKey, {"references": StoredFile, "on_delete": OnDelete.restrict, "null": False}),
    },
    ("HonourList", "honour_list"): {
        "title": (ForeignKey, {"references": HonourTitle, "on_delete": OnDelete.restrict, "null": False}),
        "organisation": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "name": (Varchar, {"length": 200}),
        "year": (SmallInt, {}),
        "month": (SmallInt, {"null": True, "default": None}),
        "day": (SmallInt, {"null": True, "default": None}),
        "edition": (SmallInt, {"null": True, "default": None}),
        "body": (Varchar, {"length": 200}),
        "document": (Varchar, {"length": 60}),
        "stage": (Varchar, {"length": 12}),
        "portraits": (ForeignKey, {"references": StoredFile, "on_delete": OnDelete.restrict, "null": True}),
        "unused": (Text, {}),
        "text_sealed": (Text, {}),
        "size": (Integer, {"default": 0}),
        "wrong": (Integer, {"default": 0}),
        "again": (Integer, {"default": 0}),
        "made": (Integer, {"default": 0}),
        "job": (Integer, {"null": True, "default": None}),
        "created_by": (Integer, {}),
        "created_at": (Timestamptz, {}),
    },
    ("HonourListRow", "honour_list_row"): {
        "honour_list": (ForeignKey, {"references": HonourList, "on_delete": OnDelete.cascade, "null": False}),
        "line": (Integer, {}),
        "given": (Text, {}),
        "problems": (Text, {}),
        "worker": (ForeignKey, {"references": Worker, "on_delete": OnDelete.restrict, "null": True}),
        "unit": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": True}),
        "source_key": (Varchar, {"length": 120}),
        "state": (Varchar, {"length": 8}),
        "honour": (ForeignKey, {"references": Honour, "on_delete": OnDelete.restrict, "null": True}),
        "keeper": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": True}),
        "picture": (Integer, {"null": True, "default": None}),
        "picture_sha256": (Varchar, {"length": 64}),
        "picture_problems": (Text, {}),
        "page": (Integer, {"null": True, "default": None}),
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
