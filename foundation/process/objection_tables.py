"""Objections, what became of them, and their receipts. Columns and their meaning only.

Who objects is one sealed text; nothing else here tells it.
"""

from piccolo.columns import Boolean, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.people.privacy import SEALED
from foundation.people.tables import Account
from foundation.process.notice_tables import Notice


class Objection(Table, tablename="objection"):
    """An objection (异议) to a notice, or, where nobody gave a name, a lead."""

    id: Serial
    notice = ForeignKey(references=Notice, on_delete=OnDelete.restrict, null=False)
    channel = Varchar(length=8)  # form, phone, letter, visit
    named = Boolean(default=False)
    sealed = Text()  # name and contact, encrypted; empty for one without a name
    text = Text()
    stage = Varchar(length=12)  # foundation.process.rules.objections.Stage
    outcome = Varchar(length=12)  # upheld, partly, not_upheld; empty before the answer
    receipt_hash = Varchar(length=64)  # sha256 of the code the objector holds; unique
    received_at = Timestamptz()
    decide_by = Timestamptz(null=True, default=None)  # null where the calendar did not know the days
    recorded_by = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=True)  # null: by the form


class ObjectionStep(Table, tablename="objection_step"):
    """One step of an objection, with its words. Never edited."""

    id: Serial
    objection = ForeignKey(references=Objection, on_delete=OnDelete.restrict, null=False)
    step = Varchar(length=12)
    note = Text()  # told to the objector after accept, refuse and answer; what was found stays inside
    account = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=True)  # null: the objector
    at = Timestamptz()


class ObjectorOpening(Table, tablename="objector_opening"):
    """Somebody read who an objector is, and why. Never edited."""

    id: Serial
    objection = ForeignKey(references=Objection, on_delete=OnDelete.restrict, null=False)
    reason = Text()
    account = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    at = Timestamptz()


class ObjectionSender(Table, tablename="objection_sender"):
    """How many objections came by the form from one address in the running window; tells nothing of which."""

    id: Serial
    key = Varchar(length=64)  # keyed hash of the address; unique
    sent = Integer(default=0)
    window_started_at = Timestamptz()


SEALED.append(Objection.sealed)

TABLES: list[type[Table]] = [Objection, ObjectionStep, ObjectorOpening, ObjectionSender]
