"""What Piccolo needs to know to migrate the store's tables."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from foundation.store.tables import TABLES

APP_CONFIG = AppConfig(
    app_name="store",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=TABLES,
)
