"""How the pairs of a sheet are found, the likest first, and those of a proposal that goes."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0051-comparing-indexes"
VERSION = "1.38.0"
DESCRIPTION = "How proposals that are much like another are found"

INDEXES = [
    "CREATE UNIQUE INDEX proposal_comparison_sheet ON proposal_comparison (sheet)",
    "CREATE UNIQUE INDEX proposal_alike_proposal ON proposal_alike (proposal)",
    "CREATE INDEX proposal_alike_other ON proposal_alike (other)",
    "CREATE INDEX proposal_alike_sheet ON proposal_alike (sheet, likeness, id)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
