"""What may stand only once among certificates and prints, and what is looked up often."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.store.engines import current

ID = "0008-certificate-indexes"
VERSION = "1.38.0"
DESCRIPTION = "Unique numbers and codes of certificates, one row a printed version"

INDEXES = [
    "CREATE UNIQUE INDEX certificate_series_code ON certificate_series (code)",
    "CREATE UNIQUE INDEX certificate_series_pattern ON certificate_series (pattern)",
    "CREATE UNIQUE INDEX certificate_counter_year ON certificate_counter (series, year)",
    "CREATE UNIQUE INDEX certificate_number_key ON certificate (number_key)",
    "CREATE UNIQUE INDEX certificate_code ON certificate (code)",
    "CREATE UNIQUE INDEX certificate_in_series ON certificate (series, year, sequence)",
    "CREATE INDEX certificate_about ON certificate (about, id)",
    "CREATE INDEX certificate_name ON certificate (name, id)",
    "CREATE INDEX certificate_listed ON certificate (series, id)",
    "CREATE INDEX certificate_printer_of ON certificate_printer (organisation)",
    "CREATE INDEX certificate_run_by ON certificate_run (started_by, id)",
    "CREATE UNIQUE INDEX certificate_sheaf_once ON certificate_sheaf (run, number)",
    "CREATE UNIQUE INDEX print_version ON print (about, form, data_hash)",
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="process", description=DESCRIPTION)

    async def indexes() -> None:
        for statement in INDEXES:
            await current().run_ddl(statement)

    manager.add_raw(indexes)
    return manager
