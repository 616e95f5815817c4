"""Honours (荣誉称号): titles, who holds them, and what happened to them. Columns and their meaning only."""

from piccolo.columns import Boolean, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.files.tables import StoredFile
from foundation.people.organisation_tables import Organisation
from foundation.people.privacy import SEALED
from foundation.people.worker_tables import Worker


class HonourTitle(Table, tablename="honour_title"):
    """A title that can be held, with the words that belong to it."""

    id: Serial
    code = Varchar(length=40)  # ganpo-craftsman; unique, never changes, stands in addresses of its honours
    name = Varchar(length=100)  # 赣鄱工匠
    verb = Varchar(length=16)  # rules.honours.Verb: confer 授予, name 命名, recognise 认定, release 发布, select 选树
    body = Varchar(length=200)  # who confers it, as a new honour says by default
    holder = Varchar(length=8)  # person, team
    family = Varchar(
        length=16
    )  # rules.honours.Family: craftsman, medal, skill_leader, team, contest, innovation, other
    pages = Boolean(default=False)  # its holders have a page of their own
    listed = Boolean(default=True)  # its holders stand in the public register
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)  # who keeps it
    position = SmallInt(default=100)
    active = Boolean(default=True)  # new honours of it can be given
    given_with = Varchar(length=100)  # by custom another title comes with it, 江西省能工巧匠; empty for none
    certificate = Boolean(default=False)  # its holders get a certificate of ours
    numbered = Integer(default=0)  # the last number that an honour's address has


class HonourList(Table, tablename="honour_list"):
    """Honours that were registered together from a list: skill leaders, medals, teams, past years."""

    id: Serial
    title = ForeignKey(references=HonourTitle, on_delete=OnDelete.restrict, null=False)
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)  # who registers them
    name = Varchar(length=200)
    year = SmallInt()
    month = SmallInt(null=True, default=None)
    day = SmallInt(null=True, default=None)
    edition = SmallInt(null=True, default=None)
    body = Varchar(length=200)
    document = Varchar(length=60)
    stage = Varchar(length=12)  # rules.lists.Stage
    portraits = ForeignKey(references=StoredFile, on_delete=OnDelete.restrict, null=True)  # a zip, while it is read
    unused = Text()  # canonical JSON: the files of that zip that no line asks for; empty where there was none
    text_sealed = Text()  # what was pasted, encrypted, for it holds ID numbers; empty once it was read
    size = Integer(default=0)  # rows
    wrong = Integer(default=0)  # rows that cannot be registered as they are
    again = Integer(default=0)  # rows that stand in the register already
    made = Integer(default=0)  # honours made from it
    shown_at = Timestamptz(null=True, default=None)  # since when its honours are visible; null: none of them is
    job = Integer(null=True, default=None)  # the work that reads, registers or undoes it
    created_by = Integer()  # account
    created_at = Timestamptz()


class Honour(Table, tablename="honour"):
    """A title that somebody holds, held, or was proposed for. Written by `honours.py` and its acts alone.

    Name, unit and the rest stand here as they were when it was conferred: renaming a unit changes no honour.
    """

    id: Serial
    address = Varchar(length=60)  # ganpo-craftsman-2026-17: title, year, number; unique, never changes
    title = ForeignKey(references=HonourTitle, on_delete=OnDelete.restrict, null=False)
    worker = ForeignKey(references=Worker, on_delete=OnDelete.restrict, null=True)  # null: a team
    name = Varchar(length=100)  # of the person or the team
    unit = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=True)  # null: not in the registry
    unit_name = Varchar(length=200)
    city = ForeignKey(
        references=Organisation, on_delete=OnDelete.restrict, null=True
    )  # city, new area or industry union
    county = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=True)
    recommender = ForeignKey(
        references=Organisation, on_delete=OnDelete.restrict, null=True
    )  # the channel that recommended it; null: nobody knows
    gender = Varchar(length=8)
    industry = Varchar(length=1)  # section of GB/T 4754
    occupation = Varchar(length=64)
    occupation_code = Varchar(length=16)
    edition = SmallInt(null=True, default=None)  # 届: 7 for the seventh
    verb = Varchar(length=16)  # frozen from the title
    body = Varchar(length=200)  # who conferred it
    document = Varchar(length=60)  # 文号; empty while proposed, and for old ones that nobody has at hand
    # A partial date: past years often know the year alone.
    year = SmallInt()
    month = SmallInt(null=True, default=None)
    day = SmallInt(null=True, default=None)
    stage = Varchar(length=12)  # rules.honours.Stage
    posthumous = Boolean(default=False)
    version = SmallInt(default=1)  # one more with each correction after it was conferred
    source = Varchar(length=100)  # round:2026-1, contest:2026-1-01, list:3
    source_key = Varchar(length=120)  # what makes a second push of the same thing known; unique where not empty
    honour_list = ForeignKey(
        references=HonourList, on_delete=OnDelete.restrict, null=True
    )  # the list with which it becomes visible, and goes; null: it stands by itself
    public_reason = Text()  # of a revocation, renunciation or correction
    created_by = Integer()  # account
    created_at = Timestamptz()
    changed_at = Timestamptz()


