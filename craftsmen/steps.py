"""Steps of nominations up the tree: the only writer of `Nomination.stage` and of what an end without an honour says.

Each step locks the row, asks the rule, saves, and stands in the ledger's stream `nomination:<id>` in one transaction.
Who may take a step was decided before, by the loader; `at` is the stage at which the person saw it. `advance` and
`leave_out_all` run inside the transaction of whoever decides about many: the ranked list, the panel, conferral.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from craftsmen import standings
from craftsmen.nomination_reads import NominationFacts, by_ids
from craftsmen.nomination_rounds import RoundForNominations, by_id
from craftsmen.nomination_tables import Nomination
from craftsmen.nomination_telling import tell_unit
from craftsmen.nominations import locked, note_step
from craftsmen.round_tables import SelectionRound
from craftsmen.rules.nomination_form import RETURNABLE
from craftsmen.rules.nomination_steps import AT_UNIT, AUDITED, Stage, after
from craftsmen.rules.outcomes import Outcome
from craftsmen.rules.round_rules import RoundRules
from craftsmen.rules.round_stages import Stage as RoundStage
from foundation.base.problem import NotFound, Problem, Refused
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row, lock_rows
from foundation.store.transactions import transaction
from foundation.work import returns

LONGEST_NOTE = 500
WRITING = ("nomination.drafted", "nomination.changed", "nomination.went_on")
RUNNING = {RoundStage.OPEN, RoundStage.REVIEWING, RoundStage.DECIDING}


@tried_again
async def go_on(nomination_id: int, at: Stage, by: int, now: datetime, note: str = "") -> Stage:
    """Take a nomination to the next stage of its round; answers it. Raises Refused with all that stops it, NotFound.

    From the channel on it goes with its ranked list, and from the panel on with the decision on all.
    """
    async with transaction():
        before = await _locked_at(nomination_id, at)
        if at is Stage.CHANNEL:
            raise Refused(Problem("nomination_by_list"))
        if at not in AT_UNIT and at not in AUDITED:
            raise Refused(Problem("nomination_by_decision"))
        stood = await standings.of(before, now)
        _check_round(stood.round, before.stage, stood.standing.target)
        if stood.blocks:
            raise Refused(*stood.blocks)
        if at in AUDITED and await _wrote(before, by):
            raise Refused(Problem("nomination_own_hand"))
        if at is Stage.DRAFT and await returns.open_fields(before.subject) is not None:
            await returns.hand_in(before.subject, by, now)
        target = stood.standing.target
        if target is None:
            raise Refused(Problem("nomination_no_way_on"))
        await _move(before, "go_on", target, f"account:{by}", now, note=_short(note))
    return target


@tried_again
async def send_back(nomination_id: int, at: Stage, notes: Mapping[str, str], by: int, now: datetime) -> None:
    """Return it to its unit; only the fields that `notes` names open, each with what to do. Raises Refused, NotFound.

    A unit that takes its own back before it was handed in (from the congress or its notice) names none: all is open.
    """
    async with transaction():
        before = await _locked_at(nomination_id, at)
        found = await by_id(before.round_id)
        _check_round(found, before.stage, before.stage)
        if at in AT_UNIT:
            notes = {}
        else:
            if unknown := [field for field in notes if not is_returnable(field, found.rules)]:
                raise Refused(Problem("nomination_field_unknown", "", {"field": unknown[0][:40]}))
            await returns.give_back(before.subject, notes, by, now)
        target = _after("send_back", before)
        unranked = {Nomination.rank: None} if at is Stage.CHANNEL else {}
        await _move(
            before, "send_back", target, f"account:{by}", now, columns=unranked, payload={"fields": sorted(notes)}
        )
        if at in AUDITED:
            await tell_unit(before, found, now)


@tried_again
async def leave_out(nomination_id: int, at: Stage, outcome: Outcome, by: int, now: datetime) -> None:
    """Not chosen (未入选): why, by which rule, and what to add, told to unit and worker. Raises Refused, NotFound."""
    async with transaction():
        before = await _locked_at(nomination_id, at)
        await _leave_out(before, await by_id(before.round_id), outcome, f"account:{by}", now)


@tried_again
async def withdraw(nomination_id: int, at: Stage, reason: str, by: str, now: datetime) -> None:
    """The unit, or the worker of their own nomination, takes it out of the round. Raises Refused, NotFound."""
    reason = reason.strip()
    if not reason:
        raise Refused(Problem("nomination_reason_empty", "reason"))
    async with transaction():
        before = await _locked_at(nomination_id, at)
        target = _after("withdraw", before)
        unranked = {Nomination.rank: None} if at in AT_UNIT or at in (Stage.COUNTY, Stage.CHANNEL) else {}
        await _move(before, "withdraw", target, by, now, note=_short(reason), columns=unranked)


async def advance(ids: Sequence[int], at: Stage, by: int, now: datetime) -> Stage:
    """Take all of these from `at` to the stage that follows, inside the caller's transaction; answers that stage.

    Whether each may go is the caller's rule (the list's, the panel's, the notice's). Raises Refused where one of them
    stands elsewhere meanwhile, NotFound where there is no such row.
    """
    found, nominations = await _all_at(ids, at)
    target: Stage | None = None
    for before in nominations:
        _check_running(found)
        target = after("go_on", at, found.wanted, below_county=before.county_id is not None)
        if target is None:
            raise Refused(Problem("nomination_no_way_on"))
        await _move(before, "go_on", target, f"account:{by}", now)
    if target is None:
        raise Refused(Problem("nominations_none"))
    return target


async def leave_out_all(outcomes: Mapping[int, Outcome], at: Stage, by: int, now: datetime) -> None:
    """Not chosen, many at once (nomination -> why), inside the caller's transaction. Raises Refused, NotFound."""
    if not outcomes:
        return
    found, nominations = await _all_at(list(outcomes), at)
    for before in nominations:
        await _leave_out(before, found, outcomes[before.id], f"account:{by}", now)


