"""Technical innovations (职工创新成果): what a unit hands in, its versions and people. Columns and their meaning only.

What a unit writes is its own until it hands it in; what everyone sees stands in `library_tables` alone.
"""

from piccolo.columns import BigInt, Boolean, Date, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.files.tables import Picture, StoredFile
from foundation.people.organisation_tables import Organisation
from foundation.people.worker_tables import Worker
from innovations.proposal_tables import Proposal


class Innovation(Table, tablename="innovation"):
    """An innovation as its unit keeps it; `body` is what is being written, versions are what was handed in."""

    id: Serial
    address = Varchar(length=24)  # 2026-0000123: unique, never changes, tells nothing of unit or people
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)  # who hands it in
    title = Varchar(length=100)
    kind = Varchar(length=16)  # rules.innovation_kinds: what sections its form has
    field = Varchar(length=16)  # industry section, GB/T 4754
    year = SmallInt()
    stage = Varchar(length=16)  # rules.innovations.Stage
    body = Text()  # canonical JSON of rules.innovation_form.Body: sections, answers, patents
    studio = Integer(null=True, default=None)  # studio_tables.Studio
    proposal = ForeignKey(references=Proposal, on_delete=OnDelete.restrict, null=True, default=None)  # it grew out of
    earlier = Integer(null=True, default=None)  # the innovation of another year that it carries on
    publicity = Varchar(length=12)  # rules.publicity.Publicity: public, internal
    benefit_shown = Varchar(length=12)  # rules.publicity.BenefitShown: figure, band, hidden
    cleared_by = Integer(null=True, default=None)  # account that confirmed for the unit that nothing secret is in it
    cleared_at = Timestamptz(null=True, default=None)
    cleared_digest = Varchar(length=64)  # of the body that was looked through: another one must be looked through anew
    version = SmallInt(default=0)  # the newest that was handed in; 0: none
    # As that one says them, which is what everybody but the unit reads; before the first as they are written.
    handed_title = Varchar(length=100)
    handed_kind = Varchar(length=16)
    handed_field = Varchar(length=16)
    handed_year = SmallInt(default=0)
    revision = Integer(default=1)
    created_by = Integer()  # account
    created_at = Timestamptz()
    changed_at = Timestamptz()


class InnovationVersion(Table, tablename="innovation_version"):
    """What was handed in, as it was. Never edited."""

    id: Serial
    innovation = ForeignKey(references=Innovation, on_delete=OnDelete.restrict, null=False)
    number = SmallInt()  # from 1; unique within the innovation
    title = Varchar(length=100)
    body = Text()  # canonical JSON, with people and benefit as they were
    digest = Varchar(length=64)  # sha256 of it
    note = Text()  # what changed, in the unit's words
    made_by = Integer()  # account
    made_at = Timestamptz()


class InnovationAuthor(Table, tablename="innovation_author"):
    """Somebody who made it, in the order of the list."""

    id: Serial
    innovation = ForeignKey(references=Innovation, on_delete=OnDelete.restrict, null=False)
    position = SmallInt()
    name = Varchar(length=40)
    worker = ForeignKey(references=Worker, on_delete=OnDelete.restrict, null=True, default=None)
    unit_name = Varchar(length=100)
    share = SmallInt()  # percent; all of an innovation make 100
    part = Varchar(length=200)  # what they did


class InnovationNamed(Table, tablename="innovation_named"):
    """A worker of the registry whom the newest version names; the list that is being written may be another."""

    id: Serial
    innovation = ForeignKey(references=Innovation, on_delete=OnDelete.restrict, null=False)
    worker = ForeignKey(references=Worker, on_delete=OnDelete.restrict, null=False)


class InnovationPicture(Table, tablename="innovation_picture"):
    """A picture of an innovation."""

    id: Serial
    innovation = ForeignKey(references=Innovation, on_delete=OnDelete.restrict, null=False)
    picture = ForeignKey(references=Picture, on_delete=OnDelete.restrict, null=False)
    caption = Varchar(length=200)
    position = SmallInt()
    since = Integer(null=True, default=None)  # the version it was handed in with; until then it is the unit's own


class InnovationFile(Table, tablename="innovation_file"):
    """A paper that goes with it; download only."""

    id: Serial
    innovation = ForeignKey(references=Innovation, on_delete=OnDelete.restrict, null=False)
    file = ForeignKey(references=StoredFile, on_delete=OnDelete.restrict, null=False)
    role = Varchar(length=24)  # rules.innovation_kinds.PAPERS
    position = SmallInt()
    since = Integer(null=True, default=None)  # the version it was handed in with; until then it is the unit's own


