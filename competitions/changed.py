"""Which kept public pages a change makes stale; every writer of a public fact calls one of these in its transaction.

Knows the names under which `routes/public.py` has its pages kept; knows nothing of what they show.
"""

from competitions.contests import ContestFacts
from competitions.tables import Contest
from foundation.store import generations

LISTS = "competitions"  # the first page and the list by year


def contest_changed(contest: ContestFacts) -> None:
    """Something everyone may see of this contest changed: its stage, rules, results, names or settings."""
    generations.bump(LISTS, f"competition:{contest.competition.address}", f"contest:{contest.address}")


async def competition_changed(competition_id: int, address: str) -> None:
    """Something everyone may see of this competition changed; the pages of its contests show it too."""
    rows = await Contest.select(Contest.address).where(Contest.competition == competition_id)
    generations.bump(LISTS, f"competition:{address}", *(f"contest:{row['address']}" for row in rows))
