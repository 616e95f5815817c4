"""The outbox: sent after commit, tried again, given up visibly, and never twice by two processes."""

import asyncio
import base64
import contextlib
import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from foundation.base.problem import Problem, Refused
from foundation.base.settings import Settings
from foundation.people import keyring, privacy, resealing, sealed_messages
from foundation.store import ledger
from foundation.store.transactions import TransactionError, transaction
from foundation.work import outbox, outbox_desk, senders
from foundation.work.message_content import sealed
from foundation.work.outbox import Stage
from foundation.work.outbox_tables import OutboxMessage
from foundation.work.senders import Channel, cut
from tests.foundation.work.servers import http_server, mail_server

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
NONE = Settings(home=Path(), database_url="")
assert sealed_messages  # importing it says how messages are sealed


class Clock:
    """A time that tests move."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    yield
    outbox.use(None)


def named(**more: str) -> Settings:
    settings = replace(NONE, **more)
    outbox.use(settings)
    return settings


def by_mail(url: str) -> Settings:
    return named(smtp_url=url, mail_from="赣鄱 <ganpo@example.org>")


async def posted(channel: str = "mail", to: str = "feng@example.org", text: str = "请于周五前报送。") -> int | None:
    async with transaction():
        return await outbox.post(channel, to, "关于报送竞赛计划的通知", text, NOW)


async def row_of(message_id: int) -> dict[str, object]:
    row = await OutboxMessage.select().where(OutboxMessage.id == message_id).first()
    assert row is not None
    return row


async def test_a_mail_is_sent_once_and_its_text_is_not_kept(database):
    async with mail_server() as server:
        settings, clock = by_mail(server.url), Clock()
        message_id = await posted()
        header = (await row_of(message_id))["message_id"]
        assert await outbox.deliver_due(settings, clock) == 1
        assert await outbox.deliver_due(settings, clock) == 0
        [mail] = server.taken
    assert server.recipients == ["feng@example.org"]
    assert (mail["Subject"], mail["To"]) == ("关于报送竞赛计划的通知", "feng@example.org")
    assert mail.get_content().strip() == "请于周五前报送。"
    assert (mail["Message-ID"], mail["X-Ganpo-Message"]) == (f"<{header}@example.org>", header)
    row = await row_of(message_id)
    assert (row["stage"], row["ended_at"], row["text"], row["subject"], row["recipient"]) == ("sent", NOW, "", "", "")


async def test_what_is_rolled_back_is_never_sent(database):
    async with mail_server() as server:
        settings = by_mail(server.url)
        with contextlib.suppress(ZeroDivisionError):
            async with transaction():
                await outbox.post("mail", "feng@example.org", "x", "y", NOW)
                raise ZeroDivisionError
        assert await outbox.deliver_due(settings, Clock()) == 0
    assert server.taken == []


async def test_a_channel_that_no_setting_names_takes_nothing(database):
    named(smtp_url="smtp://127.0.0.1:1")  # no sender's address: still no mail
    assert [await posted(channel.value, "13800000000") for channel in Channel] == [None] * 4
    assert await OutboxMessage.count() == 0


async def test_a_message_needs_a_transaction(database):
    by_mail("smtp://127.0.0.1:1")
    with pytest.raises(TransactionError):
        await outbox.post("mail", "feng@example.org", "x", "y", NOW)


@pytest.mark.parametrize(
    ("channel", "to"),
    [
        ("mail", ""),
        ("mail", "feng"),
        ("mail", "feng@example.org\nBcc: all@example.org"),
        ("mail", "a@b@c"),
        ("mail", "x" * 65 + "@example.org"),
        ("sms", "feng@example.org"),
        ("sms", ""),
    ],
)
async def test_what_can_be_no_address_is_refused(database, channel, to):
    named(smtp_url="smtp://127.0.0.1:1", mail_from="ganpo@example.org", sms_url="http://127.0.0.1:1/")
    with pytest.raises(Refused) as refused:
        await posted(channel, to)
    assert refused.value.problems == (Problem("outbox_recipient", "to", {"recipient": to.strip()}),)


async def test_a_subject_cannot_bring_headers_of_its_own(database):
    async with mail_server() as server:
        settings = by_mail(server.url)
        async with transaction():
            await outbox.post("mail", "feng@example.org", "通知\r\nBcc: all@example.org\n", "x", NOW)
        await outbox.deliver_due(settings, Clock())
    assert (server.taken[0]["Subject"], server.taken[0]["Bcc"]) == ("通知 Bcc: all@example.org", None)


async def test_a_server_that_is_away_gets_the_message_when_it_is_back(database):
    clock = Clock()
    async with mail_server() as server:
        port = int(server.url.rpartition(":")[2])
    settings = by_mail(server.url)
    message_id = await posted()
    assert await outbox.deliver_due(settings, clock) == 1
    row = await row_of(message_id)
    assert (row["stage"], row["attempts"], row["lease"]) == ("waiting", 1, "")
    assert str(row["failure"]).startswith("the mail server cannot be reached")
    assert NOW + timedelta(seconds=24) <= row["due_at"] <= NOW + timedelta(seconds=36)
    async with mail_server(port) as server:
        assert await outbox.deliver_due(settings, clock) == 0  # not before it is due
        clock.now += timedelta(minutes=1)
        assert await outbox.deliver_due(settings, clock) == 1
        assert len(server.taken) == 1
        assert server.taken[0]["X-Ganpo-Message"] == row["message_id"]


async def test_a_temporary_refusal_is_tried_again_and_a_final_one_is_not(database):
    clock = Clock()
    async with mail_server() as server:
        settings = by_mail(server.url)
        server.answers = ["451 later"]
        later = await posted()
        await outbox.deliver_due(settings, clock)
        server.answers = ["550 no such mailbox"]
        never = await posted()
        await outbox.deliver_due(settings, clock)
        assert [(await row_of(one))["stage"] for one in (later, never)] == ["waiting", "failed"]
        assert "550" in str((await row_of(never))["failure"])
        clock.now += timedelta(minutes=1)
        await outbox.deliver_due(settings, clock)
    assert [(await row_of(one))["stage"] for one in (later, never)] == ["sent", "failed"]


async def test_it_gives_up_visibly_and_an_officer_sends_it_again(database):
    clock = Clock()
    settings = by_mail("smtp://127.0.0.1:1")
    message_id = await posted()
    for attempt in range(outbox.MOST_ATTEMPTS):
        assert (await row_of(message_id))["attempts"] == attempt
        assert await outbox.deliver_due(settings, clock) == 1
        clock.now += timedelta(hours=8)
    assert await outbox.deliver_due(settings, clock) == 0
    [failed] = await outbox_desk.messages(Stage.FAILED)
    assert (failed.id, failed.recipient, failed.attempts) == (message_id, "feng@example.org", outbox.MOST_ATTEMPTS)
    assert (await outbox_desk.count(Stage.FAILED), await outbox_desk.count(Stage.WAITING)) == (1, 0)

    async with mail_server() as server:
        settings = by_mail(server.url)
        await outbox.send_again(message_id, 7, clock.now)
        with pytest.raises(Refused) as refused:
            await outbox.send_again(message_id, 7, clock.now)
        assert refused.value.problems == (Problem("outbox_not_failed"),)
        assert await outbox.deliver_due(settings, clock) == 1
    assert len(server.taken) == 1
    [entry] = await ledger.entries("outbox")
    assert (entry.act, entry.actor, entry.payload) == (
        "message.sent_again",
        "account:7",
        {"message": server.taken[0]["X-Ganpo-Message"]},
    )


async def test_of_several_processes_one_sends_each_message(database):
    async with mail_server() as server:
        settings, clock = by_mail(server.url), Clock()
        for number in range(12):
            await posted(to=f"a{number}@example.org")
        attempts = await asyncio.gather(*(outbox.deliver_due(settings, clock) for _ in range(3)))
    assert sum(attempts) == 12
    assert sorted(server.recipients) == sorted(f"a{number}@example.org" for number in range(12))


async def test_a_message_left_by_a_dead_process_is_sent_when_its_lease_is_over(database):
    """It took the message and never came back: sent again with the same id, for nobody knows whether it had been."""
    async with mail_server() as server:
        settings, clock = by_mail(server.url), Clock()
        message_id = await posted()
        taken = await outbox._take(NOW)
        assert taken is not None
        assert await outbox.deliver_due(settings, clock) == 0
        clock.now += outbox.LEASE
        assert await outbox.deliver_due(settings, clock) == 1
        assert [mail["X-Ganpo-Message"] for mail in server.taken] == [taken[0].message_id]
        # The first process was only slow: what it says now changes nothing.
        await outbox._put_off(taken[0], senders.Undelivered("late", final=True), clock.now)
    assert (await row_of(message_id))["stage"] == "sent"


async def test_a_server_that_never_answers_is_left_after_a_while(database, monkeypatch):
    monkeypatch.setattr(outbox, "PATIENCE", 1.0)
    async with http_server() as server:
        server.answer = lambda asked: None
        settings = named(wecom_robot=f"{server.url}/send?key=secret")
        message_id = await posted("wecom", "")
        async with asyncio.timeout(60):
            assert await outbox.deliver_due(settings, Clock()) == 1
    row = await row_of(message_id)
    assert (row["stage"], row["attempts"], row["lease"]) == ("waiting", 1, "")


async def test_wecom_gets_its_json(database):
    async with http_server() as server:
        settings = named(wecom_robot=f"{server.url}/cgi-bin/webhook/send?key=secret")
        message_id = await posted("wecom", "somebody", "字" * 1000)
        header = (await row_of(message_id))["message_id"]
        await outbox.deliver_due(settings, Clock())
    [asked] = server.asked
    assert (asked.path, asked.query) == ("/cgi-bin/webhook/send", {"key": "secret"})
    assert asked.body == {"msgtype": "text", "text": {"content": cut("关于报送竞赛计划的通知\n" + "字" * 1000, 2048)}}
    assert len(asked.body["text"]["content"].encode()) <= 2048
    assert (asked.headers["x-ganpo-message"], asked.headers["idempotency-key"]) == (header, header)
    assert (await row_of(message_id))["stage"] == "sent"


async def test_dingtalk_gets_its_signature(database):
    async with http_server() as server:
        settings = named(dingtalk_robot=f"{server.url}/robot/send?access_token=t", dingtalk_secret="SEC+/=")
        await posted("dingtalk", "")
        await outbox.deliver_due(settings, Clock())
    [asked] = server.asked
    milliseconds = str(int(NOW.timestamp()) * 1000)
    signed = hmac.new(b"SEC+/=", f"{milliseconds}\nSEC+/=".encode(), hashlib.sha256).digest()
    assert asked.query == {"access_token": "t", "timestamp": milliseconds, "sign": base64.b64encode(signed).decode()}
    assert asked.body == {"msgtype": "text", "text": {"content": "关于报送竞赛计划的通知\n请于周五前报送。"}}


async def test_an_sms_gateway_gets_number_text_and_id(database):
    async with http_server() as server:
        server.answer = lambda asked: (202, "accepted")
        settings = named(sms_url=f"{server.url}/sms")
        message_id = await posted("sms", "13800001234")
        header = (await row_of(message_id))["message_id"]
        await outbox.deliver_due(settings, Clock())
    assert [asked.body for asked in server.asked] == [
        {"id": header, "phone": "13800001234", "text": "请于周五前报送。"}
    ]
    assert (await row_of(message_id))["stage"] == "sent"


@pytest.mark.parametrize(
    ("answer", "stage"),
    [
        ((200, '{"errcode":45009,"errmsg":"api freq out of limit"}'), "waiting"),
        ((200, '{"errcode":310000,"errmsg":"sign not match"}'), "failed"),
        ((200, "<html>proxy</html>"), "waiting"),
        ((200, "[]"), "waiting"),
        ((302, ""), "waiting"),
        ((400, ""), "failed"),
        ((429, ""), "waiting"),
        ((500, ""), "waiting"),
    ],
)
async def test_a_robot_s_refusal_is_no_success(database, answer, stage):
    async with http_server() as server:
        server.answer = lambda asked: answer
        settings = named(dingtalk_robot=f"{server.url}/robot/send?access_token=secret")
        message_id = await posted("dingtalk", "")
        await outbox.deliver_due(settings, Clock())
        row = await row_of(message_id)
    assert (row["stage"], len(server.asked)) == (stage, 1)
    assert row["failure"]
    assert "secret" not in str(row["failure"])


async def test_pauses_grow_and_end_growing():
    shortest = [min(outbox.pause(attempt) for _ in range(50)) for attempt in range(1, 40)]
    assert shortest[0] >= timedelta(seconds=24)
    assert all(early < late for early, late in zip(shortest[:8], shortest[2:10], strict=True))
    assert max(outbox.pause(39) for _ in range(50)) <= outbox.LONGEST_PAUSE * 1.2


async def test_ended_messages_are_forgotten_after_a_month(database):
    async with mail_server() as server:
        settings, clock = by_mail(server.url), Clock()
        await posted()
        await outbox.deliver_due(settings, clock)
        waiting = await posted()
    await outbox.forget_ended(NOW + timedelta(days=30))
    assert await OutboxMessage.count() == 2
    await outbox.forget_ended(NOW + timedelta(days=31))
    assert await OutboxMessage.select(OutboxMessage.id) == [{"id": waiting}]


def test_a_text_is_cut_between_characters():
    assert cut("短", 3) == "短"
    assert cut("长" * 5, 10) == "长长…"
    assert cut("长" * 5, 11) == "长长…"


@pytest.mark.parametrize("address", ["=@[.cn", "(@):.cn", ".:@%.cn", "(@).\\.cn", 'x"y@b.cn', "a@b", "龚@b.cn"])
async def test_what_no_mail_can_be_sent_to_is_refused_before_it_is_written(database, address):
    by_mail("smtp://127.0.0.1:1")
    with pytest.raises(Refused):
        await posted(to=address)


async def test_a_message_that_no_library_can_build_ends_alone(database):
    settings = by_mail("smtp://127.0.0.1:1")
    message = await posted()
    content = sealed("=@[.cn", "请于周五前报送。")
    await OutboxMessage.update({OutboxMessage.content_sealed: content}).where(OutboxMessage.id == message)
    assert await outbox.deliver_due(settings, Clock()) == 1
    assert (await row_of(message))["stage"] == Stage.FAILED.value


async def test_what_waits_and_what_failed_stands_nowhere_in_clear(database):
    """Neither a telephone number nor the code that was to go there: whoever has the database cannot sign in with it."""
    settings = named(sms_url="http://127.0.0.1:1/sms")
    message_id = await posted("sms", "13800001234", "Ganpo: your activation code is 7KQ4M")
    for _ in range(2):
        kept = str(await row_of(message_id))
        assert [word for word in ("13800001234", "7KQ4M", "activation") if word in kept] == []
        assert (await row_of(message_id))["recipient"] == "138****1234"
        await outbox.deliver_due(settings, Clock())  # nobody answers there
    assert (await row_of(message_id))["failure"] == "cannot be reached: ConnectError"


async def test_a_message_goes_out_although_the_keys_were_rotated_meanwhile(database, tmp_path, monkeypatch):
    monkeypatch.setenv("GANPO_HOME", str(tmp_path))
    async with http_server() as server:
        server.answer = lambda asked: (202, "accepted")
        settings = named(sms_url=f"{server.url}/sms")
        message_id = await posted("sms", "13800001234")
        old = keyring.current().newest[0]
        await resealing.rotate("cli")
        await resealing.drop(old, "cli")
        assert privacy.key_of(str((await row_of(message_id))["content_sealed"])) != old
        await outbox.deliver_due(settings, Clock())
    assert [asked.body["phone"] for asked in server.asked] == ["13800001234"]
    assert (await row_of(message_id))["content_sealed"] == ""


async def test_a_message_whose_key_is_missing_waits_for_it_and_stops_no_other(database, tmp_path, monkeypatch):
    async with http_server() as server:
        server.answer = lambda asked: (202, "accepted")
        settings, clock = named(sms_url=f"{server.url}/sms"), Clock()
        first = await posted("sms", "13800001234")
        home = keyring.Settings.from_env().home
        monkeypatch.setenv("GANPO_HOME", str(tmp_path))
        await posted("sms", "13900139000")
        assert await outbox.deliver_due(settings, clock) == 2
        assert [asked.body["phone"] for asked in server.asked] == ["13900139000"]
        row = await row_of(first)
        assert (row["stage"], row["failure"]) == ("waiting", "the message cannot be opened: its key is missing")
        monkeypatch.setenv("GANPO_HOME", str(home))
        clock.now += timedelta(hours=1)
        await outbox.deliver_due(settings, clock)
    assert [asked.body["phone"] for asked in server.asked] == ["13900139000", "13800001234"]


async def test_a_message_from_before_content_was_sealed_still_goes_out(database):
    async with http_server() as server:
        server.answer = lambda asked: (202, "accepted")
        settings = named(sms_url=f"{server.url}/sms")
        message_id = await posted("sms", "13800001234")
        before = {"recipient": "13800001234", "text": "earlier", "content_sealed": ""}
        await OutboxMessage.update(before).where(OutboxMessage.id == message_id)
        await outbox.deliver_due(settings, Clock())
    assert [(asked.body["phone"], asked.body["text"]) for asked in server.asked] == [("13800001234", "earlier")]
    row = await row_of(message_id)
    assert (row["stage"], row["recipient"], row["text"]) == ("sent", "", "")
