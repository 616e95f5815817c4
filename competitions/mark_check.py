"""Compares the marks with the ledger: finds a mark that was edited, deleted or slipped in behind the ledger's back.

Reads `Mark` and the streams of contests. Whether the ledger itself is whole is the store's own check.
"""

from collections.abc import AsyncIterator

from competitions.given import digest
from competitions.tables import Contest, Mark
from foundation.store import ledger
from foundation.store.ledger_verify import Finding

PAGE = 500


async def check_against_ledger(contest: int | None = None) -> list[Finding]:
    """What does not agree, contest by contest (or in one only), by stream and record; empty when all do.

    A mark without a record is found with record number 0. Codes are in `sentences/judging.py`.
    """
    query = Contest.select(Contest.id).order_by(Contest.id)
    if contest is not None:
        query = query.where(Contest.id == contest)
    findings: list[Finding] = []
    for row in await query:
        findings += await _check(row["id"])
    return findings


async def _check(contest: int) -> list[Finding]:
    stream = f"contest:{contest}"
    unrecorded = {row["id"] for row in await Mark.select(Mark.id).where(Mark.contest == contest)}
    findings: list[Finding] = []
    async for recorded in _recorded(stream):
        ids = list(recorded)
        rows = {row["id"]: row for row in await Mark.select().where(Mark.id.is_in(ids))} if ids else {}
        for number, (seq, expected) in recorded.items():
            row = rows.get(number)
            if row is None:
                findings.append(Finding(stream, seq, "mark_missing"))
            elif digest(row) != expected:
                findings.append(Finding(stream, seq, "mark_edited"))
        unrecorded -= recorded.keys()
    findings.sort(key=lambda finding: finding.seq)
    return findings + [Finding(f"{stream}, mark:{number}", 0, "mark_unrecorded") for number in sorted(unrecorded)]


async def _recorded(stream: str) -> AsyncIterator[dict[int, tuple[int, str]]]:
    """The records of marks, page by page: (record number, digest) by the mark's id."""
    before: int | None = None
    while page := await ledger.entries(stream, before_seq=before, limit=PAGE):
        yield {
            entry.payload.get("mark", 0): (entry.seq, entry.payload.get("digest", ""))
            for entry in page
            if entry.act == "mark.given"
        }
        before = page[-1].seq
