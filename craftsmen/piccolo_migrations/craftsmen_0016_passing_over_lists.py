"""Lines of a list that is not visible are passed over in the index, without a look at their rows."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0016-passing-over-lists"
VERSION = "1.38.0"
DESCRIPTION = "Hidden lines are passed over quickly"

INDEXES = [
    "DROP INDEX shown_honour_year",
    "DROP INDEX shown_honour_title",
    "DROP INDEX shown_honour_gallery",
    "CREATE INDEX shown_honour_year ON shown_honour (year, id, honour_list, stage)",
    "CREATE INDEX shown_honour_title ON shown_honour (title_code, year, id, honour_list, stage)",
    "CREATE INDEX shown_honour_gallery ON shown_honour (gallery, year, id, honour_list, stage)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="craftsmen", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