class HonourMember(Table, tablename="honour_member"):
    """One person of a team that holds an honour."""

    id: Serial
    honour = ForeignKey(references=Honour, on_delete=OnDelete.restrict, null=False)
    worker = ForeignKey(references=Worker, on_delete=OnDelete.restrict, null=True)
    name = Varchar(length=64)
    position = SmallInt()


class HonourChange(Table, tablename="honour_change"):
    """One thing that happened to an honour, never edited: proposed, conferred, corrected, revoked, renounced, …"""

    id: Serial
    honour = ForeignKey(references=Honour, on_delete=OnDelete.restrict, null=False)
    version = SmallInt()
    what = Varchar(length=12)
    before = Text()  # canonical JSON of the columns that changed
    after = Text()
    public_reason = Text()
    internal_reason = Text()
    salt = Varchar(length=32)  # of the digest over all this that stands in the ledger
    act = Integer(null=True, default=None)  # the act of two people, where there was one
    by = Varchar(length=120)  # as the ledger writes it
    at = Timestamptz()


class HonourCase(Table, tablename="honour_case"):
    """A report that an honour is to be revoked, on its way: reported, recommender's word, decided by two people."""

    id: Serial
    honour = ForeignKey(references=Honour, on_delete=OnDelete.restrict, null=False)
    stage = Varchar(length=12)  # rules.cases.Stage
    ground = Varchar(length=16)  # rules.cases.Ground
    report = Text()  # what happened, as the unit writes it; never public
    reporter = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)
    reported_by = Integer()  # account
    reported_at = Timestamptz()
    recommender = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)  # who is asked
    opinion = Text()  # of the recommender, agreeing or not
    opinion_by = Integer(null=True, default=None)
    opinion_at = Timestamptz(null=True, default=None)
    act = Integer(null=True, default=None)  # the last that was asked
    outcome = Text()  # why it was closed without revoking
    ended_by = Integer(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    recovered = Varchar(length=200)  # medal and certificate taken back, benefits stopped: what was done, and when
    recovered_at = Timestamptz(null=True, default=None)


class HonourCaseFile(Table, tablename="honour_case_file"):
    """A paper that proves a report."""

    id: Serial
    honour_case = ForeignKey(references=HonourCase, on_delete=OnDelete.restrict, null=False)
    file = ForeignKey(references=StoredFile, on_delete=OnDelete.restrict, null=False)


class HonourListRow(Table, tablename="honour_list_row"):
    """One line of a list as it was read: ready, or with its problems, or in the register already."""

    id: Serial
    honour_list = ForeignKey(references=HonourList, on_delete=OnDelete.cascade, null=False)
    line = Integer()
    given = Text()  # canonical JSON of what stands in it, an ID number left out
    problems = Text()  # canonical JSON: [[code, field, params]]
    worker = ForeignKey(references=Worker, on_delete=OnDelete.restrict, null=True)  # who is meant, where known
    unit = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=True)
    source_key = Varchar(length=120)  # what makes it the same honour in another list
    state = Varchar(length=8)  # ready, wrong, again, made
    honour = ForeignKey(references=Honour, on_delete=OnDelete.restrict, null=True)
    keeper = ForeignKey(
        references=Organisation, on_delete=OnDelete.restrict, null=True
    )  # where a worker's record is made for whom the registry does not know; null: none is made
    picture = Integer(null=True, default=None)  # of foundation.files: made of the photograph that it names
    picture_sha256 = Varchar(length=64)  # of that photograph as it lay in the zip
    picture_problems = Text()  # canonical JSON like `problems`: what is wrong with the photograph; stops nothing
    page = Integer(null=True, default=None)  # the profile whose draft it filled


class HonourListCount(Table, tablename="honour_list_count"):
    """What the lines of one list add to the counts of the public register once it is visible; see `ShownFacet`."""

    id: Serial
    honour_list = ForeignKey(references=HonourList, on_delete=OnDelete.cascade, null=False)
    scope = Varchar(length=8)
    kind = Varchar(length=12)
    value = Varchar(length=64)
    parent = Varchar(length=64)
    label = Varchar(length=100)
    size = Integer()


SEALED += [HonourList.text_sealed]

TABLES: list[type[Table]] = [
    HonourTitle, HonourList, Honour, HonourMember, HonourChange, HonourCase, HonourCaseFile, HonourListRow,
    HonourListCount,
]  # fmt: skip
