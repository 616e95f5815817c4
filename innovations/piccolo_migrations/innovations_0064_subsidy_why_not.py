"""Why an application for a subsidy is not eligible, in words beside the codes."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Text

ID = "0064-subsidy-why-not"
VERSION = "1.38.0"
DESCRIPTION = "Why an application for a subsidy is not eligible, in words"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)
    manager.add_column(
        table_class_name="SubsidyApplication",
        tablename="subsidy_application",
        column_name="why_not",
        db_column_name="why_not",
        column_class=Text,
        params=Text()._meta.params,
    )
    return manager
