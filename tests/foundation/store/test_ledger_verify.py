"""What was done behind the ledger's back is found, by stream and record: without a file, or only against one."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from foundation.store.engines import Engine
from foundation.store.heads import write_heads
from foundation.store.ledger import ORIGIN, entries, entry_hash, record
from foundation.store.ledger_verify import Finding, examine, verify
from foundation.store.tables import LedgerEntry, LedgerHead
from foundation.store.transactions import transaction

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=timezone(timedelta(hours=8)))


async def put(stream: str, *acts: str) -> None:
    async with transaction():
        for act in acts:
            record(stream=stream, act=act, actor="account:7", about="entry:31", payload={"mark": 92500})


async def behind_its_back(engine: Engine, *statements: str) -> None:
    """What somebody with the database's password can do: first take away the triggers, then change rows."""
    if engine.engine_type == "sqlite":
        walls = [f"DROP TRIGGER ledger_entry_no_{verb}" for verb in ("update", "delete")]
    else:
        walls = ["DROP TRIGGER ledger_entry_no_change ON ledger_entry"]
    for statement in [*walls, *statements]:
        await engine.run_ddl(statement)


async def three_streams() -> None:
    await put("account:7", "sign_in")
    await put("contest:1", "a", "b", "c", "d")
    await put("contest:2", "a", "b")


EDITS = {
    "stream": ("'contest:9'", {("contest:1", 3, "ledger_missing"), ("contest:9", 1, "ledger_missing"),
                               ("contest:9", 3, "ledger_edited"), ("contest:9", 3, "ledger_headless")}),
    "seq": ("33", {("contest:1", 3, "ledger_missing"), ("contest:1", 5, "ledger_missing"),
                   ("contest:1", 33, "ledger_edited"), ("contest:1", 33, "ledger_head")}),
    "at": ("'2026-11-22T04:00:00.000000Z'", {("contest:1", 3, "ledger_edited")}),
    "actor": ("'account:8'", {("contest:1", 3, "ledger_edited")}),
    "act": ("'z'", {("contest:1", 3, "ledger_edited")}),
    "about": ("'entry:32'", {("contest:1", 3, "ledger_edited")}),
    "payload": ("""'{"mark":99000}'""", {("contest:1", 3, "ledger_edited")}),
    "prev_hash": (f"'{ORIGIN}'", {("contest:1", 3, "ledger_edited")}),
    "hash": (f"'{ORIGIN}'", {("contest:1", 3, "ledger_edited"), ("contest:1", 4, "ledger_broken")}),
}  # fmt: skip


def test_every_column_is_tried() -> None:
    assert {column._meta.name for column in LedgerEntry._meta.columns} == EDITS.keys()


@pytest.mark.parametrize("column", EDITS)
async def test_an_edited_column_is_found(database: Engine, column: str) -> None:
    await three_streams()
    value, findings = EDITS[column]
    edit = f"UPDATE ledger_entry SET {column} = {value} WHERE stream = 'contest:1' AND seq = 3"  # noqa: S608
    await behind_its_back(database, edit)
    assert set(await verify()) == {Finding(*finding) for finding in findings}


async def test_an_edited_record_with_a_fresh_hash_is_found(database: Engine) -> None:
    await three_streams()
    row = await LedgerEntry.select().where((LedgerEntry.stream == "contest:1") & (LedgerEntry.seq == 2)).first()
    assert row is not None
    row.pop("hash")
    fresh = entry_hash(**{**row, "actor": "account:8"})
    await behind_its_back(
        database,
        f"UPDATE ledger_entry SET actor = 'account:8', hash = '{fresh}' WHERE stream = 'contest:1' AND seq = 2",  # noqa: S608
    )
    assert await verify() == [Finding("contest:1", 3, "ledger_broken")]


async def test_a_deleted_middle_record_is_found(database: Engine) -> None:
    await three_streams()
    await behind_its_back(database, "DELETE FROM ledger_entry WHERE stream = 'contest:1' AND seq = 2")
    assert await verify() == [Finding("contest:1", 2, "ledger_missing")]


async def test_a_cut_tail_is_found_by_the_head(database: Engine) -> None:
    await three_streams()
    await behind_its_back(database, "DELETE FROM ledger_entry WHERE stream = 'contest:1' AND seq > 2")
    assert await verify() == [Finding("contest:1", 3, "ledger_cut")]


