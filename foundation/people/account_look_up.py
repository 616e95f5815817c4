"""Another person's account, found by what somebody signed in typed. Tells no name to who merely tries numbers.

Who is not there, who is not theirs to know and whose account is closed are one answer. Writes nothing but that it was
asked (`throttle`), which is counted before anything is looked for.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from foundation.base.problem import Problem, Refused
from foundation.people import account_facts, throttle
from foundation.people.account_facts import AccountFacts
from foundation.people.organisation_tree import is_below

if TYPE_CHECKING:
    from foundation.people.sessions import SignedIn

Finder = Callable[[str], Awaitable[AccountFacts | None]]
"""What was typed -> the open account that is meant, None for all others alike. May raise Refused."""


async def look_up(user: "SignedIn", typed: str, now: datetime, field: str) -> AccountFacts:
    """The open account that this person means; see `find`. Raises Refused."""
    found = await find(user, now, field, typed)
    if found is None:
        raise Refused(Problem("account_phone_elsewhere" if account_facts.as_phone(typed) else "account_closed", field))
    return found


async def find(user: "SignedIn", now: datetime, field: str, typed: str) -> AccountFacts | None:
    """The open account with this name or phone number, where it is looked after or has a post at or below the hat.

    Elsewhere an account is found by its exact name only, and by no phone number. Raises Refused for one who asks too
    often.
    """
    await throttle.count_look_up(user.actor, now, field)
    found = await account_facts.find(typed)
    if found is None or not found.active:
        return None
    if not _is_near(user, found) and found.sign_in != account_facts.folded(typed):
        return None
    await throttle.looked_up(user.actor)
    return found


def finder(user: "SignedIn", now: datetime, field: str) -> Finder:
    """`find` for one person and one field, as writers take it that look several people up."""
    return partial(find, user, now, field)


def _is_near(user: "SignedIn", account: AccountFacts) -> bool:
    places = [account.path, *(post.path for post in account.posts)]
    return user.hat is not None and any(is_below(path, user.hat.path) for path in places)
