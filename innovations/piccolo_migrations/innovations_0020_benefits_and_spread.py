"""The first day and the sums of a benefit, answers to spread, who carries merged credit; audits of benefits."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigInt, Column, Date, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0020-benefits-and-spread"
VERSION = "1.38.0"
DESCRIPTION = "Days and sums of benefits, answers to spread, merged credit, audits of benefits"


class Organisation(Table, tablename="organisation"):
    """What foreign keys point at."""

    id: Serial


class Benefit(Table, tablename="innovation_benefit"):
    """What foreign keys point at."""

    id: Serial


class BenefitDraw(Table, tablename="innovation_benefit_draw"):
    """What foreign keys point at."""

    id: Serial


MAY_BE_EMPTY = {"null": True, "default": None}
COLUMNS: tuple[tuple[str, str, str, type[Column], dict[str, object]], ...] = (
    ("Benefit", "innovation_benefit", "first_day", Date, MAY_BE_EMPTY),
    ("Benefit", "innovation_benefit", "forecast_fen", BigInt, MAY_BE_EMPTY),
    ("Benefit", "innovation_benefit", "claimed_fen", BigInt, MAY_BE_EMPTY),
    ("Benefit", "innovation_benefit", "verified_fen", BigInt, MAY_BE_EMPTY),
    ("Spread", "innovation_spread", "since_on", Date, MAY_BE_EMPTY),
    ("Spread", "innovation_spread", "declined_at", Timestamptz, MAY_BE_EMPTY),
    ("Spread", "innovation_spread", "answer", Text, {}),
    ("Spread", "innovation_spread", "answered_by", Integer, MAY_BE_EMPTY),
    ("SameAs", "innovation_same_as", "main", Integer, MAY_BE_EMPTY),
)
TABLES = {
    ("BenefitDraw", "innovation_benefit_draw"): {
        "organisation": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "year": (SmallInt, {}),
        "seed": (Varchar, {"length": 32}),
        "drawn": (SmallInt, {}),
        "out_of": (Integer, {}),
        "drawn_by": (Integer, {}),
        "drawn_at": (Timestamptz, {}),
    },
    ("DrawnBenefit", "innovation_benefit_drawn"): {
        "draw": (ForeignKey, {"references": BenefitDraw, "on_delete": OnDelete.restrict, "null": False}),
        "benefit": (ForeignKey, {"references": Benefit, "on_delete": OnDelete.restrict, "null": False}),
        "verified": (BigInt, {}),
        "outcome": (Varchar, {"length": 12}),
        "reason": (Text, {}),
        "decided_by": (Integer, MAY_BE_EMPTY),
        "decided_at": (Timestamptz, MAY_BE_EMPTY),
    },
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)
    for (name, tablename), columns in TABLES.items():
        manager.add_table(name, tablename=tablename)
        for column, (kind, params) in columns.items():
            manager.add_column(
                table_class_name=name,
                tablename=tablename,
                column_name=column,
                db_column_name=column,
                column_class=kind,
                params=kind(**params)._meta.params,
            )
    for name, tablename, column, kind, params in COLUMNS:
        manager.add_column(
            table_class_name=name,
            tablename=tablename,
            column_name=column,
            db_column_name=column,
            column_class=kind,
            params=kind(**params)._meta.params,
        )
    return manager
