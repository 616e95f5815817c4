"""What issuing a document needs beside its stage: one number at a time, a free address, the hash of its text.

Knows columns it is given; knows no kind of document.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from piccolo.columns import Varchar
from pypinyin import Style, lazy_pinyin

from foundation.process.rules.document_numbers import number_address
from foundation.store import ledger
from foundation.store.locks import lock_name


async def lock_numbers() -> None:
    """From here to COMMIT nobody else gives a number: two who sign at once do not both find it free.

    No row is locked for it: a paper's own row is locked already, and whoever hands a post over at an organisation has
    that organisation's row before the papers'.
    """
    await lock_name("document numbers")


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
