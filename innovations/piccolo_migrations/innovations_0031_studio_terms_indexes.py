"""What may stand only once of studios' terms and lists, and what is looked up often."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0031-studio-terms-indexes"
VERSION = "1.38.0"
DESCRIPTION = "What is unique among terms and lists of studios, and what is looked up often"

INDEXES = [
    "CREATE UNIQUE INDEX studio_term_since ON studio_term (studio, since)",
    "CREATE UNIQUE INDEX studio_list_once ON studio_list (round, channel)",
    "CREATE INDEX studio_channel ON studio (channel, stage) WHERE channel IS NOT NULL",
    "CREATE INDEX studio_shown ON studio (stage, id)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
