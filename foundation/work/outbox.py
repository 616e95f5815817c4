"""The outbox: messages written in the transaction of what they tell; the only writer of `OutboxMessage`.

Knows channels, leases and when to try again; `senders.py` knows how each channel is spoken to. A message is not a
fact: the act that causes it stands in the ledger, here only an officer's wish to send it again does.

What is promised: a message goes out only if its transaction was committed; no two processes send it at once; what
was acknowledged and marked is never sent again. A process that dies between the acknowledgement and the mark leaves
a message that the next one repeats: at least once. Every attempt carries the same message id for that.
"""

import asyncio
import random
import re
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import structlog
from piccolo.columns import Column
from piccolo.query.functions import Count

from foundation.base.mailbox import is_mailbox
from foundation.base.problem import Problem, Refused
from foundation.base.settings import Settings
from foundation.store import engines, ledger
from foundation.store.transactions import TransactionError, mine, transaction
from foundation.work import message_content
from foundation.work.outbox_tables import OutboxMessage
from foundation.work.senders import Channel, Letter, Undelivered, channels_of, send
from foundation.work.waking import wake_after

log = structlog.get_logger()

MOST_ATTEMPTS = 12  # the last some 15 hours after the first
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=6)
PATIENCE = 20.0  # seconds for one attempt
LEASE = timedelta(minutes=2)  # far longer than an attempt takes
AT_ONCE = 4  # so that one dead server does not keep everybody's messages waiting
KEPT = timedelta(days=30)  # rows of ended messages
LONGEST_SUBJECT, LONGEST_TEXT = 200, 20_000
LAST = "\U0010ffff"  # after every key that begins alike

_PHONE = re.compile(r"\+?[0-9]{5,20}")

_named: frozenset[Channel] | None = None  # None: what the environment names


