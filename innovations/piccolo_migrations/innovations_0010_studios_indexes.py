"""What may stand only once, and what is looked up often."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0010-studios-indexes"
VERSION = "1.38.0"
DESCRIPTION = "What is unique among studios, and what is looked up often"

INDEXES = [
    "CREATE UNIQUE INDEX studio_round_address ON studio_round (address)",
    "CREATE UNIQUE INDEX studio_address ON studio (address)",
    "CREATE INDEX studio_organisation ON studio (organisation)",
    "CREATE INDEX studio_of_round ON studio (round) WHERE round IS NOT NULL",
    "CREATE INDEX studio_leader ON studio (leader)",
    "CREATE UNIQUE INDEX studio_member_now ON studio_member (studio, worker) WHERE until IS NULL",
    "CREATE INDEX studio_member_worker ON studio_member (worker)",
    "CREATE UNIQUE INDEX studio_year_once ON studio_year (studio, year)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
