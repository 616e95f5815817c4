"""Rationalization proposals and what becomes of them. Columns and their meaning only.

What workers write is private to them, their unit and the unions above it; nothing here is public.
"""

from piccolo.columns import BigInt, Date, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.files.tables import Picture
from foundation.people.organisation_tables import Organisation
from foundation.people.worker_tables import Worker


class ProposalDoor(Table, tablename="proposal_door"):
    """An address at which a unit's workers propose: what the QR code of a poster says."""

    id: Serial
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)
    place = Varchar(length=60)  # the workshop or team in which it hangs; empty: the whole unit
    code = Varchar(length=10)  # 50 random bits; unique
    made_by = Integer()  # account
    made_at = Timestamptz()
    closed_at = Timestamptz(null=True, default=None)  # since when it opens nothing any more


class ProposalDeadline(Table, tablename="proposal_deadline"):
    """A unit's own working days within which it answers; without a row the shipped ones hold."""

    id: Serial
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)  # unique
    take_up = SmallInt()
    decide = SmallInt()
    begin = SmallInt()


class Proposal(Table, tablename="proposal"):
    """A rationalization proposal (合理化建议)."""

    id: Serial
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)
    title = Varchar(length=60)
    problem = Text()
    suggestion = Text()
    kind = Varchar(length=16)  # rules.proposals.KINDS
    name = Varchar(length=40)  # who proposes
    folded = Varchar(length=64)  # foundation.text.names.compared of it
    others = Varchar(length=100)  # names of who takes part
    place = Varchar(length=60)  # workshop or team
    # The telephone itself is not kept: by its keyed hash a worker's own page finds their proposals.
    phone_hash = Varchar(length=64)
    worker = ForeignKey(references=Worker, on_delete=OnDelete.restrict, null=True, default=None)
    receipt_hash = Varchar(length=64)  # sha256 of the code that its writer holds; unique
    stage = Varchar(length=16)  # rules.proposals.Stage
    desk = Varchar(length=16)  # rules.proposals.DESKS: where it was passed on to, or empty
    revision = Integer(default=1)
    due_at = Timestamptz(null=True, default=None)  # until when the unit moves it on; null: no clock runs
    drafted_at = Timestamptz()
    handed_in_at = Timestamptz(null=True, default=None)  # the first time
    adopted_at = Timestamptz(null=True, default=None)
    changed_at = Timestamptz()
    # With which sheet it came; until that is shown a "~" stands before the stage, and nobody finds it.
    sheet = Integer(null=True, default=None)
    entered_by = Integer(null=True, default=None)  # account that entered it from paper, or of the unit's system


class ProposalStep(Table, tablename="proposal_step"):
    """One step of a proposal with its words, which its writer reads. Never edited."""

    id: Serial
    proposal = ForeignKey(references=Proposal, on_delete=OnDelete.restrict, null=False)
    step = Varchar(length=16)  # rules.proposals.STEP_WORDS
    note = Text()
    rule = Varchar(length=16)  # rules.admissibility, where one was quoted
    account = Integer(null=True, default=None)  # null: its writer
    at = Timestamptz()


class ProposalPicture(Table, tablename="proposal_picture"):
    """A photograph of a proposal. Hidden: its writer and whoever may read the proposal see it."""

    id: Serial
    proposal = ForeignKey(references=Proposal, on_delete=OnDelete.restrict, null=False)
    picture = ForeignKey(references=Picture, on_delete=OnDelete.restrict, null=False)


class ProposalSender(Table, tablename="proposal_sender"):
    """How many proposals were begun from one network, or at one door, in the running window; tells nothing of which."""

    id: Serial
    key = Varchar(length=64)  # keyed hash; unique
    sent = Integer(default=0)
    window_started_at = Timestamptz()


class ProposalOutcome(Table, tablename="proposal_outcome"):
    """A proposal was carried out: what was done, and what it brought in 12 months, in fen."""

    id: Serial
    proposal = ForeignKey(references=Proposal, on_delete=OnDelete.restrict, null=False)  # unique
    done = Text()
    done_on = Date()
    claimed = BigInt(null=True, default=None)  # by the unit; null: not counted
    working = Text()  # (saving or gain) - cost, as it was figured
    uncounted = Varchar(length=16)  # rules.outcomes.UNCOUNTED or UNSTATED; empty: counted
    stated_by = Integer()  # account
    stated_at = Timestamptz()
    verified = BigInt(null=True, default=None)  # by a second person; null: not yet, or not counted
    verified_by = Integer(null=True, default=None)  # account
    verified_at = Timestamptz(null=True, default=None)
    act = Integer(null=True, default=None)  # the act of two people


class RewardTable(Table, tablename="proposal_reward_table"):
    """A unit's own table of rewards, from a day on. Never edited: a later one takes its place."""

    id: Serial
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)
    title = Varchar(length=100)
    from_day = Date()  # unique within the organisation
    made_by = Integer()  # account
    made_at = Timestamptz()


class RewardTier(Table, tablename="proposal_reward_tier"):
    """One tier of a table, in fen; the first is the highest."""

    id: Serial
    reward_table = ForeignKey(references=RewardTable, on_delete=OnDelete.restrict, null=False)
    position = SmallInt()
    name = Varchar(length=40)
    from_fen = BigInt()  # from this benefit upwards
    least = BigInt()
    most = BigInt()
    significance = Varchar(length=100)  # for what is not counted


class ProposalReward(Table, tablename="proposal_reward"):
    """What a proposal was awarded, and under which table, so that it can be reproduced. Never edited."""

    id: Serial
    proposal = ForeignKey(references=Proposal, on_delete=OnDelete.restrict, null=False)  # unique
    rule = Varchar(length=24)  # rules.rewards.RewardTable.code
    rule_digest = Varchar(length=64)
    rule_day = Date()
    tier = Varchar(length=40)
    amount = BigInt()  # fen
    reason = Text()
    awarded_by = Integer()  # account
    awarded_at = Timestamptz()


class ProposalShare(Table, tablename="proposal_share"):
    """Who gets how much of an award, in the order of the list."""

    id: Serial
    reward = ForeignKey(references=ProposalReward, on_delete=OnDelete.restrict, null=False)
    position = SmallInt()
    name = Varchar(length=40)
    share = SmallInt()  # percent
    amount = BigInt()  # fen


TABLES: list[type[Table]] = [
    ProposalDoor, ProposalDeadline, Proposal, ProposalStep, ProposalPicture, ProposalSender, ProposalOutcome,
    RewardTable, RewardTier, ProposalReward, ProposalShare,
]  # fmt: skip
