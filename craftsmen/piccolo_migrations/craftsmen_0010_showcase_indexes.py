"""What may stand only once, and what is looked up often."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0010-showcase-indexes"
VERSION = "1.38.0"
DESCRIPTION = "The orders in which the public looks"

INDEXES = [
    "CREATE UNIQUE INDEX craftsman_profile_address ON craftsman_profile (address)",
    "CREATE UNIQUE INDEX craftsman_profile_worker ON craftsman_profile (worker)",
    "CREATE UNIQUE INDEX craftsman_picture_position ON craftsman_picture (profile, role, position)",
    "CREATE UNIQUE INDEX shown_honour_honour ON shown_honour (honour)",
    "CREATE UNIQUE INDEX shown_honour_address ON shown_honour (address)",
    "CREATE INDEX shown_honour_title ON shown_honour (title_code, year, id)",
    "CREATE INDEX shown_honour_city ON shown_honour (city, year, id)",
    "CREATE INDEX shown_honour_county ON shown_honour (county, year, id)",
    "CREATE INDEX shown_honour_industry ON shown_honour (industry, year, id)",
    "CREATE INDEX shown_honour_occupation ON shown_honour (occupation, year, id)",
    "CREATE INDEX shown_honour_year ON shown_honour (year, id)",
    "CREATE INDEX shown_honour_gallery ON shown_honour (gallery, year, id)",
    "CREATE UNIQUE INDEX shown_facet_once ON shown_facet (scope, kind, value, parent)",
    "CREATE INDEX shown_honour_page ON shown_honour (page)",
    "CREATE INDEX shown_name_token ON shown_name (token, shown)",
    "CREATE INDEX shown_name_shown ON shown_name (shown)",
    "CREATE UNIQUE INDEX shown_craftsman_profile ON shown_craftsman (profile)",
    "CREATE UNIQUE INDEX shown_craftsman_address ON shown_craftsman (address)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="craftsmen", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
