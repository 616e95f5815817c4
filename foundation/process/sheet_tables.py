"""Sheets that units hand in, on their way into a domain. Columns and their meaning only."""

from typing import Any

from piccolo.columns import ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.people.organisation_tables import Organisation
from foundation.people.privacy import SEALED


class Sheet(Table, tablename="sheet"):
    """One sheet of a unit. Its id is the batch in the rows of its domain."""

    id: Serial
    kind = Varchar(length=40)  # foundation.process.sheet_kinds.Kind.code
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)
    stage = Varchar(length=12)  # foundation.process.rules.sheets.Stage
    name = Varchar(length=120)  # of the file
    sha256 = Varchar(length=64)  # of the file
    layout = Text()  # JSON: how it was understood (foundation.process.sheet_layouts)
    size = Integer(default=0)  # rows
    wrong = Integer(default=0)  # rows to be mended
    again = Integer(default=0)  # rows that are there already
    taken = Integer(default=0)  # rows that were taken in
    made_by = Integer()  # account
    made_at = Timestamptz()
    asked_by: Any = Integer(null=True, default=None)  # account that took it in
    asked_at = Timestamptz(null=True, default=None)
    shown_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)  # taken back or dropped
    job: Any = Integer(null=True, default=None)  # the newest one


class SheetPiece(Table, tablename="sheet_piece"):
    """A piece of the file, as long as it may be wanted."""

    id: Serial
    sheet = ForeignKey(references=Sheet, on_delete=OnDelete.cascade, null=False)
    number = Integer()  # from 0
    sealed = Text()


class SheetRow(Table, tablename="sheet_row"):
    """One row as it was read. Those that were taken in are in their domain, and no longer here."""

    id: Serial
    sheet = ForeignKey(references=Sheet, on_delete=OnDelete.cascade, null=False)
    line = Integer()
    state = Varchar(length=8)  # foundation.process.rules.sheets.State
    digest = Varchar(length=64)  # keyed, of what it says; empty where it is wrong
    given = Text()  # canonical JSON: "values" by column, and "said", the words of wrong cells; nothing private
    sealed = Text()  # the private ones; empty where there are none
    problems = Text()  # JSON: code, field, params; empty where there are none


class SheetTaken(Table, tablename="sheet_taken"):
    """A row that a unit has handed in, told again by its digest."""

    id: Serial
    kind = Varchar(length=40)
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)
    digest = Varchar(length=64)
    sheet = ForeignKey(references=Sheet, on_delete=OnDelete.cascade, null=False)


class SheetHeading(Table, tablename="sheet_heading"):
    """What a unit calls a column."""

    id: Serial
    kind = Varchar(length=40)
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)
    heading = Varchar(length=60)  # comparable (foundation.papers.sheet_columns.bare)
    means = Varchar(length=40)  # a column's name; empty: left out


SEALED += [SheetPiece.sealed, SheetRow.sealed]
TABLES: list[type[Table]] = [Sheet, SheetPiece, SheetRow, SheetTaken, SheetHeading]
