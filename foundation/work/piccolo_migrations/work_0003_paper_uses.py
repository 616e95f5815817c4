"""Signed papers of acts are used files from now on."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0003-paper-uses"
VERSION = "1.38.0"
DESCRIPTION = "Signed papers of acts are used files"

FILL = (
    "INSERT INTO file_use (file, about, role) SELECT paper, 'act:' || id, 'signed_paper' FROM two_person_act "
    "WHERE paper IN (SELECT id FROM stored_file)"
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="work", description=DESCRIPTION)

    async def fill() -> None:
        await current().run_ddl(FILL)

    manager.add_raw(fill)
    return manager
