"""The ledger: who did what, when, to what. Append-only, one hash chain for each stream.

The only writer of `ledger_entry` and `ledger_head`. Knows canonical text and hashes; knows no domain word. What is
recorded in a transaction is appended just before its COMMIT, so it is saved with the rows it speaks of or not at all.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from piccolo.query.functions.aggregate import Max
from piccolo.querystring import QueryString

from foundation.store import engines
from foundation.store.tables import LedgerEntry
from foundation.store.transactions import Transaction, TransactionError, mine

ORIGIN = "0" * 64  # what the first entry of a stream has as prev_hash
LONGEST = 120  # characters of stream, actor, act and about
_NOT_STORED = re.compile("[\x00\ud800-\udfff]")
_LAST = 9  # its turn before COMMIT: after the rows of the domain and the generations

_COLUMNS = "hash, stream, seq, at, actor, act, about, payload, prev_hash"
_APPEND = f"INSERT INTO ledger_entry ({_COLUMNS}) VALUES ({{}}, {{}}, {{}}, {{}}, {{}}, {{}}, {{}}, {{}}, {{}})"  # noqa: S608
_NEW_HEAD = "INSERT INTO ledger_head (stream, seq, hash) VALUES ({}, 0, {}) ON CONFLICT (stream) DO NOTHING"
_MOVE_HEAD = "UPDATE ledger_head SET seq = {}, hash = {} WHERE stream = {}"
_AT_ONCE = 500  # heads asked for in one statement


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it stands in the ledger; `payload` is parsed."""

    stream: str
    seq: int
    at: datetime
    actor: str
    act: str
    about: str
    payload: Mapping[str, Any]
    prev_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a stream; seq 0 and `ORIGIN` while it has none."""

    stream: str
    seq: int = 0
    hash: str = ORIGIN


@dataclass(frozen=True, slots=True)
class _Recorded:
    stream: str
    actor: str
    act: str
    about: str
    payload: str


def record(*, stream: str, act: str, actor: str, about: str = "", payload: Mapping[str, Any] | None = None) -> None:
    """Put an act into the ledger of the open transaction; it gets its number and time just before COMMIT.

    `payload` holds ids, codes and salted digests, never personal values or free text: str, int, bool, None, and
    lists and dicts of them. Raises `TransactionError` outside a transaction, `ValueError` for what cannot be kept.
    """
    held = mine(engines.current())
    if held is None or held.read_only:
        raise TransactionError("The ledger is written only inside a transaction.")
    for text in (stream, act, actor, about):
        _check_text(text)
        if len(text) > LONGEST:
            raise ValueError(f"Longer than {LONGEST} characters: {text!r}")
    if not (stream and act and actor):
        raise ValueError("An entry needs a stream, an act and an actor.")
    held.later(_LAST, _append, _Recorded(stream, actor, act, about, canonical(payload or {})))


def canonical(payload: Mapping[str, Any]) -> str:
    """The one text of a payload: JSON with sorted keys, no spaces, no floats. Raises `ValueError`."""
    return json.dumps(_checked(payload), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def entry_hash(
    *, stream: Any, seq: Any, at: Any, actor: Any, act: Any, about: Any, payload: Any, prev_hash: Any
) -> str:
    """sha256 (hex) over the JSON list [stream, seq, at, actor, act, about, payload, prev_hash], no spaces, UTF-8."""
    listed = [stream, seq, at, actor, act, about, payload, prev_hash]
    text = json.dumps(listed, ensure_ascii=False, separators=(",", ":"), default=repr)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


async def entries(stream: str, *, before_seq: int | None = None, limit: int = 50) -> list[Entry]:
    """The newest entries of a stream, newest first; `before_seq` gives the next page."""
    query = LedgerEntry.select().where(LedgerEntry.stream == stream)
    if before_seq is not None:
        query = query.where(LedgerEntry.seq < before_seq)
    rows = await query.order_by(LedgerEntry.seq, ascending=False).limit(limit)
    return [
        Entry(**{**row, "at": datetime.fromisoformat(row["at"]), "payload": json.loads(row["payload"])}) for row in rows
    ]


async def acted(streams: Sequence[str], acts: Sequence[str], since: datetime, actor: str = "") -> bool:
    """Whether one of these acts was done in one of these streams since then, by this actor or by anybody."""
    if not streams:
        return False
    query = LedgerEntry.exists().where(
        LedgerEntry.stream.is_in(list(streams)), LedgerEntry.act.is_in(list(acts)), LedgerEntry.at >= _moment(since)
    )
    return bool(await (query.where(LedgerEntry.actor == actor) if actor else query))


async def last(streams: Sequence[str], acts: Sequence[str]) -> dict[str, str]:
    """When one of these acts was done last in each of these streams, as its entry has it; none: it is left out."""
    rows = await (
        LedgerEntry.select(LedgerEntry.stream, Max(LedgerEntry.at, alias="at"))
        .where(LedgerEntry.stream.is_in(list(streams) or [""]), LedgerEntry.act.is_in(list(acts)))
        .group_by(LedgerEntry.stream)
    )
    return {row["stream"]: row["at"] for row in rows}


async def head(stream: str) -> Head:
    """The last entry's number and hash; `Head(stream)` with seq 0 where the stream has none."""
    rows = await engines.current().run_querystring(_select_heads([stream]))
    return Head(stream, rows[0]["seq"], rows[0]["hash"]) if rows else Head(stream)


