"""Studios that go on to a higher level: which studio an application continues, and under which call each term was."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0055-studios-rising"
VERSION = "1.38.0"
DESCRIPTION = "Which studio an application continues, and under which call each term was"

STATEMENTS = [
    "ALTER TABLE studio ADD COLUMN continues INTEGER REFERENCES studio (id) ON DELETE RESTRICT",
    "ALTER TABLE studio_term ADD COLUMN round INTEGER REFERENCES studio_round (id) ON DELETE RESTRICT",
    "CREATE UNIQUE INDEX studio_rising ON studio (continues)"
    " WHERE continues IS NOT NULL AND stage IN ('draft', 'applied', 'recommended', 'notice')",
    "CREATE INDEX studio_term_round ON studio_term (round) WHERE round IS NOT NULL",
    "DROP INDEX studio_term_since",  # a province may name on the day on which a city did
    "CREATE UNIQUE INDEX studio_term_since ON studio_term (studio, level, since)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS:
            await current().run_ddl(statement)

    manager.add_raw(run)
    return manager
