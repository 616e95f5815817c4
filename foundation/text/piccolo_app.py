"""Tells Piccolo where this room's tables and migrations are."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from foundation.text import tables

APP_CONFIG = AppConfig(
    app_name="text",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=[*tables.TABLES],
    migration_dependencies=["foundation.store.piccolo_app"],
)
