"""Contents, uses, pictures and their renditions."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigInt, Boolean, ForeignKey, Integer, Serial, SmallInt, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0002-pictures"
VERSION = "1.38.0"
DESCRIPTION = "Contents, uses, pictures and their renditions"


class StoredFile(Table, tablename="stored_file"):
    """What foreign keys point at."""

    id: Serial


class Picture(Table, tablename="picture"):
    """What foreign keys point at."""

    id: Serial


def _to(table: type[Table]) -> tuple[type[ForeignKey[Any]], dict[str, Any]]:
    return ForeignKey, {"references": table, "on_delete": OnDelete.restrict, "null": False}


TABLES: dict[tuple[str, str], dict[str, Any]] = {
    ("StoredContent", "stored_content"): {
        "sha256": (Varchar, {"length": 64, "primary_key": True}),
        "size": (BigInt, {}),
    },
    ("FileUse", "file_use"): {
        "file": _to(StoredFile),
        "about": (Varchar, {"length": 80}),
        "role": (Varchar, {"length": 40}),
    },
    ("Picture", "picture"): {
        "file": _to(StoredFile),
        "width": (Integer, {}),
        "height": (Integer, {}),
        "alt": (Varchar, {"length": 200}),
        "focus_x": (SmallInt, {}),
        "focus_y": (SmallInt, {}),
        "code": (Varchar, {"length": 26}),
        "published": (Boolean, {"default": False}),
        "published_for": (Varchar, {"length": 80}),
        "revoked_at": (Timestamptz, {"null": True, "default": None}),
    },
    ("Rendition", "rendition"): {
        "picture": _to(Picture),
        "shape": (Varchar, {"length": 16}),
        "width": (Integer, {}),
        "height": (Integer, {}),
        "format": (Varchar, {"length": 8}),
        "sha256": (Varchar, {"length": 64}),
        "size": (Integer, {}),
    },
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="files", description=DESCRIPTION)
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
