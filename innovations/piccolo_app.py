"""Tells Piccolo where this package's tables and migrations are."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="innovations",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(
        [
            "innovations.proposal_tables",
            "innovations.proposal_comparing_tables",
            "innovations.innovation_tables",
            "innovations.benefit_tables",
            "innovations.innovation_reward_tables",
            "innovations.review_tables",
            "innovations.subsidy_tables",
            "innovations.studio_tables",
            "innovations.library_tables",
            "innovations.search_tables",
        ],
        exclude_imported=True,
    ),
    migration_dependencies=["foundation.people.piccolo_app", "foundation.files.piccolo_app"],
)
