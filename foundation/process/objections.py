"""Objections (异议): the sole writer of `Objection` and everything that happened to one.

Who objects is sealed before it is kept, and is read in one place, `open_contact`, which says so in the ledger. The
stream is `objection:<id>`: stages and channels only, never words, never anything that tells a person.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from foundation.base import secrets
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import privacy
from foundation.people.throttle import network
from foundation.process import telling
from foundation.process.calendar import customs, working_deadline
from foundation.process.notice_tables import Notice
from foundation.process.objection_tables import Objection, ObjectionSender, ObjectionStep, ObjectorOpening
from foundation.process.rules.notices import Stage as NoticeStage
from foundation.process.rules.objections import (
    Channel,
    ObjectionDraft,
    Stage,
    after,
    note_problem,
    time_problem,
)
from foundation.store import generations, ledger
from foundation.store.commit import write
from foundation.store.counting import one_more
from foundation.store.locks import lock_row

WINDOW = timedelta(hours=1)
FROM_ONE_ADDRESS = 20  # objections by the form in a window; a whole workshop may sit behind one address
TO_ONE_NOTICE = 300  # from all addresses together


@dataclass(frozen=True, slots=True)
class Objector:
    """Who objects. Goes to one page and nowhere else, not even into a log."""

    name: str = field(repr=False)
    contact: str = field(repr=False)


async def send(said: ObjectionDraft, notice_address: str, sender: str, now: datetime, zone: ZoneInfo) -> str:
    """Keep an objection that came by the form; answers the receipt code, which exists this once.

    `sender` is the network address it came from: counted, never kept. Raises Refused, NotFound.
    """
    row = await Notice.select(Notice.id).where(Notice.address == notice_address).first()
    if row is None:
        raise NotFound
    code, notice_id = secrets.new_code(), int(row["id"])

    async def job() -> None:
        notice = await _notice(notice_id)
        if (problem := time_problem(now, notice["opened_at"], notice["ends_at"])) is not None:
            raise Refused(problem)
        if notice["stage"] != NoticeStage.OPEN.value:
            raise Refused(Problem("objection_late"))
        await _count(f"address|{network(sender)}", FROM_ONE_ADDRESS, now)
        await _count(f"notice|{notice_id}", TO_ONE_NOTICE, now)
        await _keep(said, notice, Channel.FORM, code=code, by=None, now=now, zone=zone)

    await write(job)
    return code


async def record_for(
    said: ObjectionDraft,
    channel: Channel,
    notice_id: int,
    received: datetime,
    *,
    by: int,
    now: datetime,
    zone: ZoneInfo,
) -> str:
    """Register what came by phone, letter or in person; answers the receipt code for the objector. Raises Refused."""
    code = secrets.new_code()

    async def job() -> None:
        notice = await _notice(notice_id)
        if received > now:
            raise Refused(Problem("objection_received_later", "received"))
        if (problem := time_problem(received, notice["opened_at"], notice["ends_at"])) is not None:
            raise Refused(Problem(problem.code, "received"))
        await _keep(said, notice, channel, code=code, by=by, now=now, zone=zone, received=received)

    await write(job)
    return code


async def take(objection_id: int, step: str, note: str, *, by: int, now: datetime, outcome: str = "") -> None:
    """Take an officer's step: accept, refuse, check, answer, close, each with its words. Raises Refused."""
    if problems := note_problem(step, note, outcome):
        raise Refused(*problems)

    async def job() -> None:
        told = outcome if step == "answer" else ""
        await move(objection_id, step, note.strip(), by=by, now=now, outcome=told)

    await write(job)


async def move(objection_id: int, step: str, note: str, *, by: int | None, now: datetime, outcome: str = "") -> None:
    """One step inside the caller's transaction; `by` None is the objector, with the receipt."""
    if not await lock_row(Objection, objection_id):
        raise NotFound
    columns = (Objection.stage, Objection.notice.id.as_alias("notice"), Objection.notice.address.as_alias("address"))
    row = await Objection.select(*columns).where(Objection.id == objection_id).first()
    if row is None:
        raise NotFound
    stage = after(step, Stage(row["stage"]))
    if isinstance(stage, Problem):
        raise Refused(stage)
    values: dict[Any, Any] = {Objection.stage: stage.value}
    if outcome:
        values[Objection.outcome] = outcome
    await Objection.update(values).where(Objection.id == objection_id)
    await ObjectionStep(objection=objection_id, step=step, note=note, account=by, at=now).save()
    payload = {"stage": stage.value, **({"outcome": outcome} if outcome else {})}
    _record(objection_id, f"objection.{step}", by, row["notice"], payload)
    generations.bump("process", f"notice:{row['address']}")


