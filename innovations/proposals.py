"""Rationalization proposals: the only writer of `Proposal` and `ProposalStep`.

A proposal is written under a door, kept as its writer's draft, handed in, and from then on moved by steps, each with
its words and its entry in the ledger (`proposal:<id>`, codes only). Its writer holds a code of 128 random bits: whoever
has it reads and continues the proposal, without an account. Who may take a step was decided by the loader.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from foundation.base import secrets
from foundation.base.problem import NotFound, Problem, Refused
from foundation.files import uses
from foundation.people import organisation_moves, privacy, workers
from foundation.people.worker_tables import Worker
from foundation.process.calendar import working_deadline
from foundation.store import ledger
from foundation.store.commit import write
from foundation.store.locks import lock_row, lock_rows
from foundation.text import names
from foundation.work import returns
from innovations import proposal_comparing, proposal_deadlines, proposal_index, proposal_senders
from innovations.proposal_doors import Door
from innovations.proposal_tables import Proposal, ProposalPicture, ProposalStep
from innovations.rules.answers import days_for
from innovations.rules.proposal_form import ProposalDraft, changed, missing
from innovations.rules.proposals import HIDDEN, WRITABLE, Stage, after

DRAFT_KEPT = timedelta(days=30)  # without a change; then a draft that nobody handed in is forgotten
INDEXED = ("hand_in", "enter_paper", "adopt", "adopt_partly", "verify")  # steps that change how a proposal is found
WRITER = "proposer"  # as the ledger names whoever holds the code


async def begin(said: ProposalDraft, door: Door, sender: str, now: datetime, worker: int | None = None) -> str:
    """Keep a draft under a door; answers the code, which exists this once. Raises Refused for floods.

    `sender` is the network address it came from: counted, never kept. `worker` is whose own page is open.
    """
    code = secrets.new_code()

    async def job() -> None:
        await proposal_senders.count_proposal(sender, door.id, now)
        row = Proposal(
            organisation=door.organisation_id, worker=worker, receipt_hash=secrets.digest(code),
            stage=Stage.DRAFT.value, desk="", drafted_at=now, changed_at=now, phone_hash=phone_hash(said.phone),
            **columns(said),
        )  # fmt: skip
        await row.save()
        record(row.id, "proposal.begun", WRITER, {"organisation": door.organisation_id})

    await write(job)
    return code


async def save(proposal_id: int, said: ProposalDraft, now: datetime) -> None:
    """Put what its writer typed in the place of what stood there; after a return only what was named. Raises Refused.

    An empty telephone leaves what is known as it is.
    """

    async def job() -> None:
        row = await locked(proposal_id)
        fields = changed(draft_of(row), said)
        _check_writable(row)
        if problems := await returns.check_reopened(subject(proposal_id), [f for f in fields if f != "phone"]):
            raise Refused(*problems)
        values: dict[Any, Any] = {**columns(said), "changed_at": now, "revision": row["revision"] + 1}
        if said.phone:
            values["phone_hash"] = phone_hash(said.phone)
        await Proposal.update(values).where(Proposal.id == proposal_id)
        record(proposal_id, "proposal.written", WRITER, {"fields": fields})

    await write(job)


async def hand_in(proposal_id: int, now: datetime, zone: ZoneInfo) -> None:
    """Its writer hands it in, for the first time or completed; twice is once. Raises NotFound; Refused with all that is
    missing."""

    async def job() -> None:
        row = await locked(proposal_id)
        if row["stage"] == Stage.SUBMITTED.value:
            return
        if problems := missing(row):
            raise Refused(*problems)
        if row["stage"] == Stage.RETURNED.value:
            await returns.hand_in(subject(proposal_id), WRITER, now)
        values: dict[Any, Any] = {} if row["handed_in_at"] else {"handed_in_at": now}
        if row["worker"] is None:
            values["worker"] = await worker_of(row)
        await move(row, "hand_in", "", by=None, now=now, zone=zone, values=values)

    await write(job)


async def withdraw(proposal_id: int, now: datetime, zone: ZoneInfo) -> None:
    """Its writer takes it back, and twice is once; a draft, which nobody else saw, is forgotten.

    Raises Refused once it is decided.
    """

    async def job() -> None:
        row = await locked(proposal_id)
        if row["stage"] == Stage.WITHDRAWN.value:
            return
        if row["stage"] == Stage.DRAFT.value:
            await _forget(proposal_id)
        else:
            await move(row, "withdraw", "", by=None, now=now, zone=zone)

    await write(job)


async def move(
    row: Mapping[str, Any],
    step: str,
    note: str,
    *,
    by: int | None,
    now: datetime,
    zone: ZoneInfo,
    rule: str = "",
    values: Mapping[Any, Any] | None = None,
    payload: Mapping[str, Any] | None = None,
    since: datetime | None = None,
) -> Stage:
    """One step of a locked row inside the caller's transaction; `by` None is its writer. Raises Refused.

    A clock that begins with the step runs from `since`, where that is said.
    """
    stage = after(step, Stage(row["stage"]))
    if isinstance(stage, Problem):
        raise Refused(stage)
    days = days_for(stage, await proposal_deadlines.of(row["organisation"]))
    saved: dict[Any, Any] = {
        **(values or {}),
        "stage": stage.value,
        "due_at": await _due(row, stage, days, since or now, zone),
        "changed_at": now,
        "revision": row["revision"] + 1,
    }
    await Proposal.update(saved).where(Proposal.id == row["id"])
    await ProposalStep(proposal=row["id"], step=step, note=note, rule=rule, account=by, at=now).save()
    if step in INDEXED:
        await proposal_index.put(row["id"])
    elif stage is Stage.WITHDRAWN:
        await proposal_index.remove(row["id"])
        await proposal_comparing.forget(row["id"])
    said = {"stage": stage.value, **({"rule": rule} if rule else {}), **(payload or {})}
    record(row["id"], f"proposal.{step}", f"account:{by}" if by else WRITER, said)
    return stage


async def _due(
    row: Mapping[str, Any], stage: Stage, days: int | None, now: datetime, zone: ZoneInfo
) -> datetime | None:
    """A clock starts with its stage; considering goes on under the one that began when it was taken up."""
    if stage is Stage.REVIEW and row["stage"] == Stage.ACCEPTED.value:
        due: datetime | None = row["due_at"]
        return due
    return None if days is None else await working_deadline(now, days, zone)


async def locked(proposal_id: int) -> dict[str, Any]:
    """The row, locked, then read. Raises NotFound, also for one of a sheet that is being taken back."""
    if not await lock_row(Proposal, proposal_id):
        raise NotFound
    row: dict[str, Any] | None = await Proposal.select().where(Proposal.id == proposal_id).first()
    if row is None or row["stage"].startswith(HIDDEN):
        raise NotFound
    return row


async def revision(proposal_id: int) -> int:
    """What a form shows, so that it replaces nothing unseen. Raises NotFound."""
    row = await Proposal.select(Proposal.revision).where(Proposal.id == proposal_id).first()
    if row is None:
        raise NotFound
    return int(row["revision"])


async def forget_drafts(now: datetime, most: int = 200) -> int:
    """Delete drafts that nobody went on writing; answers how many. Their photographs are swept then."""

    async def job() -> int:
        query = Proposal.select(Proposal.id).where(
            Proposal.stage == Stage.DRAFT.value, Proposal.changed_at < now - DRAFT_KEPT
        )
        old = [row["id"] for row in await query.order_by(Proposal.id).limit(most)]
        for proposal_id in await lock_rows(Proposal, old, ending=True):
            await _forget(proposal_id)
        return len(old)

    return await write(job)


async def _forget(proposal_id: int) -> None:
    """Delete a draft; what hung on it hangs on nothing then, and is swept."""
    await uses.unhang(subject(proposal_id))
    await ProposalPicture.delete().where(ProposalPicture.proposal == proposal_id)
    await Proposal.delete().where(Proposal.id == proposal_id, Proposal.stage == Stage.DRAFT.value)
    record(proposal_id, "proposal.forgotten", WRITER, {})


def subject(proposal_id: int) -> str:
    """A proposal as the ledger, files and returned work write it."""
    return f"proposal:{proposal_id}"


def draft_of(row: Mapping[str, Any]) -> ProposalDraft:
    """What stands in a row, without the telephone, which is nowhere."""
    return ProposalDraft(
        title=row["title"], problem=row["problem"], suggestion=row["suggestion"], kind=row["kind"], name=row["name"],
        others=row["others"], place=row["place"],
    )  # fmt: skip


def columns(said: ProposalDraft) -> dict[str, Any]:
    """What a row says of it, the telephone apart."""
    values = asdict(said)
    del values["phone"]
    return {**values, "folded": names.compared(said.name)[: names.LONGEST_NAME]}


def phone_hash(phone: str) -> str:
    """By which a worker's own page finds their proposals; empty where no telephone was said."""
    return privacy.keyed_hash("phone", phone) if phone else ""


