"""The facts of competitions, one table each. Columns and their meaning only; behaviour is in the acts.

Who a contestant is (`Contestant`) stands apart from the work that is marked (`Entry`), so that a judge's
pages can be loaded without a name ever being selected. Marks, times and penalties are integer thousandths.
"""

from piccolo.columns import (
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    Serial,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.people.organisation_tables import Organisation
from foundation.people.tables import Account
from foundation.people.worker_tables import Worker


class Competition(Table, tablename="competition"):
    """A competition (竞赛) of one year: the frame that several contests share."""

    id: Serial
    address = Varchar(length=32)  # its place in public addresses, e.g. 2026-3; never changes
    year = SmallInt()
    title = Varchar(length=200)
    level = Varchar(length=16)  # rules.levels.Level
    organisers = Text()  # 主办, one a line
    hosts = Text()  # 承办, one a line
    co_hosts = Text()  # 协办, one a line
    place = Varchar(length=200)
    starts_on = Date(null=True, default=None)
    ends_on = Date(null=True, default=None)
    organisation: ForeignKey[Organisation] = ForeignKey(
        references=Organisation, on_delete=OnDelete.restrict, null=True, default=None
    )  # whose competition it is; never null in fact: a column that came later cannot say so on SQLite
    created_at = Timestamptz()


class CompetitionOrganiser(Table, tablename="competition_organiser"):
    """An account that runs one competition."""

    id: Serial
    competition = ForeignKey(references=Competition, on_delete=OnDelete.restrict, null=False)
    account = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)


class Contest(Table, tablename="contest"):
    """A contest (赛项): one occupation, one scheme, ranked by groups."""

    id: Serial
    competition = ForeignKey(references=Competition, on_delete=OnDelete.restrict, null=False)
    address = Varchar(length=40)  # e.g. 2026-3-02; never changes
    title = Varchar(length=200)
    occupation = Varchar(length=100)
    occupation_code = Varchar(length=20)  # of the 2022 national classification, e.g. 6-18-02-04
    groups = Text()  # names of the groups, one a line; empty: all are ranked together
    stage = Varchar(length=16)  # rules.stages.Stage
    scheme = Text()  # the draft's canonical scheme.json; empty until one is saved
    sheet = Text()  # the draft's sheet notes (rules.sheet.SheetNotes) as JSON
    names_shown = Varchar(length=16)  # rules.visibility: awarded | all | nobody
    awarded_places = SmallInt(default=6)  # places of each group that count as awarded
    totals_shown = Varchar(length=16)  # awarded | all
    why_public = Boolean(default=False)  # else only by personal code
    bundle_public = Boolean(default=False)
    created_at = Timestamptz()


class SchemeVersion(Table, tablename="scheme_version"):
    """A frozen scheme: version 1 is the freezing, each later one a dated amendment (补充通知)."""

    id: Serial
    contest = ForeignKey(references=Contest, on_delete=OnDelete.restrict, null=False)
    version = SmallInt()
    scheme = Text()  # canonical scheme.json, exactly what is hashed
    sheet = Text()  # canonical sheet notes
    scheme_hash = Varchar(length=64)
    sheet_hash = Varchar(length=64)
    reason = Text()  # of an amendment, public
    account = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    frozen_at = Timestamptz()


class Entry(Table, tablename="entry"):
    """One piece of work in a contest, known by its work number alone."""

    id: Serial
    contest = ForeignKey(references=Contest, on_delete=OnDelete.restrict, null=False)
    work_number = Varchar(length=40)
    group = Varchar(length=60, db_column_name="group_name")
    status = Varchar(length=16, default="ok")  # ok | absent | withdrawn | disqualified
    penalty = Integer(default=0)  # thousandths of a mark
    carried = Integer(default=0)  # thousandths of a mark, from an earlier stage
    time = Integer(null=True, default=None, db_column_name="time_taken")  # thousandths of a second
    locked_at = Timestamptz(null=True, default=None)
    locked_by = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=True)


class Coefficient(Table, tablename="coefficient"):
    """How difficult (难度系数) one aspect of one entry is: what its points are multiplied by."""

    id: Serial
    entry = ForeignKey(references=Entry, on_delete=OnDelete.restrict, null=False)
    aspect = Varchar(length=40)
    value = Integer()  # millionths, above 0


