"""Innovations with their versions, people, benefit and spread."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Boolean, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0003-innovations"
VERSION = "1.38.0"
DESCRIPTION = "Innovations with their versions, people, benefit and spread"


class Benefit(Table, tablename="innovation_benefit"):
    """What foreign keys point at."""

    id: Serial


class Innovation(Table, tablename="innovation"):
    """What foreign keys point at."""

    id: Serial


class Organisation(Table, tablename="organisation"):
    """What foreign keys point at."""

    id: Serial


class Picture(Table, tablename="picture"):
    """What foreign keys point at."""

    id: Serial


class Proposal(Table, tablename="proposal"):
    """What foreign keys point at."""

    id: Serial


class StoredFile(Table, tablename="stored_file"):
    """What foreign keys point at."""

    id: Serial


class Worker(Table, tablename="worker"):
    """What foreign keys point at."""

    id: Serial


TABLES = {
    ("Innovation", "innovation"): {
        "address": (Varchar, {"length": 24}),
        "organisation": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "title": (Varchar, {"length": 100}),
        "kind": (Varchar, {"length": 16}),
        "field": (Varchar, {"length": 16}),
        "year": (SmallInt, {}),
        "stage": (Varchar, {"length": 16}),
        "body": (Text, {}),
        "studio": (Integer, {"null": True, "default": None}),
        "proposal": (ForeignKey, {"references": Proposal, "on_delete": OnDelete.restrict, "null": True, "default": None}),
        "earlier": (Integer, {"null": True, "default": None}),
        "publicity": (Varchar, {"length": 12}),
        "benefit_shown": (Varchar, {"length": 12}),
        "cleared_by": (Integer, {"null": True, "default": None}),
        "cleared_at": (Timestamptz, {"null": True, "default": None}),
        "cleared_digest": (Varchar, {"length": 64}),
        "version": (SmallInt, {"default": 0}),
        "revision": (Integer, {"default": 1}),
        "created_by": (Integer, {}),
        "created_at": (Timestamptz, {}),
        "changed_at": (Timestamptz, {}),
    },
    ("InnovationVersion", "innovation_version"): {
        "innovation": (ForeignKey, {"references": Innovation, "on_delete": OnDelete.restrict, "null": False}),
        "number": (SmallInt, {}),
        "title": (Varchar, {"length": 100}),
        "body": (Text, {}),
        "digest": (Varchar, {"length": 64}),
        "note": (Text, {}),
        "made_by": (Integer, {}),
        "made_at": (Timestamptz, {}),
    },
    ("InnovationAuthor", "innovation_author"): {
        "innovation": (ForeignKey, {"references": Innovation, "on_delete": OnDelete.restrict, "null": False}),
        "position": (SmallInt, {}),
        "name": (Varchar, {"length": 40}),
        "worker": (ForeignKey, {"references": Worker, "on_delete": OnDelete.restrict, "null": True, "default": None}),
        "unit_name": (Varchar, {"length": 100}),
        "share": (SmallInt, {}),
        "part": (Varchar, {"length": 200}),
    },
    ("InnovationPicture", "innovation_picture"): {
        "innovation": (ForeignKey, {"references": Innovation, "on_delete": OnDelete.restrict, "null": False}),
        "picture": (ForeignKey, {"references": Picture, "on_delete": OnDelete.restrict, "null": False}),
        "caption": (Varchar, {"length": 200}),
        "position": (SmallInt, {}),
    },
    ("InnovationFile", "innovation_file"): {
        "innovation": (ForeignKey, {"references": Innovation, "on_delete": OnDelete.restrict, "null": False}),
        "file": (ForeignKey, {"references": StoredFile, "on_delete": OnDelete.restrict, "null": False}),
        "role": (Varchar, {"length": 24}),
        "position": (SmallInt, {}),
    },
    ("InnovationStep", "innovation_step"): {
        "innovation": (ForeignKey, {"references": Innovation, "on_delete": OnDelete.restrict, "null": False}),
        "step": (Varchar, {"length": 24}),
        "note": (Text, {}),
        "account": (Integer, {"null": True, "default": None}),
        "at": (Timestamptz, {}),
    },
    ("SameAs", "innovation_same_as"): {
        "one": (ForeignKey, {"references": Innovation, "on_delete": OnDelete.restrict, "null": False}),
        "other": (ForeignKey, {"references": Innovation, "on_delete": OnDelete.restrict, "null": False}),
        "note": (Text, {}),
        "linked_by": (Integer, {}),
        "linked_at": (Timestamptz, {}),
        "merged_at": (Timestamptz, {"null": True, "default": None}),
        "act": (Integer, {"null": True, "default": None}),
    },
    ("Benefit", "innovation_benefit"): {
        "innovation": (ForeignKey, {"references": Innovation, "on_delete": OnDelete.restrict, "null": False}),
        "from_month": (SmallInt, {}),
        "from_year": (SmallInt, {}),
        "forecast": (Text, {}),
        "claimed": (Text, {}),
        "verified": (Text, {}),
        "claimed_by": (Integer, {"null": True, "default": None}),
        "claimed_at": (Timestamptz, {"null": True, "default": None}),
        "verified_by": (Integer, {"null": True, "default": None}),
        "verified_at": (Timestamptz, {"null": True, "default": None}),
        "verifying": (Integer, {"null": True, "default": None}),
        "audited_at": (Timestamptz, {"null": True, "default": None}),
        "audit_note": (Text, {}),
        "sampled": (Boolean, {"default": False}),
        "revision": (Integer, {"default": 1}),
    },
    ("BenefitEvidence", "innovation_benefit_evidence"): {
        "benefit": (ForeignKey, {"references": Benefit, "on_delete": OnDelete.restrict, "null": False}),
        "file": (ForeignKey, {"references": StoredFile, "on_delete": OnDelete.restrict, "null": False}),
        "said": (Varchar, {"length": 200}),
    },
    ("Spread", "innovation_spread"): {
        "innovation": (ForeignKey, {"references": Innovation, "on_delete": OnDelete.restrict, "null": False}),
        "organisation": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "since_year": (SmallInt, {}),
        "since_month": (SmallInt, {}),
        "from_organisation": (Integer, {"null": True, "default": None}),
        "result": (Text, {}),
        "told_by": (Integer, {}),
        "told_at": (Timestamptz, {}),
        "agreed_at": (Timestamptz, {"null": True, "default": None}),
        "revision": (Integer, {"default": 1}),
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
