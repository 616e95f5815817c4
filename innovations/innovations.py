"""Technical innovations: the only writer of `Innovation`, `InnovationAuthor`, `InnovationNamed` and `InnovationStep`.

A unit writes a draft with its people, confirms that nothing secret is in it, and hands it in; then every step has its
entry in the ledger (`innovation:<id>`, codes and digests only). Who may do it was decided by the loader. What is public
is written by `library` in the same transaction.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from foundation.base.clock import day_of
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import consents, organisation_moves, workers
from foundation.store import generations, ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from foundation.work import returns
from innovations import library, proposal_index, proposals
from innovations.innovation_standing import Row, authors_of, changed, digest_of, draft_of, records
from innovations.innovation_tables import Innovation, InnovationAuthor, InnovationNamed, InnovationStep
from innovations.rules.innovation_form import Author, Draft
from innovations.rules.innovations import WRITABLE, Stage, after
from innovations.rules.publicity import BenefitShown, Publicity


@tried_again
async def begin(draft: Draft, organisation_id: int, by: int, now: datetime, proposal_id: int | None = None) -> int:
    """Keep a draft of a unit; answers its id. `proposal_id` is the proposal it grew out of.

    Raises Refused where another innovation grew out of it already, NotFound for a proposal that is gone.
    """
    async with transaction():
        if proposal_id is not None:
            await _check_first(proposal_id)
        row = Innovation(
            address="", organisation=organisation_id, stage=Stage.DRAFT.value, studio=None, proposal=proposal_id,
            earlier=None, publicity=Publicity.INTERNAL.value, benefit_shown=BenefitShown.HIDDEN.value,
            cleared_digest="", created_by=by, created_at=now, changed_at=now, **_columns(draft), **handed(draft),
        )  # fmt: skip
        await row.save()
        await Innovation.update({Innovation.address: f"{day_of(now).year}-{row.id:07}"}).where(Innovation.id == row.id)
        await _put_authors(row.id, draft.authors)
        record(row.id, "begun", by, {"organisation": organisation_id, "proposal": proposal_id or 0})
        if proposal_id is not None:
            await proposal_index.put(proposal_id)  # it is told of together with what grew out of it
        return int(row.id)


@tried_again
async def save(innovation_id: int, draft: Draft, revision: int, by: int, now: datetime) -> None:
    """Put what was typed in the place of what stood there. After a return only named fields may change.

    What stands there already, as where a button was pressed twice, is saved. Raises NotFound; Refused where somebody
    saved something else meanwhile, or nobody may write on it now.
    """
    async with transaction():
        row = await locked(innovation_id)
        before = draft_of(row, await authors_of(innovation_id))
        if row["revision"] != revision:
            if before == draft:
                return
            raise Refused(Problem("innovation_stale"))
        check_writable(row)
        if problems := await returns.check_reopened(subject(innovation_id), changed(before, draft)):
            raise Refused(*problems)
        await touch(row, {**_columns(draft), **({} if row["version"] else handed(draft))}, now)
        await _put_authors(innovation_id, draft.authors)
        record(innovation_id, "written", by, {"fields": changed(before, draft)})


@tried_again
async def set_publicity(  # noqa: PLR0917 - what is shown is all of these
    innovation_id: int, publicity: Publicity, shown: BenefitShown, revision: int, by: int, now: datetime
) -> None:
    """Say who may know of it, and how a verified benefit is shown. Raises NotFound, Refused."""
    async with transaction():
        row = await locked(innovation_id)
        if row["revision"] != revision:
            if (row["publicity"], row["benefit_shown"]) == (publicity, shown):
                return  # pressed twice
            raise Refused(Problem("innovation_stale"))
        await touch(row, {Innovation.publicity: publicity.value, Innovation.benefit_shown: shown.value}, now)
        record(innovation_id, "publicity", by, {"publicity": publicity.value, "benefit": shown.value})
        await library.refresh(innovation_id, now)
        generations.bump(library.GENERATION)  # pages that name it though the library does not: awards, grants


@tried_again
async def set_earlier(innovation_id: int, earlier: int | None, revision: int, by: int, now: datetime) -> None:
    """Say which innovation of its unit it carries on; None: it is new. Raises NotFound, Refused."""
    async with transaction():
        row = await locked(innovation_id, revision)
        check_writable(row)
        if earlier is not None and not await Innovation.exists().where(
            Innovation.id == earlier, Innovation.id < innovation_id, Innovation.version > 0,
            Innovation.organisation == row["organisation"],
        ):  # fmt: skip
            raise Refused(Problem("innovation_earlier", "earlier"))
        await touch(row, {Innovation.earlier: earlier}, now)
        record(innovation_id, "earlier", by, {"earlier": earlier or 0})


@tried_again
async def clear(innovation_id: int, revision: int, by: int, now: datetime) -> None:
    """The unit confirms that nothing secret is in it as it stands, papers and pictures included (保密审查).

    Whatever is changed later must be looked through anew. Raises NotFound, Refused.
    """
    async with transaction():
        row = await locked(innovation_id, revision)
        found = await digest_of(row)
        values = {Innovation.cleared_by: by, Innovation.cleared_at: now, Innovation.cleared_digest: found}
        await touch(row, values, now)
        record(innovation_id, "cleared", by, {"digest": found})


async def move(  # noqa: PLR0917 - a step is all of these
    row: Row, step: str, note: str, by: int | None, now: datetime, values: Mapping[Any, Any] | None = None
) -> Stage:
    """One step of a locked row inside the caller's transaction. Raises Refused."""
    stage = after(step, Stage(row["stage"]))
    if isinstance(stage, Problem):
        raise Refused(stage)
    await touch(row, {**(values or {}), Innovation.stage: stage.value}, now)
    await InnovationStep(innovation=row["id"], step=step, note=note, account=by, at=now).save()
    record(row["id"], step, by, {"stage": stage.value})
    await library.refresh(row["id"], now)
    return stage


