"""A lost phone: an officer above takes the second factor of an account away, and whatever it had open ends.

Who may do so is decided by who may keep the account (`may.py`); never oneself.
"""

from foundation.base.problem import Problem, Refused
from foundation.people import factors, session_ends
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction


@tried_again
async def reset(account_id: int, by: int) -> None:
    """The account signs in with its password alone, and enrols anew where a role asks for it. Raises Refused."""
    if account_id == by:
        raise Refused(Problem("factor_is_own"))
    async with transaction():
        await factors.take_away(account_id, "factor.reset", f"account:{by}")
        await session_ends.end_all(account_id)
