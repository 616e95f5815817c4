"""The panel of a round (评审委员会): who sits on it and who takes the chair; the only writer of `PanelSeat`.

Seats change until the marks are locked or a ballot is open; who leaves keeps the position, so that J3 is always the
same person in the record, and their marks count no longer. `by` is the acting account's id.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from craftsmen import recusals, rounds
from craftsmen.panel_reads import Seat, locked_at, seats_of
from craftsmen.panel_tables import PanelSeat, PanelVote
from craftsmen.rules.round_stages import ENDED, Stage
from craftsmen.rules.votes import Stage as VoteStage
from foundation.base.problem import NotFound, Problem, Refused
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction

MOST = 60


async def seat(round_id: int, account_id: int, by: int, now: datetime) -> int:
    """Give an account a seat, or its old one again; answers its position. The first takes the chair. Raises Refused."""
    return (await seat_all(round_id, [account_id], by, now))[0]


@tried_again
async def seat_all(round_id: int, accounts: Sequence[int], by: int, now: datetime) -> list[int]:
    """Several at once, in this order: all of them, or none."""
    async with transaction():
        await _open(round_id)
        positions = [await _seat(round_id, account, by) for account in accounts]
        if positions and not any(one.chair for one in await seats_of(round_id)):
            await _chair(round_id, positions[0], by)
        await recusals.keep(round_id, now)
    return positions


async def _seat(round_id: int, account_id: int, by: int) -> int:
    seats = await seats_of(round_id, active=False)
    known = next((one for one in seats if one.account == account_id), None)
    if known is not None and known.active:
        raise Refused(Problem("panel_seated", "account", {"seat": known.code, "name": known.name}))
    if known is None and len(seats) >= MOST:
        raise Refused(Problem("panel_full", "account", {"most": str(MOST)}))
    if known is not None:
        position = known.position
        await PanelSeat.update({PanelSeat.active: True}).where(PanelSeat.id == known.id)
    else:
        position = max((one.position for one in seats), default=0) + 1
        await PanelSeat(round=round_id, account=account_id, position=position, chair=False, active=True).save()
    rounds.record(round_id, "panel.seated", by, {"account": account_id, "position": position})
    return position


@tried_again
async def make_chair(round_id: int, position: int, by: int) -> None:
    """Have this member take the chair (评审委员会主任), between ballots at any time. Raises Refused, NotFound."""
    async with transaction():
        await _unvoted(round_id)
        if not any(one.position == position for one in await seats_of(round_id)):
            raise NotFound
        await _chair(round_id, position, by)


@tried_again
async def remove(round_id: int, position: int, by: int) -> None:
    """Take a member off the panel. Raises Refused for the chair while others sit, NotFound."""
    async with transaction():
        seats = [one for one in await _open(round_id) if one.active]
        found = next((one for one in seats if one.position == position), None)
        if found is None:
            raise NotFound
        if found.chair and len(seats) > 1:
            raise Refused(Problem("panel_chair_leaves"))
        await PanelSeat.update({PanelSeat.active: False, PanelSeat.chair: False}).where(PanelSeat.id == found.id)
        rounds.record(round_id, "panel.left", by, {"account": found.account, "position": position})


@tried_again
async def recuse(round_id: int, seat_id: int, nomination_id: int, reason: str, by: int, now: datetime) -> None:  # noqa: PLR0917
    """A member declares that they keep out, or the office writes down that they said so. Raises Refused, NotFound."""
    async with transaction():
        await _unvoted(round_id)
        await recusals.declare(round_id, seat_id, nomination_id, reason, f"account:{by}", now)


@tried_again
async def lift(round_id: int, seat_id: int, nomination_id: int, reason: str, by: int, now: datetime) -> None:  # noqa: PLR0917
    """The office finds that a recusal does not hold. Raises Refused, NotFound."""
    async with transaction():
        await _unvoted(round_id)
        if await locked_at(round_id) is not None:
            raise Refused(Problem("panel_locked"))
        await recusals.lift(round_id, seat_id, nomination_id, reason, by, now)


async def _open(round_id: int) -> list[Seat]:
    """Every seat there ever was, the round locked; Refused once seats are fixed."""
    await _unvoted(round_id)
    if await locked_at(round_id) is not None:
        raise Refused(Problem("panel_locked"))
    return await seats_of(round_id, active=False)


async def _unvoted(round_id: int) -> None:
    found = await rounds.lock_round(round_id)
    if found.stage in ENDED or found.stage is Stage.DRAFT:
        raise Refused(Problem(f"round_at_{found.stage.value}"))
    going_on = [VoteStage.OPEN.value, VoteStage.COUNTED.value]
    if await PanelVote.exists().where(PanelVote.round == round_id, PanelVote.stage.is_in(going_on)):
        raise Refused(Problem("panel_vote_open"))


async def _chair(round_id: int, position: int, by: int) -> None:
    values: dict[Any, Any] = {PanelSeat.chair: False}
    await PanelSeat.update(values).where(PanelSeat.round == round_id, PanelSeat.position != position)
    await PanelSeat.update({PanelSeat.chair: True}).where(PanelSeat.round == round_id, PanelSeat.position == position)
    rounds.record(round_id, "panel.chaired", by, {"position": position})
