"""Workers, who looked at what is sealed, their own door, their consents."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Boolean, Date, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0009-workers"
VERSION = "1.38.0"
DESCRIPTION = "Workers"


class Organisation(Table, tablename="organisation"):
    """What foreign keys point at."""

    id: Serial


class Worker(Table, tablename="worker"):
    """What foreign keys point at."""

    id: Serial


OF_WORKER = {"references": Worker, "on_delete": OnDelete.cascade, "null": False}

TABLES = {
    ("Worker", "worker"): {
        "unit": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "name": (Varchar, {"length": 64}),
        "folded": (Varchar, {"length": 64}),
        "sound_key": (Varchar, {"length": 255}),
        "stroke_key": (Varchar, {"length": 255}),
        "letters": (Varchar, {"length": 255}),
        "initials": (Varchar, {"length": 64}),
        "id_sealed": (Varchar, {"length": 255}),
        "id_hash": (Varchar, {"length": 64}),
        "phone_sealed": (Varchar, {"length": 255}),
        "phone_hash": (Varchar, {"length": 64}),
        "gender": (Varchar, {"length": 8}),
        "birth_date": (Date, {"null": True, "default": None}),
        "ethnicity": (Varchar, {"length": 16}),
        "politics": (Varchar, {"length": 24}),
        "education": (Varchar, {"length": 24}),
        "title": (Varchar, {"length": 64}),
        "grade": (Varchar, {"length": 24}),
        "occupation": (Varchar, {"length": 64}),
        "occupation_code": (Varchar, {"length": 16}),
        "migrant": (Boolean, {"default": False}),
        "new_form": (Boolean, {"default": False}),
        "front_line": (Boolean, {"default": False}),
        "revision": (Integer, {"default": 1}),
        "merged_into": (
            ForeignKey,
            {"references": Worker, "on_delete": OnDelete.restrict, "null": True, "default": None},
        ),
        "created_at": (Timestamptz, {}),
        "changed_at": (Timestamptz, {}),
    },
    ("WorkerReveal", "worker_reveal"): {
        "worker": (ForeignKey, OF_WORKER),
        "field": (Varchar, {"length": 16}),
        "account_id": (Integer, {}),
        "reason": (Text, {}),
        "salt": (Varchar, {"length": 32}),
        "at": (Timestamptz, {}),
    },
    ("WorkerApart", "worker_apart"): {
        "one": (ForeignKey, OF_WORKER),
        "other": (ForeignKey, OF_WORKER),
        "at": (Timestamptz, {}),
        "by": (Varchar, {"length": 120}),
    },
    ("WorkerCode", "worker_code"): {
        "worker": (ForeignKey, OF_WORKER),
        "code_hash": (Varchar, {"length": 64}),
        "tries": (Integer, {}),
        "expires_at": (Timestamptz, {}),
    },
    ("WorkerSession", "worker_session"): {
        "worker": (ForeignKey, OF_WORKER),
        "token_hash": (Varchar, {"length": 64}),
        "csrf": (Varchar, {"length": 64}),
        "expires_at": (Timestamptz, {}),
    },
    ("WorkerAttempt", "worker_attempt"): {
        "key": (Varchar, {"length": 64}),
        "tries": (Integer, {}),
        "window_started_at": (Timestamptz, {}),
    },
    ("Consent", "consent"): {
        "worker": (ForeignKey, OF_WORKER),
        "what": (Varchar, {"length": 24}),
        "given": (Boolean, {}),
        "at": (Timestamptz, {}),
        "by": (Varchar, {"length": 120}),
    },
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="people", description=DESCRIPTION)
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
