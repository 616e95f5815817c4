"""A unit has one word on a link."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0053-same-as-indexes"
VERSION = "1.38.0"
DESCRIPTION = "A unit has one word on two innovations that were linked as the same"

INDEXES = ["CREATE UNIQUE INDEX innovation_same_as_word_once ON innovation_same_as_word (same_as, innovation)"]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
