"""One's own score: a personal code opens what was frozen for one entry, its maker's name included.

Before the results are published a right code opens nothing but the word that they are not: nothing else is read. A
contestant sees their own place, total and every mark whatever the contest shows to others; of others, nothing.
A code is 128 random bits, found by its hash alone: no guessing comes near it, and the answer to a wrong one says
nothing.
"""

from dataclasses import dataclass
from typing import Any

from competitions.contests import ContestFacts, contest_by_address
from competitions.showcase import Why, publication, read_score
from competitions.tables import Contest, Contestant, Entry, PublishedScore
from foundation.base import secrets
from foundation.process.suspensions import suspended


@dataclass(frozen=True, slots=True)
class Score:
    """What a right code opens. `why` is None, and everything beside it empty, before the results are published."""

    contest: ContestFacts | None = None
    name: str = ""
    unit: str = ""
    city: str = ""
    why: Why | None = None


async def by_code(text: str) -> Score | None:
    """What this code opens, however it was typed; None where it is nobody's."""
    code = secrets.read_code(text)
    if len(code) != secrets.LENGTH:
        return None
    return await _score(Contestant.code_hash == secrets.digest(code))


async def of_worker(worker_id: int, address: str) -> Score | None:
    """What this worker made in the contest at this address; None where they took no part in it."""
    contest = await contest_by_address(address)
    if contest is None:
        return None
    return await _score((Contestant.worker == worker_id) & (Contestant.entry.contest == contest.id))


async def _score(whose: Any) -> Score | None:
    """The score of the one contestant that the condition picks."""
    row = await Contestant.select(Contestant.id, Contestant.entry).where(whose).first()
    if row is None:
        return None
    entry = await Entry.select(Entry.contest).where(Entry.id == row["entry"]).first()
    where = await Contest.select(Contest.address).where(Contest.id == entry["contest"]).first() if entry else None
    contest = await contest_by_address(where["address"]) if where else None
    published = await publication(contest) if contest else None
    if contest is None or published is None or await suspended(f"/contests/{contest.address}"):
        return Score()
    person = (
        await Contestant.select(Contestant.name, Contestant.unit, Contestant.city)
        .where(Contestant.id == row["id"])
        .first()
    )
    why = await read_score(contest, published, PublishedScore.entry == row["entry"])
    return Score(contest, person["name"], person["unit"], person["city"], why) if person else None
