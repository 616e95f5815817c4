"""Recovery codes: the only writer of `RecoveryCode`. Ten stand in for a lost phone, each once.

A code is 128 random bits of which only the hash is kept, so it is shown once and cannot be looked up later. All
functions but `left` run inside the caller's transaction; who may ask for codes is decided in `factors.py`.
"""

from datetime import datetime

from foundation.base import secrets
from foundation.people.factor_tables import RecoveryCode
from foundation.store import ledger

MANY = 10


async def issue(account_id: int) -> list[str]:
    """Ten fresh codes in place of all earlier ones; they exist in this answer only."""
    codes = [secrets.new_code() for _ in range(MANY)]
    await RecoveryCode.delete().where(RecoveryCode.account == account_id)
    await RecoveryCode.insert(
        *(RecoveryCode(account=account_id, code_hash=secrets.digest(code), used_at=None) for code in codes)
    )
    return codes


async def use(account_id: int, typed: str, now: datetime) -> bool:
    """Take this code if it is one of the account's and was not used: of two who hold it, the first gets in."""
    digest = secrets.digest(secrets.read_code(typed))
    taken = (
        await RecoveryCode.update({RecoveryCode.used_at: now})
        .where(
            RecoveryCode.account == account_id,
            RecoveryCode.code_hash == digest,
            RecoveryCode.used_at.is_null(),
        )
        .returning(RecoveryCode.id)
    )
    if taken:
        actor = f"account:{account_id}"
        ledger.record(
            stream=actor, act="factor.recovery_code_used", actor=actor, about=f"recovery_code:{taken[0]['id']}"
        )
    return bool(taken)


async def forget(account_id: int) -> None:
    """No code of this account opens anything any more."""
    await RecoveryCode.delete().where(RecoveryCode.account == account_id)


async def left(account_id: int) -> int:
    """How many codes are still good."""
    found: int = await RecoveryCode.count().where(RecoveryCode.account == account_id, RecoveryCode.used_at.is_null())
    return found
