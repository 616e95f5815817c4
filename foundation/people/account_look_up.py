"""Another person's account, found by what somebody signed in typed. Tells no name to who merely tries numbers.

Writes nothing but that it was asked (`throttle`).
"""

from datetime import datetime
from typing import TYPE_CHECKING

from foundation.base.problem import Problem, Refused
from foundation.people import account_facts, throttle
from foundation.people.account_facts import AccountFacts
from foundation.people.organisation_tree import is_below

if TYPE_CHECKING:
    from foundation.people.sessions import SignedIn


async def look_up(user: "SignedIn", typed: str, now: datetime, field: str) -> AccountFacts:
    """The open account that this person means.

    By name or phone number where it is looked after or has a post at or below the hat; elsewhere by its exact
    name only, and a phone number of somebody elsewhere is answered as one that nobody has. Raises Refused.
    """
    await throttle.count_look_up(user.actor, now, field)
    found = await account_facts.find(typed)
    if found is not None and not _is_near(user, found) and found.sign_in != account_facts.folded(typed):
        found = None
    if found is None and account_facts.as_phone(typed):
        raise Refused(Problem("account_phone_elsewhere", field))
    if found is None or not found.active:
        raise Refused(Problem("account_closed", field))
    return found


def _is_near(user: "SignedIn", account: AccountFacts) -> bool:
    places = [account.path, *(post.path for post in account.posts)]
    return user.hat is not None and any(is_below(path, user.hat.path) for path in places)
