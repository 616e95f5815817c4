"""The beginning of a nomination: a worker or a team enters a round, with all that the registry knows already.

`nominations.py` goes on with what it says; both together are the only writers of it. The round is locked while a
number is given, the unit and the worker so that they still stand at COMMIT.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from craftsmen import nomination_records, round_reads
from craftsmen.nomination_rounds import (
    RoundForNominations,
    auditor_of,
    by_id,
    channel_of,
    is_open,
)
from craftsmen.nomination_tables import Nomination, NominationEvidence
from craftsmen.round_tables import SelectionRound
from craftsmen.rules.facts import Role, UnitType
from craftsmen.rules.nomination_form import LONGEST_TEAM, NominationDraft, answers_text, works_text
from craftsmen.rules.nomination_steps import Stage
from foundation.base.clock import day_of
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import worker_reads, workers
from foundation.people.organisation_kinds import Kind
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import OrganisationFacts
from foundation.people.organisation_tree import by_id as organisation_by_id
from foundation.people.worker_reads import WorkerFacts
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction


@tried_again
async def nominate(round_id: int, worker_id: int, by: str, now: datetime, *, own: bool = False) -> str:
    """Begin to nominate a worker; answers the address. Raises Refused, NotFound.

    Whether `by` ("account:3", "worker:7") may nominate this worker was decided by who loaded them. What the registry
    knows stands in it already: role, kind of unit, every conferred honour.
    """
    async with transaction():
        worker = await _standing(worker_id)
        unit = await _unit(worker.unit_id)
        honours = [honour.id for honour in await nomination_records.honours_of(worker_id)]
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
        **columns_of(draft),
    )
    await row.save()
    await put_evidence(row.id, draft)
    ledger.record(
        stream=f"nomination:{row.id}",
        act="nomination.drafted",
        actor=by,
        about=f"round:{found.address}",
        payload={"unit": unit.id, "channel": channel.id, "own": own},
    )
    return str(row.address)


async def put_evidence(nomination_id: int, draft: NominationDraft) -> None:
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
    if not is_open(found, day_of(now)):
        raise Refused(Problem("nomination_round_closed", "", {"round": found.name}))
    if found.rules.holder != holder:
        raise Refused(Problem(f"nomination_holder_{found.rules.holder}"))
    return found


async def _holds_title(worker_id: int, title_id: int) -> bool:
    return any(honour.title_id == title_id for honour in await nomination_records.honours_of(worker_id))


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


def columns_of(draft: NominationDraft) -> dict[str, Any]:
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
