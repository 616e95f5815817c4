"""Selection rounds, their channels and amendments."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0003-rounds"
VERSION = "1.38.0"
DESCRIPTION = "Selection rounds, their channels and amendments"


class Account(Table, tablename="account"):
    """What foreign keys point at."""

    id: Serial


class HonourTitle(Table, tablename="honour_title"):
    """What foreign keys point at."""

    id: Serial


class Organisation(Table, tablename="organisation"):
    """What foreign keys point at."""

    id: Serial


class SelectionRound(Table, tablename="selection_round"):
    """What foreign keys point at."""

    id: Serial


TABLES = {
    ("SelectionRound", "selection_round"): {
        "address": (Varchar, {"length": 40}),
        "title": (ForeignKey, {"references": HonourTitle, "on_delete": OnDelete.restrict, "null": False}),
        "organisation": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "year": (SmallInt, {}),
        "edition": (SmallInt, {}),
        "name": (Varchar, {"length": 200}),
        "stage": (Varchar, {"length": 16}),
        "rules": (Text, {}),
        "rules_hash": (Varchar, {"length": 64}),
        "revision": (Integer, {"default": 1}),
        "document": (Varchar, {"length": 60}),
        "ended_reason": (Text, {}),
        "copied_from": (Integer, {"null": True, "default": None}),
        "frozen_by": (ForeignKey, {"references": Account, "on_delete": OnDelete.restrict, "null": True}),
        "frozen_at": (Timestamptz, {"null": True, "default": None}),
        "created_by": (ForeignKey, {"references": Account, "on_delete": OnDelete.restrict, "null": False}),
        "created_at": (Timestamptz, {}),
    },
    ("RoundAmendment", "round_amendment"): {
        "round": (ForeignKey, {"references": SelectionRound, "on_delete": OnDelete.restrict, "null": False}),
        "number": (SmallInt, {}),
        "rules": (Text, {}),
        "rules_hash": (Varchar, {"length": 64}),
        "reason": (Text, {}),
        "account": (ForeignKey, {"references": Account, "on_delete": OnDelete.restrict, "null": False}),
        "at": (Timestamptz, {}),
    },
    ("Channel", "round_channel"): {
        "round": (ForeignKey, {"references": SelectionRound, "on_delete": OnDelete.restrict, "null": False}),
        "organisation": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "places": (SmallInt, {}),
        "position": (SmallInt, {}),
        "submitted_by": (ForeignKey, {"references": Account, "on_delete": OnDelete.restrict, "null": True}),
        "submitted_at": (Timestamptz, {"null": True, "default": None}),
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
