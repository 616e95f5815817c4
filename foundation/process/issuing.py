"""What issuing a document needs beside its stage: one number at a time, a free address, the hash of its text.

Knows columns it is given; knows no kind of document.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from piccolo.columns import Varchar
from pypinyin import Style, lazy_pinyin

from foundation.people.organisation_tables import ROOT_ID, Organisation
from foundation.process.rules.document_numbers import number_address
from foundation.store import ledger
from foundation.store.locks import lock_row


async def lock_numbers() -> None:
    """From here to COMMIT nobody else gives a number: two who sign at once do not both find it free."""
    await lock_row(Organisation, ROOT_ID)


def initials(word: str) -> str:
    """赣工发 -> ggf"""
    return "".join(lazy_pinyin(word, style=Style.FIRST_LETTER, errors="default"))


async def free_address(column: Varchar, number: str) -> str:
    """The short address of a number; where another's has the same letters, with a further digit."""
    wanted = number_address(number, initials)
    rows = await column._meta.table.select(column).where(column.like(f"{wanted}%"))
    taken = {row[column._meta.name] for row in rows}
    address, more = wanted, 1
    while address in taken:
        more += 1
        address = f"{wanted}-{more}"
    return address


def text_hash(text: Mapping[str, Any]) -> str:
    """sha256 (hex) of what was issued, as canonical JSON."""
    return hashlib.sha256(ledger.canonical(text).encode()).hexdigest()
