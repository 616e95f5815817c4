"""Objections, read by those who handle or supervise them. Who objects is never selected here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from foundation.base.problem import NotFound
from foundation.people.permissions import Permission, permitted
from foundation.people.sessions import SignedIn
from foundation.process.objection_tables import Objection, ObjectionStep, ObjectorOpening
from foundation.process.rules.objections import HOLDING, STEPS, Stage


@dataclass(frozen=True, slots=True)
class ObjectionFacts:
    """An objection without who objects."""

    id: int
    notice_id: int
    notice_address: str
    notice_title: str
    organisation: str
    channel: str
    named: bool
    text: str
    stage: Stage
    outcome: str
    received_at: datetime
    decide_by: datetime | None

    @property
    def open(self) -> bool:
        return self.stage is Stage.REGISTERED or self.stage in HOLDING

    def can(self, step: str) -> bool:
        """Whether this step can be taken now."""
        return (step, self.stage) in STEPS


@dataclass(frozen=True, slots=True)
class Step:
    """What happened, and who did it; `by` is empty for the objector."""

    step: str
    note: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Opening:
    """Somebody read who objects."""

    by: str
    reason: str
    at: datetime


_COLUMNS = (
    Objection.id, Objection.notice.as_alias("notice_id"), Objection.notice.address.as_alias("notice_address"),
    Objection.notice.title.as_alias("notice_title"), Objection.notice._.organisation.name.as_alias("organisation"),
    Objection.channel, Objection.named, Objection.text, Objection.stage, Objection.outcome, Objection.received_at,
    Objection.decide_by,
)  # fmt: skip
WAITING = [Stage.REGISTERED.value, *sorted(stage.value for stage in HOLDING)]


async def one(user: SignedIn, permission: Permission, objection_id: int) -> ObjectionFacts:
    """The objection, if this person may do this with it. Raises NotFound for strangers."""
    rows = await permitted(Objection.select(*_COLUMNS).where(Objection.id == objection_id), permission, user)
    if not rows:
        raise NotFound
    return _facts(rows[0])


async def may(user: SignedIn, permission: Permission, objection_id: int) -> bool:
    """Whether this person may do this with the objection."""
    return await permission.allows(user, Objection.id == objection_id)


async def listed(
    user: SignedIn, permission: Permission, before: int | None, size: int, *, waiting: bool = False
) -> list[ObjectionFacts]:
    """The objections this person may do this with, the newest first, one more than `size`."""
    query = Objection.select(*_COLUMNS).where(Objection.id < before if before else Objection.id > 0)
    if waiting:
        query = query.where(Objection.stage.is_in(WAITING))
    rows = await permitted(query, permission, user).order_by(Objection.id, ascending=False).limit(size + 1)
    return [_facts(row) for row in rows]


async def of_notice(user: SignedIn, permission: Permission, notice_id: int, most: int = 100) -> list[ObjectionFacts]:
    """The newest objections to one notice that this person may do this with."""
    query = Objection.select(*_COLUMNS).where(Objection.notice == notice_id)
    rows = await permitted(query, permission, user).order_by(Objection.id, ascending=False).limit(most)
    return [_facts(row) for row in rows]


async def steps(objection_id: int) -> list[Step]:
    """What happened to an objection, in order."""
    rows = (
        await ObjectionStep.select(
            ObjectionStep.step, ObjectionStep.note, ObjectionStep.account.name.as_alias("by"), ObjectionStep.at
        )
        .where(ObjectionStep.objection == objection_id)
        .order_by(ObjectionStep.id)
    )
    return [Step(row["step"], row["note"], row["by"] or "", row["at"]) for row in rows]


async def openings(objection_id: int) -> list[Opening]:
    """Who read who objects, and why, the newest first."""
    rows = (
        await ObjectorOpening.select(
            ObjectorOpening.account.name.as_alias("by"), ObjectorOpening.reason, ObjectorOpening.at
        )
        .where(ObjectorOpening.objection == objection_id)
        .order_by(ObjectorOpening.id, ascending=False)
    )
    return [Opening(row["by"], row["reason"], row["at"]) for row in rows]


def _facts(row: dict[str, Any]) -> ObjectionFacts:
    return ObjectionFacts(**{**row, "stage": Stage(row["stage"])})
