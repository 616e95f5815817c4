"""What a worker reads about nominations of themselves on their own page: which round, where it stands, what became.

Writes nothing. What a unit writes about them is told once it is handed in, what they wrote themselves always.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from craftsmen import nomination_records, nomination_rounds
from craftsmen.nomination_rounds import RoundForNominations
from craftsmen.nomination_tables import Nomination
from craftsmen.rules.nomination_steps import AT_UNIT, Stage
from foundation.base.clock import day_of
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


async def open_to(worker_id: int, lines: Sequence[OwnLine], now: datetime) -> list[RoundForNominations]:
    """The rounds in which this worker can nominate themselves now: none they are in, none for what they hold."""
    rounds = await nomination_rounds.open_rounds(day_of(now))
    own = [one for one in rounds if one.rules.own and one.rules.holder == "person"]
    if not own:
        return []
    held = {honour.title_id for honour in await nomination_records.honours_of(worker_id)}
    nominated = {line.round for line in lines if line.stage is not Stage.WITHDRAWN}
    return [one for one in own if one.title_id not in held and one.name not in nominated]


async def _rows(worker_id: int) -> Sequence[OwnRow]:
    lines = await of_worker(worker_id)
    return [
        *(
            OwnRow(Problem("own_nominate", params={"round": one.name}), "", "/mine/nominations")
            for one in await open_to(worker_id, lines, datetime.now(UTC))
        ),
        *(OwnRow(line.round, "", f"/mine/nominations/{line.address}") for line in lines),
    ]


SECTIONS.append(Section(N_("Nominations for a title"), _rows))
