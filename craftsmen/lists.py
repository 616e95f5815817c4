"""Honours registered by list: the only writer of `HonourList` and `HonourListRow`.

A list is read and looked at, then registered, and may be undone by one act of two people; while it is still being
written, and seen by nobody, one person takes it back. It becomes visible whole, and goes whole. A small one is read
and registered at once; a long one by a job, in steps of the group commit that keep no judge waiting. What was pasted
is kept encrypted, for ID numbers stand in it, and only until it is read. `by` is the acting account.
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from craftsmen import list_portraits, showing, titles
from craftsmen.honour_tables import HonourList, HonourListRow
from craftsmen.list_reading import READ, count_rows, keep_rows
from craftsmen.list_steps import PUBLISH, TAKE_BACK, WORK, all_steps
from craftsmen.rules import lists as rules
from craftsmen.rules.lists import ListDraft, Stage, read_list
from foundation.base.clock import day_of
from foundation.base.problem import N_, NotFound, Problem, Refused
from foundation.files import stored
from foundation.people import organisation_moves, privacy, workers
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from foundation.work import jobs, two_person
from foundation.work.job_tables import Job

UNDER_WAY = {Stage.READING: READ, Stage.PICTURING: list_portraits.READ, **WORK}


@tried_again
async def create(draft: ListDraft, text: str, organisation_id: int, by: int, now: datetime) -> tuple[int, int | None]:
    """Take in a list; answers its id and, for a long one, the id of the job that reads it.

    Raises Refused where the text is no list, or the title is unknown or closed.
    """
    title = await titles.by_code(draft.title)
    if title is None or not title.active:
        raise Refused(Problem("honour_title_unknown", "title"))
    read = await asyncio.to_thread(read_list, text, title.holder, day_of(now))
    if read.problems:
        raise Refused(*read.problems)
    small = len(read.rows) <= rules.SMALL
    job = None
    async with transaction():
        made = await HonourList.insert(
            HonourList(
                title=title.id,
                organisation=organisation_id,
                name=draft.name,
                year=draft.on.year,
                month=draft.on.month,
                day=draft.on.day,
                edition=draft.edition,
                body=draft.body,
                document=draft.document,
                stage=Stage.READING.value,
                unused="",
                text_sealed="" if small else privacy.seal(text),
                size=len(read.rows),
                created_by=by,
                created_at=now,
            )
        )
        list_id = int(made[0]["id"])
        _record(list_id, "list.taken", by, {"rows": len(read.rows), "title": title.id})
        if small:
            await keep_rows(list_id, read.rows, draft, organisation_id, day_of(now))
            await count_rows(list_id)
        else:
            job = await jobs.start(READ, {"list": list_id}, by, now)
            await HonourList.update({HonourList.job: job}).where(HonourList.id == list_id)
    return list_id, job


@tried_again
async def take_portraits(list_id: int, file_id: int, by: int, now: datetime) -> int:
    """Read the photographs of a zip that `list_portraits.keep` kept; answers the job. Raises Refused, NotFound."""
    async with transaction():
        await _locked(list_id, Stage.CHECKED)
        await stored.pending(file_id, by)
        return await list_portraits.begin(list_id, file_id, by, now)


@tried_again
async def publish(list_id: int, without_wrong: bool, by: int, now: datetime) -> int | None:
    """Register what fits: written first, then visible to all at once; answers the job of a long list.

    Raises Refused, NotFound.

    Lines that cannot be registered stop it, unless they are to be left out.
    """
    async with transaction():
        row = await _locked(list_id, Stage.CHECKED)
        if row["wrong"] and not without_wrong:
            raise Refused(Problem("list_wrong", "without_wrong", {"count": str(row["wrong"])}))
        if row["size"] == row["wrong"] + row["again"]:
            raise Refused(Problem("list_nothing_new"))
        await _to(list_id, Stage.PUBLISHING)
        _record(list_id, "list.registering", by)
        return await _now_or_by_job(PUBLISH, list_id, row["size"], by, now)


@tried_again
async def withdraw(list_id: int, by: int, now: datetime) -> int | None:
    """Take a list back while it is being written: nobody has seen it, so one person may. Raises Refused, NotFound.

    Answers the job that clears away what was written.
    """
    async with transaction():
        row = await _locked(list_id, Stage.PUBLISHING)
        await _to(list_id, Stage.UNDOING)
        _record(list_id, "list.withdrawn", by)
        return await _now_or_by_job(TAKE_BACK, list_id, row["size"], by, now)


@tried_again
async def resume(list_id: int, by: int, now: datetime) -> int:
    """Go on with what was stopped in the middle: the same steps, none of them twice. Raises Refused, NotFound."""
    async with transaction():
        if not await lock_row(HonourList, list_id):
            raise NotFound
        row = await HonourList.select().where(HonourList.id == list_id).first()
        kind = UNDER_WAY.get(Stage(row["stage"])) if row else None
        if row is None or kind is None or await is_running(row["job"]):
            raise Refused(Problem("list_not_stopped"))
        job = await jobs.start(kind, {"list": list_id}, by, now)
        await HonourList.update({HonourList.job: job}).where(HonourList.id == list_id)
    return job


async def is_running(job_id: int | None) -> bool:
    """Whether the work on a list goes on, whoever started it."""
    return job_id is not None and bool(await Job.exists().where(Job.id == job_id, Job.stage.is_in(list(jobs.OPEN))))


@tried_again
async def drop(list_id: int, by: int, now: datetime) -> None:
    """Throw away a list that was read and not registered."""
    async with transaction():
        await _locked(list_id, Stage.CHECKED)
        await HonourListRow.delete().where(HonourListRow.honour_list == list_id)
        await list_portraits.let_go(list_id)
        await _to(list_id, Stage.DROPPED)
        _record(list_id, "list.dropped", by)


@tried_again
async def ask_undo(list_id: int, organisation_id: int, reason: str, by: int, now: datetime) -> int:
    """Ask a second person to undo a whole list; answers the act's id. Raises Refused, NotFound."""
    async with transaction():
        row = await _locked(list_id, Stage.VISIBLE)
        payload = {"list": list_id, "made": row["made"]}
        return await two_person.ask(UNDO, f"honour_list:{list_id}", payload, organisation_id, by, reason, now)


