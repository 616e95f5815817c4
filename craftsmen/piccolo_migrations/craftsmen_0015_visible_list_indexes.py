"""Which lists are visible is asked by every page; their column comes first, so that no row of a list is opened."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0015-visible-list-indexes"
VERSION = "1.38.0"
DESCRIPTION = "Visible lists at a glance"

INDEXES = [
    "CREATE INDEX honour_list_shown ON honour_list (id) WHERE shown_at IS NOT NULL",
    "CREATE UNIQUE INDEX honour_list_count_once ON honour_list_count (honour_list, scope, kind, value, parent)",
    "CREATE INDEX shown_name_token_list ON shown_name (token, honour_list, shown)",
    "DROP INDEX shown_name_token",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="craftsmen", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
