"""What may stand only once, and what is looked up often."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0012-library-indexes"
VERSION = "1.38.0"
DESCRIPTION = "What is unique among library, and what is looked up often"

INDEXES = [
    "CREATE UNIQUE INDEX shown_innovation_innovation ON shown_innovation (innovation)",
    "CREATE UNIQUE INDEX shown_innovation_address ON shown_innovation (address)",
    "CREATE INDEX shown_innovation_city ON shown_innovation (city, id)",
    "CREATE INDEX shown_innovation_field ON shown_innovation (field, id)",
    "CREATE INDEX shown_innovation_kind ON shown_innovation (kind, id)",
    "CREATE INDEX shown_innovation_year ON shown_innovation (year, id)",
    "CREATE INDEX shown_innovation_organisation ON shown_innovation (organisation, id)",
    "CREATE UNIQUE INDEX shown_innovation_figure_code ON shown_innovation_figure (facet, code)",
    "CREATE UNIQUE INDEX innovation_exhibition_address ON innovation_exhibition (address)",
    "CREATE UNIQUE INDEX innovation_exhibit_once ON innovation_exhibit (exhibition, innovation)",
    "CREATE INDEX innovation_exhibit_innovation ON innovation_exhibit (innovation)",
    "CREATE INDEX innovation_exhibition_talk_exhibition ON innovation_exhibition_talk (exhibition)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
