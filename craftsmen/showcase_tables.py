"""What is written about craftsmen, and apart from it what the public sees. Columns and their meaning only.

Public pages select from `ShownHonour`, `ShownName` and `ShownCraftsman` and from nothing else of this package: only
what everyone may see stands there, put there by `showing.py` through the consents of the person.
"""

from piccolo.columns import Boolean, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from craftsmen.honour_tables import Honour, HonourList
from foundation.people.worker_tables import Worker


class Profile(Table, tablename="craftsman_profile"):
    """What is written for a craftsman's page; private until shown, and then only as far as they consent."""

    id: Serial
    address = Varchar(length=40)  # ganpo-craftsman-8-17 or the like; unique, never changes, tells no name
    worker = ForeignKey(references=Worker, on_delete=OnDelete.restrict, null=False)  # unique
    headline = Varchar(length=200)  # why honoured, in a sentence
    story = Text()
    works = Text()  # canonical JSON: [{year, text}]
    trick = Text()  # canonical JSON: "learn one trick" (学一招): title and three steps
    portrait = Integer(null=True, default=None)  # a picture of foundation.files
    approved = Text()  # canonical JSON of rules.showing.Text: what was approved last; empty before the first time
    stage = Varchar(length=12)  # rules.showing.Stage: draft, approved, hidden
    revision = Integer(default=1)
    changed_by = Varchar(length=120)
    changed_at = Timestamptz()


class ProfilePicture(Table, tablename="craftsman_picture"):
    """A picture of a page: a work, or a step of the trick."""

    id: Serial
    profile = ForeignKey(references=Profile, on_delete=OnDelete.restrict, null=False)
    picture = Integer()  # of foundation.files
    role = Varchar(length=8)  # work, trick1, trick2, trick3
    caption = Varchar(length=200)
    position = SmallInt()


class ShownHonour(Table, tablename="shown_honour"):
    """One line of the public register: an honour as everyone may see it, or the tombstone of one that was revoked."""

    id: Serial
    honour = ForeignKey(references=Honour, on_delete=OnDelete.restrict, null=False)  # unique
    address = Varchar(length=60)
    stage = Varchar(length=12)  # conferred, revoked, renounced
    holder = Varchar(length=8)  # person, team
    name = Varchar(length=100)  # empty on the tombstone of a person
    sound_key = Varchar(length=255)
    posthumous = Boolean(default=False)
    gender = Varchar(length=8)
    unit_name = Varchar(length=200)
    city = Integer()  # Organisation.id, 0 for none
    city_name = Varchar(length=100)
    county = Integer()
    county_name = Varchar(length=100)
    industry = Varchar(length=1)
    occupation = Varchar(length=64)
    title_code = Varchar(length=40)
    title_name = Varchar(length=100)
    edition = SmallInt()  # 0 for none
    year = SmallInt()
    verb = Varchar(length=16)
    body = Varchar(length=200)
    document = Varchar(length=60)
    given_on = Varchar(length=10)  # 2026, 2026-05 or 2026-05-01
    portrait = Integer(null=True, default=None)  # consented, else null
    page = Varchar(length=40)  # address of the craftsman's page, or empty
    headline = Varchar(length=200)
    public_reason = Text()
    gallery = Boolean(default=False)  # of a title whose holders have pages: stands among the portraits
    honour_list = ForeignKey(
        references=HonourList, on_delete=OnDelete.restrict, null=True
    )  # the list with which the line becomes visible; null: it is


class ShownFacet(Table, tablename="shown_facet"):
    """How many lines of the register have a value: what a filter offers, counted as lines come and go."""

    id: Serial
    scope = Varchar(length=8)  # all, gallery
    kind = Varchar(length=12)  # title, edition, year, city, county, industry, occupation
    value = Varchar(length=64)
    parent = Varchar(length=64)  # of a county: its city
    label = Varchar(length=100)
    size = Integer()


class ShownName(Table, tablename="shown_name"):
    """What finds a shown honour by name: a beginning of its characters, of its sounds or of their first letters."""

    id: Serial
    shown = ForeignKey(references=ShownHonour, on_delete=OnDelete.cascade, null=False)
    token = Varchar(length=64)
    honour_list = ForeignKey(references=HonourList, on_delete=OnDelete.restrict, null=True)  # as the line has it


class ShownCraftsman(Table, tablename="shown_craftsman"):
    """One public page, whole: exactly what was previewed and consented to."""

    id: Serial
    profile = ForeignKey(references=Profile, on_delete=OnDelete.restrict, null=False)  # unique
    address = Varchar(length=40)
    name = Varchar(length=64)
    view = Text()  # canonical JSON of rules.showing.PublicView
    changed_at = Timestamptz()


TABLES: list[type[Table]] = [Profile, ProfilePicture, ShownHonour, ShownFacet, ShownName, ShownCraftsman]