class Stage(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


def use(settings: Settings | None) -> None:
    """Queue messages for the channels that these settings name; None goes back to the environment's."""
    global _named  # noqa: PLW0603 - one process has one set of settings
    _named = None if settings is None else channels_of(settings)


def named() -> frozenset[Channel]:
    """The channels that settings name: messages for others are not written at all."""
    return channels_of(Settings.from_env()) if _named is None else _named


async def post(
    channel: Channel | str, to: str, subject: str, text: str, now: datetime, *, once: str = ""
) -> int | None:
    """Write a message inside the transaction of what it tells; answers its id.

    Answers None and writes nothing where no setting names the channel: a queue that nobody empties would only keep
    personal values. So it does for a message that was written under the key `once` before. `to` is empty for a robot.
    Raises Refused for an address that cannot be one.
    """
    held = mine(engines.current())
    if held is None:
        raise TransactionError("A message is written only inside a transaction.")
    channel = Channel(channel)
    if channel not in named():
        return None
    to = to.strip()
    if not _can_be_sent_to(channel, to):
        raise Refused(Problem("outbox_recipient", "to", {"recipient": to[:254]}))
    row = OutboxMessage(
        message_id=secrets.token_hex(16),
        once=once,
        channel=channel.value,
        recipient=message_content.shown(channel, to) if channel in (Channel.MAIL, Channel.SMS) else "",
        subject=" ".join(subject.split())[:LONGEST_SUBJECT],
        text="",
        content_sealed=message_content.sealed(to, text[:LONGEST_TEXT]),
        stage=Stage.WAITING.value,
        created_at=now,
        due_at=now,
        lease="",
        failure="",
    )
    made = await OutboxMessage.insert(row).on_conflict(action="DO NOTHING")
    wake_after(held)
    return int(made[0]["id"]) if made else None


async def counted(once: str) -> dict[Stage, int]:
    """How many messages whose keys begin so stand where, as long as they are kept."""
    rows = (
        await OutboxMessage.select(OutboxMessage.stage, Count())
        .where(OutboxMessage.once != "", OutboxMessage.once >= once, OutboxMessage.once < once + LAST)
        .group_by(OutboxMessage.stage)
    )
    return {Stage(row["stage"]): int(row["count"]) for row in rows}


def _can_be_sent_to(channel: Channel, to: str) -> bool:
    if channel is Channel.MAIL:
        return is_mailbox(to)
    return channel is not Channel.SMS or _PHONE.fullmatch(to) is not None


async def deliver_due(settings: Settings, clock: Callable[[], datetime]) -> int:
    """Send everything that is due, a few at a time; answers how many attempts were made. Never inside a transaction.

    Raises only the engine's errors; what a receiver does wrong is kept with the message.
    """
    attempts = 0

    async def one_after_another() -> None:
        nonlocal attempts
        while (taken := await _take(clock())) is not None:
            attempts += 1
            await _attempt(settings, *taken, clock)

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(one_after_another())
    except ExceptionGroup as several:  # one task's error, as the database said it
        raise several.exceptions[0] from several
    return attempts


async def _take(now: datetime) -> tuple[Letter, str] | None:
    """Lease the next message by compare-and-set: of two processes that saw it, one gets it, and what is sealed."""
    free = OutboxMessage.leased_until.is_null() | (OutboxMessage.leased_until <= now)
    due = (OutboxMessage.stage == Stage.WAITING.value) & (OutboxMessage.due_at <= now) & free
    while True:
        row = await OutboxMessage.select(OutboxMessage.id).where(due).order_by(OutboxMessage.due_at).first()
        if row is None:
            return None
        lease = secrets.token_hex(16)
        taken = (
            await OutboxMessage.update(
                {
                    OutboxMessage.lease: lease,
                    OutboxMessage.leased_until: now + LEASE,
                    OutboxMessage.attempts: OutboxMessage.attempts + 1,
                }
            )
            .where(OutboxMessage.id == row["id"], due)
            .returning(*OutboxMessage.all_columns())
        )
        if taken:
            names = ("id", "message_id", "channel", "recipient", "subject", "text", "attempts", "lease", "created_at")
            return Letter(**{name: taken[0][name] for name in names}), taken[0]["content_sealed"]


async def _attempt(settings: Settings, letter: Letter, content: str, clock: Callable[[], datetime]) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            await send(settings, message_content.whole(letter, content), clock())
    except (Undelivered, TimeoutError) as error:
        failure = error if isinstance(error, Undelivered) else Undelivered(f"no answer within {PATIENCE:.0f} seconds")
        await _put_off(letter, failure, clock())
    else:
        # Nothing personal is kept longer than it takes to tell it.
        gone: dict[Column | str, Any] = {
            OutboxMessage.stage: Stage.SENT.value,
            OutboxMessage.ended_at: clock(),
            OutboxMessage.text: "",
            OutboxMessage.content_sealed: "",
            OutboxMessage.subject: "",
            OutboxMessage.recipient: "",
            OutboxMessage.failure: "",
        }
        await _mark(letter, gone)


async def _put_off(letter: Letter, failure: Undelivered, now: datetime) -> None:
    over = failure.final or letter.attempts >= MOST_ATTEMPTS
    said: dict[Column | str, Any] = {OutboxMessage.failure: str(failure)[:200]}
    if over:
        log.error("message_failed", message=letter.message_id, channel=letter.channel, attempts=letter.attempts)
        await _mark(letter, {**said, OutboxMessage.stage: Stage.FAILED.value, OutboxMessage.ended_at: now})
    else:
        await _mark(letter, {**said, OutboxMessage.due_at: now + pause(letter.attempts)})


async def _mark(letter: Letter, values: dict[Column | str, Any]) -> None:
    """Only while the lease is still ours: who was too slow does not undo what another process did since."""
    await OutboxMessage.update({**values, OutboxMessage.lease: "", OutboxMessage.leased_until: None}).where(
        OutboxMessage.id == letter.id, OutboxMessage.lease == letter.lease
    )


def pause(attempts: int) -> timedelta:
    """How long to wait after this many attempts: doubling, and by chance a little more or less, so that what failed
    together does not come back together."""
    usual = min(FIRST_PAUSE * 2.0 ** min(attempts - 1, 20), LONGEST_PAUSE)
    return usual * random.uniform(0.8, 1.2)  # noqa: S311 - no secret


async def send_again(message_id: int, by: int, now: datetime) -> None:
    """Try a failed message from the beginning. Raises Refused where it is not among the failed ones (any more)."""
    async with transaction() as held:
        again = (
            await OutboxMessage.update(
                {
                    OutboxMessage.stage: Stage.WAITING.value,
                    OutboxMessage.attempts: 0,
                    OutboxMessage.due_at: now,
                    OutboxMessage.ended_at: None,
                }
            )
            .where(OutboxMessage.id == message_id, OutboxMessage.stage == Stage.FAILED.value)
            .returning(OutboxMessage.message_id)
        )
        if not again:
            raise Refused(Problem("outbox_not_failed"))
        payload = {"message": again[0]["message_id"]}
        ledger.record(stream="outbox", act="message.sent_again", actor=f"account:{by}", payload=payload)
        wake_after(held)


async def forget_ended(now: datetime) -> None:
    """Remove what ended long ago, failed messages with their texts too."""
    await OutboxMessage.delete().where(OutboxMessage.stage != Stage.WAITING.value, OutboxMessage.ended_at < now - KEPT)
