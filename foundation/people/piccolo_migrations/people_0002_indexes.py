"""What may stand only once, and what is looked up often."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0002-indexes"
VERSION = "1.38.0"
DESCRIPTION = "Unique sign-in names, tokens and grants"

INDEXES = [
    "CREATE UNIQUE INDEX account_sign_in ON account (sign_in)",
    "CREATE UNIQUE INDEX account_grant_account_role ON account_grant (account, role)",
    "CREATE UNIQUE INDEX session_token_hash ON session (token_hash)",
    "CREATE INDEX session_account ON session (account)",
    "CREATE UNIQUE INDEX sign_in_failure_key ON sign_in_failure (key)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="people", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
