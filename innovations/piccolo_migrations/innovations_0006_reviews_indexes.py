"""What may stand only once, and what is looked up often."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0006-reviews-indexes"
VERSION = "1.38.0"
DESCRIPTION = "What is unique among reviews, and what is looked up often"

INDEXES = [
    "CREATE UNIQUE INDEX review_round_address ON review_round (address)",
    "CREATE INDEX review_round_organisation ON review_round (organisation)",
    "CREATE UNIQUE INDEX review_channel_once ON review_channel (round, organisation)",
    "CREATE INDEX review_channel_organisation ON review_channel (organisation)",
    "CREATE UNIQUE INDEX review_entry_once ON review_entry (round, innovation)",
    "CREATE UNIQUE INDEX review_entry_code ON review_entry (round, code)",
    "CREATE INDEX review_entry_innovation ON review_entry (innovation)",
    "CREATE INDEX review_entry_channel ON review_entry (channel)",
    "CREATE UNIQUE INDEX review_seat_once ON review_seat (round, account)",
    "CREATE INDEX review_seat_account ON review_seat (account)",
    "CREATE UNIQUE INDEX review_kept_out_once ON review_kept_out (seat, entry, ground)",
    "CREATE INDEX review_kept_out_entry ON review_kept_out (entry)",
    "CREATE UNIQUE INDEX review_task_once ON review_task (seat, entry)",
    "CREATE INDEX review_task_entry ON review_task (entry)",
    "CREATE UNIQUE INDEX review_mark_client ON review_mark (client_id)",
    "CREATE UNIQUE INDEX review_mark_revision ON review_mark (task, aspect, revision)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
