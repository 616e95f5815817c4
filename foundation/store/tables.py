"""The tables of the ledger and of generations. Columns and what they mean.

`ledger.py` is the only writer of entries and heads, `generations.py` of generations. Entries have no surrogate key:
each column of an entry is covered by its hash, so none can be edited unseen.
"""

from piccolo.columns import BigInt, Integer, Text, Varchar
from piccolo.table import Table


class LedgerEntry(Table, tablename="ledger_entry"):
    """One act, never changed or removed; (stream, seq) is unique."""

    hash = Varchar(length=64, primary_key=True)  # sha256, hex, over all columns below
    stream = Varchar(length=120)  # whose story this is: "contest:12"
    seq = Integer()  # 1, 2, 3 … within the stream
    at = Varchar(length=27)  # UTC, "2026-11-22T06:20:00.000000Z", exactly the text that was hashed
    actor = Varchar(length=120)  # who: "account:7" or "system"
    act = Varchar(length=120)  # what: "mark.give"
    about = Varchar(length=120)  # on what: "entry:31", may be empty
    payload = Text()  # canonical JSON: ids, codes, salted digests; never personal values or free text
    prev_hash = Varchar(length=64)  # hash of the entry before; 64 zeros for the first


class LedgerHead(Table, tablename="ledger_head"):
    """The last entry of each stream; locked while entries are appended."""

    stream = Varchar(length=120, primary_key=True)
    seq = Integer()  # 0 while the first entries are being appended
    hash = Varchar(length=64)


class Generation(Table, tablename="generation"):
    """How often something public has changed; what was made of it is kept under this number."""

    name = Varchar(length=120, primary_key=True)  # "contest:2026-1-03", "site"
    value = BigInt()  # 1, 2, 3 …; a name that is not here is at 0


TABLES = [LedgerEntry, LedgerHead, Generation]
