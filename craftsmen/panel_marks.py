"""Marks of a panel: the only writer of `PanelMark` and `PanelMarking`.

A mark is never changed: another one adds a revision with its ledger entry in the same transaction. Until the chair
locks, nobody reads a mark but who gave it. The lock freezes every mark that counts and what they come to, as exact
rationals; a mark of somebody who keeps out counts as `absent`.
"""

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from craftsmen import panel_scores, recusals, rounds
from craftsmen.panel_reads import locked_at, marking_problem, own_revisions, scheme_of
from craftsmen.panel_tables import PanelMark, PanelMarking, PanelSeat
from craftsmen.round_reads import round_by_id, rules_of
from craftsmen.round_tables import SelectionRound
from craftsmen.rules.panel_marks import NewMark, to_write, unfit
from foundation.base.problem import NotFound, Problem, Refused
from foundation.store import ledger
from foundation.store.commit import write
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from foundation.tabulation.decimals import show_exact


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


@tried_again
async def lock(round_id: int, seen: str, by: int, now: datetime) -> None:
    """The chair's word that these marks stand. `seen` is `panel_scores.Overview.seen` of the page that was read.

    Raises Refused with every nomination that is not settled, and where marks changed meanwhile.
    """
    async with transaction():
        found = await rounds.lock_round(round_id)
        chair = await PanelSeat.exists().where(
            PanelSeat.round == round_id, PanelSeat.account == by, PanelSeat.chair.eq(True), PanelSeat.active.eq(True)
        )
        if not chair:
            raise NotFound
        scheme, _ = scheme_of(await rules_of(round_id))
        closed = marking_problem(found.stage, scheme, await locked_at(round_id))
        if closed is not None:
            raise Refused(closed)
        await recusals.keep(round_id, now)
        overview = await panel_scores.overview(round_id)
        if problems := overview.unsettled:
            raise Refused(*problems)
        if overview.seen != seen:
            raise Refused(Problem("panel_changed_meanwhile"))
        scores = {str(one.nomination.id): show_exact(one.total) for one in overview.rows if one.total is not None}
        text = json.dumps(scores, sort_keys=True)
        await PanelMarking(round=round_id, scores=text, seen=seen, locked_by=by, locked_at=now).save()
        digest = hashlib.sha256(text.encode()).hexdigest()
        rounds.record(round_id, "panel.locked", by, {"marks": seen, "scores": digest})


async def scores_of(round_id: int) -> dict[int, Fraction]:
    """The locked totals by nomination, exact; none before the lock."""
    row = await PanelMarking.select(PanelMarking.scores).where(PanelMarking.round == round_id).first()
    return {int(key): Fraction(text) for key, text in json.loads(row["scores"]).items()} if row else {}


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
