"""One PIN a person; and of the PINs that were printed with cards, not even the hashes stay."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0013-venue-pin-index"
VERSION = "1.38.0"
DESCRIPTION = "One PIN a person, none of the card's"

STATEMENTS = [
    "CREATE UNIQUE INDEX venue_pin_account ON venue_pin (account)",
    "ALTER TABLE venue_card DROP COLUMN pin_hash",
    "ALTER TABLE venue_card DROP COLUMN failures",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="people", description=DESCRIPTION)

    async def change() -> None:
        for statement in STATEMENTS:
            await current().run_ddl(statement)

    manager.add_raw(change)
    return manager
