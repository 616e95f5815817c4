"""Long lists of units on their way into the tree. Columns and their meaning only."""

from typing import Any

from piccolo.columns import ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.people.organisation_tables import Organisation


class OrganisationList(Table, tablename="organisation_list"):
    """A list that is too long for one form's answer. Its units stand in `Organisation` while they are loaded, at places
    outside the tree (`organisation_loading`); one update moves all of them in."""

    id: Serial
    under = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)
    stage = Varchar(length=12)  # foundation.people.organisation_long_lists.Stage
    content = Text()  # the text as it came, packed; empty once its units are added or it has lain about for a month
    sha256 = Varchar(length=64)  # of that text
    ignored = Text()  # JSON: headings of columns that are not kept
    units = Integer(default=0)  # lines with a unit
    fresh = Integer(default=0)  # of them: to be added
    known = Integer(default=0)  # stand there already just so
    wrong = Integer(default=0)  # need mending
    made_by = Integer()  # account
    made_at = Timestamptz()
    asked_at = Timestamptz(null=True, default=None)  # when it was asked to be added
    job: Any = Integer(null=True, default=None)  # the newest one


class OrganisationListProblem(Table, tablename="organisation_list_problem"):
    """A line of a list that needs mending."""

    id: Serial
    of_list = ForeignKey(references=OrganisationList, on_delete=OnDelete.cascade, null=False)
    line = Integer()
    name = Varchar(length=100)
    problems = Text()  # JSON: code, field, params


TABLES: list[type[Table]] = [OrganisationList, OrganisationListProblem]
