"""Nominations: the only writer of what one says (`Nomination`, `NominationEvidence`), never of where it stands.

The stage moves in `steps.py`, the rank in `ranking.py`. What is typed may have gaps; only named fields open after a
return. The ledger's stream is `nomination:<id>`: revisions and codes, no name and no text.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from craftsmen import nomination_beginning, nomination_reads, nominee_reads
from craftsmen.nomination_beginning import columns_of, put_evidence
from craftsmen.nomination_reads import NominationFacts
from craftsmen.nomination_tables import Nomination, NominationEvidence, NominationStep
from craftsmen.rules.nomination_form import NominationDraft, changed_fields
from craftsmen.rules.nomination_steps import Stage
from foundation.base.clock import day_of
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import organisation_moves, workers
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from foundation.work import returns

nominate, nominate_team = nomination_beginning.nominate, nomination_beginning.nominate_team
facts_of = nominee_reads.facts_of  # what the solver and the panel ask for stands where others look for it


@tried_again
async def save(nomination_id: int, draft: NominationDraft, revision: int, by: str, now: datetime) -> None:
    """Replace what it says by what was typed on top of `revision`. Raises Refused, NotFound.

    After a return only the fields that were named may differ.
    """
    async with transaction():
        before = await locked(nomination_id)
        if before.stage is not Stage.DRAFT:
            raise Refused(Problem(f"nomination_at_{before.stage.value}"))
        if before.revision != revision:
            raise Refused(Problem("nomination_changed_meanwhile"))
        changed = changed_fields(before.draft, draft)
        if problems := await returns.check_reopened(before.subject, changed):
            raise Refused(*problems)
        if changed:
            await _write(before, draft, by, now, changed)


@tried_again
async def set_notice_days(nomination_id: int, first: date | None, last: date | None, by: str, now: datetime) -> None:
    """From when to when the unit's own notice hung on its wall (单位公示). Raises Refused, NotFound."""
    if (first is None) != (last is None) or (first and last and first > last):
        raise Refused(Problem("nomination_notice_days", "notice_until"))
    if last is not None and last > day_of(now):
        raise Refused(Problem("nomination_notice_future", "notice_until"))
    async with transaction():
        before = await locked(nomination_id)
        if before.stage not in (Stage.DRAFT, Stage.CONGRESS, Stage.UNIT_NOTICE):
            raise Refused(Problem(f"nomination_at_{before.stage.value}"))
        if problems := await returns.check_reopened(before.subject, ["notice"]):
            raise Refused(*problems)
        days: dict[Any, Any] = {Nomination.notice_from: first, Nomination.notice_until: last}
        await Nomination.update({**days, Nomination.changed_at: now}).where(Nomination.id == nomination_id)
        ledger.record(stream=before.subject, act="nomination.notice_days", actor=by)


@tried_again
async def hand_over(nomination_id: int, worker_id: int, now: datetime) -> None:
    """A worker hands their own nomination (自荐) to the unit, which goes on with it. Raises Refused, NotFound."""
    async with transaction():
        before = await locked(nomination_id)
        if before.worker_id != worker_id or not before.own:
            raise NotFound
        if before.stage is not Stage.DRAFT or before.handed_over_at is not None:
            raise Refused(Problem("nomination_handed_over_already"))
        if not before.draft.summary:
            raise Refused(Problem("nomination_summary_empty", "summary"))
        values: dict[Any, Any] = {Nomination.handed_over_at: now, Nomination.changed_at: now}
        await Nomination.update(values).where(Nomination.id == nomination_id)
        await note_step(before, "hand_over", Stage.DRAFT, "", f"worker:{worker_id}", now)
        ledger.record(stream=before.subject, act="nomination.handed_over", actor=f"worker:{worker_id}")


async def locked(nomination_id: int) -> NominationFacts:
    """The nomination, locked until the transaction ends. Raises NotFound."""
    if not await lock_row(Nomination, nomination_id):
        raise NotFound
    return (await nomination_reads.by_ids([nomination_id]))[0]


async def note_step(  # noqa: PLR0917 - one step is all of these
    before: NominationFacts, step: str, after: Stage, note: str, by: str, now: datetime
) -> None:
    """Keep one step for the history, within the caller's transaction."""
    row = NominationStep(
        nomination=before.id, step=step, before=before.stage.value, after=after.value, note=note, by=by, at=now
    )
    await row.save()


async def _write(
    before: NominationFacts, draft: NominationDraft, by: str, now: datetime, changed: Sequence[str]
) -> None:
    columns: dict[Any, Any] = {**columns_of(draft), "revision": before.revision + 1, "changed_at": now}
    await Nomination.update(columns).where(Nomination.id == before.id)
    if "evidence" in changed:
        await NominationEvidence.delete().where(NominationEvidence.nomination == before.id)
        await put_evidence(before.id, draft)
    ledger.record(
        stream=before.subject,
        act="nomination.changed",
        actor=by,
        payload={"revision": before.revision + 1, "fields": list(changed)},
    )


async def _unit_merged(from_id: int, into_id: int) -> None:
    """Two unions become one: their nominations go along. Runs in the merging transaction."""
    await Nomination.update({Nomination.unit: into_id}).where(Nomination.unit == from_id)
    await Nomination.update({Nomination.county: into_id}).where(Nomination.county == from_id)


async def _who_follows(from_id: int) -> list[Problem]:
    count = await Nomination.count().where(Nomination.unit == from_id)
    return [Problem("nominations_will_move", params={"count": str(count)})] if count else []


@workers.on_merge
async def _worker_merged(from_id: int, into_id: int) -> None:
    """Two records become one worker. Raises Refused where both are nominated in one round: a person decides first."""
    alive = Nomination.stage != Stage.WITHDRAWN.value
    both = await Nomination.select(Nomination.round).where(Nomination.worker.is_in([from_id, into_id]), alive)
    rounds = [row["round"] for row in both]
    if len(rounds) != len(set(rounds)):
        raise Refused(Problem("nominations_of_both"))
    await Nomination.update({Nomination.worker: into_id}).where(Nomination.worker == from_id)


organisation_moves.on_merge(_unit_merged, _who_follows)
