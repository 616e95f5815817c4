"""Tells Piccolo where this room's tables and migrations are."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from foundation.work import act_tables, daily_tables, job_tables, outbox_tables, return_tables

APP_CONFIG = AppConfig(
    app_name="work",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=[
        *act_tables.TABLES,
        *job_tables.TABLES,
        *outbox_tables.TABLES,
        *return_tables.TABLES,
        *daily_tables.TABLES,
    ],
    migration_dependencies=["foundation.store.piccolo_app", "foundation.files.piccolo_app"],
)
