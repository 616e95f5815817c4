"""Innovations that other units take over (推广应用): the only writer of `Spread`.

A unit tells of a published innovation that it uses; its makers agree, or decline with a reason. What was agreed on is
shown with the innovation: `library` writes it in the same transaction. Who may do it was decided by the loader.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import organisation_moves
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from innovations import innovations, library
from innovations.innovation_tables import Spread
from innovations.library_tables import ShownInnovation
from innovations.rules.spread_form import Told

UNANSWERED: dict[str, Any] = {"agreed_at": None, "declined_at": None, "answer": "", "answered_by": None}


@tried_again
async def tell(innovation_id: int, organisation_id: int, told: Told, by: int, now: datetime) -> int:
    """Keep what a unit tells; answers its id. Told again after the makers declined, it is asked anew.

    Raises NotFound for what is not published; Refused for one's own, and for what stands there already.
    """
    async with transaction():
        row = await innovations.locked(innovation_id)
        if not await ShownInnovation.exists().where(ShownInnovation.innovation == innovation_id):
            raise NotFound
        if row["organisation"] == organisation_id:
            raise Refused(Problem("spread_own"))
        await _check_source(innovation_id, told)
        old = (
            await Spread.select()
            .where(Spread.innovation == innovation_id, Spread.organisation == organisation_id)
            .first()
        )
        if old is not None and old["declined_at"] is None:
            raise Refused(Problem("spread_told"))
        values = {**_columns(told), **UNANSWERED, "told_by": by, "told_at": now}
        if old is None:
            made = Spread(innovation=innovation_id, organisation=organisation_id, **values)
            await made.save()
            number = int(made.id)
        else:
            number = int(old["id"])
            await _put(old, values)
        _record(innovation_id, "told", by, number)
        return number


@tried_again
async def correct(spread_id: int, told: Told, revision: int, by: int, now: datetime) -> None:
    """Put what was typed in its place while nobody answered. Raises NotFound, Refused."""
    async with transaction():
        row = await _locked(spread_id, revision)
        if row["agreed_at"] is not None or row["declined_at"] is not None:
            raise Refused(Problem("spread_answered"))
        await _check_source(row["innovation"], told)
        await _put(row, {**_columns(told), "told_by": by, "told_at": now})
        _record(row["innovation"], "corrected", by, spread_id)


@tried_again
async def answer(  # noqa: PLR0917 - an answer is all of these
    spread_id: int, agree: bool, reason: str, revision: int, by: int, now: datetime
) -> None:
    """The makers agree, or decline with a reason; once. Raises NotFound, Refused."""
    async with transaction():
        row = await _locked(spread_id, revision)
        if row["agreed_at"] is not None or row["declined_at"] is not None:
            raise Refused(Problem("spread_answered"))
        when = {"agreed_at": now} if agree else {"declined_at": now}
        await _put(row, {**when, "answer": reason, "answered_by": by})
        _record(row["innovation"], "agreed" if agree else "declined", by, spread_id)
        await library.refresh(row["innovation"], now)


@tried_again
async def take_back(spread_id: int, revision: int, by: int, now: datetime) -> None:
    """The unit that told of it does not use it any more, or never did. Raises NotFound, Refused."""
    async with transaction():
        row = await _locked(spread_id, revision)
        await Spread.delete().where(Spread.id == spread_id)
        _record(row["innovation"], "taken_back", by, spread_id)
        await library.refresh(row["innovation"], now)


async def _locked(spread_id: int, revision: int) -> dict[str, Any]:
    """The row, its innovation locked. Raises NotFound; Refused where it is another revision than the form showed."""
    found = await Spread.select(Spread.innovation).where(Spread.id == spread_id).first()
    if found is None:
        raise NotFound
    await innovations.locked(found["innovation"])
    row: dict[str, Any] | None = await Spread.select().where(Spread.id == spread_id).first()
    if row is None:
        raise NotFound
    if row["revision"] != revision:
        raise Refused(Problem("innovation_stale"))
    return row


async def _check_source(innovation_id: int, told: Told) -> None:
    """Whoever it was learned from uses it themselves, and its makers agreed."""
    if told.learned_from and not await Spread.exists().where(
        Spread.innovation == innovation_id, Spread.organisation == told.learned_from, Spread.agreed_at.is_not_null()
    ):
        raise Refused(Problem("spread_from", "learned_from"))


def _columns(told: Told) -> dict[str, Any]:
    day = told.since_on
    return {
        "since_on": day, "since_year": day.year, "since_month": day.month, "result": told.result,
        "from_organisation": told.learned_from or None,
    }  # fmt: skip


async def _put(row: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    columns: dict[Any, Any] = {getattr(Spread, name): value for name, value in values.items()}
    await Spread.update({**columns, Spread.revision: row["revision"] + 1}).where(Spread.id == row["id"])


def _record(innovation_id: int, act: str, by: int, spread_id: int) -> None:
    innovations.record(innovation_id, f"spread_{act}", by, {"spread": spread_id})


async def _follow_organisation(from_id: int, into_id: int) -> None:
    """Two units become one: what one took over goes along, but for what the other made or took over itself."""
    both = [from_id, into_id]
    rows = await (
        Spread.select()
        .where(Spread.organisation.is_in(both) | (Spread.from_organisation == from_id))
        .order_by(Spread.innovation)
    )
    await Spread.update({Spread.from_organisation: into_id}).where(Spread.from_organisation == from_id)
    for row in rows:
        goes = row["organisation"] == from_id
        innovation = await innovations.locked(row["innovation"])
        twice = await Spread.exists().where(Spread.innovation == row["innovation"], Spread.organisation == into_id)
        own = innovation["organisation"] in both and row["organisation"] in both
        if own or (goes and twice):
            await Spread.delete().where(Spread.id == row["id"])
            innovations.record(row["innovation"], "spread_taken_back", None, {"spread": row["id"]})
        elif goes:
            await Spread.update({Spread.organisation: into_id}).where(Spread.id == row["id"])
        await library.refresh(row["innovation"], datetime.now(UTC))


organisation_moves.on_merge(_follow_organisation)
