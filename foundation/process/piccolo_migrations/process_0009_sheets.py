"""Sheets that units hand in, their rows, what was taken of them, and what units call their columns."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0009-sheets"
VERSION = "1.38.0"
DESCRIPTION = "Sheets"


class Organisation(Table, tablename="organisation"):
    """What foreign keys point at."""

    id: Serial


class Sheet(Table, tablename="sheet"):
    """What foreign keys point at."""

    id: Serial


UNIT = (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False})
OF_SHEET = (ForeignKey, {"references": Sheet, "on_delete": OnDelete.cascade, "null": False})
KIND = (Varchar, {"length": 40})
DIGEST = (Varchar, {"length": 64})
COUNT = (Integer, {"default": 0})
LATER = (Timestamptz, {"null": True, "default": None})
PERHAPS = (Integer, {"null": True, "default": None})

TABLES = {
    ("Sheet", "sheet"): {
        "kind": KIND,
        "organisation": UNIT,
        "stage": (Varchar, {"length": 12}),
        "name": (Varchar, {"length": 120}),
        "sha256": DIGEST,
        "layout": (Text, {}),
        "size": COUNT,
        "wrong": COUNT,
        "again": COUNT,
        "taken": COUNT,
        "made_by": (Integer, {}),
        "made_at": (Timestamptz, {}),
        "asked_by": PERHAPS,
        "asked_at": LATER,
        "shown_at": LATER,
        "ended_at": LATER,
        "job": PERHAPS,
    },
    ("SheetPiece", "sheet_piece"): {
        "sheet": OF_SHEET,
        "number": (Integer, {}),
        "sealed": (Text, {}),
    },
    ("SheetRow", "sheet_row"): {
        "sheet": OF_SHEET,
        "line": (Integer, {}),
        "state": (Varchar, {"length": 8}),
        "digest": DIGEST,
        "given": (Text, {}),
        "sealed": (Text, {}),
        "problems": (Text, {}),
    },
    ("SheetTaken", "sheet_taken"): {
        "kind": KIND,
        "organisation": UNIT,
        "digest": DIGEST,
        "sheet": OF_SHEET,
    },
    ("SheetHeading", "sheet_heading"): {
        "kind": KIND,
        "organisation": UNIT,
        "heading": (Varchar, {"length": 60}),
        "means": (Varchar, {"length": 40}),
    },
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="process", description=DESCRIPTION)
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
