"""Nominations and what hangs on one."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Boolean, Date, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0005-nominations"
VERSION = "1.38.0"
DESCRIPTION = "Nominations and what hangs on one"


class Account(Table, tablename="account"):
    """What foreign keys point at."""

    id: Serial


class Channel(Table, tablename="round_channel"):
    """What foreign keys point at."""

    id: Serial


class Honour(Table, tablename="honour"):
    """What foreign keys point at."""

    id: Serial


class Nomination(Table, tablename="nomination"):
    """What foreign keys point at."""

    id: Serial


class Organisation(Table, tablename="organisation"):
    """What foreign keys point at."""

    id: Serial


class SelectionRound(Table, tablename="selection_round"):
    """What foreign keys point at."""

    id: Serial


class StoredFile(Table, tablename="stored_file"):
    """What foreign keys point at."""

    id: Serial


class Worker(Table, tablename="worker"):
    """What foreign keys point at."""

    id: Serial


TABLES = {
    ("Nomination", "nomination"): {
        "address": (Varchar, {"length": 60}),
        "round": (ForeignKey, {"references": SelectionRound, "on_delete": OnDelete.restrict, "null": False}),
        "channel": (ForeignKey, {"references": Channel, "on_delete": OnDelete.restrict, "null": False}),
        "unit": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "county": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": True}),
        "worker": (ForeignKey, {"references": Worker, "on_delete": OnDelete.restrict, "null": True}),
        "team_name": (Varchar, {"length": 100}),
        "own": (Boolean, {"default": False}),
        "handed_over_at": (Timestamptz, {"null": True, "default": None}),
        "stage": (Varchar, {"length": 16}),
        "rank": (SmallInt, {"null": True, "default": None}),
        "role": (Varchar, {"length": 24}),
        "unit_type": (Varchar, {"length": 24}),
        "special": (Varchar, {"length": 40}),
        "summary": (Text, {}),
        "story": (Text, {}),
        "answers": (Text, {}),
        "works": (Text, {}),
        "notice_from": (Date, {"null": True, "default": None}),
        "notice_until": (Date, {"null": True, "default": None}),
        "portrait": (Integer, {"null": True, "default": None}),
        "scan": (Text, {}),
        "outcome_rule": (Varchar, {"length": 200}),
        "outcome_reason": (Text, {}),
        "outcome_advice": (Text, {}),
        "revision": (Integer, {"default": 1}),
        "created_by": (Varchar, {"length": 120}),
        "created_at": (Timestamptz, {}),
        "changed_at": (Timestamptz, {}),
    },
    ("NominationStep", "nomination_step"): {
        "nomination": (ForeignKey, {"references": Nomination, "on_delete": OnDelete.restrict, "null": False}),
        "step": (Varchar, {"length": 24}),
        "before": (Varchar, {"length": 16}),
        "after": (Varchar, {"length": 16}),
        "note": (Text, {}),
        "by": (Varchar, {"length": 120}),
        "at": (Timestamptz, {}),
    },
    ("NominationEvidence", "nomination_evidence"): {
        "nomination": (ForeignKey, {"references": Nomination, "on_delete": OnDelete.restrict, "null": False}),
        "honour": (ForeignKey, {"references": Honour, "on_delete": OnDelete.restrict, "null": True}),
        "about": (Varchar, {"length": 100}),
        "text": (Varchar, {"length": 300}),
        "file": (ForeignKey, {"references": StoredFile, "on_delete": OnDelete.restrict, "null": True}),
        "position": (SmallInt, {}),
    },
    ("NominationPicture", "nomination_picture"): {
        "nomination": (ForeignKey, {"references": Nomination, "on_delete": OnDelete.restrict, "null": False}),
        "picture": (Integer, {}),
        "caption": (Varchar, {"length": 200}),
        "position": (SmallInt, {}),
    },
    ("Material", "nomination_material"): {
        "nomination": (ForeignKey, {"references": Nomination, "on_delete": OnDelete.restrict, "null": False}),
        "code": (Varchar, {"length": 40}),
        "file": (ForeignKey, {"references": StoredFile, "on_delete": OnDelete.restrict, "null": False}),
        "data_hash": (Varchar, {"length": 64}),
        "by": (Varchar, {"length": 120}),
        "at": (Timestamptz, {}),
        "replaced": (Boolean, {"default": False}),
    },
    ("Opinion", "nomination_opinion"): {
        "nomination": (ForeignKey, {"references": Nomination, "on_delete": OnDelete.restrict, "null": False}),
        "code": (Varchar, {"length": 40}),
        "body": (Varchar, {"length": 200}),
        "agrees": (Boolean, {}),
        "given_on": (Date, {}),
        "valid_until": (Date, {"null": True, "default": None}),
        "text": (Text, {}),
        "file": (ForeignKey, {"references": StoredFile, "on_delete": OnDelete.restrict, "null": True}),
        "account": (ForeignKey, {"references": Account, "on_delete": OnDelete.restrict, "null": False}),
        "at": (Timestamptz, {}),
        "replaced": (Boolean, {"default": False}),
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
