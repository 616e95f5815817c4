"""A list becomes visible by one act: honours and their public lines carry the list that they came with.

What earlier versions registered carries none and stands by itself: it is visible already.
"""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import ForeignKey, Integer, Serial, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0014-visible-lists"
VERSION = "1.38.0"
DESCRIPTION = "Lists that become visible by one act"


class HonourList(Table, tablename="honour_list"):
    """What foreign keys point at."""

    id: Serial


_LIST: dict[str, Any] = {"references": HonourList, "on_delete": OnDelete.restrict, "null": True}
COLUMNS: list[tuple[str, str, str, Any, dict[str, Any]]] = [
    ("HonourList", "honour_list", "shown_at", Timestamptz, {"null": True, "default": None}),
    ("Honour", "honour", "honour_list", ForeignKey, _LIST),
    ("ShownHonour", "shown_honour", "honour_list", ForeignKey, _LIST),
    ("ShownName", "shown_name", "honour_list", ForeignKey, _LIST),
    (
        "HonourListCount",
        "honour_list_count",
        "honour_list",
        ForeignKey,
        {"references": HonourList, "on_delete": OnDelete.cascade, "null": False},
    ),
    ("HonourListCount", "honour_list_count", "scope", Varchar, {"length": 8}),
    ("HonourListCount", "honour_list_count", "kind", Varchar, {"length": 12}),
    ("HonourListCount", "honour_list_count", "value", Varchar, {"length": 64}),
    ("HonourListCount", "honour_list_count", "parent", Varchar, {"length": 64}),
    ("HonourListCount", "honour_list_count", "label", Varchar, {"length": 100}),
    ("HonourListCount", "honour_list_count", "size", Integer, {}),
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="craftsmen", description=DESCRIPTION)
    manager.add_table(class_name="HonourListCount", tablename="honour_list_count")
    for class_name, table, name, kind, said in COLUMNS:
        manager.add_column(
            table_class_name=class_name,
            tablename=table,
            column_name=name,
            db_column_name=name,
            column_class=kind,
            params=kind(**said)._meta.params,  # with every default, as the next automatic migration compares them
        )
    return manager
