"""The public notice (公示) of a round of subsidies: what it shows, and the step that leads there.

A grant is public money, so unit and amount are always shown; the title of an innovation only where its unit lets
everybody know of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from foundation.base.money import wan
from foundation.base.problem import Problem, Refused
from foundation.process import notice_drafts, notice_waits
from foundation.process.calendar import customs
from foundation.process.notice_tables import Notice
from foundation.process.rules.notices import Draft
from foundation.process.rules.notices import Stage as NoticeStage
from foundation.process.rules.shown import MOST_ROWS, Shown
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from innovations import subsidies
from innovations.innovation_tables import Innovation
from innovations.rules.publicity import Publicity
from innovations.rules.subsidy_steps import Stage
from innovations.subsidies import RoundFacts
from innovations.subsidy_tables import SubsidyApplication, SubsidyRound

COLUMNS = ("number", "title", "unit", "recommender", "amount")  # a channel is a city, an industry's union, or a unit
NOT_TOLD = "（不公开名称）"


@dataclass(frozen=True, slots=True)
class Granted:
    """A grant as everyone may read it, in fen; `title` is empty where its unit does not let everybody know of it."""

    title: str
    unit: str
    channel: str
    amount: int


@tried_again
async def open_notice(round_id: int, title: str, text: str, contact: str, *, by: int, now: datetime) -> str:
    """Take an approved allocation to its notice and draft that; answers the notice's address.

    A second person reviews and opens it, as any notice. Raises NotFound, Refused.
    """
    async with transaction():
        found = await subsidies.locked(round_id)
        if found.stage is not Stage.PROPOSED:
            raise Refused(Problem("subsidy_step_late"))
        rows = await shown_rows(found)
        if len(rows) > MOST_ROWS:
            raise Refused(Problem("subsidy_notice_long", "", {"most": str(MOST_ROWS)}))
        kept = await customs()
        said = Draft(
            title=title.strip(), text=text.strip(), contact=contact.strip(), shown=Shown(COLUMNS, rows),
            days=kept.days, end_time=kept.end_time, results=True, about=found.about, label=found.name,
            replaces=await _stopped(found.notice),
        )  # fmt: skip
        _, address = await notice_drafts.make(said, found.organisation_id, by, now)
        await subsidies.step_taken(found, "open_notice", by, {SubsidyRound.notice: address}, {"notice": address})
    return address


async def check_told(found: RoundFacts) -> None:
    """Refuse where the notice showed other grants than those that stand now: its draft can be written on by hand.

    Units may be renamed and hide or show a title meanwhile: of each line the amount agrees, and the unit or the title.
    """
    shown, now = await notice_waits.table_shown(found.notice), await shown_rows(found)
    columns = [shown.columns.index(name) if name in shown.columns else -1 for name in ("title", "unit", "amount")]
    if -1 in columns or len(shown.rows) != len(now):
        raise Refused(Problem("subsidy_notice_otherwise"))
    title, unit, amount = columns
    for one, (_, real_title, real_unit, _, real_amount) in zip(shown.rows, now, strict=True):
        same = one[unit] == real_unit or (one[title] == real_title and real_title != NOT_TOLD)
        if one[amount] != real_amount or not same:
            raise Refused(Problem("subsidy_notice_otherwise"))


async def shown_rows(found: RoundFacts) -> tuple[tuple[str, ...], ...]:
    """The grants of a round as everyone may read them, by rank; amounts in 万元."""
    return as_rows(await granted(found))


def as_rows(grants: Sequence[Granted]) -> tuple[tuple[str, ...], ...]:
    """As the notice and the page have them."""
    return tuple(
        (str(place), one.title or NOT_TOLD, one.unit, one.channel, wan(one.amount))
        for place, one in enumerate(grants, 1)
    )


async def granted(found: RoundFacts) -> list[Granted]:
    """The grants of a round as values, by rank."""
    rows = await (
        SubsidyApplication.select(
            SubsidyApplication.rank, SubsidyApplication.granted, SubsidyApplication.unit.name.as_alias("unit"),
            SubsidyApplication.city.name.as_alias("city"), SubsidyApplication.innovation,
        )
        .where(SubsidyApplication.round == found.id, SubsidyApplication.granted > 0)
        .order_by(SubsidyApplication.rank)
        .limit(MOST_ROWS + 1)
    )  # fmt: skip
    titles = await _public_titles([row["innovation"] for row in rows])
    return [Granted(titles.get(row["innovation"], ""), row["unit"], row["city"], row["granted"]) for row in rows]


async def _public_titles(ids: list[int]) -> dict[int, str]:
    rows = await Innovation.select(Innovation.id, Innovation.handed_title).where(
        Innovation.id.is_in(ids or [0]), Innovation.publicity == Publicity.PUBLIC.value
    )
    return {row["id"]: row["handed_title"] for row in rows}


async def _stopped(address: str) -> int | None:
    """The round's earlier notice, where that was stopped: the new one takes its place."""
    row = await Notice.select(Notice.id).where(
        Notice.address == address, Notice.stage == NoticeStage.STOPPED.value
    ).first()  # fmt: skip
    return row["id"] if row else None
