"""What may stand only once, and what is looked up often."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0006-nomination-indexes"
VERSION = "1.38.0"
DESCRIPTION = "Unique nominations, ranks and papers"

INDEXES = [
    "CREATE UNIQUE INDEX nomination_address ON nomination (address)",
    "CREATE UNIQUE INDEX nomination_worker_once ON nomination (round, worker) "
    "WHERE worker IS NOT NULL AND stage <> 'withdrawn'",
    "CREATE UNIQUE INDEX nomination_rank ON nomination (channel, rank) WHERE rank IS NOT NULL",
    "CREATE INDEX nomination_round_stage ON nomination (round, stage)",
    "CREATE INDEX nomination_channel ON nomination (channel)",
    "CREATE INDEX nomination_unit ON nomination (unit)",
    "CREATE INDEX nomination_county ON nomination (county)",
    "CREATE INDEX nomination_worker ON nomination (worker)",
    "CREATE INDEX nomination_step_nomination ON nomination_step (nomination)",
    "CREATE UNIQUE INDEX nomination_evidence_position ON nomination_evidence (nomination, position)",
    "CREATE UNIQUE INDEX nomination_picture_position ON nomination_picture (nomination, position)",
    "CREATE UNIQUE INDEX nomination_material_one ON nomination_material (nomination, code) WHERE NOT replaced",
    "CREATE UNIQUE INDEX nomination_opinion_one ON nomination_opinion (nomination, code) WHERE NOT replaced",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="craftsmen", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
