"""Looks for what somebody did to the ledger behind its back. Reads only, page by page, in one snapshot.

Knows chains and heads; trusts nothing that the rows say. What nobody can see from inside, a chain rewritten from
end to end with its head, shows against a file of heads kept elsewhere.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from foundation.base.problem import Problem
from foundation.store.heads import read_heads
from foundation.store.ledger import Head, entry_hash
from foundation.store.transactions import Row, Transaction, snapshot

PAGE = 1000
MOST = 1000  # findings after which the search ends: enough to know

_HASHED = ("stream", "seq", "at", "actor", "act", "about", "payload", "prev_hash")
_TEXTS = ("stream", "at", "actor", "act", "about", "payload", "prev_hash", "hash")

# SQLite keeps whatever type it is given: texts are read as bytes and decoded here, so that no junk stops the reading.
_SQLITE_ROWS = f"""
    SELECT {", ".join(f"CAST(e.{name} AS BLOB) AS {name}" for name in _TEXTS)}, e.seq AS seq,
        CAST(h.seq AS INTEGER) AS head_seq, CAST(h.hash AS BLOB) AS head_hash
    FROM ledger_entry e LEFT JOIN ledger_head h ON h.stream = e.stream
    WHERE typeof(e.stream) = 'text' AND typeof(e.seq) = 'integer'
        AND (e.stream, e.seq) > (CAST({{}} AS TEXT), {{}})
    ORDER BY e.stream, e.seq LIMIT {PAGE}"""  # noqa: S608 - names of columns only
_SQLITE_JUNK = f"""
    SELECT CAST(stream AS BLOB) AS stream, CAST(seq AS BLOB) AS seq FROM ledger_entry
    WHERE typeof(stream) <> 'text' OR typeof(seq) <> 'integer' LIMIT {MOST}"""  # noqa: S608
_POSTGRES_ROWS = f"""
    SELECT {", ".join(f"e.{name}" for name in _TEXTS)}, e.seq, h.seq AS head_seq, h.hash AS head_hash
    FROM ledger_entry e LEFT JOIN ledger_head h ON h.stream = e.stream
    WHERE (e.stream, e.seq) > ({{}}, {{}})
    ORDER BY e.stream, e.seq LIMIT {PAGE}"""  # noqa: S608
_EMPTY_STREAMS = f"""
    SELECT h.stream AS stream FROM ledger_head h
    WHERE h.seq > 0 AND NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.stream = h.stream) LIMIT {MOST}"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong at one record; `what` is a code of `problems.SENTENCES`."""

    stream: str
    seq: int
    what: str

    @property
    def problem(self) -> Problem:
        return Problem(self.what, params={"stream": self.stream, "seq": str(self.seq)})


@dataclass(slots=True)
class Report:
    """What was read and what is wrong with it; at most `MOST` findings."""

    streams: int = 0
    records: int = 0
    findings: list[Finding] = field(default_factory=list)

    def add(self, stream: str, seq: int, what: str) -> None:
        finding = Finding(stream, seq, what)
        if finding not in self.findings:
            self.findings.append(finding)

    @property
    def full(self) -> bool:
        return len(self.findings) >= MOST


async def verify(against: Path | None = None) -> list[Finding]:
    """What is wrong with the ledger, by stream and record; empty when it is whole. See `examine`."""
    return (await examine(against)).findings


async def examine(against: Path | None = None) -> Report:
    """Check every record, every chain and every head, and a file of heads where one is given.

    Raises `Refused` for a file that cannot be read.
    """
    kept = read_heads(against) if against is not None else []
    report = Report()
    async with snapshot() as reading:
        await _check_chains(reading, report)
        if reading.engine.engine_type == "sqlite":
            for row in await reading.run(_SQLITE_JUNK):
                report.add(_text(row["stream"]) or "", _number(row["seq"]), "ledger_unreadable")
        for row in await reading.run(_EMPTY_STREAMS):
            report.add(row["stream"], 1, "ledger_cut")
        for head in kept:
            if report.full:
                break
            await _check_kept(reading, head, report)
    return report


async def _check_chains(reading: Transaction, report: Report) -> None:
    last: Head | None = None  # the record before, None before the first of all
    head: tuple[Any, Any] = (None, None)
    async for row in _rows(reading):
        if report.full:
            return
        if last is None or row["stream"] != last.stream:
            _check_end(last, head, report)
            last, head = Head(row["stream"]), (row["head_seq"], row["head_hash"])
            report.streams += 1
        _check_record(row, last, report)
        last = Head(row["stream"], max(row["seq"], last.seq), row["hash"])
        report.records += 1
    _check_end(last, head, report)


def _check_record(row: Row, last: Head, report: Report) -> None:
    if row["seq"] <= last.seq:
        report.add(row["stream"], row["seq"], "ledger_unreadable")  # 0 or below: no record has such a number
        return
    if row["seq"] > last.seq + 1:
        report.add(row["stream"], last.seq + 1, "ledger_missing")
    if entry_hash(**{name: row[name] for name in _HASHED}) != row["hash"]:
        report.add(row["stream"], row["seq"], "ledger_edited")
    elif row["seq"] == last.seq + 1 and row["prev_hash"] != last.hash:
        report.add(row["stream"], row["seq"], "ledger_broken")


def _check_end(last: Head | None, head: tuple[Any, Any], report: Report) -> None:
    if last is None:
        return
    seq, digest = head
    if seq is None:
        report.add(last.stream, last.seq, "ledger_headless")
    elif seq > last.seq:
        report.add(last.stream, last.seq + 1, "ledger_cut")
    elif seq < last.seq or digest != last.hash:
        report.add(last.stream, last.seq, "ledger_head")


async def _check_kept(reading: Transaction, head: Head, report: Report) -> None:
    sql = "SELECT hash FROM ledger_entry WHERE stream = {} AND seq = {}"
    found = await reading.run(sql, head.stream, head.seq)
    if found:
        if found[0]["hash"] != head.hash:
            report.add(head.stream, head.seq, "ledger_rewritten")
        return
    longest = (await reading.run("SELECT max(seq) AS seq FROM ledger_entry WHERE stream = {}", head.stream))[0]["seq"]
    if longest is None:
        report.add(head.stream, head.seq, "ledger_gone")
    elif longest < head.seq:
        report.add(head.stream, longest + 1, "ledger_cut")
    else:
        report.add(head.stream, head.seq, "ledger_missing")


async def _rows(reading: Transaction) -> AsyncIterator[dict[str, Any]]:
    sqlite = reading.engine.engine_type == "sqlite"
    last: tuple[Any, int] = (b"", -(2**31)) if sqlite else ("", -(2**31))
    while True:
        rows = await reading.run(_SQLITE_ROWS if sqlite else _POSTGRES_ROWS, *last)
        for row in rows:
            yield {name: _text(value) for name, value in row.items()}
        if len(rows) < PAGE:
            return
        last = rows[-1]["stream"], rows[-1]["seq"]


def _text(value: Any) -> Any:
    return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else value


def _number(value: Any) -> int:
    text = _text(value)
    return int(text) if text is not None and text.lstrip("-").isdecimal() else 0


__all__ = ["Finding", "Report", "examine", "verify"]