@tried_again
async def withdraw(innovation_id: int, note: str, revision: int, by: int, now: datetime) -> None:
    """The unit takes it back. Raises NotFound; Refused while a round reviews it, and once it is awarded.

    What a return had opened alone is open no more: taken up again it is a draft like any other.
    """
    async with transaction():
        await move(await locked(innovation_id, revision), "withdraw", note, by, now)
        await returns.end(subject(innovation_id), by, now)


@tried_again
async def take_up(innovation_id: int, revision: int, by: int, now: datetime) -> None:
    """The unit goes on with what it had withdrawn. Raises NotFound, Refused."""
    async with transaction():
        await move(await locked(innovation_id, revision), "take_up", "", by, now)


async def give_back(innovation_id: int, notes: Mapping[str, str], by: int, now: datetime) -> None:
    """Within the caller's transaction: open the named fields again, each with its note (退回补充). Raises Refused."""
    row = await locked(innovation_id)
    await returns.give_back(subject(innovation_id), notes, by, now)
    await move(row, "return", "", by, now)


async def credit(row: Row, authors: Sequence[Author], values: Mapping[Any, Any], by: int, now: datetime) -> None:
    """Within the caller's transaction: these are the people of a locked innovation from now on."""
    await touch(row, values, now)
    await _put_authors(row["id"], authors)
    record(row["id"], "credited", by, {"people": len(authors)})


async def set_named(innovation_id: int, authors: Sequence[Author]) -> None:
    """Within the caller's transaction, the row locked: these are the people of its newest version."""
    await InnovationNamed.delete().where(InnovationNamed.innovation == innovation_id)
    found = await records({one.worker for one in authors if one.worker})
    rows = [InnovationNamed(innovation=innovation_id, worker=each) for each in sorted(set(found.values()))]
    if rows:
        await InnovationNamed.insert(*rows)


async def remark(innovation_id: int, step: str, note: str, by: int, now: datetime) -> None:
    """Within the caller's transaction, the row locked: a step that leaves the stage as it is."""
    await InnovationStep(innovation=innovation_id, step=step, note=note, account=by, at=now).save()
    record(innovation_id, step, by, {})


async def set_studio(innovation_id: int, studio_id: int | None, by: int) -> None:
    """Within the caller's transaction: which studio made it (None: none). Changes nothing of what was handed in."""
    await locked(innovation_id)
    await Innovation.update({Innovation.studio: studio_id}).where(Innovation.id == innovation_id)
    record(innovation_id, "studio", by, {"studio": studio_id or 0})


async def locked(innovation_id: int, revision: int | None = None) -> dict[str, Any]:
    """The row, locked, then read. Raises NotFound; Refused where it is another revision than the form showed."""
    if not await lock_row(Innovation, innovation_id):
        raise NotFound
    row: dict[str, Any] | None = await Innovation.select().where(Innovation.id == innovation_id).first()
    if row is None:
        raise NotFound
    if revision is not None and row["revision"] != revision:
        raise Refused(Problem("innovation_stale"))
    return row


