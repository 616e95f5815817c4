"""The steps that nominations took: who took them, and which audit sent a draft back. Reads only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from craftsmen.nomination_tables import NominationStep
from craftsmen.rules.nomination_steps import AUDITED, Stage
from foundation.people.tables import Account
from foundation.people.worker_tables import Worker


@dataclass(frozen=True, slots=True)
class StepFacts:
    """One step that was taken, and by whom."""

    step: str
    before: str
    after: str
    note: str
    who: str
    at: datetime


async def steps_of(nomination_id: int) -> list[StepFacts]:
    """The steps that were taken, the newest first, with the names of who took them."""
    rows = await (
        NominationStep.select()
        .where(NominationStep.nomination == nomination_id)
        .order_by(NominationStep.id, ascending=False)
    )
    called = await _called({row["by"] for row in rows})
    return [
        StepFacts(row["step"], row["before"], row["after"], row["note"], called.get(row["by"], ""), row["at"])
        for row in rows
    ]


async def asked_by(ids: Collection[int]) -> dict[int, Stage]:
    """Of drafts that an audit sent back and that were not handed in again: which stage asked."""
    if not ids:
        return {}
    rows = await (
        NominationStep.select(NominationStep.nomination, NominationStep.step, NominationStep.before)
        .where(NominationStep.nomination.is_in(list(ids)), NominationStep.step.is_in(["send_back", "go_on"]))
        .order_by(NominationStep.id)
    )
    newest = {row["nomination"]: row for row in rows}
    return {
        nomination: Stage(row["before"])
        for nomination, row in newest.items()
        if row["step"] == "send_back" and Stage(row["before"]) in AUDITED
    }


async def _called(actors: Collection[str]) -> dict[str, str]:
    """Names by actor ("account:3"); a worker acts by their own name."""
    accounts = [int(one.partition(":")[2]) for one in actors if one.startswith("account:")]
    workers = [int(one.partition(":")[2]) for one in actors if one.startswith("worker:")]
    named: dict[str, str] = {}
    for kind, table, ids in (("account", Account, accounts), ("worker", Worker, workers)):
        if ids:
            rows = await table.select(table.id, table.name).where(table.id.is_in(ids))
            named |= {f"{kind}:{row['id']}": row["name"] for row in rows}
    return named
