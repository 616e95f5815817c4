"""Attempts in vain at the door: the only writer of `SignInFailure`. Knows hashes of who was tried from where."""

import hashlib
from datetime import datetime, timedelta

from foundation.base.problem import Problem, Refused
from foundation.people.tables import SignInFailure
from foundation.store.transactions import transaction

WINDOW = timedelta(minutes=15)
FAILURES = 8  # in a window, for one account from one address: a venue's judges share the address


async def count(who: str, address: str, now: datetime, field: str) -> str:
    """Count before checking, so that a hundred guesses at once are not a hundred free ones; answers the key.

    Raises Refused on the field where there were too many.
    """
    key = hashlib.sha256(f"{who}|{address}".encode()).hexdigest()
    async with transaction():
        await SignInFailure.insert(SignInFailure(key=key, failures=0, window_started_at=now)).on_conflict(
            action="DO NOTHING"
        )
        rows = (
            await SignInFailure.update({SignInFailure.failures: SignInFailure.failures + 1})
            .where(SignInFailure.key == key)
            .returning(SignInFailure.failures, SignInFailure.window_started_at)
        )
        since = now - rows[0]["window_started_at"]
        if since > WINDOW:
            await SignInFailure.update({SignInFailure.failures: 1, SignInFailure.window_started_at: now}).where(
                SignInFailure.key == key
            )
        elif rows[0]["failures"] > FAILURES:
            minutes = int((WINDOW - since).total_seconds() // 60) + 1
            raise Refused(Problem("sign_in_paused", field, {"minutes": str(minutes)}))
    return key


async def forget(key: str) -> None:
    """They were right: what was counted is over."""
    async with transaction():
        await SignInFailure.delete().where(SignInFailure.key == key)
