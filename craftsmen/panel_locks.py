"""The lock on a panel's marks: the only writer of `PanelMarking`, the chair's word that these marks stand.

The lock freezes every mark that counts and what they come to, as exact rationals; a mark of somebody who keeps out
counts as `absent`. Taking it back needs two people, and no ballot that rests on it: the chair asks, somebody of the
round's union who does not sit on the panel confirms.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from craftsmen import panel_scores, recusals, rounds
from craftsmen.panel_reads import locked_at, marking_problem, scheme_of, seat_in
from craftsmen.panel_tables import PanelMarking, PanelVote
from craftsmen.round_reads import RoundFacts, rules_of
from craftsmen.rules.panel_locks import unlock_problem
from craftsmen.rules.votes import Stage as VoteStage
from foundation.base.problem import N_, NotFound, Problem, Refused
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.tabulation.decimals import show_exact
from foundation.work import two_person


@tried_again
async def lock(round_id: int, seen: str, by: int, now: datetime) -> None:
    """The chair's word that these marks stand. `seen` is `panel_scores.Overview.seen` of the page that was read.

    Raises Refused with every nomination that is not settled, and where marks changed meanwhile.
    """
    async with transaction():
        found = await rounds.lock_round(round_id)
        await _chair(round_id, by)
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
        rounds.record(round_id, "panel.locked", by, {"marks": seen, "scores": _digest(text)})


async def scores_of(round_id: int) -> dict[int, Fraction]:
    """The locked totals by nomination, exact; none before the lock."""
    row = await PanelMarking.select(PanelMarking.scores).where(PanelMarking.round == round_id).first()
    return {int(key): Fraction(text) for key, text in json.loads(row["scores"]).items()} if row else {}


async def unlocking(found: RoundFacts) -> Problem | None:
    """Why the lock of this round cannot be taken back now; None where it can be asked for."""
    rows = await PanelVote.select(PanelVote.stage).where(PanelVote.round == found.id)
    ballots = {VoteStage(row["stage"]) for row in rows}
    return unlock_problem(found.stage, locked=await locked_at(found.id) is not None, ballots=ballots)


@tried_again
async def ask_to_unlock(round_id: int, reason: str, by: int, now: datetime) -> int:
    """Ask, as the chair, that the lock be taken back; answers the act's id.

    Raises NotFound for anybody else, Refused where nothing is locked, a ballot rests on it, or it was asked already.
    """
    async with transaction():
        found = await rounds.lock_round(round_id)
        await _chair(round_id, by)
        if (problem := await unlocking(found)) is not None:
            raise Refused(problem)
        payload = {"round": found.address, "name": found.name}
        return await two_person.ask(UNLOCK, _subject(round_id), payload, found.organisation_id, by, reason, now)


async def asked(round_id: int) -> int | None:
    """The id of the open question whether the lock is taken back."""
    return await two_person.open_act(UNLOCK.code, _subject(round_id))


async def _unlock(act: two_person.Asked, by: int, now: datetime) -> None:
    """Take the lock back: confirmed, inside its transaction. The marks stay as they are, to be corrected."""
    round_id = int(act.about.removeprefix("round:"))
    found = await rounds.lock_round(round_id)
    if (problem := await unlocking(found)) is not None:
        raise Refused(problem)
    if by != act.asked_by and await seat_in(by, round_id) is not None:
        raise Refused(Problem("panel_unlock_member"))
    gone = await (
        PanelMarking.delete().where(PanelMarking.round == round_id).returning(PanelMarking.seen, PanelMarking.scores)
    )
    said = {"marks": gone[0]["seen"], "scores": _digest(gone[0]["scores"])}
    rounds.record(round_id, "panel.unlocked", by, {**said, "act": act.id, "asked_by": act.asked_by})


async def _chair(round_id: int, by: int) -> None:
    seat = await seat_in(by, round_id)
    if seat is None or not seat.chair:
        raise NotFound


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _subject(round_id: int) -> str:
    return f"round:{round_id}"


def _shown(payload: Mapping[str, Any]) -> two_person.Shown:
    return ((N_("Round"), str(payload["name"])),)


UNLOCK = two_person.register(
    two_person.Kind(
        "panel.unlock",
        N_("Take back the lock of a panel's marks, so that they can be corrected"),
        perform=_unlock,
        show=_shown,
        address=lambda act: f"/panel/rounds/{act.payload['round']}/overview",
    )
)
