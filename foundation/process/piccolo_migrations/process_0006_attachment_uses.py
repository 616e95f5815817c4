"""Attachments of circulars and announcements are used files from now on."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0006-attachment-uses"
VERSION = "1.38.0"
DESCRIPTION = "Attachments are used files"

FILL = "INSERT INTO file_use (file, about, role) SELECT DISTINCT file, subject, 'attachment' FROM process_attachment"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="process", description=DESCRIPTION)

    async def fill() -> None:
        await current().run_ddl(FILL)

    manager.add_raw(fill)
    return manager
