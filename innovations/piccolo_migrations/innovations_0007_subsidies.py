"""Subsidy rounds, applications, allocations and payments."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigInt, Date, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0007-subsidies"
VERSION = "1.38.0"
DESCRIPTION = "Subsidy rounds, applications, allocations and payments"


class Account(Table, tablename="account"):
    """What foreign keys point at."""

    id: Serial


class Innovation(Table, tablename="innovation"):
    """What foreign keys point at."""

    id: Serial


class Organisation(Table, tablename="organisation"):
    """What foreign keys point at."""

    id: Serial


class StoredFile(Table, tablename="stored_file"):
    """What foreign keys point at."""

    id: Serial


class SubsidyApplication(Table, tablename="subsidy_application"):
    """What foreign keys point at."""

    id: Serial


class SubsidyRound(Table, tablename="subsidy_round"):
    """What foreign keys point at."""

    id: Serial


TABLES = {
    ("SubsidyRound", "subsidy_round"): {
        "address": (Varchar, {"length": 40}),
        "organisation": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "name": (Varchar, {"length": 200}),
        "year": (SmallInt, {}),
        "stage": (Varchar, {"length": 16}),
        "terms": (Text, {}),
        "terms_hash": (Varchar, {"length": 64}),
        "instalments": (Varchar, {"length": 40}),
        "apply_until": (Date, {}),
        "report_months": (SmallInt, {"default": 12}),
        "notice": (Varchar, {"length": 80}),
        "document": (Varchar, {"length": 60}),
        "revision": (Integer, {"default": 1}),
        "created_by": (ForeignKey, {"references": Account, "on_delete": OnDelete.restrict, "null": False}),
        "created_at": (Timestamptz, {}),
    },
    ("SubsidyApplication", "subsidy_application"): {
        "round": (ForeignKey, {"references": SubsidyRound, "on_delete": OnDelete.restrict, "null": False}),
        "innovation": (ForeignKey, {"references": Innovation, "on_delete": OnDelete.restrict, "null": False}),
        "unit": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "city": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "stage": (Varchar, {"length": 16}),
        "asked": (BigInt, {}),
        "cost": (BigInt, {}),
        "purpose": (Text, {}),
        "plan": (Text, {}),
        "rank": (SmallInt, {"null": True, "default": None}),
        "bars": (Varchar, {"length": 200}),
        "pinned": (BigInt, {"null": True, "default": None}),
        "pinned_reason": (Text, {}),
        "granted": (BigInt, {"null": True, "default": None}),
        "reasons": (Text, {}),
        "revision": (Integer, {"default": 1}),
        "created_by": (Integer, {}),
        "created_at": (Timestamptz, {}),
    },
    ("SubsidyAllocation", "subsidy_allocation"): {
        "round": (ForeignKey, {"references": SubsidyRound, "on_delete": OnDelete.restrict, "null": False}),
        "number": (SmallInt, {}),
        "asked": (Text, {}),
        "grants": (Text, {}),
        "digest": (Varchar, {"length": 64}),
        "made_by": (Integer, {}),
        "made_at": (Timestamptz, {}),
        "act": (Integer, {"null": True, "default": None}),
        "approved_at": (Timestamptz, {"null": True, "default": None}),
    },
    ("SubsidyMovement", "subsidy_movement"): {
        "application": (ForeignKey, {"references": SubsidyApplication, "on_delete": OnDelete.restrict, "null": False}),
        "kind": (Varchar, {"length": 12}),
        "amount": (BigInt, {}),
        "instalment": (SmallInt, {"null": True, "default": None}),
        "paid_on": (Date, {}),
        "proof": (ForeignKey, {"references": StoredFile, "on_delete": OnDelete.restrict, "null": False}),
        "note": (Text, {}),
        "act": (Integer, {"null": True, "default": None}),
        "by": (Integer, {}),
        "at": (Timestamptz, {}),
    },
    ("SubsidyReport", "subsidy_report"): {
        "application": (ForeignKey, {"references": SubsidyApplication, "on_delete": OnDelete.restrict, "null": False}),
        "spent": (BigInt, {}),
        "result": (Text, {}),
        "file": (ForeignKey, {"references": StoredFile, "on_delete": OnDelete.restrict, "null": True}),
        "handed_in_by": (Integer, {}),
        "handed_in_at": (Timestamptz, {}),
        "accepted_by": (Integer, {"null": True, "default": None}),
        "accepted_at": (Timestamptz, {"null": True, "default": None}),
        "note": (Text, {}),
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