def check_writable(row: Row) -> None:
    """Raises Refused where nobody writes on it now."""
    if Stage(row["stage"]) not in WRITABLE:
        raise Refused(Problem("innovation_not_writable"))


def subject(innovation_id: int) -> str:
    """An innovation as the ledger, files and returned work write it."""
    return f"innovation:{innovation_id}"


def record(innovation_id: int, act: str, by: int | None, payload: Mapping[str, Any]) -> None:
    """An entry in the ledger; `by` None is the registry itself."""
    actor = f"account:{by}" if by else "registry"
    ledger.record(stream=subject(innovation_id), act=f"innovation.{act}", actor=actor, payload=payload)


def _columns(draft: Draft) -> dict[str, Any]:
    return {
        "title": draft.title, "kind": draft.kind, "field": draft.field, "year": draft.year,
        "body": msgspec.json.encode(draft.body, order="deterministic").decode(),
    }  # fmt: skip


def handed(draft: Draft) -> dict[Any, Any]:
    """What everybody but the unit reads of a row that says this."""
    return {
        "handed_title": draft.title, "handed_kind": draft.kind, "handed_field": draft.field, "handed_year": draft.year,
    }  # fmt: skip


async def touch(row: Row, values: Mapping[Any, Any], now: datetime) -> None:
    """Within the caller's transaction: save values of a locked row; whoever has an older page open is told."""
    saved: dict[Any, Any] = {**values, Innovation.revision: row["revision"] + 1, Innovation.changed_at: now}
    await Innovation.update(saved).where(Innovation.id == row["id"])


async def _check_first(proposal_id: int) -> None:
    await proposals.locked(proposal_id)
    if await Innovation.exists().where(Innovation.proposal == proposal_id):
        raise Refused(Problem("innovation_of_proposal"))


async def _put_authors(innovation_id: int, authors: Sequence[Author]) -> None:
    await InnovationAuthor.delete().where(InnovationAuthor.innovation == innovation_id)
    found = await records({one.worker for one in authors if one.worker})
    rows = [
        InnovationAuthor(
            innovation=innovation_id, position=place, name=one.name, worker=found.get(one.worker), unit_name=one.unit,
            share=one.share, part=one.part,
        )
        for place, one in enumerate(authors, 1)
    ]  # fmt: skip
    if rows:
        await InnovationAuthor.insert(*rows)


async def _follow_worker(goes: int, stays: int) -> None:
    """Two records become one worker: their innovations go along. Runs in the merging transaction.

    Whoever has an older form open is told: it still names the record that is gone.
    """
    now = datetime.now(UTC)
    rows = await InnovationAuthor.select(InnovationAuthor.innovation).where(InnovationAuthor.worker == goes)
    for innovation_id in sorted({row["innovation"] for row in rows}):
        await touch(await locked(innovation_id), {}, now)
    await InnovationAuthor.update({InnovationAuthor.worker: stays}).where(InnovationAuthor.worker == goes)
    of_both = await InnovationNamed.select(InnovationNamed.innovation).where(InnovationNamed.worker == stays)
    twice = InnovationNamed.innovation.is_in([row["innovation"] for row in of_both] or [0])
    await InnovationNamed.delete().where(InnovationNamed.worker == goes, twice)  # it named both records
    await InnovationNamed.update({InnovationNamed.worker: stays}).where(InnovationNamed.worker == goes)
    await _follow_consent(stays, now)


@consents.on_change
async def _follow_consent(worker_id: int, now: datetime) -> None:
    """A word on a name: the library says it or not with it, in its transaction, whatever list is being written."""
    rows = await InnovationNamed.select(InnovationNamed.innovation).where(InnovationNamed.worker == worker_id)
    for innovation_id in sorted({row["innovation"] for row in rows}):
        await locked(innovation_id)
        await library.refresh(innovation_id, now)


async def _follow_organisation(from_id: int, into_id: int) -> None:
    """They go along, and count as changed: the system of the unit that takes them over asks for what changed."""
    now = datetime.now(UTC)
    rows = await Innovation.select(Innovation.id).where(Innovation.organisation == from_id).order_by(Innovation.id)
    moved: dict[Any, Any] = {Innovation.organisation: into_id, Innovation.changed_at: now}
    await Innovation.update(moved).where(Innovation.organisation == from_id)
    for row in rows:
        await library.refresh(row["id"], now)


workers.on_merge(_follow_worker)
organisation_moves.on_merge(_follow_organisation)
