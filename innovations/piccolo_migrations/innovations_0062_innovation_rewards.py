"""Rewards of innovations, split among their people."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigInt, Date, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0062-innovation-rewards"
VERSION = "1.38.0"
DESCRIPTION = "What a unit rewards an innovation with"


class Innovation(Table, tablename="innovation"):
    """What foreign keys point at."""

    id: Serial


class Worker(Table, tablename="worker"):
    """What foreign keys point at."""

    id: Serial


class InnovationReward(Table, tablename="innovation_reward"):
    """What foreign keys point at."""

    id: Serial


TABLES = {
    ("InnovationReward", "innovation_reward"): {
        "innovation": (ForeignKey, {"references": Innovation, "on_delete": OnDelete.restrict, "null": False}),
        "version": (SmallInt, {}),
        "rule": (Varchar, {"length": 24}),
        "rule_digest": (Varchar, {"length": 64}),
        "rule_day": (Date, {}),
        "tier": (Varchar, {"length": 40}),
        "amount": (BigInt, {}),
        "reason": (Text, {}),
        "awarded_by": (Integer, {}),
        "awarded_at": (Timestamptz, {}),
    },
    ("InnovationRewardShare", "innovation_reward_share"): {
        "reward": (ForeignKey, {"references": InnovationReward, "on_delete": OnDelete.restrict, "null": False}),
        "position": (SmallInt, {}),
        "name": (Varchar, {"length": 40}),
        "worker": (
            ForeignKey, {"references": Worker, "on_delete": OnDelete.restrict, "null": True, "default": None}
        ),
        "share": (SmallInt, {}),
        "amount": (BigInt, {}),
    },
}  # fmt: skip


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="innovations", description=DESCRIPTION)
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
