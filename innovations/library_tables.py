"""What everyone sees of innovations: frozen values, and nothing else. Columns and their meaning only.

Public pages, feeds and the API select from here alone; `library.py` writes here what may be shown.
"""

from piccolo.columns import BigInt, Date, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.people.organisation_tables import Organisation


class ShownInnovation(Table, tablename="shown_innovation"):
    """A published innovation, whole: what was wrong, what was done, what it brought, who did it."""

    id: Serial
    innovation = Integer()  # innovation_tables.Innovation; unique
    address = Varchar(length=24)  # unique
    title = Varchar(length=100)
    organisation = Integer()  # whose it is
    city = Integer()
    field = Varchar(length=16)
    kind = Varchar(length=16)
    year = SmallInt()
    benefit = BigInt(null=True, default=None)  # verified, fen, only where it is shown as a figure
    value = Text()  # canonical JSON of rules.shown_innovation.Shown
    published_at = Timestamptz()


class ShownFigure(Table, tablename="shown_innovation_figure"):
    """How many published innovations there are under one filter, counted as they come and go."""

    id: Serial
    facet = Varchar(length=12)  # city, field, kind, year
    code = Varchar(length=40)  # unique together
    published = Integer(default=0)


class Exhibition(Table, tablename="innovation_exhibition"):
    """An exhibition of innovations (职工创新成果交流), with halls by city and industry."""

    id: Serial
    address = Varchar(length=40)  # unique, never changes
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)
    name = Varchar(length=200)
    starts_on = Date()
    ends_on = Date()
    stage = Varchar(length=12)  # rules.exhibitions.Stage: draft, public, over
    intro = Text()
    revision = Integer(default=1)
    created_by = Integer()  # account
    created_at = Timestamptz()


class Exhibit(Table, tablename="innovation_exhibit"):
    """An innovation in a hall."""

    id: Serial
    exhibition = ForeignKey(references=Exhibition, on_delete=OnDelete.restrict, null=False)
    innovation = Integer()  # unique together; shown only while it is published
    hall = Varchar(length=60)
    position = SmallInt()


class ExhibitionTalk(Table, tablename="innovation_exhibition_talk"):
    """A talk of an exhibition (论坛), with its time and place."""

    id: Serial
    exhibition = ForeignKey(references=Exhibition, on_delete=OnDelete.restrict, null=False)
    title = Varchar(length=200)
    speaker = Varchar(length=100)
    place = Varchar(length=100)
    starts_at = Timestamptz()
    ends_at = Timestamptz()


TABLES: list[type[Table]] = [ShownInnovation, ShownFigure, Exhibition, Exhibit, ExhibitionTalk]