def _check_writable(row: Mapping[str, Any]) -> None:
    if Stage(row["stage"]) not in WRITABLE:
        raise Refused(Problem("proposal_not_writable"))


async def worker_of(row: Mapping[str, Any]) -> int | None:
    """Whose telephone and name these are in the registry, if that is one person."""
    if not row["phone_hash"]:
        return None
    found = await Worker.select(Worker.id).where(
        Worker.phone_hash == row["phone_hash"], Worker.folded == row["folded"], Worker.merged_into.is_null()
    )
    return int(found[0]["id"]) if len(found) == 1 else None


def record(proposal_id: int, act: str, actor: str, payload: Mapping[str, Any]) -> None:
    ledger.record(stream=subject(proposal_id), act=act, actor=actor, payload=payload)


async def _follow_worker(goes: int, stays: int) -> None:
    """Two records become one worker: their proposals go along. Runs in the merging transaction."""
    await Proposal.update({Proposal.worker: stays}).where(Proposal.worker == goes)


async def _follow_organisation(from_id: int, into_id: int) -> None:
    """They go along, and count as changed: the system of the unit that takes them over asks for what changed."""
    rows = await Proposal.select(Proposal.id).where(Proposal.organisation == from_id)
    moved: dict[Any, Any] = {Proposal.organisation: into_id, Proposal.changed_at: datetime.now(UTC)}
    await Proposal.update(moved).where(Proposal.organisation == from_id)
    for row in rows:
        await proposal_index.put(row["id"])


workers.on_merge(_follow_worker)
organisation_moves.on_merge(_follow_organisation)
