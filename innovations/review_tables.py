"""Review rounds of innovations: channels, reviewers, marks and decisions. Columns and their meaning only.

An entry is one version of one innovation. Reviewers of a blind round select entries by their code and the sections
that the round shows; names, units and files stand in other tables, which they never touch.
"""

from piccolo.columns import Boolean, Date, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.people.organisation_tables import Organisation
from foundation.people.tables import Account
from innovations.innovation_tables import Innovation, InnovationVersion


class ReviewRound(Table, tablename="review_round"):
    """One review (评审) of innovations at one level. Its rules are frozen before the first entry."""

    id: Serial
    address = Varchar(length=40)  # unique, never changes
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)  # who runs it
    level = Varchar(length=12)  # rules.review_rules.Level: enterprise, city, province
    name = Varchar(length=200)
    year = SmallInt()
    stage = Varchar(length=16)  # rules.review_steps.Stage
    rules = Text()  # canonical JSON of rules.review_rules.ReviewRules: rubric, k, blind, places, awards, deadlines
    rules_hash = Varchar(length=64)
    seed = Varchar(length=64)  # what reviewers are drawn with; public once they are
    notice = Varchar(length=80)  # reference of the notice (公示), once it is drafted
    document = Varchar(length=60)  # 文号 of the decision
    list_until = Date(null=True, default=None)  # the last day on which channels hand their lists in
    mark_until = Timestamptz(null=True, default=None)  # set when marking begins
    scores = Text()  # canonical JSON of rules.review_scores.Locked, from the lock of the marks on
    revision = Integer(default=1)
    created_by = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    created_at = Timestamptz()


class ReviewChannel(Table, tablename="review_channel"):
    """A union that recommends in a round, with its places (限额推荐)."""

    id: Serial
    round = ForeignKey(references=ReviewRound, on_delete=OnDelete.restrict, null=False)
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)  # unique together
    places = SmallInt()
    position = SmallInt()
    submitted_by = Integer(null=True, default=None)  # account
    submitted_at = Timestamptz(null=True, default=None)  # when its ranked list was handed in


class ReviewEntry(Table, tablename="review_entry"):
    """An innovation in a round, as the version that was handed in says."""

    id: Serial
    round = ForeignKey(references=ReviewRound, on_delete=OnDelete.restrict, null=False)
    channel = ForeignKey(references=ReviewChannel, on_delete=OnDelete.restrict, null=False)
    innovation = ForeignKey(references=Innovation, on_delete=OnDelete.restrict, null=False)  # unique within the round
    version = ForeignKey(references=InnovationVersion, on_delete=OnDelete.restrict, null=False)
    code = Varchar(length=12)  # what reviewers see; unique within the round, tells nothing
    rank = SmallInt(null=True, default=None)  # 推荐顺序 within the channel
    stage = Varchar(length=16)  # rules.review_steps.EntryStage
    calibration = Boolean(default=False)  # everyone reviews it, to be compared; it wins nothing
    award = Varchar(length=24)  # rules.review_rules.Award.code, or empty
    place = SmallInt(null=True, default=None)
    reasons = Text()  # what its authors read of the decision
    named = Varchar(length=200)  # whom its authors ask to keep out, a name a line; a reviewer of that name does
    return_until = Date(null=True, default=None)  # by when what was given back is to be completed
    decided_at = Timestamptz(null=True, default=None)


class ReviewSeat(Table, tablename="review_seat"):
    """A reviewer of a round."""

    id: Serial
    round = ForeignKey(references=ReviewRound, on_delete=OnDelete.restrict, null=False)
    account = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)  # unique together
    worker = Integer(null=True, default=None)  # who they are as a worker of the registry, for conflicts
    fields = Varchar(length=200)  # industry sections that they know, separated by blanks
    most = SmallInt()  # items that they take
    chair = Boolean(default=False)
    active = Boolean(default=True)


class ReviewKeptOut(Table, tablename="review_kept_out"):
    """A reviewer keeps out of an entry: derived, named by its authors, or declared."""

    id: Serial
    seat = ForeignKey(references=ReviewSeat, on_delete=OnDelete.restrict, null=False)
    entry = ForeignKey(references=ReviewEntry, on_delete=OnDelete.restrict, null=False)  # unique together with ground
    ground = Varchar(length=12)  # rules.conflicts.Ground
    by = Varchar(length=120)
    at = Timestamptz()
    note = Text()  # what they said of it when they declared it, for the chair


class ReviewTask(Table, tablename="review_task"):
    """One entry that one reviewer has to review."""

    id: Serial
    seat = ForeignKey(references=ReviewSeat, on_delete=OnDelete.restrict, null=False)
    entry = ForeignKey(references=ReviewEntry, on_delete=OnDelete.restrict, null=False)  # unique together
    assigned_at = Timestamptz()
    handed_in_at = Timestamptz(null=True, default=None)  # since when its marks count
    opinion = Text()  # a word for the authors
    private = Text()  # a word for the chair
    reminded_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)  # taken from this reviewer: nothing of it counts


class ReviewMark(Table, tablename="review_mark"):
    """One revision of one mark. Rows are only ever added; the highest revision counts."""

    id: Serial
    task = ForeignKey(references=ReviewTask, on_delete=OnDelete.restrict, null=False)
    aspect = Varchar(length=40)
    revision = SmallInt()
    value = Varchar(length=40)  # as in marks.csv of foundation.tabulation
    client_id = Varchar(length=80)  # made by the reviewer's device; unique
    salt = Varchar(length=32)  # of its digest in the ledger
    given_at = Timestamptz()


TABLES: list[type[Table]] = [
    ReviewRound, ReviewChannel, ReviewEntry, ReviewSeat, ReviewKeptOut, ReviewTask, ReviewMark,
]  # fmt: skip
