"""Second factors, recovery codes, sign-ins that wait for a code, and judges' venue cards."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Boolean, Date, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0007-factors"
VERSION = "1.38.0"
DESCRIPTION = "Second factors and venue cards"


class Account(Table, tablename="account"):
    """What foreign keys point at."""

    id: Serial


class Session(Table, tablename="session"):
    """What foreign keys point at."""

    id: Serial


class VenueCard(Table, tablename="venue_card"):
    """What foreign keys point at."""

    id: Serial


_ACCOUNT = (ForeignKey, {"references": Account, "on_delete": OnDelete.cascade, "null": False})

TABLES = {
    ("FactorRule", "factor_rule"): {
        "role": (Varchar, {"length": 32}),
        "required": (Boolean, {}),
    },
    ("SecondFactor", "second_factor"): {
        "account": _ACCOUNT,
        "secret": (Text, {}),
        "next_secret": (Text, {}),
        "enrolled_at": (Timestamptz, {"null": True, "default": None}),
        "last_step": (Integer, {}),
        "failures": (Integer, {}),
        "window_started_at": (Timestamptz, {}),
    },
    ("RecoveryCode", "recovery_code"): {
        "account": _ACCOUNT,
        "code_hash": (Varchar, {"length": 64}),
        "used_at": (Timestamptz, {"null": True, "default": None}),
    },
    ("PendingSignIn", "pending_sign_in"): {
        "token_hash": (Varchar, {"length": 64}),
        "account": _ACCOUNT,
        "expires_at": (Timestamptz, {}),
    },
    ("VenueCard", "venue_card"): {
        "account": (ForeignKey, {"references": Account, "on_delete": OnDelete.restrict, "null": False}),
        "subject": (Varchar, {"length": 120}),
        "opens": (Varchar, {"length": 200}),
        "valid_on": (Date, {}),
        "code_hash": (Varchar, {"length": 64}),
        "pin_hash": (Varchar, {"length": 64}),
        "failures": (Integer, {}),
        "withdrawn_at": (Timestamptz, {"null": True, "default": None}),
        "issued_at": (Timestamptz, {}),
    },
    ("VenueSession", "venue_session"): {
        "session": (ForeignKey, {"references": Session, "on_delete": OnDelete.cascade, "null": False}),
        "card": (ForeignKey, {"references": VenueCard, "on_delete": OnDelete.restrict, "null": False}),
    },
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="people", description=DESCRIPTION)
    for (class_name, table), columns in TABLES.items():
        manager.add_table(class_name=class_name, tablename=table)
        for name, (kind, said) in columns.items():
            params = kind(**said)._meta.params  # with every default, as the next automatic migration compares them
            manager.add_column(
                table_class_name=class_name,
                tablename=table,
                column_name=name,
                db_column_name=said.get("db_column_name", name),
                column_class=kind,
                params=params,
            )
    return manager
