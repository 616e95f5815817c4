"""The panel of a round: who sits on it, what they scored, and how they voted. Columns and their meaning only."""

from piccolo.columns import Boolean, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from craftsmen.nomination_tables import Nomination
from craftsmen.round_tables import SelectionRound
from foundation.files.tables import StoredFile
from foundation.people.tables import Account


class PanelSeat(Table, tablename="panel_seat"):
    """A member of a round's panel (评审委员)."""

    id: Serial
    round = ForeignKey(references=SelectionRound, on_delete=OnDelete.restrict, null=False)
    account = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    position = SmallInt()  # 1, 2 …: J1, J2 …
    chair = Boolean(default=False)
    active = Boolean(default=True)


class Recusal(Table, tablename="panel_recusal"):
    """A member keeps out of one nomination (回避): neither marks nor votes on it."""

    id: Serial
    seat = ForeignKey(references=PanelSeat, on_delete=OnDelete.restrict, null=False)
    nomination = ForeignKey(references=Nomination, on_delete=OnDelete.restrict, null=False)
    reason = Text()
    derived = Boolean(default=False)  # found by the registry (same unit), not declared
    by = Varchar(length=120)
    at = Timestamptz()


class PanelMark(Table, tablename="panel_mark"):
    """One revision of one member's mark. Rows are only ever added; the highest revision counts."""

    id: Serial
    seat = ForeignKey(references=PanelSeat, on_delete=OnDelete.restrict, null=False)
    nomination = ForeignKey(references=Nomination, on_delete=OnDelete.restrict, null=False)
    aspect = Varchar(length=40)
    revision = SmallInt()
    value = Varchar(length=40)  # as in marks.csv
    client_id = Varchar(length=80)  # made by the member's device; unique
    salt = Varchar(length=32)
    given_at = Timestamptz()


class PanelVote(Table, tablename="panel_vote"):
    """One ballot of a round: the first, a second one, a run-off. Base and counts are integers, all of them stated."""

    id: Serial
    round = ForeignKey(references=SelectionRound, on_delete=OnDelete.restrict, null=False)
    ordinal = SmallInt()
    mode = Varchar(length=12)  # paper, electronic
    stage = Varchar(length=12)  # rules.votes.Stage
    candidates = Text()  # canonical JSON: nomination ids
    seats = SmallInt()  # how many can be chosen in it
    total = SmallInt()  # members of the panel
    eligible = SmallInt()  # those who may vote at all
    present = SmallInt(null=True, default=None)  # counted at the opening
    opened_at = Timestamptz(null=True, default=None)
    closed_at = Timestamptz(null=True, default=None)
    ballots_hash = Varchar(length=64)  # of the electronic ballots, sorted
    tally_file = ForeignKey(references=StoredFile, on_delete=OnDelete.restrict, null=True)  # the signed paper
    result = Text()  # canonical JSON: counts, thresholds, chosen, ties


class VoteTally(Table, tablename="vote_tally"):
    """What one of the two who enter a paper ballot's tally typed for one nomination; they must agree."""

    id: Serial
    vote = ForeignKey(references=PanelVote, on_delete=OnDelete.restrict, null=False)
    account = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    nomination = ForeignKey(references=Nomination, on_delete=OnDelete.restrict, null=False)
    yes = SmallInt()
    no = SmallInt()
    abstain = SmallInt()
    at = Timestamptz()


class VoteCast(Table, tablename="vote_cast"):
    """That a member has voted electronically. What they voted stands nowhere near."""

    id: Serial
    vote = ForeignKey(references=PanelVote, on_delete=OnDelete.restrict, null=False)
    seat = ForeignKey(references=PanelSeat, on_delete=OnDelete.restrict, null=False)


class Ballot(Table, tablename="vote_ballot"):
    """One electronic ballot: no actor, no time, no order; its key is chance."""

    key = Varchar(length=32, primary_key=True, default="")  # 128 random bits, hex
    vote = Integer()  # PanelVote.id
    choices = Text()  # canonical JSON: nomination id -> yes, no, abstain


TABLES: list[type[Table]] = [
    PanelSeat, Recusal, PanelMark, PanelVote, VoteTally, VoteCast, Ballot,
]  # fmt: skip
