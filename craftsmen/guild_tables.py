"""Masters and apprentices, and talks that craftsmen give. Columns and their meaning only."""

from piccolo.columns import Date, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.files.tables import StoredFile
from foundation.people.organisation_tables import Organisation
from foundation.people.worker_tables import Worker


class Apprenticeship(Table, tablename="apprenticeship"):
    """An agreement of master and apprentice (师徒结对)."""

    id: Serial
    master = ForeignKey(references=Worker, on_delete=OnDelete.restrict, null=False)
    apprentice = ForeignKey(references=Worker, on_delete=OnDelete.restrict, null=False)
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)  # who keeps it
    skill = Varchar(length=100)  # what is taught
    terms = Text()
    starts_on = Date()
    ends_on = Date()
    stage = Varchar(length=12)  # rules.apprenticeships.Stage: running, completed, ended
    result = Text()
    agreement = ForeignKey(references=StoredFile, on_delete=OnDelete.restrict, null=True)  # the signed paper
    revision = Integer(default=1)
    created_by = Integer()  # account
    created_at = Timestamptz()
    changed_at = Timestamptz()


class Talk(Table, tablename="talk"):
    """A craftsman speaks somewhere (宣讲): booked by a unit, held, counted in 人次."""

    id: Serial
    speaker = ForeignKey(references=Worker, on_delete=OnDelete.restrict, null=False)
    host = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=True)  # null: a host outside
    host_name = Varchar(length=200)
    kind = Varchar(length=16)  # rules.talks.Kind: enterprise, office, campus, village, community, online
    topic = Varchar(length=200)
    place = Varchar(length=200)
    starts_at = Timestamptz()
    ends_at = Timestamptz()
    expected = Integer()  # 人次
    audience = Integer(null=True, default=None)  # 人次, counted afterwards
    contact = Varchar(length=200)
    stage = Varchar(length=12)  # rules.talks.Stage: asked, agreed, refused, held, cancelled
    note = Text()  # why it was refused or called off
    revision = Integer(default=1)
    asked_by = Integer()  # account
    asked_at = Timestamptz()
    changed_at = Timestamptz()


TABLES: list[type[Table]] = [Apprenticeship, Talk]
