"""The daily file of the ledger's heads: written at start, and not given up for a disk that refuses once."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from foundation.base.problem import NotFound, Refused
from foundation.files import stored
from foundation.store import heads, ledger
from foundation.store.heads import read_heads
from foundation.store.transactions import transaction
from foundation.text import frequencies, index
from foundation.text.index import Document
from foundation.work import job_runner
from foundation.work.daily_tables import DailyTurn
from foundation.work.job_tables import Job
from ganpo import daily, daily_tasks
from ganpo.daily import daily_heads, daily_work, nightly_words, seconds_to_midnight
from tests.craftsmen.everything import PDF

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


async def test_the_day_s_work_is_begun_once_done_and_said_in_the_log(database, tmp_path, monkeypatch):
    monkeypatch.setattr(daily, "AFTER_START", 0.01)
    monkeypatch.setenv("GANPO_HOME", str(tmp_path))
    said: list[tuple[str, dict]] = []
    for module in (daily, daily_tasks):
        monkeypatch.setattr(module.log, "info", lambda event, **more: said.append((event, more)))
    old = await stored.keep("没人用.pdf", PDF, 1, datetime.now(UTC) - timedelta(days=2))
    async with asyncio.timeout(30), daily_work("Asia/Shanghai"), daily_work("Asia/Shanghai"):
        while await DailyTurn.count() < len(daily_tasks.TASKS):  # noqa: ASYNC110 - what is waited for is another task's
            await asyncio.sleep(0.01)
        assert await job_runner.run_due(lambda: datetime.now(UTC)) == len(daily_tasks.TASKS)
    rows = await Job.select(Job.stage, Job.kind).order_by(Job.id)
    assert [(row["kind"], row["stage"]) for row in rows] == [
        ("daily.come_of_age", "done"), ("daily.studios", "done"), ("daily.prints", "done"), ("daily.answers", "done"),
        ("daily.sweep", "done"),
    ]  # fmt: skip
    counts = {event: more for event, more in said if event != "daily_begun"}
    assert counts["daily_swept"]["files"] == 1
    assert counts["daily_prints_let_go"]["days"] == 30
    assert counts["daily_come_of_age"]["people"] == 0
    assert counts["daily_studios_lapsed"]["studios"] == 0
    with pytest.raises(NotFound):
        await stored.facts(old)
