"""What is issued is told where settings name a channel: after its commit, to those it is for, and nothing personal."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from foundation.base.settings import Settings
from foundation.people import privacy
from foundation.people.organisation_tables import Organisation
from foundation.work import job_runner, outbox
from foundation.work.outbox_tables import OutboxMessage
from tests.foundation.process.circulars_made_up import NOW, issued, province

NONE = Settings(home=Path(), database_url="")
ALL = replace(NONE, smtp_url="smtp://127.0.0.1:1", mail_from="g@example.org", wecom_robot="http://127.0.0.1:1/w")


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    yield
    outbox.use(None)


async def messages() -> list[tuple[str, str, str]]:
    await job_runner.run_due(lambda: NOW + timedelta(minutes=5))  # mails are written by a job
    rows = await OutboxMessage.select().order_by(OutboxMessage.id)
    return [(row["channel"], *json.loads(privacy.opened(row["content_sealed"]))) for row in rows]


async def mailboxes(made) -> None:
    for place, mailbox in (("nanchang", "nc@example.org"), ("qingxiu", "qx@example.org"), ("office", "o@example.org")):
        await Organisation.update({Organisation.contact_email: mailbox}).where(Organisation.id == made.places[place])


async def test_units_and_robots_are_told_of_a_public_circular(database):
    outbox.use(ALL)
    made = await province()
    await mailboxes(made)
    await issued(made, addressed_kinds=",city,enterprise,")
    text = "\n".join(
        ("赣工发〔2026〕12号", "关于举办2026年职工职业技能竞赛的通知", "2026-03-20 17:30", "/circulars/ggf-2026-12")
    )
    assert await messages() == [
        ("wecom", "", text), ("mail", "nc@example.org", text), ("mail", "qx@example.org", text),
    ]  # fmt: skip


async def test_an_internal_circular_is_told_to_its_units_alone(database):
    outbox.use(ALL)
    made = await province()
    await mailboxes(made)
    await issued(made, addressed_kinds=",city,", public=False)
    assert [(channel, to) for channel, to, _ in await messages()] == [("mail", "nc@example.org")]


async def test_nothing_is_written_where_no_setting_names_a_channel(database):
    outbox.use(NONE)
    made = await province()
    await mailboxes(made)
    await issued(made)
    assert await messages() == []
