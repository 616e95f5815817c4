"""What may stand only once, and what is looked up often."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0008-subsidies-indexes"
VERSION = "1.38.0"
DESCRIPTION = "What is unique among subsidies, and what is looked up often"

INDEXES = [
    "CREATE UNIQUE INDEX subsidy_round_address ON subsidy_round (address)",
    "CREATE INDEX subsidy_round_organisation ON subsidy_round (organisation)",
    "CREATE UNIQUE INDEX subsidy_application_once ON subsidy_application (round, innovation)",
    "CREATE INDEX subsidy_application_unit ON subsidy_application (unit)",
    "CREATE INDEX subsidy_application_innovation ON subsidy_application (innovation)",
    "CREATE UNIQUE INDEX subsidy_allocation_number ON subsidy_allocation (round, number)",
    "CREATE INDEX subsidy_movement_application ON subsidy_movement (application)",
    "CREATE UNIQUE INDEX subsidy_report_application ON subsidy_report (application)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
