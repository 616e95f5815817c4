"""Whom somebody means by a name they typed: workers they keep, and craftsmen whom the public knows. Reads only.

One of that name is meant at once; of several the form asks which. Nobody else's records are searched.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from craftsmen.showcase_tables import ShownCraftsman
from foundation.base.problem import Problem
from foundation.people import may
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.people.worker_tables import Worker
from foundation.text import names

MOST = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be meant."""

    id: int
    name: str
    unit: str
    unit_id: int
    occupation: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is meant, or whom to ask about, and what is wrong."""

    one: Candidate | None = None
    several: Sequence[Candidate] = ()
    problems: Sequence[Problem] = ()


_COLUMNS = (Worker.id, Worker.name, Worker.unit, Worker.unit.name.as_alias("unit_name"), Worker.occupation)


async def choose(user: SignedIn, field: str, typed: str, picked: str, *, kept: bool, shown: bool) -> Choice:
    """Who is meant by `typed`; `picked` is the id that was chosen among several, or empty.

    `kept`: workers of this person's hat; `shown`: craftsmen who have a public page.
    """
    name = names.compared(typed)[: names.LONGEST_NAME]
    if not name:
        return Choice(problems=[Problem("guild_name_empty", field)])
    found: dict[int, Candidate] = {}
    named = Worker.select(*_COLUMNS).where(Worker.folded == name, Worker.merged_into.is_null())
    if kept:
        found |= _candidates(await permitted(named, may.KEEP_WORKERS, user).order_by(Worker.id).limit(MOST))
    if shown:
        pages = ShownCraftsman.select(ShownCraftsman.profile.worker.as_alias("worker"))
        on_pages = await pages.where(ShownCraftsman.name == " ".join(typed.split())).limit(MOST)
        ids = sorted({row["worker"] for row in on_pages})
        if ids:
            found |= _candidates(await Worker.select(*_COLUMNS).where(Worker.id.is_in(ids)))
    several = list(found.values())
    if not several:
        return Choice(problems=[Problem("guild_nobody" if kept else "guild_nobody_shown", field, {"name": typed[:64]})])
    chosen = [one for one in several if str(one.id) == picked]
    if chosen or len(several) == 1:
        return Choice((chosen or several)[0])
    return Choice(None, several, [Problem("guild_several", field, {"name": typed[:64]})])


def _candidates(rows: Sequence[dict[str, Any]]) -> dict[int, Candidate]:
    return {
        row["id"]: Candidate(row["id"], row["name"], row["unit_name"], row["unit"], row["occupation"]) for row in rows
    }
