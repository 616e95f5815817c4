"""The ledger: what may be recorded, what is appended and when, and that what was done behind its back is found."""

# ruff: noqa: PT012 - what must fail here is a block of several statements
import asyncio
import contextvars
import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from foundation.base.problem import Problem, Refused
from foundation.store.engines import Engine
from foundation.store.heads import read_heads, write_heads
from foundation.store.ledger import ORIGIN, Head, canonical, entries, entry_hash, head, record
from foundation.store.ledger_verify import verify
from foundation.store.tables import LedgerEntry
from foundation.store.transactions import TransactionError, savepoint, transaction

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=timezone(timedelta(hours=8)))


async def put(stream: str, *acts: str) -> None:
    async with transaction():
        for act in acts:
            record(stream=stream, act=act, actor="account:7", about="entry:31", payload={"mark": 92500})


async def test_entries_are_numbered_and_chained(database: Engine) -> None:
    before = datetime.now(UTC)
    async with transaction():
        record(stream="contest:1", act="scheme.freeze", actor="account:2", payload={"hash": "ab", "n": 3, "ok": True})
        record(stream="contest:1", act="mark.give", actor="account:7", about="entry:31")
    second, first = await entries("contest:1")
    assert (first.stream, first.seq, first.actor, first.act, first.about, first.payload, first.prev_hash) == (
        "contest:1", 1, "account:2", "scheme.freeze", "", {"hash": "ab", "n": 3, "ok": True}, ORIGIN,
    )  # fmt: skip
    assert (second.seq, second.about, second.payload, second.prev_hash) == (2, "entry:31", {}, first.hash)
    assert before <= first.at == second.at <= datetime.now(UTC)
    assert await head("contest:1") == Head("contest:1", 2, second.hash)
    assert await head("contest:2") == Head("contest:2", 0, ORIGIN)
    assert await verify() == []


def test_the_hash_is_the_published_recipe() -> None:
    """Anybody can recompute it: sha256 of this text."""
    text = (
        f'["contest:1",1,"2026-11-22T04:00:00.000000Z","account:2","mark.give","entry:31","{{\\"分\\":1}}","{ORIGIN}"]'
    )
    assert hashlib.sha256(text.encode()).hexdigest() == entry_hash(
        stream="contest:1", seq=1, at="2026-11-22T04:00:00.000000Z", actor="account:2", act="mark.give",
        about="entry:31", payload='{"分":1}', prev_hash=ORIGIN,
    )  # fmt: skip


async def test_pages_go_back_from_the_newest(database: Engine) -> None:
    await put("contest:1", "a", "b", "c", "d")
    assert [entry.act for entry in await entries("contest:1", limit=2)] == ["d", "c"]
    assert [entry.act for entry in await entries("contest:1", before_seq=3, limit=2)] == ["b", "a"]
    assert await entries("contest:1", before_seq=1) == []


async def test_a_rolled_back_transaction_leaves_no_entry(database: Engine) -> None:
    with pytest.raises(LookupError):
        async with transaction():
            record(stream="contest:1", act="a", actor="system")
            raise LookupError
    assert await entries("contest:1") == []
    assert await head("contest:1") == Head("contest:1")


async def test_a_rolled_back_savepoint_drops_its_entries_only(database: Engine) -> None:
    async with transaction():
        record(stream="contest:1", act="kept", actor="system")
        with pytest.raises(LookupError):
            async with savepoint():
                record(stream="contest:1", act="dropped", actor="system")
                raise LookupError
        record(stream="contest:1", act="kept too", actor="system")
    assert [entry.act for entry in await entries("contest:1")] == ["kept too", "kept"]
    assert await verify() == []


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_heads_are_taken_in_one_order_so_that_nobody_waits_in_a_ring(database: Engine) -> None:
    """Another process has made head a and will make head b; this one recorded b, then a, and waits for a alone."""

    async def this_one() -> None:
        async with transaction():
            record(stream="b", act="mine", actor="system")
            record(stream="a", act="mine", actor="system")

    async def make(stream: str) -> None:
        await database.run_ddl(f"INSERT INTO ledger_head (stream, seq, hash) VALUES ('{stream}', 0, '{ORIGIN}')")  # noqa: S608

    watcher = await database.lease(read_only=True)
    async with transaction():
        await make("a")
        task = asyncio.create_task(this_one(), context=contextvars.Context())
        while not await watcher.fetch("SELECT 1 FROM pg_locks WHERE NOT granted", ()):  # noqa: ASYNC110 - the server tells nobody
            await asyncio.sleep(0.005)
        await make("b")  # with the heads taken as recorded, this would be a deadlock
    await watcher.release()
    await asyncio.wait_for(task, 60)
    assert [(await head(stream)).seq for stream in ("a", "b")] == [1, 1]
    assert await verify() == []


async def test_recording_outside_a_transaction_is_refused(database: Engine) -> None:
    with pytest.raises(TransactionError):
        record(stream="contest:1", act="a", actor="system")