def is_returnable(field: str, rules: RoundRules) -> bool:
    """Whether a field can be named in a return: a part of the text, or one paper of the checklist."""
    return field in RETURNABLE or field in {f"material_{one.code}" for one in rules.materials}


async def _locked_at(nomination_id: int, at: Stage) -> NominationFacts:
    """The nomination, locked, at the stage at which it was seen; its round stays as it is until COMMIT."""
    row = await Nomination.select(Nomination.round).where(Nomination.id == nomination_id).first()
    if row is None:
        raise NotFound
    await lock_row(SelectionRound, row["round"], share=True)
    before = await locked(nomination_id)
    if before.stage is not at:
        raise Refused(Problem(f"nomination_at_{before.stage.value}"))
    return before


async def _all_at(ids: Sequence[int], at: Stage) -> tuple[RoundForNominations, list[NominationFacts]]:
    """The round of all of these, and they, locked in the order of their ids and read after that."""
    wanted = sorted(set(ids))
    rows = await Nomination.select(Nomination.round).where(Nomination.id.is_in(wanted)) if wanted else []
    await lock_rows(SelectionRound, {row["round"] for row in rows}, share=True)
    if len(await lock_rows(Nomination, wanted)) != len(wanted):
        raise NotFound
    nominations = await by_ids(wanted)
    if moved := [one for one in nominations if one.stage is not at]:
        raise Refused(Problem("nomination_moved_meanwhile", "", {"name": moved[0].name}))
    if len({one.round_id for one in nominations}) != 1:
        raise Refused(Problem("nominations_none" if not nominations else "nominations_two_rounds"))
    return await by_id(nominations[0].round_id), nominations


async def _leave_out(
    before: NominationFacts, found: RoundForNominations, outcome: Outcome, by: str, now: datetime
) -> None:
    _check_running(found)
    columns: dict[Any, Any] = {
        Nomination.outcome_reason: outcome.reason,
        Nomination.outcome_rule: outcome.rule,
        Nomination.outcome_advice: outcome.advice,
    }
    await _move(before, "leave_out", _after("leave_out", before), by, now, columns=columns)
    await tell_unit(before, found, now)


async def _move(
    before: NominationFacts,
    step: str,
    target: Stage,
    by: str,
    now: datetime,
    *,
    note: str = "",
    columns: Mapping[Any, Any] | None = None,
    payload: Mapping[str, Any] | None = None,
) -> None:
    values: dict[Any, Any] = {**(columns or {}), Nomination.stage: target.value, Nomination.changed_at: now}
    await Nomination.update(values).where(Nomination.id == before.id)
    await note_step(before, step, target, note, by, now)
    said = {"before": before.stage.value, "after": target.value, "revision": before.revision, **(payload or {})}
    ledger.record(stream=before.subject, act=f"nomination.{_ACTS[step]}", actor=by, payload=said)


_ACTS = {"go_on": "went_on", "send_back": "sent_back", "leave_out": "left_out", "withdraw": "withdrawn"}


def _after(step: str, before: NominationFacts) -> Stage:
    target = after(step, before.stage, ())
    if target is None:
        raise Refused(Problem(f"nomination_at_{before.stage.value}"))
    return target


def _check_round(found: RoundForNominations, stage: Stage, target: Stage | None) -> None:
    """Recommending ends with the round's own stage; what the federation audits, or asked back, still moves."""
    _check_running(found)
    if found.stage is not RoundStage.OPEN and Stage.PROVINCE not in (stage, target):
        raise Refused(Problem("nomination_round_closed", "", {"round": found.name}))


def _check_running(found: RoundForNominations) -> None:
    if found.stage not in RUNNING:
        raise Refused(Problem("nomination_round_closed", "", {"round": found.name}))


async def _wrote(before: NominationFacts, by: int) -> bool:
    """Whether this person wrote on it, or handed it in at an earlier stage: somebody else audits it."""
    return await ledger.acted([before.subject], WRITING, before.created_at, f"account:{by}")


def _short(note: str) -> str:
    return note.strip()[:LONGEST_NOTE]
