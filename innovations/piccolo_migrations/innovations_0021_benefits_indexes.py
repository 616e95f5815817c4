"""What of benefits and audits may stand only once, and what is looked up often."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0021-benefits-indexes"
VERSION = "1.38.0"
DESCRIPTION = "What is unique among audits of benefits, and what is looked up often"

INDEXES = [
    "CREATE INDEX innovation_benefit_year ON innovation_benefit (from_year) WHERE verified_fen IS NOT NULL",
    "CREATE INDEX innovation_benefit_draw_organisation ON innovation_benefit_draw (organisation, id)",
    "CREATE UNIQUE INDEX innovation_benefit_drawn_once ON innovation_benefit_drawn (draw, benefit)",
    "CREATE UNIQUE INDEX innovation_benefit_drawn_open ON innovation_benefit_drawn (benefit) WHERE outcome = ''",
    "CREATE INDEX innovation_spread_waiting ON innovation_spread (innovation) "
    "WHERE agreed_at IS NULL AND declined_at IS NULL",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
