"""Forms that were printed, and their stamped scans. Columns and their meaning only."""

from piccolo.columns import ForeignKey, Integer, Serial, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.files.tables import StoredFile
from foundation.people.tables import Account


class Print(Table, tablename="print"):
    """One version of the data of a form that was printed at least once, and the scan that came back of it."""

    id: Serial
    about = Varchar(length=100)  # as other packages name it: nomination:12
    form = Varchar(length=40)  # which paper of it: approval
    data_hash = Varchar(length=64)  # sha256 of what the paper shows
    printed_at = Timestamptz()  # the last time
    printed_by = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    times = Integer()
    scan = ForeignKey(references=StoredFile, on_delete=OnDelete.restrict, null=True)
    scanned_at = Timestamptz(null=True, default=None)
    scanned_by = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=True)


TABLES: list[type[Table]] = [Print]