async def test_a_stream_cut_to_nothing_is_found_by_the_head(database: Engine) -> None:
    await three_streams()
    await behind_its_back(database, "DELETE FROM ledger_entry WHERE stream = 'contest:2'")
    assert await verify() == [Finding("contest:2", 1, "ledger_cut")]


async def test_a_changed_or_missing_head_is_found(database: Engine) -> None:
    await three_streams()
    await LedgerHead.update({LedgerHead.hash: ORIGIN}).where(LedgerHead.stream == "contest:1")
    await LedgerHead.delete().where(LedgerHead.stream == "contest:2")
    assert set(await verify()) == {
        Finding("contest:1", 4, "ledger_head"),
        Finding("contest:2", 2, "ledger_headless"),
    }


async def test_a_tail_cut_with_its_head_is_found_against_a_file(database: Engine, tmp_path: Path) -> None:
    await three_streams()
    file = await write_heads(tmp_path, NOON)
    second = (await entries("contest:1", before_seq=3, limit=1))[0]
    await behind_its_back(
        database,
        "DELETE FROM ledger_entry WHERE stream = 'contest:1' AND seq > 2",
        f"UPDATE ledger_head SET seq = 2, hash = '{second.hash}' WHERE stream = 'contest:1'",  # noqa: S608
    )
    assert await verify() == []
    assert await verify(file) == [Finding("contest:1", 3, "ledger_cut")]


async def test_a_wholly_rewritten_chain_is_found_only_against_a_file(database: Engine, tmp_path: Path) -> None:
    await three_streams()
    file = await write_heads(tmp_path, NOON)
    await behind_its_back(
        database,
        "DELETE FROM ledger_entry WHERE stream = 'contest:1'",
        "DELETE FROM ledger_head WHERE stream = 'contest:1'",
    )
    await put("contest:1", "a", "b", "c", "another", "more")
    assert await verify() == []
    assert await verify(file) == [Finding("contest:1", 4, "ledger_rewritten")]


async def test_a_stream_that_is_gone_is_found_against_a_file(database: Engine, tmp_path: Path) -> None:
    await three_streams()
    file = await write_heads(tmp_path, NOON)
    await behind_its_back(
        database,
        "DELETE FROM ledger_entry WHERE stream = 'contest:2'",
        "DELETE FROM ledger_head WHERE stream = 'contest:2'",
    )
    assert await verify() == []
    assert await verify(file) == [Finding("contest:2", 2, "ledger_gone")]


async def test_a_ledger_that_went_on_agrees_with_an_older_file(database: Engine, tmp_path: Path) -> None:
    await three_streams()
    file = await write_heads(tmp_path, NOON)
    await put("contest:1", "e")
    await put("contest:3", "a")
    assert await verify(file) == []


async def test_long_ledgers_are_read_page_by_page(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        await put(f"contest:{number}", *("act" for _ in range(1200)))
    await behind_its_back(
        database,
        "UPDATE ledger_entry SET actor = 'x' WHERE stream = 'contest:2' AND seq = 1100",
        "DELETE FROM ledger_entry WHERE stream = 'contest:0' AND seq = 1000",
        "DELETE FROM ledger_entry WHERE stream = 'contest:1' AND seq = 801",
    )
    report = await examine()
    assert (report.streams, report.records) == (3, 3598)
    assert report.findings == [
        Finding("contest:0", 1000, "ledger_missing"),
        Finding("contest:1", 801, "ledger_missing"),
        Finding("contest:2", 1100, "ledger_edited"),
    ]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("edit", "findings"),
    [
        ("payload = CAST(x'ff00' AS TEXT)", {("contest:1", 3, "ledger_edited")}),
        ("actor = 12", {("contest:1", 3, "ledger_edited")}),
        ("seq = 'three'", {("contest:1", 3, "ledger_missing"), ("contest:1", 0, "ledger_unreadable")}),
        ("stream = x'ff'", {("contest:1", 3, "ledger_missing"), ("\udcff", 3, "ledger_unreadable")}),
        ("seq = -5", {("contest:1", 3, "ledger_missing"), ("contest:1", -5, "ledger_unreadable")}),
    ],
)
async def test_junk_in_a_row_is_a_finding(database: Engine, edit: str, findings: set[tuple[str, int, str]]) -> None:
    await three_streams()
    await behind_its_back(database, f"UPDATE ledger_entry SET {edit} WHERE stream = 'contest:1' AND seq = 3")  # noqa: S608
    assert {Finding(*finding) for finding in findings} <= set(await verify())
