"""Tokens of organisations for their own systems, and what these were answered."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Date, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0040-api-tokens"
VERSION = "1.38.0"
DESCRIPTION = "Tokens for systems of organisations"


class Organisation(Table, tablename="organisation"):
    """What foreign keys point at."""

    id: Serial


class Account(Table, tablename="account"):
    """What foreign keys point at."""

    id: Serial


class ApiToken(Table, tablename="api_token"):
    """What foreign keys point at."""

    id: Serial


TABLES = {
    ("ApiToken", "api_token"): {
        "organisation": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "account": (ForeignKey, {"references": Account, "on_delete": OnDelete.restrict, "null": False}),
        "name": (Varchar, {"length": 60}),
        "scopes": (Text, {}),
        "token_hash": (Varchar, {"length": 64}),
        "ending": (Varchar, {"length": 4}),
        "made_by": (Integer, {}),
        "made_at": (Timestamptz, {}),
        "expires_at": (Timestamptz, {}),
        "last_used_on": (Date, {"null": True, "default": None}),
        "revoked_by": (Integer, {"null": True, "default": None}),
        "revoked_at": (Timestamptz, {"null": True, "default": None}),
    },
    ("ApiAnswer", "api_answer"): {
        "token": (ForeignKey, {"references": ApiToken, "on_delete": OnDelete.cascade, "null": False}),
        "key_hash": (Varchar, {"length": 64}),
        "asked_hash": (Varchar, {"length": 64}),
        "status": (SmallInt, {}),
        "body": (Text, {}),
        "at": (Timestamptz, {}),
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
                db_column_name=name,
                column_class=kind,
                params=params,
            )
    return manager
