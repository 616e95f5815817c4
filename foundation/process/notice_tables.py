"""Public notices and what was shown in them. Columns and their meaning only."""

from typing import Any

from piccolo.columns import Boolean, Date, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.people.organisation_tables import Organisation
from foundation.people.tables import Account


class Notice(Table, tablename="notice"):
    """A public notice (公示): shown for some working days, so that anyone may object. Never edited once open."""

    id: Serial
    address = Varchar(length=20)  # 2026-3: year and number; unique, never changes
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)  # whose business it is
    about = Varchar(length=100)  # what is shown, as other packages name it: contest:2026-1-01; may be empty
    label = Varchar(length=200)  # the same for people
    title = Varchar(length=200)
    text = Text()
    contact = Varchar(length=500)  # where objections are taken: desk, phone, postal address
    results = Boolean(default=False)  # results of something: a second person reviews it before it is opened
    shown = Text()  # canonical JSON of the columns and rows; allow-listed values only
    stage = Varchar(length=12)  # foundation.process.rules.notices.Stage
    days = Integer()  # working days
    end_time = Varchar(length=5)  # 17:30, in the registry's zone
    returned = Text()  # why it came back from review; empty otherwise
    replaces: ForeignKey[Any] = ForeignKey(references="self", on_delete=OnDelete.restrict, null=True)  # a stopped one
    drafted_by = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    drafted_at = Timestamptz()  # when it was last changed, by drafted_by
    authors = Varchar(length=500)  # ",3,17,": everyone who wrote on it, none of whom may approve it
    reviewed_by = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=True)
    reviewed_at = Timestamptz(null=True, default=None)
    # Frozen at opening: a table of days that changes later moves no end that was announced.
    starts_on = Date(null=True, default=None)
    first_day_counts = Boolean(null=True, default=None)
    ends_at = Timestamptz(null=True, default=None)
    snapshot = Text()  # canonical JSON of everything that is shown; empty before the opening
    snapshot_hash = Varchar(length=64)  # its sha256
    opened_by = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=True)
    opened_at = Timestamptz(null=True, default=None)
    stopped_by = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=True)
    stopped_at = Timestamptz(null=True, default=None)
    stop_reason = Text()  # public


TABLES: list[type[Table]] = [Notice]
