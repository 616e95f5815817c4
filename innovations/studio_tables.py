"""Innovation studios (劳模(工匠)创新工作室). Columns and their meaning only."""

from typing import Any

from piccolo.columns import Boolean, Date, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.people.organisation_tables import Organisation
from foundation.people.worker_tables import Worker


class StudioRound(Table, tablename="studio_round"):
    """A call for studios at one level, with its standards and places by channel."""

    id: Serial
    address = Varchar(length=40)  # unique, never changes
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)  # who names them
    name = Varchar(length=200)
    year = SmallInt()
    level = Varchar(length=12)  # rules.review_rules.Level
    stage = Varchar(length=16)  # rules.studio_calls.RoundStage
    rules = Text()  # canonical JSON of rules.studio_calls.Call: the standards, and places by channel
    rules_hash = Varchar(length=64)
    apply_until = Date()
    notice = Varchar(length=80)
    document = Varchar(length=60)
    revision = Integer(default=1)
    created_by = Integer()  # account
    created_at = Timestamptz()


class Studio(Table, tablename="studio"):
    """A studio, from its application on."""

    id: Serial
    address = Varchar(length=40)  # unique, never changes
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)  # where it is
    round = ForeignKey(references=StudioRound, on_delete=OnDelete.restrict, null=True, default=None)
    continues: ForeignKey[Any] = ForeignKey(
        references="self", on_delete=OnDelete.restrict, null=True, default=None
    )  # of an application for a higher level: the studio that bears a name and goes on
    name = Varchar(length=100)
    leader = ForeignKey(references=Worker, on_delete=OnDelete.restrict, null=False)  # 领衔人
    level = Varchar(length=12)  # the highest at which it was named, or empty
    field = Varchar(length=16)  # industry section
    founded_on = Date()
    stage = Varchar(length=16)  # rules.studios.Stage
    channel = ForeignKey(
        references=Organisation, on_delete=OnDelete.restrict, null=True, default=None
    )  # on whose list it is; none while it is a draft
    rank = SmallInt(null=True, default=None)  # 推荐顺序 within its channel
    body = Text()  # canonical JSON of rules.studio_form.Body: place, fund, rules, topics, trainings, upgraded
    named_on = Date(null=True, default=None)
    named_until = Date(null=True, default=None)
    document = Varchar(length=60)
    ended_reason = Text()  # 摘牌, public
    note = Text()  # why it was given back or not named; its unit reads it
    public = Boolean(default=False)  # whether it has a public page
    revision = Integer(default=1)
    created_by = Integer()  # account
    created_at = Timestamptz()
    changed_at = Timestamptz()


class StudioMember(Table, tablename="studio_member"):
    """Somebody who works in a studio."""

    id: Serial
    studio = ForeignKey(references=Studio, on_delete=OnDelete.restrict, null=False)
    worker = ForeignKey(references=Worker, on_delete=OnDelete.restrict, null=False)
    since = Date()
    until = Date(null=True, default=None)


class StudioYear(Table, tablename="studio_year"):
    """The assessment of a studio for one year (年度考核)."""

    id: Serial
    studio = ForeignKey(references=Studio, on_delete=OnDelete.restrict, null=False)
    year = SmallInt()  # unique together
    figures = Text()  # canonical JSON: results, trainings, members upgraded, funds in fen
    verdict = Varchar(length=12)  # rules.studios.Verdict, empty: handed in, not assessed
    reason = Text()
    assessed_by = Integer(null=True, default=None)  # account
    assessed_at = Timestamptz(null=True, default=None)


class StudioTerm(Table, tablename="studio_term"):
    """For how long a studio was named, one row each time."""

    id: Serial
    studio = ForeignKey(references=Studio, on_delete=OnDelete.restrict, null=False)
    level = Varchar(length=12)  # rules.review_rules.Level
    since = Date()  # unique together with studio and level
    until = Date()
    document = Varchar(length=60)
    act = Integer()  # of two people
    round = ForeignKey(
        references=StudioRound, on_delete=OnDelete.restrict, null=True, default=None
    )  # under which call; none: that of the studio


class StudioList(Table, tablename="studio_list"):
    """A channel has handed in its ranked list of studios for a call."""

    id: Serial
    round = ForeignKey(references=StudioRound, on_delete=OnDelete.restrict, null=False)
    channel = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)  # unique together
    handed_in_by = Integer()  # account
    handed_in_at = Timestamptz()


TABLES: list[type[Table]] = [StudioRound, Studio, StudioMember, StudioYear, StudioTerm, StudioList]
