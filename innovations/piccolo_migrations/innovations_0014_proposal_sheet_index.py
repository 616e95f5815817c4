"""The proposals of one sheet, found at once."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0014-proposal-sheet-index"
VERSION = "1.38.0"
DESCRIPTION = "Proposals by sheet"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)

    async def indexes() -> None:
        await current().run_ddl("CREATE INDEX proposal_sheet ON proposal (sheet, id) WHERE sheet IS NOT NULL")

    manager.add_raw(indexes)
    return manager
