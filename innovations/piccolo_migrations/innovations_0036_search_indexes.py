"""What of searches may stand only once, and what is looked up."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0036-search-indexes"
VERSION = "1.38.0"
DESCRIPTION = "What is unique among searches, and what is looked up"

INDEXES = [
    "CREATE INDEX saved_search_account ON saved_search (account, organisation, id)",
    "CREATE INDEX saved_search_organisation ON saved_search (organisation)",
    "CREATE UNIQUE INDEX saved_search_feed ON saved_search (feed_hash) WHERE feed_hash <> ''",
    "CREATE INDEX search_export_account ON search_export (account, id)",
    "CREATE INDEX search_export_organisation ON search_export (organisation)",
    "CREATE INDEX search_export_file ON search_export (file)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
