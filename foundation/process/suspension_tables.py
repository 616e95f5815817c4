"""Public pages that are suspended. Columns and their meaning only."""

from piccolo.columns import ForeignKey, Serial, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.people.tables import Account


class Suspension(Table, tablename="suspension"):
    """One public address, with everything below it, that one person took down at once and a second decides on."""

    id: Serial
    address = Varchar(length=200)  # plain, without language: "/contests/2026-1-03"; in force once at a time
    reason = Varchar(length=500)  # internal; the public page says only that it is suspended
    suspended_by = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    suspended_at = Timestamptz()
    confirmed_by = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=True, default=None)
    confirmed_at = Timestamptz(null=True, default=None)
    lifted_by = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=True, default=None)  # who confirmed it
    lifted_at = Timestamptz(null=True, default=None)  # not in force from here on


TABLES: list[type[Table]] = [Suspension]
