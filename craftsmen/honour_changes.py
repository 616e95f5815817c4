"""What happened to honours: the only writer of `HonourChange`, with the entry in the ledger that vouches for it.

Reasons and values stand in the row, which nobody edits; the ledger holds a salted digest of them. Runs within the
caller's transaction, and is called by `honours.py` and `honour_making.py` alone.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from craftsmen.honour_tables import HonourChange
from foundation.store import ledger


async def note(
    ids: Sequence[int],
    what: str,
    by: str,
    now: datetime,
    *,
    before: Mapping[str, Any] | None = None,
    later: Mapping[str, Any] | None = None,
    version: int = 1,
    public_reason: str = "",
    internal_reason: str = "",
    act: int | None = None,
    ledger_of: str = "",
) -> None:
    """One `HonourChange` for each, and its digest in the ledger: of each honour, or in one entry of `ledger_of`."""
    said = [ledger.canonical(before or {}), ledger.canonical(later or {}), public_reason, internal_reason]
    salts = [secrets.token_hex(16) for _ in ids]
    await HonourChange.insert(
        *(
            HonourChange(
                honour=honour,
                version=version,
                what=what,
                before=said[0],
                after=said[1],
                public_reason=public_reason,
                internal_reason=internal_reason,
                salt=salt,
                act=act,
                by=by,
                at=now,
            )
            for honour, salt in zip(ids, salts, strict=True)
        )
    )
    digests = [hashlib.sha256("\n".join([salt, *said]).encode()).hexdigest() for salt in salts]
    if ledger_of:
        whole = hashlib.sha256("".join(digests).encode()).hexdigest()
        payload = {"first": ids[0], "last": ids[-1], "count": len(ids), "changes": whole, "act": act}
        ledger.record(stream=ledger_of, act=f"honours.{what}", actor=by, payload=payload)
        return
    for honour, digest in zip(ids, digests, strict=True):
        payload = {"version": version, "change": digest, "fields": sorted(later or {}), "act": act}
        ledger.record(stream=f"honour:{honour}", act=f"honour.{what}", actor=by, payload=payload)
