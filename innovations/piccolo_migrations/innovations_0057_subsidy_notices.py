"""A round of subsidies names the notice that tells of its grants: rounds on notice before this get their newest one."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0057-subsidy-notices"
VERSION = "1.38.0"
DESCRIPTION = "Which notice a round of subsidies waits for"

NOTICES = """
UPDATE subsidy_round SET notice = (
    SELECT notice.address FROM notice WHERE notice.about = 'subsidy:' || subsidy_round.address
    ORDER BY notice.id DESC LIMIT 1
) WHERE notice = '' AND EXISTS (SELECT 1 FROM notice WHERE notice.about = 'subsidy:' || subsidy_round.address)
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)

    async def notices() -> None:
        await current().run_ddl(NOTICES)

    manager.add_raw(notices)
    return manager
