"""How earlier money for the same is found."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0047-overlaps-indexes"
VERSION = "1.38.0"
DESCRIPTION = "How earlier money for the same is found"

INDEXES = [
    "CREATE UNIQUE INDEX subsidy_key_once ON subsidy_key (application, same, of)",
    "CREATE INDEX subsidy_key_of ON subsidy_key (of, same)",
    "CREATE INDEX subsidy_overlap_word_application ON subsidy_overlap_word (application, id)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
