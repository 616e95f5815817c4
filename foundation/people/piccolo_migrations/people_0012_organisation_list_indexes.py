"""What needs mending in a list, in the order of its lines."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0012-organisation-list-indexes"
VERSION = "1.38.0"
DESCRIPTION = "Lines of long lists"

INDEXES = [
    "CREATE INDEX organisation_list_under ON organisation_list (under, id)",
    "CREATE UNIQUE INDEX organisation_list_problem_line ON organisation_list_problem (of_list, line)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="people", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
