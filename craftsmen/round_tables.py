"""Selection rounds (届), their channels and amendments. Columns and their meaning only."""

from piccolo.columns import ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from craftsmen.honour_tables import HonourTitle
from foundation.people.organisation_tables import Organisation
from foundation.people.tables import Account


class SelectionRound(Table, tablename="selection_round"):
    """One selection (推荐选树) of people or teams for a title. Its rules are frozen before the first nomination."""

    id: Serial
    address = Varchar(length=40)  # title's code and edition (ganpo-craftsman-8), unique; 12-cancelled: a draft given up
    title = ForeignKey(references=HonourTitle, on_delete=OnDelete.restrict, null=False)
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)  # who runs it
    year = SmallInt()
    edition = SmallInt()  # 0: counted by years
    name = Varchar(length=200)  # 第八届赣鄱工匠推荐选树
    stage = Varchar(length=16)  # rules.round_stages.Stage
    rules = Text()  # canonical JSON of rules.round_rules.RoundRules
    rules_hash = Varchar(length=64)  # sha256 of it, once frozen
    revision = Integer(default=1)  # of the draft, so that an old form replaces nothing unseen
    document = Varchar(length=60)  # 文号 of the decision, once conferred
    ended_reason = Text()  # why it was cancelled; public where the round was
    copied_from = Integer(null=True, default=None)  # the round it was made from
    frozen_by = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=True)
    frozen_at = Timestamptz(null=True, default=None)
    created_by = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    created_at = Timestamptz()


class RoundAmendment(Table, tablename="round_amendment"):
    """A dated change of frozen rules (补充通知), public with its reason."""

    id: Serial
    round = ForeignKey(references=SelectionRound, on_delete=OnDelete.restrict, null=False)
    number = SmallInt()
    rules = Text()  # canonical JSON, whole
    rules_hash = Varchar(length=64)
    reason = Text()
    account = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    at = Timestamptz()


class Channel(Table, tablename="round_channel"):
    """A union that recommends in a round (推荐渠道), with its places (限额); made when the rules are frozen."""

    id: Serial
    round = ForeignKey(references=SelectionRound, on_delete=OnDelete.restrict, null=False)
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)
    places = SmallInt()
    position = SmallInt()
    submitted_by = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=True)
    submitted_at = Timestamptz(null=True, default=None)  # when its ranked list was handed in; null: still open


TABLES: list[type[Table]] = [SelectionRound, RoundAmendment, Channel]
