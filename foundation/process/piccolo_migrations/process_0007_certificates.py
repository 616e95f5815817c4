"""Certificates, their numbers, printers and runs, and prints of forms."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Date, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0007-certificates"
VERSION = "1.38.0"
DESCRIPTION = "Certificates and prints of forms"


class Account(Table, tablename="account"):
    """What foreign keys point at."""

    id: Serial


class Organisation(Table, tablename="organisation"):
    """What foreign keys point at."""

    id: Serial


class StoredFile(Table, tablename="stored_file"):
    """What foreign keys point at."""

    id: Serial


class CertificateSeries(Table, tablename="certificate_series"):
    """What foreign keys point at."""

    id: Serial


class Certificate(Table, tablename="certificate"):
    """What foreign keys point at."""

    id: Serial


class CertificatePrinter(Table, tablename="certificate_printer"):
    """What foreign keys point at."""

    id: Serial


class CertificateRun(Table, tablename="certificate_run"):
    """What foreign keys point at."""

    id: Serial


def to(table: type[Table], null: bool = False) -> tuple[type[ForeignKey], dict[str, object]]:
    return ForeignKey, {"references": table, "on_delete": OnDelete.restrict, "null": null}


LATER = (Timestamptz, {"null": True, "default": None})
NUMBER = (Integer, {})

TABLES = {
    ("CertificateSeries", "certificate_series"): {
        "code": (Varchar, {"length": 40}),
        "organisation": to(Organisation),
        "name": (Varchar, {"length": 100}),
        "pattern": (Varchar, {"length": 64}),
        "digits": NUMBER,
    },
    ("CertificateCounter", "certificate_counter"): {
        "series": to(CertificateSeries),
        "year": NUMBER,
        "last": NUMBER,
    },
    ("Certificate", "certificate"): {
        "series": to(CertificateSeries),
        "year": NUMBER,
        "sequence": NUMBER,
        "number": (Varchar, {"length": 80}),
        "number_key": (Varchar, {"length": 80}),
        "code": (Varchar, {"length": 26}),
        "about": (Varchar, {"length": 100}),
        "name": (Varchar, {"length": 60}),
        "words": (Text, {}),
        "body": (Varchar, {"length": 100}),
        "document": (Varchar, {"length": 64}),
        "heading": (Varchar, {"length": 20}),
        "issued_on": (Date, {}),
        "stage": (Varchar, {"length": 12}),
        "reason": (Text, {}),
        "replaced_by": to(Certificate, null=True),
        "made_at": (Timestamptz, {}),
        "ended_at": LATER,
    },
    ("CertificatePrinter", "certificate_printer"): {
        "organisation": to(Organisation),
        "name": (Varchar, {"length": 60}),
        "width": NUMBER,
        "height": NUMBER,
        "spots": (Text, {}),
        "off_right": NUMBER,
        "off_down": NUMBER,
        "revision": NUMBER,
    },
    ("CertificateRun", "certificate_run"): {
        "started_by": to(Account),
        "started_at": (Timestamptz, {}),
        "printer": to(CertificatePrinter, null=True),
        "certificates": (Text, {}),
        "job": NUMBER,
    },
    ("CertificateSheaf", "certificate_sheaf"): {
        "run": to(CertificateRun),
        "number": NUMBER,
        "file": to(StoredFile),
        "first": (Varchar, {"length": 80}),
        "last": (Varchar, {"length": 80}),
    },
    ("Print", "print"): {
        "about": (Varchar, {"length": 100}),
        "form": (Varchar, {"length": 40}),
        "data_hash": (Varchar, {"length": 64}),
        "printed_at": (Timestamptz, {}),
        "printed_by": to(Account),
        "times": NUMBER,
        "scan": to(StoredFile, null=True),
        "scanned_at": LATER,
        "scanned_by": to(Account, null=True),
    },
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="process", description=DESCRIPTION)
    for (class_name, table), columns in TABLES.items():
        manager.add_table(class_name=class_name, tablename=table)
        for name, (kind, said) in columns.items():
            params = kind(**said)._meta.params  # with every default, as the next automatic migration compares them
            manager.add_column(
                table_class_name=class_name,
                tablename=table,
                column_name=name,
                db_column_name=name,
                column_class=kind,
                params=params,
            )
    return manager
