"""What may stand only once among second factors and venue cards, and what is looked up often."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0008-factor-indexes"
VERSION = "1.38.0"
DESCRIPTION = "One factor an account, one card in force for a person, a subject and a day"

INDEXES = [
    "CREATE UNIQUE INDEX factor_rule_role ON factor_rule (role)",
    "CREATE UNIQUE INDEX second_factor_account ON second_factor (account)",
    "CREATE UNIQUE INDEX recovery_code_code_hash ON recovery_code (code_hash)",
    "CREATE INDEX recovery_code_account ON recovery_code (account)",
    "CREATE UNIQUE INDEX pending_sign_in_token_hash ON pending_sign_in (token_hash)",
    "CREATE INDEX pending_sign_in_account ON pending_sign_in (account)",
    "CREATE UNIQUE INDEX venue_card_code_hash ON venue_card (code_hash)",
    "CREATE UNIQUE INDEX venue_card_in_force ON venue_card (account, subject, valid_on) WHERE withdrawn_at IS NULL",
    "CREATE INDEX venue_card_subject ON venue_card (subject, valid_on)",
    "CREATE UNIQUE INDEX venue_session_session ON venue_session (session)",
    "CREATE INDEX venue_session_card ON venue_session (card)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="people", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
