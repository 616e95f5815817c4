"""What may stand only once among sheets, and what is looked up often."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0010-sheet-indexes"
VERSION = "1.38.0"
DESCRIPTION = "A row is taken once a unit and kind"

INDEXES = [
    "CREATE INDEX sheet_of_unit ON sheet (organisation, kind, id)",
    "CREATE UNIQUE INDEX sheet_piece_once ON sheet_piece (sheet, number)",
    "CREATE UNIQUE INDEX sheet_row_line ON sheet_row (sheet, line)",
    "CREATE INDEX sheet_row_state ON sheet_row (sheet, state, id)",
    "CREATE UNIQUE INDEX sheet_taken_once ON sheet_taken (organisation, kind, digest)",
    "CREATE INDEX sheet_taken_by ON sheet_taken (sheet)",
    "CREATE UNIQUE INDEX sheet_heading_once ON sheet_heading (organisation, kind, heading)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="process", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
