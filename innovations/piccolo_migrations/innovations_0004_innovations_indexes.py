"""What may stand only once, and what is looked up often."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0004-innovations-indexes"
VERSION = "1.38.0"
DESCRIPTION = "What is unique among innovations, and what is looked up often"

INDEXES = [
    "CREATE UNIQUE INDEX innovation_address ON innovation (address)",
    "CREATE INDEX innovation_organisation ON innovation (organisation, stage, id)",
    "CREATE INDEX innovation_proposal ON innovation (proposal) WHERE proposal IS NOT NULL",
    "CREATE INDEX innovation_earlier ON innovation (earlier) WHERE earlier IS NOT NULL",
    "CREATE INDEX innovation_studio ON innovation (studio) WHERE studio IS NOT NULL",
    "CREATE UNIQUE INDEX innovation_version_number ON innovation_version (innovation, number)",
    "CREATE UNIQUE INDEX innovation_author_position ON innovation_author (innovation, position)",
    "CREATE INDEX innovation_author_worker ON innovation_author (worker) WHERE worker IS NOT NULL",
    "CREATE INDEX innovation_picture_innovation ON innovation_picture (innovation)",
    "CREATE INDEX innovation_file_innovation ON innovation_file (innovation)",
    "CREATE INDEX innovation_step_innovation ON innovation_step (innovation)",
    "CREATE UNIQUE INDEX innovation_same_as_pair ON innovation_same_as (one, other)",
    "CREATE INDEX innovation_same_as_other ON innovation_same_as (other)",
    "CREATE UNIQUE INDEX innovation_benefit_innovation ON innovation_benefit (innovation)",
    "CREATE INDEX innovation_benefit_evidence_benefit ON innovation_benefit_evidence (benefit)",
    "CREATE UNIQUE INDEX innovation_spread_once ON innovation_spread (innovation, organisation)",
    "CREATE INDEX innovation_spread_organisation ON innovation_spread (organisation)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
