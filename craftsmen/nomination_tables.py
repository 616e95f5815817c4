"""Nominations (推荐人选) and all that hangs on one on its way. Columns and their meaning only."""

from piccolo.columns import Boolean, Date, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from craftsmen.honour_tables import Honour
from craftsmen.round_tables import Channel, SelectionRound
from foundation.files.tables import StoredFile
from foundation.people.organisation_tables import Organisation
from foundation.people.tables import Account
from foundation.people.worker_tables import Worker


class Nomination(Table, tablename="nomination"):
    """Somebody, or a team, who is recommended in a round. None of it is public."""

    id: Serial
    address = Varchar(length=60)  # ganpo-craftsman-8-031; unique, never changes, tells nothing of the person
    round = ForeignKey(references=SelectionRound, on_delete=OnDelete.restrict, null=False)
    channel = ForeignKey(references=Channel, on_delete=OnDelete.restrict, null=False)
    unit = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)
    county = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=True)  # who audits below the channel
    worker = ForeignKey(references=Worker, on_delete=OnDelete.restrict, null=True)  # null: a team
    team_name = Varchar(length=100)
    own = Boolean(default=False)  # the worker nominated themselves (自荐)
    handed_over_at = Timestamptz(null=True, default=None)  # of an own one: before, the unit sees nothing of it
    stage = Varchar(length=16)  # rules.nomination_steps.Stage
    rank = SmallInt(null=True, default=None)  # 推荐顺序 within the channel
    role = Varchar(length=24)  # rules.facts.Role: what decides which opinions are needed
    unit_type = Varchar(length=24)  # rules.facts.UnitType
    special = Varchar(length=40)  # code of a special quota outside the ratios, or empty
    summary = Text()  # 简要事迹, what stands in tables and notices
    story = Text()  # 事迹材料, about 2,000 characters
    answers = Text()  # canonical JSON: eligibility answers with their evidence, by question
    works = Text()  # canonical JSON: works, patents, results, each a line with a year
    notice_from = Date(
        null=True, default=None
    )  # of a notice that the unit put up on paper (单位公示), both days included
    notice_until = Date(null=True, default=None)
    portrait = Integer(null=True, default=None)  # a picture of foundation.files
    scan = Text()  # canonical JSON of what the rare-character and privacy scan found last, with the hash it read
    # Where it ended without an honour: two sentences why, which rule, what to add (未入选).
    outcome_rule = Varchar(length=200)
    outcome_reason = Text()
    outcome_advice = Text()
    revision = Integer(default=1)
    created_by = Varchar(length=120)  # account:3, worker:7
    created_at = Timestamptz()
    changed_at = Timestamptz()


class NominationStep(Table, tablename="nomination_step"):
    """One step a nomination took. Never edited."""

    id: Serial
    nomination = ForeignKey(references=Nomination, on_delete=OnDelete.restrict, null=False)
    step = Varchar(length=24)
    before = Varchar(length=16)
    after = Varchar(length=16)
    note = Text()
    by = Varchar(length=120)
    at = Timestamptz()


class NominationEvidence(Table, tablename="nomination_evidence"):
    """What speaks for a nomination: an honour that the registry has, or something stated with a file."""

    id: Serial
    nomination = ForeignKey(references=Nomination, on_delete=OnDelete.restrict, null=False)
    honour = ForeignKey(references=Honour, on_delete=OnDelete.restrict, null=True)
    about = Varchar(length=100)  # contest:2026-1-01, innovation:…, or empty
    text = Varchar(length=300)
    file = ForeignKey(references=StoredFile, on_delete=OnDelete.restrict, null=True)
    position = SmallInt()


class NominationPicture(Table, tablename="nomination_picture"):
    """A photograph that came with a nomination."""

    id: Serial
    nomination = ForeignKey(references=Nomination, on_delete=OnDelete.restrict, null=False)
    picture = Integer()  # of foundation.files
    caption = Varchar(length=200)
    position = SmallInt()


class Material(Table, tablename="nomination_material"):
    """A paper of the checklist (齐 / 缺) that was handed in; the newest of a code counts."""

    id: Serial
    nomination = ForeignKey(references=Nomination, on_delete=OnDelete.restrict, null=False)
    code = Varchar(length=40)  # of round_rules.MaterialRule
    file = ForeignKey(references=StoredFile, on_delete=OnDelete.restrict, null=False)
    data_hash = Varchar(length=64)  # of the nomination as it was printed on this paper; empty: not one of our forms
    by = Varchar(length=120)
    at = Timestamptz()
    replaced = Boolean(default=False)


class Opinion(Table, tablename="nomination_opinion"):
    """What another body said of a nomination (征求意见), such as tax, labour, environment."""

    id: Serial
    nomination = ForeignKey(references=Nomination, on_delete=OnDelete.restrict, null=False)
    code = Varchar(length=40)  # of round_rules.OpinionRule
    body = Varchar(length=200)  # which office it was
    agrees = Boolean()
    given_on = Date()
    valid_until = Date(null=True, default=None)
    text = Text()
    file = ForeignKey(references=StoredFile, on_delete=OnDelete.restrict, null=True)
    account = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    at = Timestamptz()
    replaced = Boolean(default=False)


TABLES: list[type[Table]] = [
    Nomination, NominationStep, NominationEvidence, NominationPicture, Material, Opinion,
]  # fmt: skip
