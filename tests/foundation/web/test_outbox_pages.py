"""The page of undelivered messages: for officers of the federation alone, never a text, once more at a click."""

from datetime import UTC, datetime

import pytest

from foundation.people import accounts, organisations
from foundation.people.organisation_draft import Draft
from foundation.people.organisation_kinds import Kind
from foundation.work.outbox_tables import OutboxMessage
from tests.web import visitors

NOW = datetime.now(UTC)  # messages that ended are kept for a month


async def failed(number: int = 1) -> int:
    row = OutboxMessage(
        message_id=f"{number:032}",
        channel="mail",
        recipient=f"a{number}@example.org",
        subject="关于报送竞赛计划的通知",
        text="the private text",
        stage="failed",
        attempts=12,
        created_at=NOW,
        due_at=NOW,
        ended_at=NOW,
        lease="",
        failure="the mail server refused: 550 no such mailbox",
    )
    await row.save()
    return int(row.id)


async def test_an_officer_of_the_federation_sees_why_and_sends_again(database):
    async with visitors() as web:
        ling = await web.signed_in("ling", roles=["officer"])
        assert "没有发送失败的消息" in (await ling.get("/outbox")).text
        message_id = await failed()
        page = (await ling.get("/outbox")).text
        assert "550 no such mailbox" in page
        assert "the private text" not in page
        assert (await ling.post(f"/outbox/{message_id}/again")).status_code == 303
        assert (await ling.post(f"/outbox/{message_id}/again")).status_code == 409
        row = await OutboxMessage.select(OutboxMessage.attempts, OutboxMessage.ended_at).first()
        assert row is not None
        assert row["ended_at"] is None


async def test_a_phone_number_is_shown_masked(database):
    await OutboxMessage.update({"channel": "sms", "recipient": "13800001234"}).where(OutboxMessage.id == await failed())
    async with visitors() as web:
        page = (await (await web.signed_in("ling", roles=["officer"])).get("/outbox")).text
    assert "138****1234" in page
    assert "13800001234" not in page


async def test_nobody_else_sees_messages(database):
    city = await organisations.create(1, Draft("上饶市总工会", Kind.CITY), "cli", NOW)
    await accounts.create_account("feng", "冯砚秋", ["officer"], "cli", NOW, organisation_id=city)
    message_id = await failed()
    async with visitors() as web:
        for stranger in (await web.signed_in("feng"), await web.signed_in("zuzhi", roles=["organiser", "reviewer"])):
            assert (await stranger.get("/outbox")).status_code == 404
            assert (await stranger.post(f"/outbox/{message_id}/again")).status_code == 404


@pytest.mark.parametrize("message_id", ["0", "99999999999999999999", "x"])
async def test_a_message_that_is_none_is_not_found(database, message_id):
    async with visitors() as web:
        ling = await web.signed_in("ling", roles=["officer"])
        assert (await ling.post(f"/outbox/{message_id}/again")).status_code == 404
        assert (await ling.get("/outbox?before=x")).status_code == 404


async def test_more_than_a_page_goes_on(database):
    for number in range(52):
        await failed(number)
    async with visitors() as web:
        ling = await web.signed_in("ling", roles=["officer"])
        assert "/outbox?before=3" in (await ling.get("/outbox")).text
        assert "/again" in (await ling.get("/outbox?before=3")).text
