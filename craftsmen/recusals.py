"""Who keeps out of what (回避): found by the registry or declared; the only writer of `Recusal`.

What the registry finds holds from the moment it is true, and is written down (`keep`) whenever something is decided by
it, so that the record says who was kept out of what even after somebody has moved on. A recusal is never deleted: one
that proves wrong (another person of the same name) is lifted by the office, with a reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from craftsmen.nomination_tables import Nomination
from craftsmen.panel_tables import PanelSeat, Recusal
from craftsmen.rules.conflicts import Sitting, Standing, all_grounds
from craftsmen.rules.nomination_steps import Stage
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people.tables import Grant
from foundation.store import ledger

LONGEST = 500


@dataclass(frozen=True, slots=True)
class Keeping:
    """Why a member keeps out of a nomination: a code of `rules.conflicts.Ground` where derived, else their words."""

    reason: str
    derived: bool


Kept = Mapping[tuple[int, int], Keeping]
"""(seat, nomination) -> why."""


async def of_round(round_id: int) -> dict[tuple[int, int], Keeping]:
    """Everything that holds now in a round, written down or not yet."""
    stored = await _stored(round_id)
    found = {key: Keeping(why, True) for key, why in (await _derived(round_id)).items() if key not in stored}
    held = {key: Keeping(row["reason"], row["derived"]) for key, row in stored.items() if not row["lifted"]}
    return found | held


async def of_seat(round_id: int, seat_id: int) -> dict[int, Keeping]:
    """What one member keeps out of."""
    return {key[1]: why for key, why in (await of_round(round_id)).items() if key[0] == seat_id}


async def lifted(round_id: int) -> dict[tuple[int, int], str]:
    """What does not hold any more, and why."""
    return {key: row["lifted"] for key, row in (await _stored(round_id)).items() if row["lifted"]}


async def keep(round_id: int, now: datetime) -> dict[tuple[int, int], Keeping]:
    """Write down what the registry finds, inside the caller's transaction; answers everything that holds."""
    holds, stored = await of_round(round_id), await _stored(round_id)
    for (seat, nomination), why in sorted(holds.items()):
        if (seat, nomination) not in stored:
            await _add(round_id, seat, nomination, why, "registry", now)
    return holds


async def declare(  # noqa: PLR0917 - a declaration is all of these
    round_id: int, seat_id: int, nomination_id: int, reason: str, by: str, now: datetime
) -> None:
    """A member keeps out, for a reason of their own, inside the caller's transaction. Saying it twice is once.

    Marks that they gave before count no longer. Raises Refused, NotFound.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise Refused(Problem("recusal_reason_empty", "reason"))
    if len(reason) > LONGEST:
        raise Refused(Problem("recusal_reason_long", "reason", {"most": str(LONGEST)}))
    here = await Nomination.exists().where(
        Nomination.id == nomination_id, Nomination.round == round_id, Nomination.stage == Stage.PANEL.value
    )
    sits = await PanelSeat.exists().where(PanelSeat.id == seat_id, PanelSeat.round == round_id)
    if not here or not sits:
        raise NotFound
    row = (await _stored(round_id)).get((seat_id, nomination_id))
    if row is not None and row["lifted"]:
        values: dict[Any, Any] = {"reason": reason, "derived": False, "by": by, "at": now, "lifted": ""}
        await Recusal.update({**values, "lifted_by": None}).where(Recusal.id == row["id"])
        _record(round_id, "recusal.declared", by, seat_id, nomination_id)
    elif row is None:
        await _add(round_id, seat_id, nomination_id, Keeping(reason, False), by, now)


async def lift(round_id: int, seat_id: int, nomination_id: int, reason: str, by: int, now: datetime) -> None:  # noqa: PLR0917
    """The office finds that a recusal does not hold, inside the caller's transaction. Raises Refused, NotFound."""
    reason = " ".join(reason.split())
    if not reason:
        raise Refused(Problem("recusal_lift_empty", "lift"))
    await keep(round_id, now)
    row = (await _stored(round_id)).get((seat_id, nomination_id))
    if row is None or row["lifted"]:
        raise NotFound
    await Recusal.update({Recusal.lifted: reason[:LONGEST], Recusal.lifted_by: by}).where(Recusal.id == row["id"])
    _record(round_id, "recusal.lifted", f"account:{by}", seat_id, nomination_id)


async def _stored(round_id: int) -> dict[tuple[int, int], dict[str, Any]]:
    rows = await Recusal.select().where(Recusal.seat.round == round_id)
    return {(row["seat"], row["nomination"]): row for row in rows}


async def _derived(round_id: int) -> dict[tuple[int, int], str]:
    """What the registry finds between the panel as it sits and everybody who stands before it."""
    seats = await PanelSeat.select(
        PanelSeat.id, PanelSeat.account, PanelSeat.account.name.as_alias("name"),
        PanelSeat.account.organisation.path.as_alias("path"),  # type: ignore[union-attr]
    ).where(PanelSeat.round == round_id, PanelSeat.active.eq(True))  # fmt: skip
    if not seats:
        return {}
    places: dict[int, set[str]] = {row["account"]: {row["path"]} - {None} for row in seats}
    for post in await Grant.select(Grant.account, Grant.organisation.path.as_alias("path")).where(
        Grant.account.is_in(list(places)), Grant.ended_at.is_null()
    ):
        places[post["account"]] |= {post["path"]} - {None}
    members = [Sitting(row["id"], row["name"], frozenset(places[row["account"]])) for row in seats]
    rows = await Nomination.select(
        Nomination.id, Nomination.team_name, Nomination.worker.name.as_alias("name"),
        Nomination.unit.path.as_alias("path"),
    ).where(Nomination.round == round_id, Nomination.stage == Stage.PANEL.value)  # fmt: skip
    nominees = [Standing(row["id"], frozenset({row["name"] or row["team_name"]}), row["path"]) for row in rows]
    return {key: why.value for key, why in all_grounds(members, nominees).items()}


async def _add(round_id: int, seat: int, nomination: int, why: Keeping, by: str, now: datetime) -> None:  # noqa: PLR0917
    row = Recusal(seat=seat, nomination=nomination, reason=why.reason, derived=why.derived, by=by, at=now, lifted="")
    await row.save()
    _record(round_id, "recusal.found" if why.derived else "recusal.declared", by, seat, nomination)


def _record(round_id: int, act: str, by: str, seat: int, nomination: int) -> None:
    ledger.record(
        stream=f"round:{round_id}", act=act, actor=by, about=f"nomination:{nomination}", payload={"seat": seat}
    )
