"""A year's proposals of a unit, and of the units below a union, are counted for their figures."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0058-handed-in"
VERSION = "1.38.0"
DESCRIPTION = "A unit's proposals by when they were handed in"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)

    async def index() -> None:
        await current().run_ddl("CREATE INDEX proposal_handed_in ON proposal (organisation, handed_in_at)")

    manager.add_raw(index)
    return manager
