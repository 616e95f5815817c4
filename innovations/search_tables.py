"""Searches that somebody keeps, and what was taken away of them as spreadsheets. Columns and their meaning only."""

from piccolo.columns import ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.files.tables import StoredFile
from foundation.people.organisation_tables import Organisation
from foundation.people.tables import Account


class SavedSearch(Table, tablename="saved_search"):
    """A search that an account keeps under one of its hats; read as the account may read under that hat then."""

    id: Serial
    account = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)  # of the hat
    name = Varchar(length=60)
    query = Varchar(length=200)  # as it was typed
    only = Varchar(length=16)  # one kind of document, or empty
    feed_hash = Varchar(length=64)  # of its feed's address; unique; empty: it has none
    feed_at = Timestamptz(null=True, default=None)  # since when
    made_at = Timestamptz()


class SearchExport(Table, tablename="search_export"):
    """What somebody took away of a search as a spreadsheet: how many rows, and the file where it was made by a job."""

    id: Serial
    account = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)  # of the hat
    wanted = Text()  # canonical JSON of foundation.text.wanted.Wanted
    size = Integer(default=0)  # rows
    job = Integer(null=True, default=None)
    file = ForeignKey(references=StoredFile, on_delete=OnDelete.restrict, null=True, default=None)
    made_at = Timestamptz()


TABLES: list[type[Table]] = [SavedSearch, SearchExport]
