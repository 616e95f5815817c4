"""What a unit rewarded an innovation with. Columns and their meaning only."""

from piccolo.columns import BigInt, Date, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.people.worker_tables import Worker
from innovations.innovation_tables import Innovation


class InnovationReward(Table, tablename="innovation_reward"):
    """What an innovation was awarded, and under which table, so that it can be reproduced. Never edited."""

    id: Serial
    innovation = ForeignKey(references=Innovation, on_delete=OnDelete.restrict, null=False)  # unique
    version = SmallInt()  # whose people and shares these are
    rule = Varchar(length=24)  # rules.rewards.RewardTable.code
    rule_digest = Varchar(length=64)
    rule_day = Date()
    tier = Varchar(length=40)
    amount = BigInt()  # fen
    reason = Text()
    awarded_by = Integer()  # account
    awarded_at = Timestamptz()


class InnovationRewardShare(Table, tablename="innovation_reward_share"):
    """Who of its people gets how much, in the order of the list."""

    id: Serial
    reward = ForeignKey(references=InnovationReward, on_delete=OnDelete.restrict, null=False)
    position = SmallInt()  # unique within the reward
    name = Varchar(length=40)
    worker = ForeignKey(references=Worker, on_delete=OnDelete.restrict, null=True, default=None)
    share = SmallInt()  # percent
    amount = BigInt()  # fen


TABLES: list[type[Table]] = [InnovationReward, InnovationRewardShare]
