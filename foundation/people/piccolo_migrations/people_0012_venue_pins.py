"""The PINs that judges choose for themselves."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import ForeignKey, Integer, Serial, Text, Timestamptz
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0012-venue-pins"
VERSION = "1.38.0"
DESCRIPTION = "A judge's own PIN"


class Account(Table, tablename="account"):
    """What the foreign key points at."""

    id: Serial


COLUMNS = {
    "account": (ForeignKey, {"references": Account, "on_delete": OnDelete.cascade, "null": False}),
    "pin_sealed": (Text, {}),
    "failures": (Integer, {}),
    "chosen_at": (Timestamptz, {}),
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="people", description=DESCRIPTION)
    manager.add_table(class_name="VenuePin", tablename="venue_pin")
    for name, (kind, said) in COLUMNS.items():
        manager.add_column(
            table_class_name="VenuePin",
            tablename="venue_pin",
            column_name=name,
            db_column_name=name,
            column_class=kind,
            params=kind(**said)._meta.params,  # with every default, as the next automatic migration compares them
        )
    return manager
