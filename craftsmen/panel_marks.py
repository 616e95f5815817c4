"""Marks of a panel: the only writer of `PanelMark`; their lock is `panel_locks`.

A mark is never changed: another one adds a revision with its ledger entry in the same transaction. Until the chair
locks, nobody reads a mark but who gave it.
"""

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from craftsmen import panel_scores, recusals
from craftsmen.panel_reads import locked_at, marking_problem, own_revisions, scheme_of
from craftsmen.panel_tables import PanelMark, PanelSeat
from craftsmen.round_reads import round_by_id, rules_of
from craftsmen.round_tables import SelectionRound
from craftsmen.rules.panel_marks import NewMark, to_write, unfit
from foundation.base.problem import NotFound, Problem, Refused
from foundation.store import ledger
from foundation.store.commit import write
from foundation.store.locks import lock_row


@dataclass(frozen=True, slots=True)
class _Target:
    round: int
    seat: int
    nomination: int


async def give(seat_id: int, nomination_id: int, values: Sequence[NewMark], by: int, now: datetime) -> int:
    """Save what a member (account `by`) marked on one nomination, all of it or nothing; answers how many are new.

    Raises NotFound for what is not this member's, Refused where it may not be marked now or was changed elsewhere.
    """

    async def job() -> int:
        place = await _place(seat_id, by)
        round_id = place["round"]
        found = await round_by_id(round_id)
        scheme, _ = scheme_of(await rules_of(round_id))
        if found is None or nomination_id not in await panel_scores.ids_before(round_id):
            raise NotFound
        closed = marking_problem(found.stage, scheme, await locked_at(round_id))
        if closed is not None or scheme is None:
            raise Refused(closed or Problem("panel_no_scheme"))
        if nomination_id in await recusals.of_seat(round_id, seat_id):
            raise Refused(Problem("panel_recused"))
        if wrong := unfit(scheme, values):
            raise Refused(*wrong)
        stored = (await own_revisions(seat_id, nomination_id)).get(nomination_id, ())
        taken = await PanelMark.select(PanelMark.client_id).where(
            PanelMark.client_id.is_in([mark.client_id for mark in values])
        )
        new, problems = to_write(values, stored, {row["client_id"] for row in taken})
        if problems:
            raise Refused(*problems)
        for mark in new:
            await _add(_Target(round_id, seat_id, nomination_id), mark, by, now)
        return len(new)

    return await write(job)


async def _place(seat_id: int, by: int) -> dict[str, Any]:
    """The seat; until these marks are saved the chair cannot lock, and of two tabs one comes second."""
    if not await lock_row(PanelSeat, seat_id):
        raise NotFound
    row: dict[str, Any] | None = (
        await PanelSeat.select(PanelSeat.round)
        .where(PanelSeat.id == seat_id, PanelSeat.account == by, PanelSeat.active.eq(True))
        .first()
    )
    if row is None or not await lock_row(SelectionRound, row["round"], share=True):
        raise NotFound
    return row


async def _add(at: _Target, mark: NewMark, by: int, now: datetime) -> None:
    salt = secrets.token_hex(16)
    row = PanelMark(
        seat=at.seat, nomination=at.nomination, aspect=mark.aspect, revision=mark.base + 1, value=mark.value,
        client_id=mark.client_id, salt=salt, given_at=now,
    )  # fmt: skip
    await row.save()
    said = json.dumps([salt, at.seat, at.nomination, mark.aspect, mark.base + 1, mark.value], ensure_ascii=False)
    ledger.record(
        stream=f"round:{at.round}",
        act="panel.marked",
        actor=f"account:{by}",
        about=f"nomination:{at.nomination}",
        payload={
            "seat": at.seat,
            "aspect": mark.aspect,
            "revision": mark.base + 1,
            "digest": hashlib.sha256(said.encode()).hexdigest(),
        },
    )
