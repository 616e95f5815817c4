"""Subsidies for workers' innovation (职工创新补助资金). Columns and their meaning only; all money is whole fen."""

from piccolo.columns import BigInt, Date, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.files.tables import StoredFile
from foundation.people.organisation_tables import Organisation
from foundation.people.tables import Account
from innovations.innovation_tables import Innovation


class SubsidyRound(Table, tablename="subsidy_round"):
    """One round with its budget. Its terms are frozen before the first application."""

    id: Serial
    address = Varchar(length=40)  # unique, never changes
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)  # whose money it is
    name = Varchar(length=200)
    year = SmallInt()
    stage = Varchar(length=16)  # rules.subsidy_steps.Stage
    terms = Text()  # canonical JSON of rules.subsidy_terms.Terms
    terms_hash = Varchar(length=64)
    instalments = Varchar(length=40)  # whole percents that make 100: "60 40"
    apply_until = Date()
    report_months = SmallInt(default=12)  # within how many months of the first payment a unit reports
    notice = Varchar(length=80)  # reference of the notice (公示)
    document = Varchar(length=60)  # 文号 by which it is granted (下达)
    revision = Integer(default=1)
    created_by = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    created_at = Timestamptz()


class SubsidyApplication(Table, tablename="subsidy_application"):
    """A unit asks for money for an innovation."""

    id: Serial
    round = ForeignKey(references=SubsidyRound, on_delete=OnDelete.restrict, null=False)
    innovation = ForeignKey(references=Innovation, on_delete=OnDelete.restrict, null=False)  # unique together
    unit = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)
    city = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)  # whose ceiling it is under
    stage = Varchar(length=16)  # rules.subsidy_steps.ApplicationStage
    asked = BigInt()
    cost = BigInt()  # the innovation's own, of which a share is paid
    purpose = Text()
    plan = Text()  # canonical JSON: what it is spent on, line by line
    rank = SmallInt(null=True, default=None)
    bars = Varchar(length=200)  # codes of what makes it ineligible, separated by blanks
    why_not = Text()  # the same in words, for its unit
    pinned = BigInt(null=True, default=None)  # what officers decided by hand
    pinned_reason = Text()
    granted = BigInt(null=True, default=None)  # once two people approved the allocation
    reasons = Text()  # canonical JSON of rules.subsidy_terms.Reason
    revision = Integer(default=1)
    created_by = Integer()  # account
    created_at = Timestamptz()


class SubsidyAllocation(Table, tablename="subsidy_allocation"):
    """A proposed allocation of a round, as it was computed. Never edited: another try is another row."""

    id: Serial
    round = ForeignKey(references=SubsidyRound, on_delete=OnDelete.restrict, null=False)
    number = SmallInt()
    asked = Text()  # canonical JSON: terms and applications it was computed from
    grants = Text()  # canonical JSON of rules.subsidy_terms.Grant
    digest = Varchar(length=64)  # sha256 of both
    made_by = Integer()  # account
    made_at = Timestamptz()
    act = Integer(null=True, default=None)  # the act of two people that approves it
    approved_at = Timestamptz(null=True, default=None)


class SubsidyMovement(Table, tablename="subsidy_movement"):
    """Money that was paid or came back, with its proof. Never edited."""

    id: Serial
    application = ForeignKey(references=SubsidyApplication, on_delete=OnDelete.restrict, null=False)
    kind = Varchar(length=12)  # rules.payments.Kind
    amount = BigInt()
    instalment = SmallInt(null=True, default=None)  # from 1
    paid_on = Date()
    proof = ForeignKey(references=StoredFile, on_delete=OnDelete.restrict, null=False)
    note = Text()
    act = Integer(null=True, default=None)  # the act of two people
    by = Integer()  # account
    at = Timestamptz()


class SubsidyReport(Table, tablename="subsidy_report"):
    """What became of the money (使用情况报告)."""

    id: Serial
    application = ForeignKey(references=SubsidyApplication, on_delete=OnDelete.restrict, null=False)  # unique
    spent = BigInt()
    result = Text()
    file = ForeignKey(references=StoredFile, on_delete=OnDelete.restrict, null=True)
    handed_in_by = Integer()  # account
    handed_in_at = Timestamptz()
    accepted_by = Integer(null=True, default=None)  # account
    accepted_at = Timestamptz(null=True, default=None)
    note = Text()


class SubsidyKey(Table, tablename="subsidy_key"):
    """One thing that an application is about, as it was handed in: by it money for the same is found again."""

    id: Serial
    application = ForeignKey(references=SubsidyApplication, on_delete=OnDelete.restrict, null=False)
    same = Varchar(length=12)  # rules.double_funding.Same
    of = Varchar(length=80)  # an id of the registry, or a patent's number as rules.double_funding compares it


class SubsidyOverlapWord(Table, tablename="subsidy_overlap_word"):
    """What somebody decided of an application and earlier money for the same. Never edited: the newest holds."""

    id: Serial
    application = ForeignKey(references=SubsidyApplication, on_delete=OnDelete.restrict, null=False)
    earlier = Integer()  # the application that got the money
    word = Varchar(length=12)  # rules.double_funding.Word
    reason = Text()
    by = Integer()  # account
    at = Timestamptz()


TABLES: list[type[Table]] = [
    SubsidyRound, SubsidyApplication, SubsidyAllocation, SubsidyMovement, SubsidyReport, SubsidyKey, SubsidyOverlapWord,
]  # fmt: skip