class Contestant(Table, tablename="contestant"):
    """Who made an entry. Never joined by anything that a judge opens."""

    id: Serial
    entry = ForeignKey(references=Entry, on_delete=OnDelete.restrict, null=False)
    name = Varchar(length=64)
    unit = Varchar(length=200)
    city = Varchar(length=40)
    code_hash = Varchar(length=64)  # of the personal code that opens "why this score"; empty: none issued
    worker: ForeignKey[Worker] = ForeignKey(
        references=Worker, on_delete=OnDelete.restrict, null=True, default=None
    )  # who it is in the registry, once somebody said so


class Seat(Table, tablename="seat"):
    """A judge's place in a contest: what they may mark."""

    id: Serial
    contest = ForeignKey(references=Contest, on_delete=OnDelete.restrict, null=False)
    account = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    position = SmallInt()  # 1, 2 …: the judge code is J1, J2 …
    chief = Boolean(default=False)
    aspects = Text()  # JSON list of the aspect codes this seat marks
    every_work = Boolean(default=True)  # else only those in SeatWork


class SeatWork(Table, tablename="seat_work"):
    """One work number given to one seat, where it does not mark every work."""

    id: Serial
    seat = ForeignKey(references=Seat, on_delete=OnDelete.cascade, null=False)
    entry = ForeignKey(references=Entry, on_delete=OnDelete.restrict, null=False)


class Mark(Table, tablename="mark"):
    """One revision of one judge's mark. Rows are only ever added; the highest revision counts."""

    id: Serial
    contest = ForeignKey(references=Contest, on_delete=OnDelete.restrict, null=False)
    entry = ForeignKey(references=Entry, on_delete=OnDelete.restrict, null=False)
    seat = ForeignKey(references=Seat, on_delete=OnDelete.restrict, null=False)
    aspect = Varchar(length=40)
    revision = SmallInt()  # 1, 2 … within (entry, seat, aspect)
    value = Varchar(length=40)  # as in marks.csv: a plain decimal, a grade key, absent, void; empty: taken back
    detail = Text()  # JSON: which deductions how often, which void condition
    client_id = Varchar(length=80)  # made by the judge's device; unique, so a retry is never a second mark
    salt = Varchar(length=32)  # makes the ledger's digest of this row unguessable
    account = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    given_at = Timestamptz()


class Publication(Table, tablename="publication"):
    """One published version of a contest's results; never changed, only followed by the next."""

    id: Serial
    contest = ForeignKey(references=Contest, on_delete=OnDelete.restrict, null=False)
    version = SmallInt()
    scheme_version = ForeignKey(references=SchemeVersion, on_delete=OnDelete.restrict, null=False)
    account = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    published_at = Timestamptz()
    standings_hash = Varchar(length=64)  # sha256 of standings.csv in full
    bundle = Bytea()  # the results bundle; handed out only where bundle_public
    bundle_hash = Varchar(length=64)
    counts = Text()  # JSON: how many entries of each status, by group
    why_public = Boolean(default=False)  # the contest's settings as they were at publication
    bundle_public = Boolean(default=False)
    reason = Text(default="")  # of a correction, public; empty in version 1


class Reopening(Table, tablename="reopening"):
    """Published results that two people opened again for a correction; the next version ends it."""

    id: Serial
    contest = ForeignKey(references=Contest, on_delete=OnDelete.restrict, null=False)
    version = SmallInt()  # the one that is to be corrected
    act = Integer()  # the act of two people
    public_reason = Text()
    reopened_at = Timestamptz()


class PublishedLine(Table, tablename="published_line"):
    """One line of the public standings: only what everyone may see stands here."""

    id: Serial
    publication = ForeignKey(references=Publication, on_delete=OnDelete.restrict, null=False)
    position = Integer()  # 1, 2 … in the order of the page
    group = Varchar(length=60, db_column_name="group_name")
    place = Integer()
    work_number = Varchar(length=40)
    name = Varchar(length=64)  # empty where names are not shown
    unit = Varchar(length=200)
    city = Varchar(length=40)
    total = Varchar(length=24)  # as printed; empty where totals are not shown
    modules = Text()  # JSON list of printed module points; [] where totals are not shown
    tied = Boolean(default=False)
    decided_by = Varchar(length=48)


class PublishedScore(Table, tablename="published_score"):
    """ "Why this score" of one entry, frozen: the entry's object of the standings JSON, judges relabelled."""

    id: Serial
    publication = ForeignKey(references=Publication, on_delete=OnDelete.restrict, null=False)
    entry = ForeignKey(references=Entry, on_delete=OnDelete.restrict, null=False)
    work_number = Varchar(length=40)
    content = Text()
