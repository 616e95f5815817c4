"""What may stand only once, and what is looked up often."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0002-indexes"
VERSION = "1.38.0"
DESCRIPTION = "Unique addresses, work numbers, seats, revisions, versions"

INDEXES = [
    "CREATE UNIQUE INDEX competition_address ON competition (address)",
    "CREATE UNIQUE INDEX competition_organiser_once ON competition_organiser (competition, account)",
    "CREATE INDEX competition_organiser_account ON competition_organiser (account)",
    "CREATE UNIQUE INDEX contest_address ON contest (address)",
    "CREATE INDEX contest_competition ON contest (competition)",
    "CREATE UNIQUE INDEX scheme_version_once ON scheme_version (contest, version)",
    "CREATE UNIQUE INDEX entry_work_number ON entry (contest, work_number)",
    "CREATE UNIQUE INDEX contestant_entry ON contestant (entry)",
    "CREATE UNIQUE INDEX contestant_code ON contestant (code_hash) WHERE code_hash <> ''",
    "CREATE UNIQUE INDEX seat_account ON seat (contest, account)",
    "CREATE UNIQUE INDEX seat_position ON seat (contest, position)",
    "CREATE INDEX seat_of_account ON seat (account)",
    "CREATE UNIQUE INDEX seat_work_once ON seat_work (seat, entry)",
    "CREATE INDEX seat_work_entry ON seat_work (entry)",
    "CREATE UNIQUE INDEX mark_client_id ON mark (client_id)",
    "CREATE UNIQUE INDEX mark_revision ON mark (entry, seat, aspect, revision)",
    "CREATE INDEX mark_contest ON mark (contest)",
    "CREATE INDEX mark_seat ON mark (seat)",
    "CREATE UNIQUE INDEX publication_version ON publication (contest, version)",
    "CREATE UNIQUE INDEX published_line_position ON published_line (publication, position)",
    "CREATE UNIQUE INDEX published_score_entry ON published_score (publication, entry)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="competitions", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
