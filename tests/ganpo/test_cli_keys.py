"""`ganpo keys`: everything sealed anew, resumed where it broke off, no key dropped while it is in use or shown."""

import asyncio
import base64
import os
from pathlib import Path

import pytest

from foundation.people import keyring, privacy, resealing, workers
from foundation.people.worker_tables import Worker
from foundation.store import engines, ledger
from ganpo.cli_keys import keys
from tests.foundation.people.workers_made_up import NOW, PHONE, make, units


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GANPO_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("GANPO_KEYS", raising=False)
    return tmp_path / "home"


async def sealed() -> list[str]:
    rows = await Worker.select(Worker.phone_sealed).where(Worker.phone_sealed != "").order_by(Worker.id)
    return [row["phone_sealed"] for row in rows]


async def workers_with_phones(count: int) -> None:
    _, kiln, _ = await units()
    for number in range(count):
        await make(kiln, f"职工{number}", phone=f"139{number:08}")
    await make(kiln, "无号码")


async def test_everything_is_sealed_by_the_new_key_and_still_opens(database, monkeypatch):
    monkeypatch.setattr(resealing, "CHUNK", 3)
    await workers_with_phones(8)
    before, told = await sealed(), []
    key, done = await resealing.rotate("cli", lambda so_far, of: told.append((so_far, of)))
    after = await sealed()
    assert done == 8
    assert told == [(3, 8), (6, 8), (8, 8)]
    assert {privacy.key_of(one) for one in after} == {key} == {keyring.current().newest[0]}
    assert set(after).isdisjoint(before)
    assert [privacy.opened(one) for one in after] == [f"139{number:08}" for number in range(8)]
    assert [(entry.act, entry.payload) for entry in await ledger.entries("keys")] == [
        ("keys.sealed_anew", {"key": key, "table": "worker", "fields": 8}),
        ("keys.added", {"key": key}),
    ]


async def test_a_rotation_that_was_broken_off_goes_on_with_the_same_key(database, monkeypatch):
    monkeypatch.setattr(resealing, "CHUNK", 2)
    await workers_with_phones(6)

    class BrokenError(Exception):
        pass

    def breaks(done: int, of: int) -> None:
        if done == 4:
            raise BrokenError

    with pytest.raises(BrokenError):
        await resealing.rotate("cli", breaks)
    newest = keyring.current().newest[0]
    assert [privacy.key_of(one) == newest for one in await sealed()] == [True] * 4 + [False] * 2
    assert await resealing.rotate("cli") == (newest, 2)
    assert {privacy.key_of(one) for one in await sealed()} == {newest}
    assert len(keyring.current().ids) == 2


async def test_who_saves_while_everything_is_sealed_anew_loses_nothing(database, monkeypatch):
    monkeypatch.setattr(resealing, "CHUNK", 1)
    await workers_with_phones(10)

    async def changes() -> None:
        for worker_id in range(1, 11, 2):
            await workers.forget_phone(worker_id, "account:7", NOW)

    await asyncio.gather(resealing.rotate("cli"), changes())
    assert [privacy.opened(one) for one in await sealed()] == [f"139{number:08}" for number in range(1, 10, 2)]
    assert await resealing.left() == 0


async def test_a_key_is_dropped_only_when_it_seals_nothing(database):
    await workers_with_phones(2)
    old = keyring.current().newest[0]
    newest = keyring.add()
    with pytest.raises(Exception, match="privacy_key_in_use"):
        await resealing.drop(old, "cli")
    await resealing.rotate("cli")
    assert await resealing.uses() == [
        resealing.KeyUse(old, 0, newest=False, known=True),
        resealing.KeyUse(newest, 2, newest=True, known=True),
    ]
    await resealing.drop(old, "cli")
    assert keyring.current().ids == [newest]
    assert [privacy.opened(one) for one in await sealed()] == ["13900000000", "13900000001"]


async def test_keys_of_the_setting_are_rotated_by_putting_a_new_one_last(database, monkeypatch):
    ring = keyring.fresh()
    monkeypatch.setenv("GANPO_KEYS", ring.text())
    await workers_with_phones(2)
    with pytest.raises(Exception, match="privacy_keys_in_setting"):
        await resealing.rotate("cli")
    monkeypatch.setenv("GANPO_KEYS", ring.text() + keyring.fresh_entry())
    newest = keyring.current().newest[0]
    assert newest != ring.newest[0]
    assert await resealing.rotate("cli") == (newest, 2)


def test_the_command_shows_ids_and_counts_and_never_a_key(database_url, capsys, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", database_url)

    async def fill() -> None:
        engine = engines.current()
        await engine.start()
        try:
            _, kiln, _ = await units()
            await make(kiln, phone=PHONE)
        finally:
            await engine.stop()

    try:
        engines.use(None)
        asyncio.run(fill())
        old = keyring.current()
        for argv, code in ((["show"], 0), (["rotate"], 0), (["show"], 0), (["drop", old.newest[0]], 0)):
            engines.use(None)
            assert keys(argv) == code
        engines.use(None)
        assert keys(["drop", keyring.current().newest[0]]) == 2
    finally:
        engines.use(None)
    said = "".join(capsys.readouterr())
    assert f"  {old.newest[0]}          1 fields  newest" in said
    assert "fields sealed anew: 1." in said
    for ring in (old, keyring.current()):
        for key in (ring.hash_key, *(key for _, key in ring.sealing)):
            assert base64.urlsafe_b64encode(key).decode()[:12] not in said
    assert PHONE not in said


def test_a_fresh_key_is_printed_for_the_setting(capsys, monkeypatch):
    assert keys(["new"]) == 0
    whole = capsys.readouterr().out
    assert len(keyring.read(whole, "").ids) == 1
    monkeypatch.setenv("GANPO_KEYS", whole)
    assert keys(["new"]) == 0
    assert len(keyring.read(os.environ["GANPO_KEYS"] + capsys.readouterr().out, "").ids) == 2
