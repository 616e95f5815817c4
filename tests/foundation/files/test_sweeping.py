"""The sweep removes what nothing uses, a day later, and never what is used, whoever hangs it at that moment."""

import asyncio
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest

from foundation.base.problem import NotFound
from foundation.files import contents, media, pictures, stored, sweeping, uses
from foundation.files.tables import FileUse, Picture, Rendition, StoredContent, StoredFile
from foundation.process.circular_tables import Attachment
from foundation.store import ledger
from foundation.store.engines import Engine
from foundation.store.transactions import transaction
from foundation.work.act_tables import TwoPersonAct
from tests.foundation.files.pictures_made_up import telling

NOW = datetime(2026, 3, 9, 1, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=2)
only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def text(word: str) -> bytes:
    return f"{word} {os.urandom(8).hex()}".encode()


async def kept(content: bytes) -> int:
    return await stored.keep("a.txt", content, 3, NOW)


def on_disk(content: bytes) -> bool:
    return media.place(media.digest(written(content)).sha256).exists()


def written(content: bytes) -> Path:
    path = media.new_part()
    media.write(path, content)
    return path


async def test_what_nothing_uses_goes_after_a_day_and_what_is_used_stays(database: Engine) -> None:
    one, two, shared = text("one"), text("two"), text("shared")
    loose, used, again = await kept(one), await kept(two), await kept(shared)
    twin = await kept(shared)
    async with transaction():
        await uses.hang(used, "circular:1", "attachment")
        await uses.hang(used, "circular:1", "attachment")
        await uses.hang(twin, "nomination:12", "scan")
    assert await uses.how_often(used) == 1
    hung = await uses.uses_of("nomination:12")
    assert [(use.file_id, use.role, use.name) for use in hung] == [(twin, "scan", "a.txt")]
    assert (await sweeping.sweep(NOW + timedelta(hours=23))).files == 0
    counted = await sweeping.sweep(LATER, dry_run=True)
    assert (counted.files, await StoredFile.count(), on_disk(one)) == (2, 4, True)
    assert (await sweeping.sweep(LATER)).files == 2
    assert [row["id"] for row in await StoredFile.select().order_by(StoredFile.id)] == [used, twin]
    assert (on_disk(one), on_disk(two), on_disk(shared)) == (False, True, True)
    assert (await ledger.entries(f"file:{loose}"))[0].act == "file.swept"
    with pytest.raises(NotFound):
        async with transaction():
            await uses.hang(again, "circular:2", "attachment")
    async with transaction():
        assert await uses.unhang("nomination:12", file_ids=[]) == 0
        assert await uses.unhang("nomination:12", "portrait") == 0
        assert await uses.unhang("nomination:12") == 1
    await sweeping.sweep(LATER)
    assert (on_disk(shared), await StoredContent.count(), await FileUse.count()) == (False, 1, 1)


@pytest.mark.parametrize("first", ["hang", "sweep"])
async def test_whoever_hangs_a_file_while_it_is_swept_has_it_or_is_told(database: Engine, first: str) -> None:
    content = text("raced")
    file_id = await kept(content)

    async def hang() -> bool:
        async with transaction():
            try:
                await uses.hang(file_id, "nomination:1", "scan")
            except NotFound:
                return False
            await asyncio.sleep(0)
        return True

    acts = [hang(), sweeping.sweep(LATER)]
    done = await asyncio.gather(*(acts if first == "hang" else reversed(acts)))
    had = next(one for one in done if isinstance(one, bool))
    assert (await StoredFile.exists(), on_disk(content), await FileUse.exists()) == (had, had, had)


async def test_many_who_keep_the_same_content_while_it_is_swept_never_lose_it(database: Engine) -> None:
    content = text("again and again")
    await kept(content)
    for _ in range(5):
        new, _ = await asyncio.gather(stored.keep("a.txt", content, 3, LATER), sweeping.sweep(LATER))
        assert (await stored.read(new))[1] == content
        await StoredFile.update({StoredFile.uploaded_at: NOW}).where(StoredFile.id == new)


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_content_that_is_held_waits_for_its_holder(database: Engine) -> None:
    content = text("held")
    part = media.measure(written(content))
    holding, go_on = asyncio.Event(), asyncio.Event()

    async def keeper() -> None:
        async with transaction():
            await contents.claim([part])
            holding.set()
            await go_on.wait()
            await stored.add(part, "a.txt", "text/plain", 3, LATER)

    async def sweeper() -> bool:
        async with transaction():
            return await contents.drop_unused(part.sha256)

    keeping = asyncio.create_task(keeper())
    await holding.wait()
    sweeping_now = asyncio.create_task(sweeper())
    done, _ = await asyncio.wait({sweeping_now}, timeout=0.3)
    assert not done, "the sweep must wait for whoever holds the content"
    go_on.set()
    await keeping
    assert await sweeping_now is False
    assert media.place(part.sha256).read_bytes() == content


