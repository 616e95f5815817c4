"""Pages of craftsmen, and what the public sees."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Boolean, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0009-showcase"
VERSION = "1.38.0"
DESCRIPTION = "Pages of craftsmen, and what the public sees"


class Honour(Table, tablename="honour"):
    """What foreign keys point at."""

    id: Serial


class Profile(Table, tablename="craftsman_profile"):
    """What foreign keys point at."""

    id: Serial


class ShownHonour(Table, tablename="shown_honour"):
    """What foreign keys point at."""

    id: Serial


class Worker(Table, tablename="worker"):
    """What foreign keys point at."""

    id: Serial


TABLES = {
    ("Profile", "craftsman_profile"): {
        "address": (Varchar, {"length": 40}),
        "worker": (ForeignKey, {"references": Worker, "on_delete": OnDelete.restrict, "null": False}),
        "headline": (Varchar, {"length": 200}),
        "story": (Text, {}),
        "works": (Text, {}),
        "trick": (Text, {}),
        "portrait": (Integer, {"null": True, "default": None}),
        "approved": (Text, {}),
        "stage": (Varchar, {"length": 12}),
        "revision": (Integer, {"default": 1}),
        "changed_by": (Varchar, {"length": 120}),
        "changed_at": (Timestamptz, {}),
    },
    ("ProfilePicture", "craftsman_picture"): {
        "profile": (ForeignKey, {"references": Profile, "on_delete": OnDelete.restrict, "null": False}),
        "picture": (Integer, {}),
        "role": (Varchar, {"length": 8}),
        "caption": (Varchar, {"length": 200}),
        "position": (SmallInt, {}),
    },
    ("ShownHonour", "shown_honour"): {
        "honour": (ForeignKey, {"references": Honour, "on_delete": OnDelete.restrict, "null": False}),
        "address": (Varchar, {"length": 60}),
        "stage": (Varchar, {"length": 12}),
        "holder": (Varchar, {"length": 8}),
        "name": (Varchar, {"length": 100}),
        "sound_key": (Varchar, {"length": 255}),
        "posthumous": (Boolean, {"default": False}),
        "gender": (Varchar, {"length": 8}),
        "unit_name": (Varchar, {"length": 200}),
        "city": (Integer, {}),
        "city_name": (Varchar, {"length": 100}),
        "county": (Integer, {}),
        "county_name": (Varchar, {"length": 100}),
        "industry": (Varchar, {"length": 1}),
        "occupation": (Varchar, {"length": 64}),
        "title_code": (Varchar, {"length": 40}),
        "title_name": (Varchar, {"length": 100}),
        "edition": (SmallInt, {}),
        "year": (SmallInt, {}),
        "verb": (Varchar, {"length": 16}),
        "body": (Varchar, {"length": 200}),
        "document": (Varchar, {"length": 60}),
        "given_on": (Varchar, {"length": 10}),
        "portrait": (Integer, {"null": True, "default": None}),
        "page": (Varchar, {"length": 40}),
        "headline": (Varchar, {"length": 200}),
        "public_reason": (Text, {}),
        "gallery": (Boolean, {"default": False}),
    },
    ("ShownFacet", "shown_facet"): {
        "scope": (Varchar, {"length": 8}),
        "kind": (Varchar, {"length": 12}),
        "value": (Varchar, {"length": 64}),
        "parent": (Varchar, {"length": 64}),
        "label": (Varchar, {"length": 100}),
        "size": (Integer, {}),
    },
    ("ShownName", "shown_name"): {
        "shown": (ForeignKey, {"references": ShownHonour, "on_delete": OnDelete.cascade, "null": False}),
        "token": (Varchar, {"length": 64}),
    },
    ("ShownCraftsman", "shown_craftsman"): {
        "profile": (ForeignKey, {"references": Profile, "on_delete": OnDelete.restrict, "null": False}),
        "address": (Varchar, {"length": 40}),
        "name": (Varchar, {"length": 64}),
        "view": (Text, {}),
        "changed_at": (Timestamptz, {}),
    },
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="craftsmen", description=DESCRIPTION)
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
