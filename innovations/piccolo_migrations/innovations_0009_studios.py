"""Studios, their calls, members and years."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Boolean, Date, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0009-studios"
VERSION = "1.38.0"
DESCRIPTION = "Studios, their calls, members and years"


class Organisation(Table, tablename="organisation"):
    """What foreign keys point at."""

    id: Serial


class Studio(Table, tablename="studio"):
    """What foreign keys point at."""

    id: Serial


class StudioRound(Table, tablename="studio_round"):
    """What foreign keys point at."""

    id: Serial


class Worker(Table, tablename="worker"):
    """What foreign keys point at."""

    id: Serial


TABLES = {
    ("StudioRound", "studio_round"): {
        "address": (Varchar, {"length": 40}),
        "organisation": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "name": (Varchar, {"length": 200}),
        "year": (SmallInt, {}),
        "level": (Varchar, {"length": 12}),
        "stage": (Varchar, {"length": 16}),
        "rules": (Text, {}),
        "rules_hash": (Varchar, {"length": 64}),
        "apply_until": (Date, {}),
        "notice": (Varchar, {"length": 80}),
        "document": (Varchar, {"length": 60}),
        "revision": (Integer, {"default": 1}),
        "created_by": (Integer, {}),
        "created_at": (Timestamptz, {}),
    },
    ("Studio", "studio"): {
        "address": (Varchar, {"length": 40}),
        "organisation": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "round": (ForeignKey, {"references": StudioRound, "on_delete": OnDelete.restrict, "null": True, "default": None}),
        "name": (Varchar, {"length": 100}),
        "leader": (ForeignKey, {"references": Worker, "on_delete": OnDelete.restrict, "null": False}),
        "level": (Varchar, {"length": 12}),
        "field": (Varchar, {"length": 16}),
        "founded_on": (Date, {}),
        "stage": (Varchar, {"length": 16}),
        "rank": (SmallInt, {"null": True, "default": None}),
        "body": (Text, {}),
        "named_on": (Date, {"null": True, "default": None}),
        "named_until": (Date, {"null": True, "default": None}),
        "document": (Varchar, {"length": 60}),
        "ended_reason": (Text, {}),
        "public": (Boolean, {"default": False}),
        "revision": (Integer, {"default": 1}),
        "created_by": (Integer, {}),
        "created_at": (Timestamptz, {}),
        "changed_at": (Timestamptz, {}),
    },
    ("StudioMember", "studio_member"): {
        "studio": (ForeignKey, {"references": Studio, "on_delete": OnDelete.restrict, "null": False}),
        "worker": (ForeignKey, {"references": Worker, "on_delete": OnDelete.restrict, "null": False}),
        "since": (Date, {}),
        "until": (Date, {"null": True, "default": None}),
    },
    ("StudioYear", "studio_year"): {
        "studio": (ForeignKey, {"references": Studio, "on_delete": OnDelete.restrict, "null": False}),
        "year": (SmallInt, {}),
        "figures": (Text, {}),
        "verdict": (Varchar, {"length": 12}),
        "reason": (Text, {}),
        "assessed_by": (Integer, {"null": True, "default": None}),
        "assessed_at": (Timestamptz, {"null": True, "default": None}),
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
