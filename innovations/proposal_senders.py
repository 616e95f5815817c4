"""How much one network may send: the only writer of `ProposalSender`. Knows keyed hashes, no proposal and nobody.

A whole works sits behind one address, so the limits are wide; they stop floods, not workers.
"""

from datetime import datetime, timedelta
from math import ceil

from foundation.base.problem import Problem, Refused
from foundation.people import privacy
from foundation.people.throttle import network
from foundation.store.counting import one_more
from innovations.proposal_tables import ProposalSender

WINDOW = timedelta(hours=1)
FROM_ONE_NETWORK = 120  # proposals begun in a window
AT_ONE_DOOR = 600  # from all networks together
PICTURES = 240  # photographs in a window from one network
CODES = 60  # wrong codes in a window from one network


async def count_proposal(sender: str, door_id: int, now: datetime) -> None:
    """One more proposal is begun, inside the caller's transaction. Raises Refused where it is too many."""
    await _count(f"network|{network(sender)}", FROM_ONE_NETWORK, now)
    await _count(f"door|{door_id}", AT_ONE_DOOR, now)


async def count_picture(sender: str, now: datetime) -> None:
    """One more photograph comes, inside the caller's transaction. Raises Refused."""
    await _count(f"picture|{network(sender)}", PICTURES, now)


async def count_wrong_code(sender: str, now: datetime) -> None:
    """A code that opens nothing was asked for, inside the caller's transaction. Raises Refused."""
    await _count(f"code|{network(sender)}", CODES, now)


async def _count(what: str, most: int, now: datetime) -> None:
    """What is counted is forgotten with its window."""
    key = privacy.keyed_hash("proposal_sender", what)
    await ProposalSender.delete().where(ProposalSender.window_started_at <= now - WINDOW)
    count = await one_more(
        ProposalSender(key=key, sent=0, window_started_at=now),
        lambda: (
            ProposalSender.update({ProposalSender.sent: ProposalSender.sent + 1})
            .where(ProposalSender.key == key)
            .returning(ProposalSender.sent, ProposalSender.window_started_at)
        ),
    )
    if count["sent"] > most:
        left = WINDOW - (now - count["window_started_at"])
        raise Refused(Problem("proposal_paused", "", {"minutes": str(ceil(left / timedelta(minutes=1)))}))
