"""Certificates, their series of numbers, the printers they are put on blanks with. Columns and their meaning only."""

from typing import Any

from piccolo.columns import Date, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.files.tables import StoredFile
from foundation.people.organisation_tables import Organisation
from foundation.people.tables import Account


class CertificateSeries(Table, tablename="certificate_series"):
    """A series of numbers without gaps."""

    id: Serial
    code = Varchar(length=40)  # how other packages name it; unique
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)  # who gives them out
    name = Varchar(length=100)
    pattern = Varchar(length=64)  # 赣匠证〔{年}〕{号}; never changed once a number was given
    digits = Integer()  # at least so many, with zeros before


class CertificateCounter(Table, tablename="certificate_counter"):
    """The last number that was given in a year (0: the series counts through all years)."""

    id: Serial
    series = ForeignKey(references=CertificateSeries, on_delete=OnDelete.restrict, null=False)
    year = Integer()
    last = Integer()


class Certificate(Table, tablename="certificate"):
    """One certificate that was given out. Its words never change; a wrong or lost one is followed by another."""

    id: Serial
    series = ForeignKey(references=CertificateSeries, on_delete=OnDelete.restrict, null=False)
    year = Integer()  # of the counter
    sequence = Integer()
    number = Varchar(length=80)  # as it is printed
    number_key = Varchar(length=80)  # folded, as it is looked for; unique
    # 128 random bits behind the QR code; unique. Not a hash: it is printed again, and opens what the paper says anyway.
    code = Varchar(length=26)
    about = Varchar(length=100)  # what it certifies, as other packages name it: honour:12
    name = Varchar(length=60)
    words = Text()
    body = Varchar(length=100)  # who confers it
    document = Varchar(length=64)  # by which document number, or empty
    heading = Varchar(length=20)
    issued_on = Date()  # as it is printed
    stage = Varchar(length=12)  # foundation.process.rules.certificates.Stage
    reason = Text()  # public: why it is not valid any more
    replaced_by: ForeignKey[Any] = ForeignKey(references="self", on_delete=OnDelete.restrict, null=True, default=None)
    made_at = Timestamptz()
    ended_at = Timestamptz(null=True, default=None)  # since when it is not valid


class CertificatePrinter(Table, tablename="certificate_printer"):
    """A printer with a blank in it: where on the blank each word stands, and how far the printer is off."""

    id: Serial
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)  # whose it is
    name = Varchar(length=60)
    width = Integer()  # mm, of the blank
    height = Integer()
    spots = Text()  # canonical JSON: field -> [x, y, width, size, align]; mm and points
    off_right = Integer()  # tenths of a millimetre
    off_down = Integer()
    revision = Integer()  # one higher with each change: who changes says which they saw


class CertificateRun(Table, tablename="certificate_run"):
    """Certificates that somebody prints together."""

    id: Serial
    started_by = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    started_at = Timestamptz()
    printer = ForeignKey(references=CertificatePrinter, on_delete=OnDelete.restrict, null=True)  # none: whole pages
    certificates = Text()  # canonical JSON: their ids in the order of printing
    job = Integer()  # foundation.work.job_tables.Job


class CertificateSheaf(Table, tablename="certificate_sheaf"):
    """One PDF of a run: a tray's worth of certificates."""

    id: Serial
    run = ForeignKey(references=CertificateRun, on_delete=OnDelete.restrict, null=False)
    number = Integer()  # 1, 2, 3 ...
    file = ForeignKey(references=StoredFile, on_delete=OnDelete.restrict, null=False)
    first = Varchar(length=80)  # the numbers of its first and last certificate
    last = Varchar(length=80)


TABLES: list[type[Table]] = [
    CertificateSeries,
    CertificateCounter,
    Certificate,
    CertificatePrinter,
    CertificateRun,
    CertificateSheaf,
]
