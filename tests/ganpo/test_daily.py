"""The daily file of the ledger's heads: written at start, and not given up for a disk that refuses once."""

import asyncio
from datetime import datetime
from zoneinfo import ZoneInfo

from foundation.base.problem import Refused
from foundation.store import heads, ledger
from foundation.store.heads import read_heads
from foundation.store.transactions import transaction
from foundation.text import frequencies, index
from foundation.text.index import Document
from ganpo import daily
from ganpo.daily import daily_heads, nightly_words, seconds_to_midnight

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_midnight_is_that_of_the_registry_s_zone():
    assert seconds_to_midnight(datetime(2026, 11, 22, 23, 59, 0, tzinfo=SHANGHAI)) == 60
    assert seconds_to_midnight(datetime(2026, 11, 22, 0, 0, 0, tzinfo=SHANGHAI)) == 24 * 3600


def test_the_day_on_which_clocks_go_back_has_an_hour_more():
    assert seconds_to_midnight(datetime(2026, 10, 25, 0, 0, 0, tzinfo=ZoneInfo("Europe/Berlin"))) == 25 * 3600


async def test_a_folder_that_cannot_be_written_is_tried_again(database, tmp_path, monkeypatch):
    monkeypatch.setattr(daily, "RETRY", 0.01)
    async with transaction():
        ledger.record(stream="demo", act="demo.created", actor="cli")
    folder, failures, write = tmp_path / "heads", [], heads.write_heads
    folder.write_text("in the way")

    async def watched(*arguments):
        try:
            return await write(*arguments)
        except Refused:
            failures.append(arguments)
            raise

    monkeypatch.setattr(heads, "write_heads", watched)
    async with asyncio.timeout(30), daily_heads(folder, "Asia/Shanghai"):
        while not failures:  # noqa: ASYNC110 - what is waited for is another task's
            await asyncio.sleep(0.01)
        folder.unlink()
        while not list(folder.glob("*.json")):  # noqa: ASYNC110 - what is waited for is a file
            await asyncio.sleep(0.01)
        (file,) = folder.glob("*.json")
        assert [(head.stream, head.seq) for head in read_heads(file)] == [("demo", 1)]


async def test_the_words_of_what_is_new_are_counted_at_night(database, monkeypatch):
    monkeypatch.setattr(daily, "seconds_to_midnight", lambda now: 0.01)
    monkeypatch.setattr(daily, "NIGHT", 0.0)
    async with transaction():
        await index.put(Document("proposal", 1, "分水"))
    async with asyncio.timeout(30), nightly_words("Asia/Shanghai"):
        while (await frequencies.of(["分水"]))["分水"] == 0:  # noqa: ASYNC110 - another task's count
            await asyncio.sleep(0.01)
    assert await frequencies.of(["分水"]) == {"分水": 1}
