"""What everyone sees of innovations, and exhibitions."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigInt, Date, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0011-library"
VERSION = "1.38.0"
DESCRIPTION = "What everyone sees of innovations, and exhibitions"


class Exhibition(Table, tablename="innovation_exhibition"):
    """What foreign keys point at."""

    id: Serial


class Organisation(Table, tablename="organisation"):
    """What foreign keys point at."""

    id: Serial


TABLES = {
    ("ShownInnovation", "shown_innovation"): {
        "innovation": (Integer, {}),
        "address": (Varchar, {"length": 24}),
        "title": (Varchar, {"length": 100}),
        "organisation": (Integer, {}),
        "city": (Integer, {}),
        "field": (Varchar, {"length": 16}),
        "kind": (Varchar, {"length": 16}),
        "year": (SmallInt, {}),
        "benefit": (BigInt, {"null": True, "default": None}),
        "value": (Text, {}),
        "published_at": (Timestamptz, {}),
    },
    ("ShownFigure", "shown_innovation_figure"): {
        "facet": (Varchar, {"length": 12}),
        "code": (Varchar, {"length": 40}),
        "published": (Integer, {"default": 0}),
    },
    ("Exhibition", "innovation_exhibition"): {
        "address": (Varchar, {"length": 40}),
        "organisation": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "name": (Varchar, {"length": 200}),
        "starts_on": (Date, {}),
        "ends_on": (Date, {}),
        "stage": (Varchar, {"length": 12}),
        "intro": (Text, {}),
        "revision": (Integer, {"default": 1}),
        "created_by": (Integer, {}),
        "created_at": (Timestamptz, {}),
    },
    ("Exhibit", "innovation_exhibit"): {
        "exhibition": (ForeignKey, {"references": Exhibition, "on_delete": OnDelete.restrict, "null": False}),
        "innovation": (Integer, {}),
        "hall": (Varchar, {"length": 60}),
        "position": (SmallInt, {}),
    },
    ("ExhibitionTalk", "innovation_exhibition_talk"): {
        "exhibition": (ForeignKey, {"references": Exhibition, "on_delete": OnDelete.restrict, "null": False}),
        "title": (Varchar, {"length": 200}),
        "speaker": (Varchar, {"length": 100}),
        "place": (Varchar, {"length": 100}),
        "starts_at": (Timestamptz, {}),
        "ends_at": (Timestamptz, {}),
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
