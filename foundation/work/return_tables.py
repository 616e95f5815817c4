"""Work that was returned for completion, field by field. Columns and their meaning only."""

from piccolo.columns import Integer, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table


class ReturnedField(Table, tablename="returned_field"):
    """One field of returned work that may be changed again, and what should be done with it."""

    id: Serial
    subject = Varchar(length=100)  # whose field: "proposal:12"
    field = Varchar(length=64)  # the form's name of it
    note = Text()  # what to do with it, in the words of who returned it
    returned_by = Integer()  # account
    returned_at = Timestamptz()
    handed_in_at = Timestamptz(null=True, default=None)  # empty while the field is open


TABLES: list[type[Table]] = [ReturnedField]
