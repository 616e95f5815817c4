"""Posts: a grant is for an organisation and ends; a session remembers the hat; an account may have a phone number."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Column, ForeignKey, Integer, Serial, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0005-posts"
VERSION = "1.38.0"
DESCRIPTION = "Organisations of grants, hats of sessions, phone numbers of accounts"


class Organisation(Table, tablename="organisation"):
    """What foreign keys point at."""

    id: Serial


HOME: dict[str, object] = {"references": Organisation, "on_delete": OnDelete.restrict, "null": True, "default": None}

COLUMNS: list[tuple[str, str, str, type[Column], dict[str, object]]] = [
    ("Account", "account", "phone_hash", Varchar, {"length": 64}),
    ("Account", "account", "phone_sealed", Varchar, {"length": 255}),
    ("Account", "account", "organisation", ForeignKey, HOME),
    ("Grant", "account_grant", "organisation", ForeignKey, HOME),
    ("Grant", "account_grant", "ended_at", Timestamptz, {"null": True, "default": None}),
    ("Session", "session", "hat", Integer, {"null": True, "default": None}),
    ("Session", "session", "only", Varchar, {"length": 120}),
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="people", description=DESCRIPTION)
    for class_name, table, name, kind, said in COLUMNS:
        manager.add_column(
            table_class_name=class_name,
            tablename=table,
            column_name=name,
            db_column_name=name,
            column_class=kind,
            params=kind(**said)._meta.params,
        )
    return manager
