"""Receipts: what the objector's code opens, and how an objection is withdrawn with it.

A receipt never tells who objected nor what was written: whoever finds it learns only where the matter stands. A
code is 128 random bits, found by its hash alone.
"""

from dataclasses import dataclass
from datetime import datetime

from foundation.base import secrets
from foundation.base.problem import NotFound
from foundation.process.objection_tables import Objection, ObjectionStep
from foundation.process.objections import move
from foundation.process.rules.objections import STEPS, TOLD, Stage
from foundation.store.commit import write


@dataclass(frozen=True, slots=True)
class Told:
    """One step as the objector sees it; `note` is empty where nothing is told."""

    step: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a right code opens."""

    notice_address: str
    notice_title: str
    channel: str
    named: bool
    stage: Stage
    outcome: str
    received_at: datetime
    steps: tuple[Told, ...]

    @property
    def can_withdraw(self) -> bool:
        return ("withdraw", self.stage) in STEPS


async def by_code(text: str) -> Receipt | None:
    """What this code opens, however it was typed; None where it is nobody's."""
    objection_id = await _found(text)
    if objection_id is None:
        return None
    row = (
        await Objection.select(
            Objection.notice.address.as_alias("address"), Objection.notice.title.as_alias("title"), Objection.channel,
            Objection.named, Objection.stage, Objection.outcome, Objection.received_at,
        )
        .where(Objection.id == objection_id)
        .first()
    )  # fmt: skip
    if row is None:
        return None
    columns = (ObjectionStep.step, ObjectionStep.at, ObjectionStep.note)
    steps = (
        await ObjectionStep.select(*columns).where(ObjectionStep.objection == objection_id).order_by(ObjectionStep.id)
    )
    return Receipt(
        notice_address=row["address"],
        notice_title=row["title"],
        channel=row["channel"],
        named=row["named"],
        stage=Stage(row["stage"]),
        outcome=row["outcome"],
        received_at=row["received_at"],
        steps=tuple(Told(one["step"], one["at"], one["note"] if one["step"] in TOLD else "") for one in steps),
    )


async def withdraw(text: str, now: datetime) -> None:
    """Take an objection back with its code. Raises Refused where it is answered already, NotFound for a wrong code."""
    objection_id = await _found(text)
    if objection_id is None:
        raise NotFound

    async def job() -> None:
        await move(objection_id, "withdraw", "", by=None, now=now)

    await write(job)


async def _found(text: str) -> int | None:
    code = secrets.read_code(text)
    if len(code) != secrets.LENGTH:
        return None
    row = await Objection.select(Objection.id).where(Objection.receipt_hash == secrets.digest(code)).first()
    return int(row["id"]) if row else None
