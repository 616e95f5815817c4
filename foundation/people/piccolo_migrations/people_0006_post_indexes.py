"""Whoever held a role held it for the federation; what may stand only once among the posts that are held."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0006-post-indexes"
VERSION = "1.38.0"
DESCRIPTION = "Grants so far are the federation's; unique open grants and phone numbers"

STATEMENTS = [
    "UPDATE account SET organisation = 1",
    "UPDATE account_grant SET organisation = 1",
    "DROP INDEX account_grant_account_role",
    "CREATE UNIQUE INDEX account_grant_open ON account_grant (account, role, organisation) WHERE ended_at IS NULL",
    "CREATE INDEX account_grant_organisation ON account_grant (organisation)",
    "CREATE INDEX account_organisation ON account (organisation)",
    "CREATE UNIQUE INDEX account_phone ON account (phone_hash) WHERE phone_hash <> ''",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="people", description=DESCRIPTION)

    async def posts() -> None:
        for statement in STATEMENTS:
            await current().run_ddl(statement)

    manager.add_raw(posts)
    return manager
