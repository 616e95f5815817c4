"""Nominations: the only writer of what one says (`Nomination`, `NominationEvidence`), never of where it stands.

The stage moves in `steps.py`, the rank in `ranking.py`. What is typed may have gaps; only named fields open after a
return. The ledger's stream is `nomination:<id>`: revisions and codes, no name and no text.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from craftsmen import nomination_reads, nominee_reads, round_reads
from craftsmen.nomination_reads import NominationFacts
from craftsmen.nomination_rounds import (
    RoundForNominations,
    auditor_of,
    by_id,
    channel_of,
    is_open,
    today_here,
)
from craftsmen.nomination_tables import Nomination, NominationEvidence, NominationStep
from craftsmen.round_tables import SelectionRound
from craftsmen.rules.facts import Role, UnitType
from craftsmen.rules.nomination_form import LONGEST_TEAM, NominationDraft, answers_text, changed_fields, works_text
from craftsmen.rules.nomination_steps import Stage
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import organisation_moves, worker_reads, workers
from foundation.people.organisation_kinds import Kind
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import OrganisationFacts
from foundation.people.organisation_tree import by_id as organisation_by_id
from foundation.people.worker_reads import WorkerFacts
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from foundation.work import returns

facts_of = nominee_reads.facts_of  # what the solver and the panel ask for stands where others look for it


@tried_again
async def nominate(round_id: int, worker_id: int, by: str, now: datetime, *, own: bool = False) -> str:
    """Begin to nominate a worker; answers the address. Raises Refused, NotFound.

    Whether `by` ("account:3", "worker:7") may nominate this worker was decided by who loaded them. What the registry
    knows stands in it already: role, kind of unit, every conferred honour.
    """
    async with transaction():
        worker = await _standing(worker_id)
        unit = await _unit(worker.unit_id)
        honours = [honour.id for honour in await nomination_reads.honours_of(worker_id)]
        draft = NominationDraft(_role(worker), _unit_type(unit), honours=tuple(honours))
        found = await _open_round(round_id, "person", now)
        if own and not found.rules.own:
            raise Refused(Problem("nomination_own_not_here"))
        if await Nomination.exists().where(
            Nomination.round == round_id, Nomination.worker == worker_id, Nomination.stage != Stage.WITHDRAWN.value
        ):
            raise Refused(Problem("nomination_again", "worker", {"name": worker.name}))
        if await _holds_title(worker_id, found.title_id):
            held = {"name": worker.name, "title": found.title}
            raise Refused(Problem("nomination_title_held", "worker", held))
        return await _create(found, unit, draft, by, now, worker=worker_id, own=own)


@tried_again
async def nominate_team(round_id: int, unit_id: int, team_name: str, by: str, now: datetime) -> str:
    """Begin to nominate a team of this unit; answers the address. Raises Refused, NotFound."""
    name = " ".join(team_name.split())
    if not name:
        raise Refused(Problem("nomination_team_empty", "team_name"))
    if len(name) > LONGEST_TEAM:
        most = {"most": str(LONGEST_TEAM), "length": str(len(name))}
        raise Refused(Problem("nomination_long", "team_name", most))
    async with transaction():
        unit = await _unit(unit_id)
        found = await _open_round(round_id, "team", now)
        return await _create(found, unit, NominationDraft(unit_type=_unit_type(unit), team_name=name), by, now)


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
    if last is not None and last > today_here(now):
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
    columns: dict[Any, Any] = {**_columns(draft), "revision": before.revision + 1, "changed_at": now}
    await Nomination.update(columns).where(Nomination.id == before.id)
    if "evidence" in changed:
        await NominationEvidence.delete().where(NominationEvidence.nomination == before.id)
        await _put_evidence(before.id, draft)
    ledger.record(
        stream=before.subject,
        act="nomination.changed",
        actor=by,
        payload={"revision": before.revision + 1, "fields": list(changed)},
    )


async def _create(
    found: RoundForNominations,
    unit: OrganisationFacts,
    draft: NominationDraft,
    by: str,
    now: datetime,
    *,
    worker: int | None = None,
    own: bool = False,
) -> str:
    channel = channel_of(unit.path, await round_reads.channels_of(found.id))
    if channel is None:
        raise Refused(Problem("nomination_no_channel", "", {"unit": unit.name}))
    if channel.submitted_at is not None:
        raise Refused(Problem("nomination_list_closed", "", {"channel": channel.name}))
    number = 1 + await Nomination.count().where(Nomination.round == found.id)
    row = Nomination(
        address=f"{found.address}-{number:03}",
        round=found.id,
        channel=channel.id,
        unit=unit.id,
        county=await auditor_of(unit.path, channel),
        worker=worker,
        own=own,
        stage=Stage.DRAFT.value,
        scan="",
        outcome_rule="",
        outcome_reason="",
        outcome_advice="",
        created_by=by,
        created_at=now,
        changed_at=now,
        **_columns(draft),
    )
    await row.save()
    await _put_evidence(row.id, draft)
    ledger.record(
        stream=f"nomination:{row.id}",
        act="nomination.drafted",
        actor=by,
        about=f"round:{found.address}",
        payload={"unit": unit.id, "channel": channel.id, "own": own},
    )
    return str(row.address)


async def _put_evidence(nomination_id: int, draft: NominationDraft) -> None:
    rows: list[Mapping[str, Any]] = [
        *({"honour": honour, "text": ""} for honour in draft.honours),
        *({"honour": None, "text": text} for text in draft.stated),
    ]
    if rows:
        made = [
            NominationEvidence(nomination=nomination_id, about="", file=None, position=position, **row)
            for position, row in enumerate(rows, 1)
        ]
        await NominationEvidence.insert(*made)


async def _open_round(round_id: int, holder: str, now: datetime) -> RoundForNominations:
    """The round, so locked that numbers in it are given one after the other. Raises Refused, NotFound."""
    if not await lock_row(SelectionRound, round_id):
        raise NotFound
    found = await by_id(round_id)
    if not is_open(found, today_here(now)):
        raise Refused(Problem("nomination_round_closed", "", {"round": found.name}))
    if found.rules.holder != holder:
        raise Refused(Problem(f"nomination_holder_{found.rules.holder}"))
    return found


async def _holds_title(worker_id: int, title_id: int) -> bool:
    return any(honour.title_id == title_id for honour in await nomination_reads.honours_of(worker_id))


async def _standing(worker_id: int) -> WorkerFacts:
    """The worker, who does not become part of another until COMMIT. Raises NotFound for one who has meanwhile.

    The unit is locked before, as everywhere: organisations, then workers, then papers.
    """
    before = await worker_reads.by_id(worker_id)
    if before is None:
        raise NotFound
    await lock_row(Organisation, before.unit_id, share=True)
    await workers.lock_standing([worker_id])
    found = await worker_reads.by_id(worker_id)
    if found is None or found.merged_into is not None:
        raise NotFound
    return found


async def _unit(unit_id: int) -> OrganisationFacts:
    """The unit, locked so that it stands until COMMIT. Raises NotFound, and Refused for one that does not any more."""
    await lock_row(Organisation, unit_id, share=True)
    found = await organisation_by_id(unit_id)
    if found is None:
        raise NotFound
    if not found.active:
        raise Refused(Problem("nomination_unit_closed", "", {"unit": found.name}))
    return found


def _columns(draft: NominationDraft) -> dict[str, Any]:
    return {
        "role": draft.role.value,
        "unit_type": draft.unit_type.value,
        "special": draft.special,
        "team_name": draft.team_name,
        "summary": draft.summary,
        "story": draft.story,
        "works": works_text(draft.works),
        "answers": answers_text(draft.answers),
    }


def _role(worker: WorkerFacts) -> Role:
    """What to start from; the unit corrects it."""
    return Role.FRONT_LINE if worker.front_line or not worker.title else Role.TECHNICAL


def _unit_type(unit: OrganisationFacts) -> UnitType:
    if unit.kind in (Kind.ENTERPRISE, Kind.JOINT, Kind.DIRECT):
        return UnitType.NON_PUBLIC if unit.ownership == "non_public" else UnitType.STATE_ENTERPRISE
    return UnitType.AUTHORITY


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
