"""What of a unit changed since a time is looked up by its own systems."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0056-changed-since"
VERSION = "1.38.0"
DESCRIPTION = "A unit's proposals and innovations by when they changed"

INDEXES = [
    "CREATE INDEX proposal_changed ON proposal (organisation, changed_at)",
    "CREATE INDEX innovation_changed ON innovation (organisation, changed_at)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
