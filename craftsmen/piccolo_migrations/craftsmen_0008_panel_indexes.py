"""What may stand only once, and what is looked up often."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0008-panel-indexes"
VERSION = "1.38.0"
DESCRIPTION = "Unique seats, marks, ballots"

INDEXES = [
    "CREATE UNIQUE INDEX panel_seat_account ON panel_seat (round, account)",
    "CREATE UNIQUE INDEX panel_seat_position ON panel_seat (round, position)",
    "CREATE INDEX panel_seat_of_account ON panel_seat (account)",
    "CREATE UNIQUE INDEX panel_recusal_once ON panel_recusal (seat, nomination)",
    "CREATE INDEX panel_recusal_nomination ON panel_recusal (nomination)",
    "CREATE UNIQUE INDEX panel_mark_client_id ON panel_mark (client_id)",
    "CREATE UNIQUE INDEX panel_mark_revision ON panel_mark (seat, nomination, aspect, revision)",
    "CREATE INDEX panel_mark_nomination ON panel_mark (nomination)",
    "CREATE UNIQUE INDEX panel_marking_round ON panel_marking (round)",
    "CREATE UNIQUE INDEX panel_vote_ordinal ON panel_vote (round, ordinal)",
    "CREATE UNIQUE INDEX vote_teller_once ON vote_teller (vote, account)",
    "CREATE INDEX vote_teller_account ON vote_teller (account)",
    "CREATE UNIQUE INDEX vote_count_once ON vote_count (vote, account)",
    "CREATE UNIQUE INDEX vote_tally_once ON vote_tally (vote, account, nomination)",
    "CREATE UNIQUE INDEX vote_cast_once ON vote_cast (vote, seat)",
    "CREATE INDEX vote_ballot_vote ON vote_ballot (vote)",
]

# A row number would tell in which order ballots came, so on SQLite the key, which is chance, is the place of a row.
# On PostgreSQL closing writes all of them again.
BALLOTS = [
    "DROP TABLE vote_ballot",
    "CREATE TABLE vote_ballot (\"key\" VARCHAR(32) PRIMARY KEY NOT NULL DEFAULT '', "
    "\"vote\" INTEGER NOT NULL DEFAULT 0, \"nomination\" INTEGER NOT NULL DEFAULT 0, "
    "\"choice\" VARCHAR(8) NOT NULL DEFAULT '') WITHOUT ROWID",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="craftsmen", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in [*(BALLOTS if current().engine_type == "sqlite" else []), *INDEXES]:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
