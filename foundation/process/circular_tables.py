"""Circulars, announcements and their attachments, and who signed for them. Columns and their meaning only."""

from typing import Any

from piccolo.columns import Boolean, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.files.tables import StoredFile
from foundation.people.organisation_tables import Organisation
from foundation.people.tables import Account


class Circular(Table, tablename="circular"):
    """A circular (通知): drafted, reviewed, signed off, then never edited: it is withdrawn or corrected by another."""

    id: Serial
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)  # who issues it
    number = Varchar(length=64)  # document number (文号) as it is printed; proposed while a draft, fixed by signing
    number_key = Varchar(length=64, null=True, default=None)  # the number folded, once issued: unique
    address = Varchar(length=64, null=True, default=None)  # of its public page, once issued: unique, never changes
    title = Varchar(length=200)
    text = Text()  # plain paragraphs; a line that begins with a Chinese numeral and a comma-like mark is a heading
    deadline = Timestamptz(null=True, default=None)  # until when the units answer
    contact_name = Varchar(length=64)  # for publication
    contact_phone = Varchar(length=64)  # for publication
    # Whom it is for: everything active at or below this one ...
    addressed_under = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)
    addressed_kinds = Varchar(length=200)  # ... of these kinds, each between commas (",city,county,"); empty: any
    opens = Varchar(length=120)  # what it opens, as a reference ("contest:2026-1-03"), or empty
    opens_label = Varchar(length=200)  # the same in words
    public = Boolean(default=False)  # whether everyone may read it, or the addressed units alone
    stage = Varchar(length=16)  # foundation.process.rules.publishing.Stage
    revision = Integer(default=1)  # how often the draft was saved: a form that began with an older one is refused
    drafted_by = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)  # who began it
    authors = Text()  # everyone who saved a draft of it, each between commas (",3,7,"): they neither review nor sign
    created_at = Timestamptz()
    handed_in_at = Timestamptz(null=True, default=None)  # the last time
    reviewed_by = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=True, default=None)
    signed_by = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=True, default=None)
    issued_at = Timestamptz(null=True, default=None)
    text_hash = Varchar(length=64)  # sha256 of everything that was issued, empty before; also in the ledger
    corrects: ForeignKey[Any] = ForeignKey(references="self", on_delete=OnDelete.restrict, null=True, default=None)
    withdrawn_at = Timestamptz(null=True, default=None)
    withdrawn_reason = Varchar(length=500)  # public


class CircularReceipt(Table, tablename="circular_receipt"):
    """One unit signed for one circular (签收), once."""

    id: Serial
    circular = ForeignKey(references=Circular, on_delete=OnDelete.restrict, null=False)
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)
    account = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    name = Varchar(length=64)  # of who signed, as it was then
    signed_at = Timestamptz()


class Announcement(Table, tablename="announcement"):
    """An announcement (公告): for everyone, drafted, reviewed and signed off like a circular."""

    id: Serial
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)
    number = Varchar(length=64)
    number_key = Varchar(length=64, null=True, default=None)
    address = Varchar(length=64, null=True, default=None)
    title = Varchar(length=200)
    text = Text()
    stage = Varchar(length=16)
    revision = Integer(default=1)
    drafted_by = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    authors = Text()
    created_at = Timestamptz()
    handed_in_at = Timestamptz(null=True, default=None)
    reviewed_by = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=True, default=None)
    signed_by = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=True, default=None)
    issued_at = Timestamptz(null=True, default=None)
    text_hash = Varchar(length=64)
    corrects: ForeignKey[Any] = ForeignKey(references="self", on_delete=OnDelete.restrict, null=True, default=None)
    withdrawn_at = Timestamptz(null=True, default=None)
    withdrawn_reason = Varchar(length=500)


class Attachment(Table, tablename="process_attachment"):
    """A file that hangs on a circular or an announcement, and is readable where that is."""

    id: Serial
    subject = Varchar(length=40)  # "circular:12", as the ledger's stream
    number = Integer()  # 1, 2, 3 ... in the order they were added; stands in its address
    file = ForeignKey(references=StoredFile, on_delete=OnDelete.restrict, null=False)


TABLES: list[type[Table]] = [Circular, CircularReceipt, Announcement, Attachment]