async def open_contact(objection_id: int, reason: str, by: int, now: datetime) -> Objector:
    """Read who objects; the opening and its reason are on record first. Raises Refused."""
    if not reason.strip():
        raise Refused(Problem("objection_opening_reason", "reason"))
    if len(reason.strip()) > 500:
        raise Refused(Problem("objection_long", "reason", {"most": "500"}))

    async def job() -> str:
        columns = (Objection.sealed, Objection.notice)
        row = await Objection.select(*columns).where(Objection.id == objection_id).first()
        if row is None:
            raise NotFound
        if not row["sealed"]:
            raise Refused(Problem("objection_unnamed"))
        opening = ObjectorOpening(objection=objection_id, reason=reason.strip(), account=by, at=now)
        await opening.save()
        _record(objection_id, "objection.contact_opened", by, row["notice"], {"opening": opening.id})
        return str(row["sealed"])

    return Objector(**json.loads(privacy.opened(await write(job))))


async def _notice(notice_id: int) -> dict[str, Any]:
    """The notice, its row locked: none is stopped while an objection to it is being kept."""
    if not await lock_row(Notice, notice_id):
        raise NotFound
    columns = (Notice.id, Notice.address, Notice.title, Notice.stage, Notice.opened_at, Notice.ends_at)
    row: dict[str, Any] | None = await Notice.select(*columns).where(Notice.id == notice_id).first()
    if row is None or row["opened_at"] is None:
        raise NotFound
    return row


async def _keep(
    said: ObjectionDraft,
    notice: dict[str, Any],
    channel: Channel,
    *,
    code: str,
    by: int | None,
    now: datetime,
    zone: ZoneInfo,
    received: datetime | None = None,
) -> None:
    who = json.dumps({"name": said.name, "contact": said.contact}, ensure_ascii=False) if said.named else ""
    row = Objection(
        notice=notice["id"],
        channel=channel.value,
        named=said.named,
        sealed=privacy.seal(who),
        text=said.text,
        stage=Stage.REGISTERED.value,
        receipt_hash=secrets.digest(code),
        received_at=received or now,
        decide_by=await working_deadline(now, (await customs()).decide_days, zone),
        recorded_by=by,
    )
    await row.save()
    await ObjectionStep(objection=row.id, step="register", note="", account=by, at=now).save()
    _record(row.id, "objection.registered", by, notice["id"], {"channel": channel.value, "named": said.named})
    generations.bump("process", f"notice:{notice['address']}")
    await telling.objection_came(notice["title"], now)


async def _count(what: str, most: int, now: datetime) -> None:
    """One more from this sender in the running window; what is counted is a keyed hash, forgotten with its window."""
    key = privacy.keyed_hash("objection_sender", what)
    await ObjectionSender.delete().where(ObjectionSender.window_started_at <= now - WINDOW)
    count = await one_more(
        ObjectionSender(key=key, sent=0, window_started_at=now),
        lambda: (
            ObjectionSender.update({ObjectionSender.sent: ObjectionSender.sent + 1})
            .where(ObjectionSender.key == key)
            .returning(ObjectionSender.sent, ObjectionSender.window_started_at)
        ),
    )
    if count["sent"] > most:
        left = WINDOW - (now - count["window_started_at"])
        raise Refused(Problem("objection_paused", "", {"minutes": str(ceil(left / timedelta(minutes=1)))}))


def _record(objection_id: int, act: str, by: int | None, notice_id: int, payload: dict[str, Any]) -> None:
    actor = f"account:{by}" if by else "objector"
    ledger.record(
        stream=f"objection:{objection_id}", act=act, actor=actor, about=f"notice:{notice_id}", payload=payload
    )
