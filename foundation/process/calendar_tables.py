"""Days on which the federation works or not, where its own table says so, and the settings of notices. Columns and
their meaning only."""

from piccolo.columns import Boolean, Date, ForeignKey, Integer, Serial, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.people.tables import Account


class CalendarDay(Table, tablename="calendar_day"):
    """One word about one day; the newest about a day holds. Never edited."""

    id: Serial
    day = Date()
    working = Boolean(null=True, default=None)  # null: taken back, the day is again what the calendar says
    reason = Varchar(length=200)
    account = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    at = Timestamptz()


class CalendarYear(Table, tablename="calendar_year"):
    """A year whose days off and make-up days were all entered here: from then on its days can be counted."""

    id: Serial
    year = Integer()  # unique
    grounds = Varchar(length=200)  # the notice of the State Council's office it was entered from
    account = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    at = Timestamptz()


class NoticeSetting(Table, tablename="notice_setting"):
    """A custom of notices or objections that differs from what is shipped; see rules.notices.Customs."""

    id: Serial
    name = Varchar(length=32)  # unique
    value = Varchar(length=40)
    account = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    at = Timestamptz()


TABLES: list[type[Table]] = [CalendarDay, CalendarYear, NoticeSetting]
