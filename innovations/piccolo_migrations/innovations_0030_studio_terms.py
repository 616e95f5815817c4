"""Terms of studios, lists that channels hand in, whose list a studio is on, and what its unit is told."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Date, ForeignKey, Integer, Serial, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.store.engines import current

ID = "0030-studio-terms"
VERSION = "1.38.0"
DESCRIPTION = "Terms of studios and lists of channels"


class Organisation(Table, tablename="organisation"):
    """What foreign keys point at."""

    id: Serial


class Studio(Table, tablename="studio"):
    """What foreign keys point at."""

    id: Serial


class StudioRound(Table, tablename="studio_round"):
    """What foreign keys point at."""

    id: Serial


COLUMNS = [
    "ALTER TABLE studio ADD COLUMN channel INTEGER REFERENCES organisation (id) ON DELETE RESTRICT",
    "ALTER TABLE studio ADD COLUMN note TEXT NOT NULL DEFAULT ''",
]

TABLES = {
    ("StudioTerm", "studio_term"): {
        "studio": (ForeignKey, {"references": Studio, "on_delete": OnDelete.restrict, "null": False}),
        "level": (Varchar, {"length": 12}),
        "since": (Date, {}),
        "until": (Date, {}),
        "document": (Varchar, {"length": 60}),
        "act": (Integer, {}),
    },
    ("StudioList", "studio_list"): {
        "round": (ForeignKey, {"references": StudioRound, "on_delete": OnDelete.restrict, "null": False}),
        "channel": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "handed_in_by": (Integer, {}),
        "handed_in_at": (Timestamptz, {}),
    },
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)

    async def columns() -> None:
        for statement in COLUMNS:
            await current().run_ddl(statement)

    manager.add_raw(columns)
    for (class_name, table), found in TABLES.items():
        manager.add_table(class_name=class_name, tablename=table)
        for name, (kind, said) in found.items():
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
