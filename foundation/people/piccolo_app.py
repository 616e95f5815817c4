"""Tells Piccolo where this room's tables and migrations are."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from foundation.people.tables import Account, Grant, Session, SignInFailure

APP_CONFIG = AppConfig(
    app_name="people",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=[Account, Grant, Session, SignInFailure],
    migration_dependencies=["foundation.store.piccolo_app"],
)
