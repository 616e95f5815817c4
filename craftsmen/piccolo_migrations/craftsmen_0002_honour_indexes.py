"""What may stand only once, and what is looked up often."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0002-honour-indexes"
VERSION = "1.38.0"
DESCRIPTION = "Unique titles, addresses and sources of honours"

INDEXES = [
    "CREATE UNIQUE INDEX honour_title_code ON honour_title (code)",
    "CREATE UNIQUE INDEX honour_address ON honour (address)",
    "CREATE UNIQUE INDEX honour_source_key ON honour (source_key) WHERE source_key <> ''",
    "CREATE INDEX honour_worker ON honour (worker)",
    "CREATE INDEX honour_title_year ON honour (title, year)",
    "CREATE INDEX honour_unit ON honour (unit)",
    "CREATE UNIQUE INDEX honour_member_position ON honour_member (honour, position)",
    "CREATE INDEX honour_member_worker ON honour_member (worker)",
    "CREATE INDEX honour_change_honour ON honour_change (honour)",
    "CREATE INDEX honour_list_organisation ON honour_list (organisation)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="craftsmen", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
