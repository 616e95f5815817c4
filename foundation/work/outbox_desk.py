"""What an officer sees of the outbox: what failed, and how much waits.

Reads only, and never a message's text nor a whole phone number.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from foundation.work.message_content import shown
from foundation.work.outbox import Stage
from foundation.work.outbox_tables import OutboxMessage


@dataclass(frozen=True, slots=True)
class Message:
    """One message on its way, or failed. `failure` is what the other side said last."""

    id: int
    channel: str
    recipient: str
    subject: str
    attempts: int
    created_at: datetime
    due_at: datetime
    ended_at: datetime | None
    failure: str


async def messages(stage: Stage, before_id: int | None = None, limit: int = 50) -> list[Message]:
    """The newest messages of a stage, a keyset page of them."""
    query = OutboxMessage.select(*[getattr(OutboxMessage, name) for name in Message.__dataclass_fields__]).where(
        OutboxMessage.stage == stage.value
    )
    if before_id is not None:
        query = query.where(OutboxMessage.id < before_id)
    return [_shown(row) for row in await query.order_by(OutboxMessage.id, ascending=False).limit(limit)]


def _shown(row: dict[str, Any]) -> Message:
    return Message(**row | {"recipient": shown(row["channel"], row["recipient"])})


async def count(stage: Stage) -> int:
    """How many messages stand there."""
    return int(await OutboxMessage.count().where(OutboxMessage.stage == stage.value))
