"""Ending what is open for an account, for writers that `sessions` itself builds on (posts, accounts)."""

from foundation.people import pending_sign_ins
from foundation.people.tables import Session


async def close_all(account_id: int) -> None:
    """Within the caller's transaction: no session of this account opens anything any more."""
    await Session.delete().where(Session.account == account_id)


async def end_all(account_id: int) -> None:
    """Within the caller's transaction: neither a session nor a sign-in that waits for its second factor goes on."""
    await close_all(account_id)
    await pending_sign_ins.end_all(account_id)
