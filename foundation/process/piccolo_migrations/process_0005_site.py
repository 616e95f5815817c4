"""The table of what the site says of itself. Its one row comes with the first change."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0005-site"
VERSION = "1.38.0"
DESCRIPTION = "What the site says of itself"


class Account(Table, tablename="account"):
    """What foreign keys point at."""

    id: Serial


COLUMNS = {
    "id": (Integer, {"primary_key": True}),
    "host": (Varchar, {"length": 100}),
    "host_english": (Varchar, {"length": 200}),
    "contact": (Varchar, {"length": 200}),
    "contact_english": (Varchar, {"length": 200}),
    "filing": (Varchar, {"length": 60}),
    "police_filing": (Varchar, {"length": 60}),
    "privacy": (Text, {}),
    "privacy_english": (Text, {}),
    "revision": (Integer, {}),
    "changed_at": (Timestamptz, {"null": True, "default": None}),
    "changed_by": (ForeignKey, {"references": Account, "on_delete": OnDelete.restrict, "null": True}),
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="process", description=DESCRIPTION)
    manager.add_table(class_name="Site", tablename="site")
    for name, (kind, said) in COLUMNS.items():
        params = kind(**said)._meta.params  # with every default, as the next automatic migration compares them
        manager.add_column(
            table_class_name="Site", tablename="site", column_name=name, column_class=kind, params=params
        )
    return manager
