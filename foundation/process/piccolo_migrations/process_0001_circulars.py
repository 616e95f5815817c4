"""Circulars, announcements, attachments, receipts, suspensions."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Boolean, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0001-circulars"
VERSION = "1.38.0"
DESCRIPTION = "Circulars, announcements and suspensions"


class Organisation(Table, tablename="organisation"):
    """What foreign keys point at."""

    id: Serial


class Account(Table, tablename="account"):
    """What foreign keys point at."""

    id: Serial


class StoredFile(Table, tablename="stored_file"):
    """What foreign keys point at."""

    id: Serial


class Circular(Table, tablename="circular"):
    """What foreign keys point at."""

    id: Serial


class Announcement(Table, tablename="announcement"):
    """What foreign keys point at."""

    id: Serial


def _to(table: type[Table], null: bool = False) -> tuple:
    more = {"default": None} if null else {}
    return ForeignKey, {"references": table, "on_delete": OnDelete.restrict, "null": null, **more}


_MAYBE = {"null": True, "default": None}

PUBLISHED = {
    "stage": (Varchar, {"length": 16}),
    "revision": (Integer, {"default": 1}),
    "drafted_by": _to(Account),
    "authors": (Text, {}),
    "created_at": (Timestamptz, {}),
    "handed_in_at": (Timestamptz, _MAYBE),
    "reviewed_by": _to(Account, null=True),
    "signed_by": _to(Account, null=True),
    "issued_at": (Timestamptz, _MAYBE),
    "text_hash": (Varchar, {"length": 64}),
}

TABLES = {
    ("Circular", "circular"): {
        "organisation": _to(Organisation),
        "number": (Varchar, {"length": 64}),
        "number_key": (Varchar, {"length": 64, **_MAYBE}),
        "address": (Varchar, {"length": 64, **_MAYBE}),
        "title": (Varchar, {"length": 200}),
        "text": (Text, {}),
        "deadline": (Timestamptz, _MAYBE),
        "contact_name": (Varchar, {"length": 64}),
        "contact_phone": (Varchar, {"length": 64}),
        "addressed_under": _to(Organisation),
        "addressed_kinds": (Varchar, {"length": 200}),
        "opens": (Varchar, {"length": 120}),
        "opens_label": (Varchar, {"length": 200}),
        "public": (Boolean, {"default": False}),
        **PUBLISHED,
        "corrects": _to(Circular, null=True),
        "withdrawn_at": (Timestamptz, _MAYBE),
        "withdrawn_reason": (Varchar, {"length": 500}),
    },
    ("CircularReceipt", "circular_receipt"): {
        "circular": _to(Circular),
        "organisation": _to(Organisation),
        "account": _to(Account),
        "name": (Varchar, {"length": 64}),
        "signed_at": (Timestamptz, {}),
    },
    ("Announcement", "announcement"): {
        "organisation": _to(Organisation),
        "number": (Varchar, {"length": 64}),
        "number_key": (Varchar, {"length": 64, **_MAYBE}),
        "address": (Varchar, {"length": 64, **_MAYBE}),
        "title": (Varchar, {"length": 200}),
        "text": (Text, {}),
        **PUBLISHED,
        "corrects": _to(Announcement, null=True),
        "withdrawn_at": (Timestamptz, _MAYBE),
        "withdrawn_reason": (Varchar, {"length": 500}),
    },
    ("Attachment", "process_attachment"): {
        "subject": (Varchar, {"length": 40}),
        "number": (Integer, {}),
        "file": _to(StoredFile),
    },
    ("Suspension", "suspension"): {
        "address": (Varchar, {"length": 200}),
        "reason": (Varchar, {"length": 500}),
        "suspended_by": _to(Account),
        "suspended_at": (Timestamptz, {}),
        "confirmed_by": _to(Account, null=True),
        "confirmed_at": (Timestamptz, _MAYBE),
        "lifted_by": _to(Account, null=True),
        "lifted_at": (Timestamptz, _MAYBE),
    },
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="process", description=DESCRIPTION)
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
