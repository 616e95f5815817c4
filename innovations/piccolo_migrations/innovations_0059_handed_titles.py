"""What everybody but its unit reads of an innovation's title stands in the row beside what is being written."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0059-handed-titles"
VERSION = "1.38.0"
DESCRIPTION = "Title, kind, branch and year of an innovation as its newest version says them"

COLUMNS = [
    "ALTER TABLE innovation ADD COLUMN handed_title VARCHAR(100) NOT NULL DEFAULT ''",
    "ALTER TABLE innovation ADD COLUMN handed_kind VARCHAR(16) NOT NULL DEFAULT ''",
    "ALTER TABLE innovation ADD COLUMN handed_field VARCHAR(16) NOT NULL DEFAULT ''",
    "ALTER TABLE innovation ADD COLUMN handed_year {small} NOT NULL DEFAULT 0",
]
WRITTEN = "UPDATE innovation SET handed_title = title, handed_kind = kind, handed_field = field, handed_year = year"
SAID = """
UPDATE innovation SET (handed_title, handed_kind, handed_field, handed_year) = (
    SELECT said.title, {kind}, {field}, CAST({year} AS INTEGER) FROM innovation_version said
    WHERE said.innovation = innovation.id AND said.number = innovation.version
) WHERE version > 0
"""
NAMES = ("kind", "field", "year")
SMALL = {"sqlite": "INTEGER", "postgres": "SMALLINT"}
READ = {"sqlite": "json_extract(said.body, '$.{}')", "postgres": "CAST(said.body AS json) ->> '{}'"}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)

    async def run() -> None:
        read, small = READ[current().engine_type], SMALL[current().engine_type]
        said = SAID.format(**{name: read.format(name) for name in NAMES})
        for statement in (*(column.format(small=small) for column in COLUMNS), WRITTEN, said):
            await current().run_ddl(statement)

    manager.add_raw(run)
    return manager
