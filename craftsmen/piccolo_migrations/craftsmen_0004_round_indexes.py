"""What may stand only once, and what is looked up often."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0004-round-indexes"
VERSION = "1.38.0"
DESCRIPTION = "Unique rounds, channels and amendments"

INDEXES = [
    "CREATE UNIQUE INDEX selection_round_address ON selection_round (address)",
    "CREATE UNIQUE INDEX round_amendment_number ON round_amendment (round, number)",
    "CREATE UNIQUE INDEX round_channel_once ON round_channel (round, organisation)",
    "CREATE INDEX round_channel_organisation ON round_channel (organisation)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="craftsmen", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
