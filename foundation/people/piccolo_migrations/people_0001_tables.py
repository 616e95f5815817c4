"""Accounts, what they may do, their open sessions, and attempts in vain."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Boolean, ForeignKey, Integer, Serial, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0001-tables"
VERSION = "1.38.0"
DESCRIPTION = "Accounts, grants, sessions, attempts"


class Account(Table, tablename="account"):
    """What foreign keys point at."""

    id: Serial


TABLES = {
    ("Account", "account"): {
        "sign_in": (Varchar, {"length": 64}),
        "name": (Varchar, {"length": 64}),
        "password_hash": (Varchar, {"length": 256}),
        "activation_hash": (Varchar, {"length": 64}),
        "active": (Boolean, {"default": True}),
        "created_at": (Timestamptz, {}),
    },
    ("Grant", "account_grant"): {
        "account": (ForeignKey, {"references": Account, "on_delete": OnDelete.restrict, "null": False}),
        "role": (Varchar, {"length": 32}),
        "granted_at": (Timestamptz, {}),
    },
    ("Session", "session"): {
        "token_hash": (Varchar, {"length": 64}),
        "csrf": (Varchar, {"length": 64}),
        "account": (ForeignKey, {"references": Account, "on_delete": OnDelete.cascade, "null": False}),
        "started_at": (Timestamptz, {}),
        "expires_at": (Timestamptz, {}),
    },
    ("SignInFailure", "sign_in_failure"): {
        "key": (Varchar, {"length": 64}),
        "failures": (Integer, {}),
        "window_started_at": (Timestamptz, {}),
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
