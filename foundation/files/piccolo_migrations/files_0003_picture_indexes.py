"""What may stand only once among uses and pictures, what is looked up often, and the contents there are already."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0003-picture-indexes"
VERSION = "1.38.0"
DESCRIPTION = "Unique uses, codes and renditions; contents of the files there are"

STATEMENTS = [
    "CREATE INDEX stored_file_content ON stored_file (sha256)",
    "CREATE INDEX stored_file_age ON stored_file (uploaded_at, id)",
    "CREATE UNIQUE INDEX file_use_once ON file_use (file, about, role)",
    "CREATE INDEX file_use_about ON file_use (about)",
    "CREATE UNIQUE INDEX picture_code ON picture (code)",
    "CREATE UNIQUE INDEX picture_file ON picture (file)",
    "CREATE UNIQUE INDEX rendition_once ON rendition (picture, shape, width, format)",
    "CREATE INDEX rendition_content ON rendition (sha256)",
    "INSERT INTO stored_content (sha256, size) SELECT sha256, max(size) FROM stored_file GROUP BY sha256",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="files", description=DESCRIPTION)

    async def run() -> None:
        for statement in STATEMENTS:
            await current().run_ddl(statement)

    manager.add_raw(run)
    return manager
