"""Workers: a person once, what forms ask about them, who looked, and their own door. Columns and their meaning only."""

from typing import Any

from piccolo.columns import Boolean, Date, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.people.organisation_tables import Organisation
from foundation.people.privacy import SEALED


class Worker(Table, tablename="worker"):
    """A person, once. All of it is private; public pages take what their own allow-list and a consent let through."""

    id: Serial
    unit = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)
    name = Varchar(length=64)  # as written on the card, rare characters included
    folded = Varchar(length=64)  # foundation.text.names.compared
    sound_key = Varchar(length=255)  # foundation.text.names.pinyin_key
    stroke_key = Varchar(length=255)  # foundation.text.names.stroke_key
    letters = Varchar(length=255)  # foundation.text.names.letters_of
    initials = Varchar(length=64)  # foundation.text.names.initials_of
    id_sealed = Varchar(length=255)  # privacy.seal of the ID number; empty for records of past years
    id_hash = Varchar(length=64)  # privacy.keyed_hash of it; unique where there is one
    phone_sealed = Varchar(length=255)
    phone_hash = Varchar(length=64)  # not unique: couples share telephones
    gender = Varchar(length=8)  # female, male, or empty: not known
    birth_date = Date(null=True, default=None)
    ethnicity = Varchar(length=16)  # 民族, as it is written: 汉族, 畲族
    politics = Varchar(length=24)  # 政治面貌: foundation.people.worker_words.POLITICS
    education = Varchar(length=24)  # 文化程度: worker_words.EDUCATION
    title = Varchar(length=64)  # 职称, as it is written: 高级工程师
    grade = Varchar(length=24)  # skill grade in eight steps: worker_words.GRADES
    occupation = Varchar(length=64)
    occupation_code = Varchar(length=16)  # of the national classification: 6-15-05-04
    migrant = Boolean(default=False)  # 农民工
    new_form = Boolean(default=False)  # 新就业形态劳动者
    front_line = Boolean(default=False)  # 一线职工
    revision = Integer(default=1)  # goes up with each change, so that an old form replaces nothing unseen
    merged_into: ForeignKey[Any] = ForeignKey(references="self", on_delete=OnDelete.restrict, null=True, default=None)
    created_at = Timestamptz()
    changed_at = Timestamptz()


class WorkerReveal(Table, tablename="worker_reveal"):
    """Somebody looked at a sealed field, and why. The reason may be erased; its digest stands in the ledger."""

    id: Serial
    worker = ForeignKey(references=Worker, on_delete=OnDelete.cascade, null=False)
    field = Varchar(length=16)  # id_number, phone
    account_id = Integer()
    reason = Text()
    salt = Varchar(length=32)
    at = Timestamptz()


class WorkerApart(Table, tablename="worker_apart"):
    """An officer's word that two similar records are two persons, so that they are not proposed again."""

    id: Serial
    one = ForeignKey(references=Worker, on_delete=OnDelete.cascade, null=False)  # the lower id
    other = ForeignKey(references=Worker, on_delete=OnDelete.cascade, null=False)
    at = Timestamptz()
    by = Varchar(length=120)


class WorkerCode(Table, tablename="worker_code"):
    """A code of six digits that opens a worker's own page once; handed out on paper by the unit."""

    id: Serial
    worker = ForeignKey(references=Worker, on_delete=OnDelete.cascade, null=False)
    code_hash = Varchar(length=64)  # keyed: six digits would soon be guessed from a plain hash
    tries = Integer(default=0)  # wrong codes typed while this one was open
    expires_at = Timestamptz()


class WorkerSession(Table, tablename="worker_session"):
    """One browser in which a worker's own page is open; no account's session."""

    id: Serial
    worker = ForeignKey(references=Worker, on_delete=OnDelete.cascade, null=False)
    token_hash = Varchar(length=64)  # sha256 of the cookie's random bits
    csrf = Varchar(length=64)
    expires_at = Timestamptz()


class WorkerAttempt(Table, tablename="worker_attempt"):
    """How often one telephone was tried from one address in the running window."""

    id: Serial
    key = Varchar(length=64)  # keyed hash of telephone and address: neither is kept
    tries = Integer(default=0)
    window_started_at = Timestamptz()


class Consent(Table, tablename="consent"):
    """A worker's word on one thing; the newest row of a thing holds, earlier ones are its history."""

    id: Serial
    worker = ForeignKey(references=Worker, on_delete=OnDelete.cascade, null=False)
    what = Varchar(length=24)  # foundation.people.consents.THINGS
    given = Boolean()  # False: withdrawn
    at = Timestamptz()
    by = Varchar(length=120)  # worker:3 on their own page, account:5 with the signed paper


TABLES: list[type[Table]] = [
    Worker, WorkerReveal, WorkerApart, WorkerCode, WorkerSession, WorkerAttempt, Consent,
]  # fmt: skip

SEALED += [Worker.id_sealed, Worker.phone_sealed]
