"""What a worker reads about nominations of themselves on their own page: which round, where it stands, what became.

Writes nothing. What a unit writes about them is told once it is handed in, what they wrote themselves always.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from craftsmen import nomination_rounds
from craftsmen.nomination_rounds import RoundForNominations
from craftsmen.nomination_tables import Nomination
from craftsmen.rules.nomination_steps import AT_UNIT, Stage
from foundation.base.problem import N_, Problem
from foundation.people.own import SECTIONS, OwnRow, Section


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A nomination of this worker, as they may see it."""

    address: str
    round: str
    stage: Stage
    own: bool


async def of_worker(worker_id: int) -> list[OwnLine]:
    """The nominations of a worker, the newest first."""
    unit_only = [stage.value for stage in AT_UNIT]
    rows = await (
        Nomination.select(Nomination.address, Nomination.round.name.as_alias("name"), Nomination.stage, Nomination.own)
        .where(Nomination.worker == worker_id, Nomination.own.eq(True) | Nomination.stage.not_in(unit_only))
        .order_by(Nomination.id, ascending=False)
    )
    return [OwnLine(row["address"], row["name"], Stage(row["stage"]), row["own"]) for row in rows]


async def _rows(worker_id: int) -> Sequence[OwnRow]:
    lines = await of_worker(worker_id)
    written = {line.round for line in lines if line.stage is not Stage.WITHDRAWN}
    open_now = [one for one in await open_to_oneself(datetime.now(UTC)) if one.name not in written]
    return [
        *(OwnRow(Problem("own_nominate", params={"round": one.name}), "", "/mine/nominations") for one in open_now),
        *(OwnRow(line.round, "", f"/mine/nominations/{line.address}") for line in lines),
    ]


async def open_to_oneself(now: datetime) -> list[RoundForNominations]:
    """The rounds in which people nominate themselves now."""
    rounds = await nomination_rounds.open_rounds(nomination_rounds.today_here(now))
    return [one for one in rounds if one.rules.own and one.rules.holder == "person"]


SECTIONS.append(Section(N_("Nominations for a title"), _rows))
