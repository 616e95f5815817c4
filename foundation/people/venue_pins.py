"""A judge's own PIN for the cards of shared tablets: the only writer of `VenuePin`.

Only the judge sets it: signed in, or at a tablet with the password or the activation code that their union handed
them. Whoever makes cards learns at most whether somebody has a PIN. Five wrong ones in a row lock it for every card,
so that no number of new cards gives more tries; choosing another one opens it again.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Literal, TypeAlias

from foundation.base.problem import Problem, Refused
from foundation.people import passwords, privacy, venue_cards
from foundation.people.factor_tables import VenuePin
from foundation.people.tables import Account
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction

DIGITS = 6
TRIES = 5  # wrong PINs in a row lock it

State: TypeAlias = Literal["none", "good", "locked"]


def read(typed: str) -> str:
    """The digits of what was typed, whatever their width and whatever stands between them."""
    return "".join(str(int(one)) for one in typed if one.isdecimal())


def problems_with(pin: str, repeated: str) -> list[Problem]:
    """What is wrong with a PIN that somebody chooses: the ones that everybody tries first are refused."""
    if len(pin) != DIGITS:
        return [Problem("venue_pin_form", "pin")]
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if steps in ({0}, {1}, {9}) or pin[:3] == pin[3:] or pin[:2] * 3 == pin:
        return [Problem("venue_pin_simple", "pin")]
    return [] if pin == repeated else [Problem("venue_pins_differ", "pin_repeated")]


async def states(account_ids: Sequence[int]) -> dict[int, State]:
    """Whether each of these people has a PIN, and whether it is locked; never what it is."""
    rows = await VenuePin.select(VenuePin.account, VenuePin.failures).where(VenuePin.account.is_in(list(account_ids)))
    known: dict[int, State] = {row["account"]: "locked" if row["failures"] >= TRIES else "good" for row in rows}
    return {one: known.get(one, "none") for one in account_ids}


async def hashed(pin: str) -> str:
    """What `put` keeps; takes a moment, so it is made before the transaction."""
    return privacy.seal(await passwords.hash_password(pin))


async def put(account_id: int, sealed: str, how: str, now: datetime) -> None:
    """Within the caller's transaction: this PIN from now on. What cards had opened ends."""
    await lock_row(Account, account_id)  # of two who choose at once, the later one's is good
    await forget(account_id)
    await VenuePin(account=account_id, pin_sealed=sealed, failures=0, chosen_at=now.astimezone(UTC)).save()
    stream = f"account:{account_id}"
    ledger.record(stream=stream, act="venue_pin.chosen", actor=stream, payload={"with": how})


@tried_again
async def choose(account_id: int, pin: str, repeated: str, now: datetime) -> None:
    """Choose a PIN, or another one, as somebody who has just proved who they are. Raises Refused."""
    pin = read(pin)
    if problems := problems_with(pin, read(repeated)):
        raise Refused(*problems)
    sealed = await hashed(pin)
    async with transaction():
        await put(account_id, sealed, "session", now)


async def forget(account_id: int) -> None:
    """Within the caller's transaction: this person has no PIN any more, and no tablet open."""
    await VenuePin.delete().where(VenuePin.account == account_id)
    await venue_cards.close_all_of(account_id)


async def check(account_id: int, pin: str) -> str:
    """Whether this is the person's PIN; answers what `take` confirms. Raises Refused.

    It is counted before it is compared, so that a hundred guesses at once are five.
    """
    counted = []
    async with transaction():
        counted = (
            await VenuePin.update({VenuePin.failures: VenuePin.failures + 1})
            .where(VenuePin.account == account_id, VenuePin.failures < TRIES)
            .returning(VenuePin.failures, VenuePin.pin_sealed)
        )
    if not counted:
        state = (await states([account_id]))[account_id]
        raise Refused(Problem("venue_pin_none" if state == "none" else "venue_pin_locked"))
    left, sealed = TRIES - counted[0]["failures"], str(counted[0]["pin_sealed"])
    if await passwords.matches(pin, privacy.opened(sealed)):
        return sealed
    if left:
        raise Refused(Problem("venue_pin_wrong", "pin", {"left": str(left)}))
    async with transaction():
        stream = f"account:{account_id}"
        ledger.record(stream=stream, act="venue_pin.locked", actor=stream)
    raise Refused(Problem("venue_pin_locked"))


async def take(account_id: int, checked: str) -> None:
    """Within the caller's transaction: the wrong ones before are forgotten. Raises Refused where it was changed."""
    row = await VenuePin.select(VenuePin.id).where(VenuePin.account == account_id).first()
    if row is not None and await lock_row(VenuePin, row["id"]):
        right = VenuePin.update({VenuePin.failures: 0}).where(VenuePin.id == row["id"], VenuePin.pin_sealed == checked)
        if await right.returning(VenuePin.id):
            return
    raise Refused(Problem("venue_pin_changed", "pin"))
