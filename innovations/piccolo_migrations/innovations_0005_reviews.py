"""Review rounds, channels, entries, reviewers and marks."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Boolean, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0005-reviews"
VERSION = "1.38.0"
DESCRIPTION = "Review rounds, channels, entries, reviewers and marks"


class Account(Table, tablename="account"):
    """What foreign keys point at."""

    id: Serial


class Innovation(Table, tablename="innovation"):
    """What foreign keys point at."""

    id: Serial


class InnovationVersion(Table, tablename="innovation_version"):
    """What foreign keys point at."""

    id: Serial


class Organisation(Table, tablename="organisation"):
    """What foreign keys point at."""

    id: Serial


class ReviewChannel(Table, tablename="review_channel"):
    """What foreign keys point at."""

    id: Serial


class ReviewEntry(Table, tablename="review_entry"):
    """What foreign keys point at."""

    id: Serial


class ReviewRound(Table, tablename="review_round"):
    """What foreign keys point at."""

    id: Serial


class ReviewSeat(Table, tablename="review_seat"):
    """What foreign keys point at."""

    id: Serial


class ReviewTask(Table, tablename="review_task"):
    """What foreign keys point at."""

    id: Serial


TABLES = {
    ("ReviewRound", "review_round"): {
        "address": (Varchar, {"length": 40}),
        "organisation": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "level": (Varchar, {"length": 12}),
        "name": (Varchar, {"length": 200}),
        "year": (SmallInt, {}),
        "stage": (Varchar, {"length": 16}),
        "rules": (Text, {}),
        "rules_hash": (Varchar, {"length": 64}),
        "seed": (Varchar, {"length": 64}),
        "notice": (Varchar, {"length": 80}),
        "document": (Varchar, {"length": 60}),
        "revision": (Integer, {"default": 1}),
        "created_by": (ForeignKey, {"references": Account, "on_delete": OnDelete.restrict, "null": False}),
        "created_at": (Timestamptz, {}),
    },
    ("ReviewChannel", "review_channel"): {
        "round": (ForeignKey, {"references": ReviewRound, "on_delete": OnDelete.restrict, "null": False}),
        "organisation": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "places": (SmallInt, {}),
        "position": (SmallInt, {}),
        "submitted_by": (Integer, {"null": True, "default": None}),
        "submitted_at": (Timestamptz, {"null": True, "default": None}),
    },
    ("ReviewEntry", "review_entry"): {
        "round": (ForeignKey, {"references": ReviewRound, "on_delete": OnDelete.restrict, "null": False}),
        "channel": (ForeignKey, {"references": ReviewChannel, "on_delete": OnDelete.restrict, "null": False}),
        "innovation": (ForeignKey, {"references": Innovation, "on_delete": OnDelete.restrict, "null": False}),
        "version": (ForeignKey, {"references": InnovationVersion, "on_delete": OnDelete.restrict, "null": False}),
        "code": (Varchar, {"length": 12}),
        "rank": (SmallInt, {"null": True, "default": None}),
        "stage": (Varchar, {"length": 16}),
        "calibration": (Boolean, {"default": False}),
        "award": (Varchar, {"length": 24}),
        "place": (SmallInt, {"null": True, "default": None}),
        "reasons": (Text, {}),
        "decided_at": (Timestamptz, {"null": True, "default": None}),
    },
    ("ReviewSeat", "review_seat"): {
        "round": (ForeignKey, {"references": ReviewRound, "on_delete": OnDelete.restrict, "null": False}),
        "account": (ForeignKey, {"references": Account, "on_delete": OnDelete.restrict, "null": False}),
        "worker": (Integer, {"null": True, "default": None}),
        "fields": (Varchar, {"length": 200}),
        "most": (SmallInt, {}),
        "chair": (Boolean, {"default": False}),
        "active": (Boolean, {"default": True}),
    },
    ("ReviewKeptOut", "review_kept_out"): {
        "seat": (ForeignKey, {"references": ReviewSeat, "on_delete": OnDelete.restrict, "null": False}),
        "entry": (ForeignKey, {"references": ReviewEntry, "on_delete": OnDelete.restrict, "null": False}),
        "ground": (Varchar, {"length": 12}),
        "by": (Varchar, {"length": 120}),
        "at": (Timestamptz, {}),
    },
    ("ReviewTask", "review_task"): {
        "seat": (ForeignKey, {"references": ReviewSeat, "on_delete": OnDelete.restrict, "null": False}),
        "entry": (ForeignKey, {"references": ReviewEntry, "on_delete": OnDelete.restrict, "null": False}),
        "assigned_at": (Timestamptz, {}),
        "handed_in_at": (Timestamptz, {"null": True, "default": None}),
        "opinion": (Text, {}),
        "private": (Text, {}),
        "reminded_at": (Timestamptz, {"null": True, "default": None}),
    },
    ("ReviewMark", "review_mark"): {
        "task": (ForeignKey, {"references": ReviewTask, "on_delete": OnDelete.restrict, "null": False}),
        "aspect": (Varchar, {"length": 40}),
        "revision": (SmallInt, {}),
        "value": (Varchar, {"length": 40}),
        "client_id": (Varchar, {"length": 80}),
        "given_at": (Timestamptz, {}),
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
