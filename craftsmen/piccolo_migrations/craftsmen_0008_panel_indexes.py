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
    "CREATE UNIQUE INDEX panel_vote_ordinal ON panel_vote (round, ordinal)",
    "CREATE UNIQUE INDEX vote_tally_once ON vote_tally (vote, account, nomination)",
    "CREATE UNIQUE INDEX vote_cast_once ON vote_cast (vote, seat)",
    "CREATE INDEX vote_ballot_vote ON vote_ballot (vote)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="craftsmen", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
