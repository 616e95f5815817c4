"""Long lists of units."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0011-organisation-lists"
VERSION = "1.38.0"
DESCRIPTION = "Long lists of units"


class Organisation(Table, tablename="organisation"):
    """What foreign keys point at."""

    id: Serial


class OrganisationList(Table, tablename="organisation_list"):
    """What foreign keys point at."""

    id: Serial


TABLES = {
    ("OrganisationList", "organisation_list"): {
        "under": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "stage": (Varchar, {"length": 12}),
        "content": (Text, {}),
        "sha256": (Varchar, {"length": 64}),
        "ignored": (Text, {}),
        "units": (Integer, {"default": 0}),
        "fresh": (Integer, {"default": 0}),
        "known": (Integer, {"default": 0}),
        "wrong": (Integer, {"default": 0}),
        "made_by": (Integer, {}),
        "made_at": (Timestamptz, {}),
        "asked_at": (Timestamptz, {"null": True, "default": None}),
        "job": (Integer, {"null": True, "default": None}),
    },
    ("OrganisationListProblem", "organisation_list_problem"): {
        "of_list": (ForeignKey, {"references": OrganisationList, "on_delete": OnDelete.cascade, "null": False}),
        "line": (Integer, {}),
        "name": (Varchar, {"length": 100}),
        "problems": (Text, {}),
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
