"""Notices, objections to them, and the table of working days."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Boolean, Date, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0003-notices"
VERSION = "1.38.0"
DESCRIPTION = "Notices, objections, working days"


class Account(Table, tablename="account"):
    """What foreign keys point at."""

    id: Serial


class Organisation(Table, tablename="organisation"):
    """What foreign keys point at."""

    id: Serial


class Notice(Table, tablename="notice"):
    """What foreign keys point at."""

    id: Serial


class Objection(Table, tablename="objection"):
    """What foreign keys point at."""

    id: Serial


def to(table: type[Table], null: bool = False) -> tuple[type[ForeignKey], dict[str, object]]:
    return ForeignKey, {"references": table, "on_delete": OnDelete.restrict, "null": null}


LATER = (Timestamptz, {"null": True, "default": None})

TABLES = {
    ("CalendarDay", "calendar_day"): {
        "day": (Date, {}),
        "working": (Boolean, {"null": True, "default": None}),
        "reason": (Varchar, {"length": 200}),
        "account": to(Account),
        "at": (Timestamptz, {}),
    },
    ("CalendarYear", "calendar_year"): {
        "year": (Integer, {}),
        "grounds": (Varchar, {"length": 200}),
        "account": to(Account),
        "at": (Timestamptz, {}),
    },
    ("NoticeSetting", "notice_setting"): {
        "name": (Varchar, {"length": 32}),
        "value": (Varchar, {"length": 40}),
        "account": to(Account),
        "at": (Timestamptz, {}),
    },
    ("Notice", "notice"): {
        "address": (Varchar, {"length": 20}),
        "organisation": to(Organisation),
        "about": (Varchar, {"length": 100}),
        "label": (Varchar, {"length": 200}),
        "title": (Varchar, {"length": 200}),
        "text": (Text, {}),
        "contact": (Varchar, {"length": 500}),
        "results": (Boolean, {"default": False}),
        "shown": (Text, {}),
        "stage": (Varchar, {"length": 12}),
        "days": (Integer, {}),
        "end_time": (Varchar, {"length": 5}),
        "returned": (Text, {}),
        "replaces": to(Notice, null=True),
        "drafted_by": to(Account),
        "drafted_at": (Timestamptz, {}),
        "authors": (Varchar, {"length": 500}),
        "reviewed_by": to(Account, null=True),
        "reviewed_at": LATER,
        "starts_on": (Date, {"null": True, "default": None}),
        "first_day_counts": (Boolean, {"null": True, "default": None}),
        "ends_at": LATER,
        "snapshot": (Text, {}),
        "snapshot_hash": (Varchar, {"length": 64}),
        "opened_by": to(Account, null=True),
        "opened_at": LATER,
        "stopped_by": to(Account, null=True),
        "stopped_at": LATER,
        "stop_reason": (Text, {}),
    },
    ("Objection", "objection"): {
        "notice": to(Notice),
        "channel": (Varchar, {"length": 8}),
        "named": (Boolean, {"default": False}),
        "sealed": (Text, {}),
        "text": (Text, {}),
        "stage": (Varchar, {"length": 12}),
        "outcome": (Varchar, {"length": 12}),
        "receipt_hash": (Varchar, {"length": 64}),
        "received_at": (Timestamptz, {}),
        "decide_by": LATER,
        "recorded_by": to(Account, null=True),
    },
    ("ObjectionStep", "objection_step"): {
        "objection": to(Objection),
        "step": (Varchar, {"length": 12}),
        "note": (Text, {}),
        "account": to(Account, null=True),
        "at": (Timestamptz, {}),
    },
    ("ObjectorOpening", "objector_opening"): {
        "objection": to(Objection),
        "reason": (Text, {}),
        "account": to(Account),
        "at": (Timestamptz, {}),
    },
    ("ObjectionSender", "objection_sender"): {
        "key": (Varchar, {"length": 64}),
        "sent": (Integer, {}),
        "window_started_at": (Timestamptz, {}),
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
                db_column_name=said.get("db_column_name", name),
                column_class=kind,
                params=params,
            )
    return manager