@only_sqlite
async def test_a_picture_goes_with_its_renditions_unless_it_is_published_or_used(database: Engine) -> None:
    for _ in range(3):
        await pictures.keep_picture("a.jpg", telling(size=(200, 300)), "凌师傅", 3, NOW)
    async with transaction():
        await pictures.publish(2)
        await pictures.hang(3, "nomination:1", "portrait")
    swept = await sweeping.sweep(LATER)
    assert (swept.files, swept.pictures, swept.contents) == (1, 1, 0)  # its twins have the same contents
    assert [row["id"] for row in await Picture.select().order_by(Picture.id)] == [2, 3]
    assert {row["picture"] for row in await Rendition.select()} == {2, 3}
    async with transaction():
        await pictures.revoke(2)
        await uses.unhang("nomination:1")
    swept = await sweeping.sweep(LATER)
    assert (swept.pictures, await Picture.count(), await Rendition.count(), await StoredContent.count()) == (2, 0, 0, 0)


@only_sqlite
async def test_what_was_left_behind_on_the_disk_goes(database: Engine) -> None:
    part, bench = written(b"broken off"), media.parts() / "work-old"
    bench.mkdir()
    (bench / "upload").write_bytes(b"x")
    orphan = media.measure(written(text("no row has it")))
    media.put(orphan)
    orphan.path.unlink()
    fresh = written(b"arriving")
    old = (LATER - timedelta(days=3)).timestamp()
    for path in (part, bench, media.place(orphan.sha256)):
        os.utime(path, (old, old))
    os.utime(fresh, (LATER.timestamp(), LATER.timestamp()))
    swept = await sweeping.sweep(LATER)
    assert swept.left_over >= 2
    assert (part.exists(), bench.exists(), media.place(orphan.sha256).exists(), fresh.exists()) == (
        False, False, False, True,
    )  # fmt: skip


@only_sqlite
async def test_the_command_says_what_went(database: Engine) -> None:
    await kept(text("old"))
    await StoredFile.update({StoredFile.uploaded_at: datetime.now(UTC) - timedelta(days=2)}, force=True)
    environment = {**os.environ, "DATABASE_URL": database.url}
    for arguments, word, left in ((["--dry-run"], "Would go: 1 files", 1), ([], "Gone: 1 files", 0)):
        command = [sys.executable, "-m", "ganpo.cli", "media", "sweep", *arguments]
        done = await asyncio.to_thread(
            subprocess.run, command, env=environment, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout.startswith(word)) == (0, True), done.stdout + done.stderr
        assert await StoredFile.count() == left


async def test_files_of_before_are_used_after_the_migrations(database: Engine) -> None:
    file_id, paper = await kept(text("attached")), await kept(text("signed"))
    await Attachment(subject="circular:12", number=1, file=file_id).save()
    await TwoPersonAct(
        kind="k", about="a", payload="{}", salt="s", organisation_id=1, asked_by=1, asked_at=NOW, reason="r",
        stage="confirmed", decision_reason="", paper=paper,
    ).save()  # fmt: skip
    assert await sweeping._unused(LATER, 0) == [paper], "what a row points at is held, whoever forgot to say so"
    await StoredContent.delete(force=True)
    for name in ("work_0003_paper_uses", "process_0006_attachment_uses"):
        room = name.partition("_")[0]
        await database.run_ddl(import_module(f"foundation.{room}.piccolo_migrations.{name}").FILL)
    contents_filled = import_module("foundation.files.piccolo_migrations.files_0003_picture_indexes").STATEMENTS[-1]
    await database.run_ddl(contents_filled)
    rows = await FileUse.select(FileUse.file, FileUse.about, FileUse.role).order_by(FileUse.about)
    assert rows == [
        {"file": paper, "about": "act:1", "role": "signed_paper"},
        {"file": file_id, "about": "circular:12", "role": "attachment"},
    ]
    assert await StoredContent.count() == 2
    assert (await sweeping.sweep(LATER)).files == 0
