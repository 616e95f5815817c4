"""Attempts that are counted: the only writer of `SignInFailure`. Knows hashes of who was tried from where.

At the door: for one account from one network, for the network, and for the account wherever they come from; of
somebody signed in: how many others they look up, and how many of those in vain.
"""

import hashlib
import ipaddress
from datetime import datetime, timedelta

from foundation.base.problem import Problem, Refused
from foundation.people.tables import SignInFailure
from foundation.store.counting import one_more
from foundation.store.transactions import transaction

WINDOW = timedelta(minutes=15)
FAILURES = 8  # in a window, for one account from one network: a venue's judges share the network
FROM_ONE_NETWORK = 300  # in a window, whichever account: a whole venue that mistypes stays below
TO_ONE_ACCOUNT = 100  # in a window, from wherever they come
LOOK_UP_WINDOW = timedelta(hours=1)
LOOK_UPS = 30  # of other people's accounts, by one account, that found nobody
LOOK_UPS_AT_ALL = 600  # by one account: a contest office seats a whole province's judges in an afternoon
CHECKS = 60  # in a window, of certificates by their number from one network: numbers can be counted through

Counted = tuple[str, ...]
"""The keys under which one attempt was counted, the pair of account and network first."""


def network(sender: str) -> str:
    """What counts as one sender: the address, of IPv6 its first 64 bits, which one household has."""
    try:
        address = ipaddress.ip_address(sender)
    except ValueError:
        return sender
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), 64), strict=False))


async def count(who: str, address: str, now: datetime, field: str) -> Counted:
    """Count before checking, so that a hundred guesses at once are not a hundred free ones; answers the keys.

    Raises Refused on the field where there were too many. What is refused is not counted, so that one network alone
    cannot use up what an account has for all of them.
    """
    net = network(address)
    counted = (_key(f"{who}|{net}"), _key(f"network||{net}"), _key(f"account||{who}"))
    async with transaction():  # in one order, so that no two wait for each other
        for key, most in zip(counted, (FAILURES, FROM_ONE_NETWORK, TO_ONE_ACCOUNT), strict=True):
            if minutes := await _count(key, most, WINDOW, now):
                raise Refused(Problem("sign_in_paused", field, {"minutes": str(minutes)}))
    return counted


async def forget(counted: Counted) -> None:
    """They were right: what was counted for them from there is over, and this attempt was none in vain."""
    pair, *shared = counted
    async with transaction():
        await SignInFailure.delete().where(SignInFailure.key == pair)
        for key in shared:
            await SignInFailure.update({SignInFailure.failures: SignInFailure.failures - 1}).where(
                SignInFailure.key == key, SignInFailure.failures > 0
            )


async def count_look_up(actor: str, now: datetime, field: str) -> None:
    """Somebody signed in asks for another's account by what they typed: count it before looking.

    Raises Refused where they ask too often.
    """
    async with transaction():  # in one order, so that no two wait for each other
        for key, most in zip(_look_ups(actor), (LOOK_UPS, LOOK_UPS_AT_ALL), strict=True):
            if minutes := await _count(key, most, LOOK_UP_WINDOW, now):
                raise Refused(Problem("look_ups_paused", field, {"minutes": str(minutes)}))


async def looked_up(actor: str) -> None:
    """Whom they asked for is there and theirs to find: this look-up was none in vain."""
    in_vain, _ = _look_ups(actor)
    async with transaction():
        await SignInFailure.update({SignInFailure.failures: SignInFailure.failures - 1}).where(
            SignInFailure.key == in_vain, SignInFailure.failures > 0
        )


def _look_ups(actor: str) -> tuple[str, str]:
    return _key(f"look up||{actor}"), _key(f"look up at all||{actor}")


async def count_check(address: str, now: datetime, field: str) -> None:
    """Somebody checks what was issued by a number that could be guessed. Raises Refused where it is done too often."""
    async with transaction():
        if minutes := await _count(_key(f"check||{network(address)}"), CHECKS, WINDOW, now):
            raise Refused(Problem("checks_paused", field, {"minutes": str(minutes)}))


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


async def _count(key: str, most: int, window: timedelta, now: datetime) -> int:
    """Within the caller's transaction: one more; the minutes to wait where that is too many, else 0."""
    count = await one_more(
        SignInFailure(key=key, failures=0, window_started_at=now),
        lambda: (
            SignInFailure.update({SignInFailure.failures: SignInFailure.failures + 1})
            .where(SignInFailure.key == key)
            .returning(SignInFailure.failures, SignInFailure.window_started_at)
        ),
    )
    since: timedelta = now - count["window_started_at"]
    if since > window:
        await SignInFailure.update({SignInFailure.failures: 1, SignInFailure.window_started_at: now}).where(
            SignInFailure.key == key
        )
    elif count["failures"] > most:
        return int((window - since).total_seconds() // 60) + 1
    return 0
