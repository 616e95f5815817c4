"""Sign-ins that wait for the second factor: the only writer of `PendingSignIn`.

The password was right; what the page carries from there to the code is a token of 128 random bits that lives for
ten minutes, opens no page and is good for one session.
"""

import secrets as random
from datetime import datetime, timedelta

from foundation.base import secrets
from foundation.people.factor_tables import PendingSignIn
from foundation.store.transactions import transaction

LIFETIME = timedelta(minutes=10)  # long enough to find the phone and to set it up


async def start(account_id: int, now: datetime) -> str:
    """The password of this account was right; answers the token that the next page carries."""
    token = random.token_urlsafe(32)
    async with transaction():
        await PendingSignIn.delete().where(PendingSignIn.expires_at < now)
        await PendingSignIn(token_hash=secrets.digest(token), account=account_id, expires_at=now + LIFETIME).save()
    return token


async def who(token: str, now: datetime) -> int | None:
    """The account that waits under this token, None where none does (any more) or it was closed meanwhile."""
    row = (
        await PendingSignIn.select(PendingSignIn.account)
        .where(
            PendingSignIn.token_hash == secrets.digest(token),
            PendingSignIn.expires_at > now,
            PendingSignIn.account.active == True,  # noqa: E712 - a column, not a truth
        )
        .first()
    )
    return int(row["account"]) if row else None


async def finish(token: str) -> bool:
    """Take the token out of use; False where somebody else did so first."""
    async with transaction():
        gone = (
            await PendingSignIn.delete()
            .where(PendingSignIn.token_hash == secrets.digest(token))
            .returning(PendingSignIn.id)
        )
    return bool(gone)


async def end_all(account_id: int) -> None:
    """Inside the caller's transaction: nothing of this account waits any more (its password or factor changed)."""
    await PendingSignIn.delete().where(PendingSignIn.account == account_id)
