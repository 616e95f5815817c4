"""Tells Piccolo where this room's tables and migrations are."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from foundation.process import (
    calendar_tables,
    certificate_tables,
    circular_tables,
    notice_tables,
    objection_tables,
    print_tables,
    sheet_tables,
    site_tables,
    suspension_tables,
)

APP_CONFIG = AppConfig(
    app_name="process",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=[
        *calendar_tables.TABLES,
        *certificate_tables.TABLES,
        *circular_tables.TABLES,
        *notice_tables.TABLES,
        *objection_tables.TABLES,
        *print_tables.TABLES,
        *sheet_tables.TABLES,
        *site_tables.TABLES,
        *suspension_tables.TABLES,
    ],
    migration_dependencies=["foundation.people.piccolo_app", "foundation.files.piccolo_app"],
)