async def test_a_task_started_inside_may_not_record(database: Engine) -> None:
    async def child() -> None:
        record(stream="contest:1", act="a", actor="system")

    async with transaction():
        with pytest.raises(TransactionError):
            await asyncio.create_task(child())


@pytest.mark.parametrize(
    "payload",
    [
        {"mark": 92.5},
        {"mark": Decimal("92.5")},
        {"at": NOON},
        {"raw": b"x"},
        {"list": [1, [2.0]]},
        {"in": {"in": {1: "key is no text"}}},
        {"tuple": (1, 2)},
        {"nul": "a\x00b"},
        {"half": "\ud83d"},
        {"float": float("nan")},
    ],
)
def test_only_exact_json_is_canonical(payload: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        canonical(payload)


def test_canonical_text_does_not_depend_on_order() -> None:
    assert canonical({"b": [1, None, True], "a": {"d": "鄱", "c": -3}}) == '{"a":{"c":-3,"d":"鄱"},"b":[1,null,true]}'
    assert canonical({"b": 1, "a": 2}) == canonical({"a": 2, "b": 1})


@pytest.mark.parametrize(
    "wrong",
    [{"stream": ""}, {"act": ""}, {"actor": ""}, {"stream": "x" * 121}, {"about": "a\x00"}, {"act": "\udc00"}],
)
async def test_what_cannot_be_kept_is_refused(database: Engine, wrong: dict[str, Any]) -> None:
    async with transaction():
        with pytest.raises(ValueError):
            record(**({"stream": "s", "act": "a", "actor": "system"} | wrong))
    assert await LedgerEntry.count() == 0


@pytest.mark.parametrize("statement", ["UPDATE ledger_entry SET actor = 'account:8'", "DELETE FROM ledger_entry"])
async def test_the_database_itself_refuses_changes(database: Engine, statement: str) -> None:
    await put("contest:1", "a")
    with pytest.raises(database.errors, match="never changed or removed"):
        await database.run_ddl(statement)
    assert len(await entries("contest:1")) == 1


async def three_streams() -> None:
    await put("account:7", "sign_in")
    await put("contest:1", "a", "b", "c", "d")
    await put("contest:2", "a", "b")


async def test_the_file_of_heads_has_every_stream(database: Engine, tmp_path: Path) -> None:
    await three_streams()
    file = await write_heads(tmp_path / "new" / "folder", NOON)
    assert file == tmp_path / "new" / "folder" / "ledger-heads-2026-11-22.json"
    assert json.loads(file.read_text()) == {
        "format": "ganpo-ledger-heads/1",
        "at": "2026-11-22T12:00:00+08:00",
        "heads": [
            {"stream": "account:7", "seq": 1, "hash": (await head("account:7")).hash},
            {"stream": "contest:1", "seq": 4, "hash": (await head("contest:1")).hash},
            {"stream": "contest:2", "seq": 2, "hash": (await head("contest:2")).hash},
        ],
    }
    assert read_heads(file) == [await head(name) for name in ("account:7", "contest:1", "contest:2")]
    await put("contest:2", "c")
    assert await write_heads(file.parent, NOON) == file
    assert [one.seq for one in read_heads(file)] == [1, 4, 3]
    assert [path.name for path in file.parent.iterdir()] == [file.name]


async def test_an_empty_ledger_has_a_file_too(database: Engine, tmp_path: Path) -> None:
    file = await write_heads(tmp_path, NOON)
    assert read_heads(file) == []
    assert await verify(file) == []


@pytest.mark.parametrize(
    "content",
    ["", "[]", "null", "not json", "[" * 99999,
     '{"format": "ganpo-ledger-heads/1"}', '{"format": "other", "heads": []}',
     '{"format": "ganpo-ledger-heads/1", "heads": [{"stream": "a", "seq": 1}]}',
     '{"format": "ganpo-ledger-heads/1", "heads": [{"stream": "a", "seq": true, "hash": "' + ORIGIN + '"}]}',
     '{"format": "ganpo-ledger-heads/1", "heads": [{"stream": "a", "seq": 99999999999, "hash": "' + ORIGIN + '"}]}',
     '{"format": "ganpo-ledger-heads/1", "heads": [{"stream": "\\ud800", "seq": 1, "hash": "' + ORIGIN + '"}]}'],
)  # fmt: skip
def test_another_file_is_refused_in_words(tmp_path: Path, content: str) -> None:
    file = tmp_path / "heads.json"
    file.write_text(content)
    with pytest.raises(Refused) as refusal:
        read_heads(file)
    assert refusal.value.problems == (Problem("heads_format", params={"path": str(file)}),)


def test_a_missing_file_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        read_heads(tmp_path / "none.json")
    params = {"path": str(tmp_path / "none.json"), "why": "No such file or directory"}
    assert refusal.value.problems == (Problem("heads_unreadable", params=params),)
