"""What may stand only once among tokens and answers, and what is looked up often."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0041-api-token-indexes"
VERSION = "1.38.0"
DESCRIPTION = "One answer a key, one account a token"

INDEXES = [
    "CREATE UNIQUE INDEX api_token_token_hash ON api_token (token_hash)",
    "CREATE UNIQUE INDEX api_token_account ON api_token (account)",
    "CREATE INDEX api_token_organisation ON api_token (organisation, id)",
    "CREATE UNIQUE INDEX api_answer_key ON api_answer (token, key_hash)",
    "CREATE INDEX api_answer_at ON api_answer (at)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="people", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
