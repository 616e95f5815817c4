"""What may stand only once in notices and objections, and what is looked up often."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0004-notice-indexes"
VERSION = "1.38.0"
DESCRIPTION = "Unique addresses, receipts, years and settings; notices by end, objections by notice"

INDEXES = [
    "CREATE INDEX calendar_day_day ON calendar_day (day)",
    "CREATE UNIQUE INDEX calendar_year_year ON calendar_year (year)",
    "CREATE UNIQUE INDEX notice_setting_name ON notice_setting (name)",
    "CREATE UNIQUE INDEX notice_address ON notice (address)",
    "CREATE INDEX notice_organisation ON notice (organisation)",
    "CREATE INDEX notice_about ON notice (about)",
    "CREATE INDEX notice_stage_ends_at ON notice (stage, ends_at)",
    "CREATE UNIQUE INDEX objection_receipt_hash ON objection (receipt_hash)",
    "CREATE INDEX objection_notice ON objection (notice)",
    "CREATE INDEX objection_stage ON objection (stage)",
    "CREATE INDEX objection_step_objection ON objection_step (objection)",
    "CREATE INDEX objector_opening_objection ON objector_opening (objection)",
    "CREATE UNIQUE INDEX objection_sender_key ON objection_sender (key)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="process", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
