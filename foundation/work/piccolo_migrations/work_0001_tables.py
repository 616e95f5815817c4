"""Acts of two people, returned work, messages to be sent, and jobs."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Boolean, Integer, Text, Timestamptz, Varchar

ID = "0001-tables"
VERSION = "1.38.0"
DESCRIPTION = "Acts of two people, returned work, outbox, jobs"

OPTIONAL = {"null": True, "default": None}

TABLES = {
    ("TwoPersonAct", "two_person_act"): {
        "kind": (Varchar, {"length": 64}),
        "about": (Varchar, {"length": 100}),
        "payload": (Text, {}),
        "salt": (Varchar, {"length": 32}),
        "organisation_id": (Integer, {}),
        "asked_by": (Integer, {}),
        "asked_at": (Timestamptz, {}),
        "reason": (Text, {}),
        "stage": (Varchar, {"length": 16}),
        "decided_by": (Integer, OPTIONAL),
        "decided_at": (Timestamptz, OPTIONAL),
        "decision_reason": (Text, {}),
        "paper": (Integer, OPTIONAL),
    },
    ("ReturnedField", "returned_field"): {
        "subject": (Varchar, {"length": 100}),
        "field": (Varchar, {"length": 64}),
        "note": (Text, {}),
        "returned_by": (Integer, {}),
        "returned_at": (Timestamptz, {}),
        "handed_in_at": (Timestamptz, OPTIONAL),
    },
    ("OutboxMessage", "outbox_message"): {
        "message_id": (Varchar, {"length": 32}),
        "channel": (Varchar, {"length": 16}),
        "recipient": (Varchar, {"length": 254}),
        "subject": (Varchar, {"length": 200}),
        "text": (Text, {}),
        "stage": (Varchar, {"length": 16}),
        "attempts": (Integer, {"default": 0}),
        "created_at": (Timestamptz, {}),
        "due_at": (Timestamptz, {}),
        "leased_until": (Timestamptz, OPTIONAL),
        "lease": (Varchar, {"length": 32}),
        "ended_at": (Timestamptz, OPTIONAL),
        "failure": (Varchar, {"length": 200}),
    },
    ("Job", "job"): {
        "kind": (Varchar, {"length": 64}),
        "args": (Text, {}),
        "state": (Text, {}),
        "started_by": (Integer, {}),
        "stage": (Varchar, {"length": 16}),
        "done": (Integer, {"default": 0}),
        "total": (Integer, {"default": 0}),
        "cancel_asked": (Boolean, {"default": False}),
        "attempts": (Integer, {"default": 0}),
        "created_at": (Timestamptz, {}),
        "due_at": (Timestamptz, {}),
        "leased_until": (Timestamptz, OPTIONAL),
        "lease": (Varchar, {"length": 32}),
        "ended_at": (Timestamptz, OPTIONAL),
        "result": (Varchar, {"length": 200}),
        "problem": (Varchar, {"length": 64}),
        "problem_params": (Text, {}),
    },
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="work", description=DESCRIPTION)
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
