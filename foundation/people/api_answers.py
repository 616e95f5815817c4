"""A write of a system is done once, however often it is sent: the only writer of `ApiAnswer`.

The answer is kept with the write, in its transaction, under the key that the system chose. The same key with the same
words is answered from there; with other words it is refused. What was refused is not kept, and is tried anew. Nothing
is saved of a token that was put out of force meanwhile.
"""

import hashlib
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from foundation.base import secrets
from foundation.base.problem import Problem, Refused
from foundation.people import api_tokens
from foundation.people.token_tables import ApiAnswer
from foundation.store.commit import write
from foundation.store.locks import lock_name

KEPT = timedelta(hours=24)
KEY = re.compile(r"[!-~]{8,80}")
SWEPT_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Answer:
    """What a write is answered: status and JSON. It holds ids and codes, nothing that somebody wrote."""

    status: int
    body: str
    replayed: bool = False


Act = Callable[[], Awaitable[Answer]]


def asked(address: str, body: bytes) -> str:
    """What tells one write from another under the same key."""
    return hashlib.sha256(address.encode() + b"\0" + body).hexdigest()


def key_problems(key: str) -> list[Problem]:
    """What is wrong with a key; empty ones too, for every write needs one."""
    return [] if KEY.fullmatch(key) else [Problem("api_key_form", "Idempotency-Key")]


async def once(token_id: int, key: str, asked_hash: str, now: datetime, act: Act) -> Answer:
    """Do `act` in one transaction with keeping its answer, or answer what was kept. Raises as `act` does, Refused,
    and TokenEnded.

    Of twins at once one waits until the other is saved.
    """
    key_hash = secrets.digest(key)

    async def job() -> Answer:
        await lock_name(f"api-answer:{token_id}:{key_hash}")
        here = (ApiAnswer.token == token_id) & (ApiAnswer.key_hash == key_hash)
        if (there := await kept(token_id, key, asked_hash, now)) is not None:
            return there
        await ApiAnswer.delete().where(here)
        answer = await act()
        await ApiAnswer(
            token=token_id, key_hash=key_hash, asked_hash=asked_hash, status=answer.status, body=answer.body, at=now
        ).save()
        await api_tokens.hold(token_id, now)  # last: organisations and papers are locked before tokens
        return answer

    return await write(job)


async def kept(token_id: int, key: str, asked_hash: str, now: datetime) -> Answer | None:
    """What was answered under this key already, for whoever has work to do before the write. Raises Refused where it
    was asked with other words."""
    here = (ApiAnswer.token == token_id) & (ApiAnswer.key_hash == secrets.digest(key))
    row = await ApiAnswer.select().where(here).first()
    if row is None or row["at"] <= now - KEPT:
        return None
    if row["asked_hash"] != asked_hash:
        raise Refused(Problem("api_key_again", "Idempotency-Key"))
    return Answer(row["status"], row["body"], replayed=True)


async def let_go(now: datetime) -> int:
    """Delete answers that are not kept any longer; answers how many. Some at a time, for others write meanwhile."""

    async def job() -> int:
        old = await ApiAnswer.select(ApiAnswer.id).where(ApiAnswer.at <= now - KEPT).limit(SWEPT_AT_ONCE)
        await ApiAnswer.delete().where(ApiAnswer.id.is_in([row["id"] for row in old] or [0]))
        return len(old)

    gone = 0
    while count := await write(job):
        gone += count
    return gone
