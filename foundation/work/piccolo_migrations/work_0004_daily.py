"""Turns of what is done once a day."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Date, Varchar

ID = "0004-daily"
VERSION = "1.38.0"
DESCRIPTION = "Turns of what is done once a day"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="work", description=DESCRIPTION)
    manager.add_table(class_name="DailyTurn", tablename="daily_turn")
    for name, column in (("task", Varchar(length=64)), ("day", Date())):
        manager.add_column(
            table_class_name="DailyTurn",
            tablename="daily_turn",
            column_name=name,
            db_column_name=name,
            column_class=type(column),
            params=column._meta.params,
        )
    return manager
