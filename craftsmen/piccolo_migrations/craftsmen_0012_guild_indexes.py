"""What may stand only once, and what is looked up often."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0012-guild-indexes"
VERSION = "1.38.0"
DESCRIPTION = "Whose apprentices, whose talks"

INDEXES = [
    "CREATE UNIQUE INDEX apprenticeship_running ON apprenticeship (master, apprentice, skill) WHERE stage = 'running'",
    "CREATE INDEX apprenticeship_master ON apprenticeship (master)",
    "CREATE INDEX apprenticeship_apprentice ON apprenticeship (apprentice)",
    "CREATE INDEX apprenticeship_organisation ON apprenticeship (organisation)",
    "CREATE INDEX talk_speaker ON talk (speaker, starts_at)",
    "CREATE INDEX talk_host ON talk (host)",
    "CREATE INDEX talk_stage ON talk (stage, starts_at)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="craftsmen", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
