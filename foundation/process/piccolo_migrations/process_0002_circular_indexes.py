"""What may stand only once among circulars, announcements and suspensions, and what is looked up often."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0002-circular-indexes"
VERSION = "1.38.0"
DESCRIPTION = "Unique numbers, addresses, receipts and suspensions"

INDEXES = [
    "CREATE UNIQUE INDEX circular_number_key ON circular (number_key)",
    "CREATE UNIQUE INDEX circular_address ON circular (address)",
    "CREATE INDEX circular_listed ON circular (public, issued_at, id)",
    "CREATE INDEX circular_stage ON circular (stage, organisation)",
    "CREATE INDEX circular_addressed ON circular (addressed_under, issued_at)",
    "CREATE UNIQUE INDEX circular_receipt_once ON circular_receipt (circular, organisation)",
    "CREATE INDEX circular_receipt_unit ON circular_receipt (organisation, circular)",
    "CREATE UNIQUE INDEX announcement_number_key ON announcement (number_key)",
    "CREATE UNIQUE INDEX announcement_address ON announcement (address)",
    "CREATE INDEX announcement_listed ON announcement (issued_at, id)",
    "CREATE INDEX announcement_stage ON announcement (stage, organisation)",
    "CREATE UNIQUE INDEX process_attachment_once ON process_attachment (subject, number)",
    "CREATE UNIQUE INDEX suspension_in_force ON suspension (address) WHERE lifted_at IS NULL",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="process", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