class InnovationStep(Table, tablename="innovation_step"):
    """One step of an innovation. Never edited."""

    id: Serial
    innovation = ForeignKey(references=Innovation, on_delete=OnDelete.restrict, null=False)
    step = Varchar(length=24)
    note = Text()
    account = Integer(null=True, default=None)
    at = Timestamptz()


class SameAs(Table, tablename="innovation_same_as"):
    """Two innovations that are one: both stay, credit is merged by an act of two people."""

    id: Serial
    one = ForeignKey(references=Innovation, on_delete=OnDelete.restrict, null=False)  # the smaller id
    other = ForeignKey(references=Innovation, on_delete=OnDelete.restrict, null=False)  # unique together
    note = Text()
    linked_by = Integer()  # account
    linked_at = Timestamptz()
    merged_at = Timestamptz(null=True, default=None)  # since when their credit is one
    act = Integer(null=True, default=None)  # the act of two people
    main = Integer(null=True, default=None)  # which of both carries the merged credit


class SameAsWord(Table, tablename="innovation_same_as_word"):
    """What the unit of one of two linked innovations says of it."""

    id: Serial
    same_as = ForeignKey(references=SameAs, on_delete=OnDelete.cascade, null=False)
    innovation = Integer()  # whose unit speaks; unique together
    agrees = Boolean()
    reason = Text()
    by = Integer()  # account
    at = Timestamptz()


class Benefit(Table, tablename="innovation_benefit"):
    """What an innovation brings in its first twelve months: three figures in fen that are never added up."""

    id: Serial
    innovation = ForeignKey(references=Innovation, on_delete=OnDelete.restrict, null=False)  # unique
    from_month = SmallInt()  # 1 to 12, of from_year: the first month of benefit
    from_year = SmallInt()
    first_day = Date(null=True, default=None)  # the first day of benefit; the two above say its month
    forecast = Text()  # canonical JSON of rules.benefits.Line
    claimed = Text()  # canonical JSON of rules.benefits.Line; empty: not claimed yet
    verified = Text()  # canonical JSON of rules.benefits.Line, as finance found it; empty: not verified
    claimed_by = Integer(null=True, default=None)  # account
    claimed_at = Timestamptz(null=True, default=None)
    verified_by = Integer(null=True, default=None)  # account of finance, never who claimed
    verified_at = Timestamptz(null=True, default=None)
    verifying = Integer(null=True, default=None)  # the act of two people
    audited_at = Timestamptz(null=True, default=None)
    audit_note = Text()
    sampled = Boolean(default=False)  # drawn for an audit
    forecast_fen = BigInt(null=True, default=None)  # what each working comes to, so that lists and totals add it up
    claimed_fen = BigInt(null=True, default=None)
    verified_fen = BigInt(null=True, default=None)
    revision = Integer(default=1)


class BenefitEvidence(Table, tablename="innovation_benefit_evidence"):
    """A paper that proves a benefit."""

    id: Serial
    benefit = ForeignKey(references=Benefit, on_delete=OnDelete.restrict, null=False)
    file = ForeignKey(references=StoredFile, on_delete=OnDelete.restrict, null=False)
    said = Varchar(length=200)


class Spread(Table, tablename="innovation_spread"):
    """A unit has taken over another's innovation (推广应用)."""

    id: Serial
    innovation = ForeignKey(references=Innovation, on_delete=OnDelete.restrict, null=False)
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)  # unique together
    since_year = SmallInt()
    since_month = SmallInt()
    from_organisation = Integer(null=True, default=None)  # from whom it was learned, where not from its makers
    result = Text()
    told_by = Integer()  # account
    told_at = Timestamptz()
    agreed_at = Timestamptz(null=True, default=None)  # when its makers agreed that it is theirs
    since_on = Date(null=True, default=None)  # since which day; the two above say its month
    declined_at = Timestamptz(null=True, default=None)  # when its makers said that it is not theirs
    answer = Text()  # why, in their words
    answered_by = Integer(null=True, default=None)  # account
    revision = Integer(default=1)


TABLES: list[type[Table]] = [
    Innovation, InnovationVersion, InnovationAuthor, InnovationNamed, InnovationPicture, InnovationFile,
    InnovationStep, SameAs, SameAsWord, Benefit, BenefitEvidence, Spread,
]  # fmt: skip
