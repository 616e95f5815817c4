"""Panel, marks and votes."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Boolean, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "0007-panel"
VERSION = "1.38.0"
DESCRIPTION = "Panel, marks and votes"


class Account(Table, tablename="account"):
    """What foreign keys point at."""

    id: Serial


class Nomination(Table, tablename="nomination"):
    """What foreign keys point at."""

    id: Serial


class PanelSeat(Table, tablename="panel_seat"):
    """What foreign keys point at."""

    id: Serial


class PanelVote(Table, tablename="panel_vote"):
    """What foreign keys point at."""

    id: Serial


class SelectionRound(Table, tablename="selection_round"):
    """What foreign keys point at."""

    id: Serial


class StoredFile(Table, tablename="stored_file"):
    """What foreign keys point at."""

    id: Serial


TABLES = {
    ("PanelSeat", "panel_seat"): {
        "round": (ForeignKey, {"references": SelectionRound, "on_delete": OnDelete.restrict, "null": False}),
        "account": (ForeignKey, {"references": Account, "on_delete": OnDelete.restrict, "null": False}),
        "position": (SmallInt, {}),
        "chair": (Boolean, {"default": False}),
        "active": (Boolean, {"default": True}),
    },
    ("Recusal", "panel_recusal"): {
        "seat": (ForeignKey, {"references": PanelSeat, "on_delete": OnDelete.restrict, "null": False}),
        "nomination": (ForeignKey, {"references": Nomination, "on_delete": OnDelete.restrict, "null": False}),
        "reason": (Text, {}),
        "derived": (Boolean, {"default": False}),
        "by": (Varchar, {"length": 120}),
        "at": (Timestamptz, {}),
        "lifted": (Text, {}),
        "lifted_by": (Integer, {"null": True, "default": None}),
    },
    ("PanelMark", "panel_mark"): {
        "seat": (ForeignKey, {"references": PanelSeat, "on_delete": OnDelete.restrict, "null": False}),
        "nomination": (ForeignKey, {"references": Nomination, "on_delete": OnDelete.restrict, "null": False}),
        "aspect": (Varchar, {"length": 40}),
        "revision": (SmallInt, {}),
        "value": (Varchar, {"length": 40}),
        "client_id": (Varchar, {"length": 80}),
        "salt": (Varchar, {"length": 32}),
        "given_at": (Timestamptz, {}),
    },
    ("PanelMarking", "panel_marking"): {
        "round": (ForeignKey, {"references": SelectionRound, "on_delete": OnDelete.restrict, "null": False}),
        "scores": (Text, {}),
        "seen": (Varchar, {"length": 64}),
        "locked_by": (ForeignKey, {"references": Account, "on_delete": OnDelete.restrict, "null": False}),
        "locked_at": (Timestamptz, {}),
    },
    ("PanelVote", "panel_vote"): {
        "round": (ForeignKey, {"references": SelectionRound, "on_delete": OnDelete.restrict, "null": False}),
        "ordinal": (SmallInt, {}),
        "mode": (Varchar, {"length": 12}),
        "stage": (Varchar, {"length": 12}),
        "rule": (Text, {}),
        "candidates": (Text, {}),
        "members": (Text, {}),
        "attending": (Text, {}),
        "recused": (Text, {}),
        "seats": (SmallInt, {}),
        "opened_by": (ForeignKey, {"references": Account, "on_delete": OnDelete.restrict, "null": False}),
        "opened_at": (Timestamptz, {}),
        "closed_at": (Timestamptz, {"null": True, "default": None}),
        "ballots_hash": (Varchar, {"length": 64}),
        "tally_file": (ForeignKey, {"references": StoredFile, "on_delete": OnDelete.restrict, "null": True}),
        "result": (Text, {}),
        "reason": (Text, {}),
    },
    ("VoteTeller", "vote_teller"): {
        "vote": (ForeignKey, {"references": PanelVote, "on_delete": OnDelete.restrict, "null": False}),
        "account": (ForeignKey, {"references": Account, "on_delete": OnDelete.restrict, "null": False}),
    },
    ("VoteCount", "vote_count"): {
        "vote": (ForeignKey, {"references": PanelVote, "on_delete": OnDelete.restrict, "null": False}),
        "account": (ForeignKey, {"references": Account, "on_delete": OnDelete.restrict, "null": False}),
        "given_out": (SmallInt, {}),
        "returned": (SmallInt, {}),
        "invalid": (SmallInt, {}),
        "at": (Timestamptz, {}),
    },
    ("VoteTally", "vote_tally"): {
        "vote": (ForeignKey, {"references": PanelVote, "on_delete": OnDelete.restrict, "null": False}),
        "account": (ForeignKey, {"references": Account, "on_delete": OnDelete.restrict, "null": False}),
        "nomination": (ForeignKey, {"references": Nomination, "on_delete": OnDelete.restrict, "null": False}),
        "yes": (SmallInt, {}),
        "no": (SmallInt, {}),
        "abstain": (SmallInt, {}),
    },
    ("VoteCast", "vote_cast"): {
        "vote": (ForeignKey, {"references": PanelVote, "on_delete": OnDelete.restrict, "null": False}),
        "seat": (ForeignKey, {"references": PanelSeat, "on_delete": OnDelete.restrict, "null": False}),
    },
    ("Ballot", "vote_ballot"): {
        "key": (Varchar, {"length": 32, "primary_key": True, "default": ""}),
        "vote": (Integer, {}),
        "nomination": (Integer, {}),
        "choice": (Varchar, {"length": 8}),
    },
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="craftsmen", description=DESCRIPTION)
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
