"""The facts of competitions, one table each."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Boolean, Bytea, Date, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0001-tables"
VERSION = "1.38.0"
DESCRIPTION = "The facts of competitions, one table each"


class Account(Table, tablename="account"):
    """What foreign keys point at."""

    id: Serial


class Competition(Table, tablename="competition"):
    """What foreign keys point at."""

    id: Serial


class Contest(Table, tablename="contest"):
    """What foreign keys point at."""

    id: Serial


class Entry(Table, tablename="entry"):
    """What foreign keys point at."""

    id: Serial


class Publication(Table, tablename="publication"):
    """What foreign keys point at."""

    id: Serial


class SchemeVersion(Table, tablename="scheme_version"):
    """What foreign keys point at."""

    id: Serial


class Seat(Table, tablename="seat"):
    """What foreign keys point at."""

    id: Serial


TABLES = {
    ("Competition", "competition"): {
        "address": (Varchar, {"length": 32}),
        "year": (SmallInt, {}),
        "title": (Varchar, {"length": 200}),
        "level": (Varchar, {"length": 16}),
        "organisers": (Text, {}),
        "hosts": (Text, {}),
        "co_hosts": (Text, {}),
        "place": (Varchar, {"length": 200}),
        "starts_on": (Date, {"null": True, "default": None}),
        "ends_on": (Date, {"null": True, "default": None}),
        "created_at": (Timestamptz, {}),
    },
    ("CompetitionOrganiser", "competition_organiser"): {
        "competition": (ForeignKey, {"references": Competition, "on_delete": OnDelete.restrict, "null": False}),
        "account": (ForeignKey, {"references": Account, "on_delete": OnDelete.restrict, "null": False}),
    },
    ("Contest", "contest"): {
        "competition": (ForeignKey, {"references": Competition, "on_delete": OnDelete.restrict, "null": False}),
        "address": (Varchar, {"length": 40}),
        "title": (Varchar, {"length": 200}),
        "occupation": (Varchar, {"length": 100}),
        "occupation_code": (Varchar, {"length": 20}),
        "groups": (Text, {}),
        "stage": (Varchar, {"length": 16}),
        "scheme": (Text, {}),
        "sheet": (Text, {}),
        "names_shown": (Varchar, {"length": 16}),
        "awarded_places": (SmallInt, {"default": 6}),
        "totals_shown": (Varchar, {"length": 16}),
        "why_public": (Boolean, {}),
        "bundle_public": (Boolean, {}),
        "created_at": (Timestamptz, {}),
    },
    ("SchemeVersion", "scheme_version"): {
        "contest": (ForeignKey, {"references": Contest, "on_delete": OnDelete.restrict, "null": False}),
        "version": (SmallInt, {}),
        "scheme": (Text, {}),
        "sheet": (Text, {}),
        "scheme_hash": (Varchar, {"length": 64}),
        "sheet_hash": (Varchar, {"length": 64}),
        "reason": (Text, {}),
        "account": (ForeignKey, {"references": Account, "on_delete": OnDelete.restrict, "null": False}),
        "frozen_at": (Timestamptz, {}),
    },
    ("Entry", "entry"): {
        "contest": (ForeignKey, {"references": Contest, "on_delete": OnDelete.restrict, "null": False}),
        "work_number": (Varchar, {"length": 40}),
        "group": (Varchar, {"length": 60, "db_column_name": "group_name"}),
        "status": (Varchar, {"length": 16, "default": "ok"}),
        "penalty": (Integer, {}),
        "carried": (Integer, {}),
        "time": (Integer, {"null": True, "default": None, "db_column_name": "time_taken"}),
        "locked_at": (Timestamptz, {"null": True, "default": None}),
        "locked_by": (ForeignKey, {"references": Account, "on_delete": OnDelete.restrict, "null": True}),
    },
    ("Contestant", "contestant"): {
        "entry": (ForeignKey, {"references": Entry, "on_delete": OnDelete.restrict, "null": False}),
        "name": (Varchar, {"length": 64}),
        "unit": (Varchar, {"length": 200}),
        "city": (Varchar, {"length": 40}),
        "code_hash": (Varchar, {"length": 64}),
    },
    ("Seat", "seat"): {
        "contest": (ForeignKey, {"references": Contest, "on_delete": OnDelete.restrict, "null": False}),
        "account": (ForeignKey, {"references": Account, "on_delete": OnDelete.restrict, "null": False}),
        "position": (SmallInt, {}),
        "chief": (Boolean, {}),
        "aspects": (Text, {}),
        "every_work": (Boolean, {"default": True}),
    },
    ("SeatWork", "seat_work"): {
        "seat": (ForeignKey, {"references": Seat, "on_delete": OnDelete.cascade, "null": False}),
        "entry": (ForeignKey, {"references": Entry, "on_delete": OnDelete.restrict, "null": False}),
    },
    ("Mark", "mark"): {
        "contest": (ForeignKey, {"references": Contest, "on_delete": OnDelete.restrict, "null": False}),
        "entry": (ForeignKey, {"references": Entry, "on_delete": OnDelete.restrict, "null": False}),
        "seat": (ForeignKey, {"references": Seat, "on_delete": OnDelete.restrict, "null": False}),
        "aspect": (Varchar, {"length": 40}),
        "revision": (SmallInt, {}),
        "value": (Varchar, {"length": 40}),
        "detail": (Text, {}),
        "client_id": (Varchar, {"length": 80}),
        "salt": (Varchar, {"length": 32}),
        "account": (ForeignKey, {"references": Account, "on_delete": OnDelete.restrict, "null": False}),
        "given_at": (Timestamptz, {}),
    },
    ("Publication", "publication"): {
        "contest": (ForeignKey, {"references": Contest, "on_delete": OnDelete.restrict, "null": False}),
        "version": (SmallInt, {}),
        "scheme_version": (ForeignKey, {"references": SchemeVersion, "on_delete": OnDelete.restrict, "null": False}),
        "account": (ForeignKey, {"references": Account, "on_delete": OnDelete.restrict, "null": False}),
        "published_at": (Timestamptz, {}),
        "standings_hash": (Varchar, {"length": 64}),
        "bundle": (Bytea, {}),
        "bundle_hash": (Varchar, {"length": 64}),
        "counts": (Text, {}),
        "why_public": (Boolean, {}),
        "bundle_public": (Boolean, {}),
    },
    ("PublishedLine", "published_line"): {
        "publication": (ForeignKey, {"references": Publication, "on_delete": OnDelete.restrict, "null": False}),
        "position": (Integer, {}),
        "group": (Varchar, {"length": 60, "db_column_name": "group_name"}),
        "place": (Integer, {}),
        "work_number": (Varchar, {"length": 40}),
        "name": (Varchar, {"length": 64}),
        "unit": (Varchar, {"length": 200}),
        "city": (Varchar, {"length": 40}),
        "total": (Varchar, {"length": 24}),
        "modules": (Text, {}),
        "tied": (Boolean, {}),
        "decided_by": (Varchar, {"length": 48}),
    },
    ("PublishedScore", "published_score"): {
        "publication": (ForeignKey, {"references": Publication, "on_delete": OnDelete.restrict, "null": False}),
        "entry": (ForeignKey, {"references": Entry, "on_delete": OnDelete.restrict, "null": False}),
        "work_number": (Varchar, {"length": 40}),
        "content": (Text, {}),
    },
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="competitions", description=DESCRIPTION)
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
