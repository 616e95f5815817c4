"""What is done once a day. Columns and their meaning only."""

from piccolo.columns import Date, Serial, Varchar
from piccolo.table import Table


class DailyTurn(Table, tablename="daily_turn"):
    """One task's turn on one day, claimed by whichever process came first; (task, day) is unique."""

    id: Serial
    task = Varchar(length=64)  # foundation.work.jobs.Kind.code
    day = Date()  # in the registry's zone


TABLES: list[type[Table]] = [DailyTurn]
