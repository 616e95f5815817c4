"""Drafts that were given up before anybody saw them leave their edition to others."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0013-freed-addresses"
VERSION = "1.38.0"
DESCRIPTION = "Addresses of cancelled drafts are free again"

FREE = (
    "UPDATE selection_round SET address = CAST(id AS VARCHAR(20)) || '-cancelled' "
    "WHERE stage = 'cancelled' AND frozen_at IS NULL"
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="craftsmen", description=DESCRIPTION)

    async def free() -> None:
        await current().run_ddl(FREE)

    manager.add_raw(free)
    return manager
