"""Tells Piccolo where this room's tables and migrations are."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from foundation.people import (
    factor_tables,
    organisation_list_tables,
    organisation_tables,
    tables,
    token_tables,
    worker_tables,
)

APP_CONFIG = AppConfig(
    app_name="people",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=[
        *tables.TABLES,
        *organisation_tables.TABLES,
        *organisation_list_tables.TABLES,
        *factor_tables.TABLES,
        *worker_tables.TABLES,
        *token_tables.TABLES,
    ],
    migration_dependencies=["foundation.store.piccolo_app"],
)