def _moment(at: datetime) -> str:
    """A time as the ledger writes it, in an order that text keeps."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


async def _append(held: Transaction, recorded: list[_Recorded]) -> None:
    """Append what was recorded: streams in one order for all processes, heads locked, then read again."""
    streams = sorted({one.stream for one in recorded})
    heads = await _lock_heads(held, streams)
    at = _moment(datetime.now(UTC))
    rows: list[tuple[Any, ...]] = []
    for one in recorded:
        last = heads[one.stream]
        seq = last.seq + 1
        columns = {"stream": one.stream, "seq": seq, "at": at, "actor": one.actor, "act": one.act, "about": one.about}
        digest = entry_hash(**columns, payload=one.payload, prev_hash=last.hash)
        rows.append((digest, *columns.values(), one.payload, last.hash))
        heads[one.stream] = Head(one.stream, seq, digest)
    await held.run_many(_APPEND, rows)
    await held.run_many(_MOVE_HEAD, [(heads[name].seq, heads[name].hash, name) for name in streams])


async def _lock_heads(held: Transaction, streams: Sequence[str]) -> dict[str, Head]:
    # All new heads first, then all locks: with both in one order, two processes never wait for each other in a ring.
    await held.run_many(_NEW_HEAD, [(name, ORIGIN) for name in streams])
    heads: dict[str, Head] = {}
    for start in range(0, len(streams), _AT_ONCE):
        query = _select_heads(streams[start : start + _AT_ONCE], lock=held.engine.engine_type == "postgres")
        for row in await held.run(query.template, *query.args):
            heads[row["stream"]] = Head(row["stream"], row["seq"], row["hash"])
    return heads


def _select_heads(streams: Sequence[str], *, lock: bool = False) -> QueryString:
    places = ", ".join("{}" for _ in streams)
    ending = ' ORDER BY stream COLLATE "C" FOR UPDATE' if lock else ""
    return QueryString(f"SELECT stream, seq, hash FROM ledger_head WHERE stream IN ({places}){ending}", *streams)  # noqa: S608


def _checked(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        _check_text(value)
        return value
    if isinstance(value, list):
        return [_checked(item) for item in value]
    if isinstance(value, Mapping):
        for key in value:
            if not isinstance(key, str):
                raise ValueError(f"Keys in the ledger are text, not {key!r}.")
            _check_text(key)
        return {key: _checked(item) for key, item in value.items()}
    raise ValueError(f"The ledger keeps str, int, bool, None, lists and dicts, not {type(value).__name__}.")


def _check_text(text: str) -> None:
    if not isinstance(text, str) or _NOT_STORED.search(text):
        raise ValueError(f"Not text that can be stored: {text!r}")