async def _undo(act: two_person.Asked, by: int, now: datetime) -> None:
    """Confirmed, inside its transaction: from its COMMIT on nobody sees the list; what was written is cleared away."""
    list_id = int(act.payload["list"])
    row = await _locked(list_id, Stage.VISIBLE)
    await showing.hide_list(list_id)
    await _to(list_id, Stage.UNDOING)
    _record(list_id, "list.undoing", by, {"act": act.id, "asked_by": act.asked_by})
    await _now_or_by_job(TAKE_BACK, list_id, row["size"], by, now)


async def _now_or_by_job(kind: jobs.Kind, list_id: int, size: int, by: int, now: datetime) -> int | None:
    """Within the caller's transaction: all steps at once for a small list, else a job, whose id is answered."""
    if size <= rules.SMALL:
        await all_steps(list_id, by, now)
        return None
    job = await jobs.start(kind, {"list": list_id}, by, now)
    await HonourList.update({HonourList.job: job}).where(HonourList.id == list_id)
    return job


async def _locked(list_id: int, stage: Stage) -> dict[str, Any]:
    """The row, locked, at this stage. Raises NotFound, Refused."""
    if not await lock_row(HonourList, list_id):
        raise NotFound
    row = await HonourList.select().where(HonourList.id == list_id).first()
    if row is None:
        raise NotFound
    if row["stage"] != stage:
        raise Refused(Problem(f"list_is_{row['stage']}"))
    return row


async def _to(list_id: int, stage: Stage) -> None:
    await HonourList.update({HonourList.stage: stage.value}).where(HonourList.id == list_id)


def _record(list_id: int, act: str, by: int, payload: Mapping[str, Any] | None = None) -> None:
    ledger.record(stream=f"honour_list:{list_id}", act=act, actor=f"account:{by}", payload=payload)


async def _show(payload: Mapping[str, Any]) -> two_person.Shown:
    columns = (HonourList.name, HonourList.title.name.as_alias("title_name"), HonourList.document)
    row = await HonourList.select(*columns).where(HonourList.id == int(payload["list"])).first()
    if row is None:
        return ()
    return (
        (N_("List"), row["name"]),
        (N_("Title of honour"), row["title_name"]),
        (N_("Document"), row["document"] or "–"),
        (N_("Honours of the list"), str(payload["made"])),
    )


UNDO = two_person.register(
    two_person.Kind(
        "honour_list.undo",
        N_("Undo a list of honours that was registered by mistake"),
        perform=_undo,
        show=_show,
        address=lambda act: f"/honours/lists/{act.payload['list']}",
    )
)


async def _follow_worker(goes: int, stays: int) -> None:
    """Two records become one worker: the lines that mean them go along. Runs in the merging transaction."""
    await HonourListRow.update({HonourListRow.worker: stays}).where(HonourListRow.worker == goes)


async def _follow_organisation(from_id: int, into_id: int) -> None:
    """Two organisations become one: their lists, and the lines that mean them, go along."""
    await HonourList.update({HonourList.organisation: into_id}).where(HonourList.organisation == from_id)
    await HonourListRow.update({HonourListRow.unit: into_id}).where(HonourListRow.unit == from_id)
    await HonourListRow.update({HonourListRow.keeper: into_id}).where(HonourListRow.keeper == from_id)


workers.on_merge(_follow_worker)
organisation_moves.on_merge(_follow_organisation)
