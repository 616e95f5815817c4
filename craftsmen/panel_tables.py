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
    derived = Boolean(default=False)  # found by the registry; the reason is a code of rules.conflicts then
    by = Varchar(length=120)
    at = Timestamptz()
    lifted = Text()  # why it does not hold after all (another person of the same name), or empty
    lifted_by = Integer(null=True, default=None)  # account


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


class PanelMarking(Table, tablename="panel_marking"):
    """The lock on all marks of a round, with the scores that they gave."""

    id: Serial
    round = ForeignKey(references=SelectionRound, on_delete=OnDelete.restrict, null=False)
    scores = Text()  # canonical JSON: nomination id -> exact total, "n/d"
    seen = Varchar(length=64)  # sha256 of what was locked: every mark that counts
    locked_by = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    locked_at = Timestamptz()


class PanelVote(Table, tablename="panel_vote"):
    """One ballot of a round: the first, a second one, a run-off. Base and counts are integers, all of them stated."""

    id: Serial
    round = ForeignKey(references=SelectionRound, on_delete=OnDelete.restrict, null=False)
    ordinal = SmallInt()
    mode = Varchar(length=12)  # paper, electronic
    stage = Varchar(length=12)  # rules.votes.Stage
    rule = Text()  # canonical JSON of round_rules.VoteRule, as it was at the opening
    candidates = Text()  # canonical JSON: nomination ids
    members = Text()  # canonical JSON: seat ids of the whole panel at the opening
    attending = Text()  # canonical JSON: seat ids of those who are there
    recused = Text()  # canonical JSON: nomination id -> seat ids that keep out of it
    seats = SmallInt()  # how many can be chosen in it
    opened_by = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    opened_at = Timestamptz()
    closed_at = Timestamptz(null=True, default=None)
    ballots_hash = Varchar(length=64)  # of the electronic ballots, sorted
    tally_file = ForeignKey(references=StoredFile, on_delete=OnDelete.restrict, null=True)  # the signed paper
    result = Text()  # canonical JSON: counts, thresholds, chosen, ties; empty until it is counted
    reason = Text()  # why it was broken off


class VoteTeller(Table, tablename="vote_teller"):
    """Somebody who counts a paper ballot (监票人, 计票人)."""

    id: Serial
    vote = ForeignKey(references=PanelVote, on_delete=OnDelete.restrict, null=False)
    account = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)


class VoteCount(Table, tablename="vote_count"):
    """How many papers one teller counted: given out, returned, and not valid."""

    id: Serial
    vote = ForeignKey(references=PanelVote, on_delete=OnDelete.restrict, null=False)
    account = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    given_out = SmallInt()
    returned = SmallInt()
    invalid = SmallInt()
    at = Timestamptz()


class VoteTally(Table, tablename="vote_tally"):
    """What one teller counted for one nomination on paper; two of them must agree."""

    id: Serial
    vote = ForeignKey(references=PanelVote, on_delete=OnDelete.restrict, null=False)
    account = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    nomination = ForeignKey(references=Nomination, on_delete=OnDelete.restrict, null=False)
    yes = SmallInt()
    no = SmallInt()
    abstain = SmallInt()


class VoteCast(Table, tablename="vote_cast"):
    """That a member has voted electronically. What they voted stands nowhere near."""

    id: Serial
    vote = ForeignKey(references=PanelVote, on_delete=OnDelete.restrict, null=False)
    seat = ForeignKey(references=PanelSeat, on_delete=OnDelete.restrict, null=False)


class Ballot(Table, tablename="vote_ballot"):
    """One choice for one nomination in an electronic ballot: no actor, no time, no order; its key is chance.

    What one member chose is not kept together: a whole list with the gap of a recusal would name who sent it.
    """

    key = Varchar(length=32, primary_key=True, default="")  # 128 random bits, hex
    vote = Integer()  # PanelVote.id
    nomination = Integer()  # Nomination.id
    choice = Varchar(length=8)  # yes, no, abstain


TABLES: list[type[Table]] = [
    PanelSeat, Recusal, PanelMark, PanelMarking, PanelVote, VoteTeller, VoteCount, VoteTally, VoteCast, Ballot,
]  # fmt: skip
