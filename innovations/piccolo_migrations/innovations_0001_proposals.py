"""Rationalization proposals, their doors, outcomes and rewards."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigInt, Date, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0001-proposals"
VERSION = "1.38.0"
DESCRIPTION = "Rationalization proposals"


class Organisation(Table, tablename="organisation"):
    """What foreign keys point at."""

    id: Serial


class Picture(Table, tablename="picture"):
    """What foreign keys point at."""

    id: Serial


class Proposal(Table, tablename="proposal"):
    """What foreign keys point at."""

    id: Serial


class ProposalReward(Table, tablename="proposal_reward"):
    """What foreign keys point at."""

    id: Serial


class RewardTable(Table, tablename="proposal_reward_table"):
    """What foreign keys point at."""

    id: Serial


class Worker(Table, tablename="worker"):
    """What foreign keys point at."""

    id: Serial


TABLES = {
    ("ProposalDoor", "proposal_door"): {
        "organisation": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "place": (Varchar, {"length": 60}),
        "code": (Varchar, {"length": 10}),
        "made_by": (Integer, {}),
        "made_at": (Timestamptz, {}),
        "closed_at": (Timestamptz, {"null": True, "default": None}),
    },
    ("ProposalDeadline", "proposal_deadline"): {
        "organisation": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "take_up": (SmallInt, {}),
        "decide": (SmallInt, {}),
        "begin": (SmallInt, {}),
    },
    ("Proposal", "proposal"): {
        "organisation": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "title": (Varchar, {"length": 60}),
        "problem": (Text, {}),
        "suggestion": (Text, {}),
        "kind": (Varchar, {"length": 16}),
        "name": (Varchar, {"length": 40}),
        "folded": (Varchar, {"length": 64}),
        "others": (Varchar, {"length": 100}),
        "place": (Varchar, {"length": 60}),
        "phone_hash": (Varchar, {"length": 64}),
        "worker": (ForeignKey, {"references": Worker, "on_delete": OnDelete.restrict, "null": True, "default": None}),
        "receipt_hash": (Varchar, {"length": 64}),
        "stage": (Varchar, {"length": 16}),
        "desk": (Varchar, {"length": 16}),
        "revision": (Integer, {"default": 1}),
        "due_at": (Timestamptz, {"null": True, "default": None}),
        "drafted_at": (Timestamptz, {}),
        "handed_in_at": (Timestamptz, {"null": True, "default": None}),
        "adopted_at": (Timestamptz, {"null": True, "default": None}),
        "changed_at": (Timestamptz, {}),
    },
    ("ProposalStep", "proposal_step"): {
        "proposal": (ForeignKey, {"references": Proposal, "on_delete": OnDelete.restrict, "null": False}),
        "step": (Varchar, {"length": 16}),
        "note": (Text, {}),
        "rule": (Varchar, {"length": 16}),
        "account": (Integer, {"null": True, "default": None}),
        "at": (Timestamptz, {}),
    },
    ("ProposalPicture", "proposal_picture"): {
        "proposal": (ForeignKey, {"references": Proposal, "on_delete": OnDelete.restrict, "null": False}),
        "picture": (ForeignKey, {"references": Picture, "on_delete": OnDelete.restrict, "null": False}),
    },
    ("ProposalSender", "proposal_sender"): {
        "key": (Varchar, {"length": 64}),
        "sent": (Integer, {"default": 0}),
        "window_started_at": (Timestamptz, {}),
    },
    ("ProposalOutcome", "proposal_outcome"): {
        "proposal": (ForeignKey, {"references": Proposal, "on_delete": OnDelete.restrict, "null": False}),
        "done": (Text, {}),
        "done_on": (Date, {}),
        "claimed": (BigInt, {"null": True, "default": None}),
        "working": (Text, {}),
        "uncounted": (Varchar, {"length": 16}),
        "stated_by": (Integer, {}),
        "stated_at": (Timestamptz, {}),
        "verified": (BigInt, {"null": True, "default": None}),
        "verified_by": (Integer, {"null": True, "default": None}),
        "verified_at": (Timestamptz, {"null": True, "default": None}),
        "act": (Integer, {"null": True, "default": None}),
    },
    ("RewardTable", "proposal_reward_table"): {
        "organisation": (ForeignKey, {"references": Organisation, "on_delete": OnDelete.restrict, "null": False}),
        "title": (Varchar, {"length": 100}),
        "from_day": (Date, {}),
        "made_by": (Integer, {}),
        "made_at": (Timestamptz, {}),
    },
    ("RewardTier", "proposal_reward_tier"): {
        "reward_table": (ForeignKey, {"references": RewardTable, "on_delete": OnDelete.restrict, "null": False}),
        "position": (SmallInt, {}),
        "name": (Varchar, {"length": 40}),
        "from_fen": (BigInt, {}),
        "least": (BigInt, {}),
        "most": (BigInt, {}),
        "significance": (Varchar, {"length": 100}),
    },
    ("ProposalReward", "proposal_reward"): {
        "proposal": (ForeignKey, {"references": Proposal, "on_delete": OnDelete.restrict, "null": False}),
        "rule": (Varchar, {"length": 24}),
        "rule_digest": (Varchar, {"length": 64}),
        "rule_day": (Date, {}),
        "tier": (Varchar, {"length": 40}),
        "amount": (BigInt, {}),
        "reason": (Text, {}),
        "awarded_by": (Integer, {}),
        "awarded_at": (Timestamptz, {}),
    },
    ("ProposalShare", "proposal_share"): {
        "reward": (ForeignKey, {"references": ProposalReward, "on_delete": OnDelete.restrict, "null": False}),
        "position": (SmallInt, {}),
        "name": (Varchar, {"length": 40}),
        "share": (SmallInt, {}),
        "amount": (BigInt, {}),
    },
}


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
                db_column_name=said.get("db_column_name", name),
                column_class=kind,
                params=params,
            )
    return manager
