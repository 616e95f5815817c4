"""Every unit that a circular is for is told by mail, each once, however often the work breaks off."""

import asyncio
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from foundation.people import privacy
from foundation.people.organisation_tables import Organisation
from foundation.process import approval, circular_mails, circulars
from foundation.store.transactions import transaction
from foundation.work import job_runner, jobs, outbox
from foundation.work.job_tables import Job
from foundation.work.outbox_tables import OutboxMessage
from tests.foundation.process.circulars_made_up import NOW, issued, province
from tests.foundation.process.mails_made_up import MAIL, units
from tests.web import visitors

ROOT = Path(__file__).parents[3]
MANY = 620  # more than were told at all before


@pytest.fixture(autouse=True)
def mail() -> Iterator[None]:
    outbox.use(MAIL)
    yield
    outbox.use(None)


async def run() -> None:
    await job_runner.run_due(lambda: datetime.now(UTC) + timedelta(minutes=1))


async def told() -> Counter[str]:
    rows = await OutboxMessage.select(OutboxMessage.content_sealed)
    return Counter(json.loads(privacy.opened(row["content_sealed"]))[0] for row in rows)


def everyone(count: int) -> Counter[str]:
    return Counter(f"unit{number}@example.org" for number in range(count))


async def test_every_unit_is_told_once_and_the_progress_is_seen(database):
    made = await province()
    await units(made.places["nanchang"], MANY)
    circular = await issued(made)
    assert await told() == Counter()  # issuing waits for no mailbox
    await run()
    assert await told() == everyone(MANY)
    (job,) = await jobs.jobs_of(made.people["ling"])
    assert (job.kind, job.done, job.total, job.running) == ("circular.mail", MANY, MANY, False)
    assert await circular_mails.counted(circular) == {outbox.Stage.WAITING: MANY}
    assert await circular_mails.counted(circular + 1) == {}
    async with visitors() as web:
        ling = await web.signed_in("ling")
        page = (await ling.get(f"/office/circulars/{circular}/signatures")).text
    assert "已发出的邮件" in page


async def test_the_same_work_again_writes_nothing_twice(database):
    made = await province()
    await units(made.places["nanchang"], 40)
    circular = await issued(made)
    await run()
    async with transaction():
        await jobs.start(circular_mails.MAIL, {"circular": circular}, made.people["ling"], NOW)
    await run()
    assert await told() == everyone(40)


async def test_units_that_share_a_mailbox_are_told_once_and_what_is_none_is_passed_over(database):
    made = await province()
    ids = await units(made.places["nanchang"], 40)
    await Organisation.update({Organisation.contact_email: "unit0@example.org"}).where(Organisation.id.is_in(ids[20:]))
    await Organisation.update({Organisation.contact_email: "no mailbox"}).where(Organisation.id == ids[5])
    await issued(made)
    await run()
    assert await told() == everyone(20) - Counter(["unit5@example.org"])


async def test_of_a_circular_that_is_withdrawn_nobody_further_is_told(database):
    made = await province()
    await units(made.places["nanchang"], 40)
    circular = await issued(made)
    await approval.withdraw(circulars.PAPER, circular, "数字有误", made.people["qian"], NOW + timedelta(minutes=3))
    await run()
    assert await told() == Counter()
    assert [row["stage"] for row in await Job.select(Job.stage)] == ["done"]


async def test_a_killed_process_s_mails_are_gone_on_with_and_each_unit_is_told_once(database):
    made = await province()
    await units(made.places["nanchang"], MANY)
    await issued(made)
    await Job.update({Job.due_at: datetime.now(UTC) - timedelta(minutes=1)}).where(Job.kind == circular_mails.MAIL.code)
    program = [sys.executable, "-m", "tests.foundation.process.mails_made_up", database.url]
    process = await asyncio.create_subprocess_exec(*program, cwd=ROOT)
    try:
        async with asyncio.timeout(60):
            while await OutboxMessage.count() < 60:
                assert process.returncode is None
                await asyncio.sleep(0.02)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        await process.wait()
    assert 60 <= await OutboxMessage.count() < MANY
    await run()  # its lease is over
    assert await told() == everyone(MANY)
