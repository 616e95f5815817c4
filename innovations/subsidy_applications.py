"""Applications for a subsidy: with `subsidy_ranking` and `subsidy_allocating` the only writer of `SubsidyApplication`.

An application grows out of an innovation that was handed in: unit, title, people and patents are the registry's, so
only what the money is for is written. What may be known of earlier money is `subsidy_evidence`'s to tell. The
ledger's stream is `subsidy_application:<id>`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from foundation.base.clock import day_of
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import organisation_moves, organisation_tree
from foundation.people.organisation_kinds import Kind
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row, lock_rows
from foundation.store.transactions import transaction
from foundation.work import returns
from innovations import subsidies, subsidy_keys
from innovations.innovation_tables import Innovation
from innovations.rules.innovations import GONE, HANDED_IN_ONCE
from innovations.rules.innovations import Stage as InnovationStage
from innovations.rules.subsidy_forms import Asked, PlanLine, asked_problems
from innovations.rules.subsidy_steps import APPLIES, COMPLETES, ApplicationStage, application_after
from innovations.rules.subsidy_steps import Stage as RoundStage
from innovations.rules.subsidy_terms import Reason
from innovations.subsidy_tables import SubsidyApplication

CHANNELS = (Kind.CITY, Kind.NEW_AREA, Kind.INDUSTRY, Kind.DIRECT)
"""Whose ceiling an application is under: the one of these that is nearest above its unit, or the unit itself."""

WRITABLE = (ApplicationStage.DRAFT, ApplicationStage.RETURNED)


@dataclass(frozen=True, slots=True)
class ApplicationFacts:
    """An application as pages and rules see it; money in fen."""

    id: int
    round_id: int
    innovation_id: int
    unit_id: int
    city_id: int
    stage: ApplicationStage
    asked: Asked
    rank: int | None
    bars: tuple[str, ...]
    why_not: str
    pinned: int | None
    pinned_reason: str
    granted: int | None
    reasons: tuple[Reason, ...]  # why so much, once an allocation was approved
    revision: int

    @property
    def subject(self) -> str:
        """Its stream in the ledger."""
        return f"subsidy_application:{self.id}"


@tried_again
async def begin(round_id: int, innovation_id: int, by: int, now: datetime) -> int:
    """Begin an application for an innovation; answers its id, the same one a second time: what was withdrawn goes on.

    Raises NotFound; Refused where the round takes none, for a unit that stands elsewhere, and for an innovation that
    was never handed in or is gone.
    """
    async with transaction():
        found = await subsidies.locked(round_id)
        if found.stage not in APPLIES:
            raise Refused(Problem("subsidy_not_open"))
        one = await Innovation.select(Innovation.id, Innovation.organisation, Innovation.stage).where(
            Innovation.id == innovation_id
        ).first()  # fmt: skip
        if one is None:
            raise NotFound
        if InnovationStage(one["stage"]) not in HANDED_IN_ONCE - GONE:
            raise Refused(Problem("subsidy_innovation_draft"))
        if found.organisation_id not in {above.id for above in await organisation_tree.trail(one["organisation"])}:
            raise Refused(Problem("subsidy_elsewhere", "round"))
        before = await _of(round_id, innovation_id)
        withdrawn = before is not None and (await locked(before)).stage is ApplicationStage.WITHDRAWN
        if before is not None and not withdrawn:
            return before
        if day_of(now) > found.apply_until:
            raise Refused(Problem("subsidy_late", "round"))
        if before is not None:
            await _take_up(before, by)
            return before
        row = SubsidyApplication(
            round=round_id, innovation=innovation_id, unit=one["organisation"],
            city=await channel_above(one["organisation"]), stage=ApplicationStage.DRAFT.value, asked=0, cost=0,
            purpose="", plan="[]", bars="", why_not="", pinned_reason="", reasons="[]", created_by=by, created_at=now,
        )  # fmt: skip
        await row.save()
        record(row.id, "begun", by, {"round": round_id, "innovation": innovation_id})
        return int(row.id)


@tried_again
async def save(application_id: int, asked: Asked, revision: int, by: int) -> None:
    """Keep what was typed, gaps and all. Raises NotFound; Refused where it is closed or somebody saved meanwhile."""
    async with transaction():
        found = await _written(application_id, revision)
        changed = [name for name in ("cost", "purpose", "plan") if getattr(found.asked, name) != getattr(asked, name)]
        if problems := await returns.check_reopened(found.subject, changed):
            raise Refused(*problems)
        values = {
            SubsidyApplication.cost: asked.cost,
            SubsidyApplication.purpose: asked.purpose,
            SubsidyApplication.plan: msgspec.json.encode(asked.plan).decode(),
            SubsidyApplication.asked: asked.amount,
        }
        await touch(found, values)
        record(application_id, "written", by, {"asked": asked.amount, "cost": asked.cost})


@tried_again
async def hand_in(application_id: int, revision: int, by: int, now: datetime, zone: ZoneInfo) -> None:
    """Hand it in. Raises NotFound; Refused with every gap, and after the round's last day unless it was given back."""
    async with transaction():
        found = await _written(application_id, revision)
        problems = asked_problems(found.asked)
        of = await subsidies.locked(found.round_id)
        late = now.astimezone(zone).date() > of.apply_until
        if found.stage is ApplicationStage.DRAFT and (late or of.stage not in APPLIES):
            problems.append(Problem("subsidy_late"))
        problems += await gone([application_id])
        if problems:
            raise Refused(*problems)
        if found.stage is ApplicationStage.RETURNED:
            await returns.hand_in(found.subject, by, now)
        await subsidy_keys.keep(application_id, found.innovation_id)
        await move(found, "hand_in", by)


async def gone(ids: Collection[int]) -> list[Problem]:
    """Within the caller's transaction: which of these ask money for what was withdrawn, or merged into another, since.

    Those that stand do so until the transaction ends.
    """
    rows = await SubsidyApplication.select(SubsidyApplication.innovation).where(
        SubsidyApplication.id.is_in(list(ids) or [0])
    )
    locked = await lock_rows(Innovation, sorted({row["innovation"] for row in rows}), share=True)
    found = await (
        Innovation.select(Innovation.handed_title)
        .where(Innovation.id.is_in(locked or [0]), Innovation.stage.is_in([stage.value for stage in GONE]))
        .order_by(Innovation.id)
    )
    return [Problem("subsidy_innovation_gone", "", {"title": row["handed_title"]}) for row in found]


@tried_again
async def withdraw(application_id: int, revision: int, by: int) -> None:
    """The unit takes it back before money is allocated. Raises NotFound, Refused."""
    async with transaction():
        found, stage = await locked_in_round(application_id, revision)
        if found.stage is ApplicationStage.ADMITTED and stage not in COMPLETES:
            raise Refused(Problem("subsidy_step_late"))
        await move(found, "withdraw", by)


@tried_again
async def give_back(application_id: int, notes: Mapping[str, str], by: int, now: datetime) -> None:
    """Give it back for completion: the named fields open again, each with its note. Raises NotFound, Refused."""
    async with transaction():
        found = await locked_to_check(application_id)
        await returns.give_back(found.subject, notes, by, now)
        await move(found, "return", by)


async def move(
    found: ApplicationFacts,
    step: str,
    by: int,
    values: Mapping[Any, Any] | None = None,
    payload: Mapping[str, Any] | None = None,
) -> ApplicationStage:
    """One step of a locked application inside the caller's transaction. Raises Refused."""
    stage = application_after(step, found.stage)
    if isinstance(stage, Problem):
        raise Refused(stage)
    await touch(found, {**(values or {}), SubsidyApplication.stage: stage.value})
    record(found.id, step, by, {"stage": stage.value, **(payload or {})})
    return stage


async def locked(application_id: int, revision: int | None = None) -> ApplicationFacts:
    """The application, locked, then read. Raises NotFound; Refused for another revision than the form showed."""
    if not await lock_row(SubsidyApplication, application_id):
        raise NotFound
    found = await by_id(application_id)
    if revision is not None and found.revision != revision:
        raise Refused(Problem("subsidy_changed"))
    return found


async def locked_in_round(application_id: int, revision: int | None = None) -> tuple[ApplicationFacts, RoundStage]:
    """The application with the stage of its round, the round locked first: neither moves before this transaction ends.

    Raises NotFound, Refused as `locked` does.
    """
    of = await subsidies.locked((await by_id(application_id)).round_id)
    return await locked(application_id, revision), of.stage


async def locked_to_check(application_id: int, revision: int | None = None) -> ApplicationFacts:
    """An application that may be judged: once an allocation was approved, it stands. Raises NotFound, Refused."""
    found, stage = await locked_in_round(application_id, revision)
    if stage not in COMPLETES:
        raise Refused(Problem("subsidy_step_late"))
    return found


async def by_id(application_id: int) -> ApplicationFacts:
    """The application. Raises NotFound."""
    row = await SubsidyApplication.select().where(SubsidyApplication.id == application_id).first()
    if row is None:
        raise NotFound
    return facts(row)


def facts(row: Mapping[str, Any]) -> ApplicationFacts:
    """A row of the table."""
    plan = msgspec.json.decode(row["plan"], type=tuple[PlanLine, ...])
    return ApplicationFacts(
        id=row["id"], round_id=row["round"], innovation_id=row["innovation"], unit_id=row["unit"],
        city_id=row["city"], stage=ApplicationStage(row["stage"]), asked=Asked(row["cost"], row["purpose"], plan),
        rank=row["rank"], bars=tuple(row["bars"].split()), why_not=row["why_not"], pinned=row["pinned"],
        pinned_reason=row["pinned_reason"], granted=row["granted"],
        reasons=msgspec.json.decode(row["reasons"], type=tuple[Reason, ...]), revision=row["revision"],
    )  # fmt: skip


async def channel_above(organisation_id: int) -> int:
    """The channel whose ceiling an organisation is under."""
    chain = await organisation_tree.trail(organisation_id)
    return next((one.id for one in reversed(chain) if one.kind in CHANNELS), organisation_id)


async def _take_up(application_id: int, by: int) -> None:
    """What was withdrawn is written on as it was; nothing that was said of it counts, but what it lacked it lacks."""
    found = await locked(application_id)
    values: dict[Any, Any] = {
        SubsidyApplication.rank: None, SubsidyApplication.bars: "", SubsidyApplication.why_not: "",
        SubsidyApplication.pinned: None, SubsidyApplication.pinned_reason: "",
    }  # fmt: skip
    await move(found, "complete" if await returns.open_fields(found.subject) else "take_up", by, values)


async def _of(round_id: int, innovation_id: int) -> int | None:
    row = await SubsidyApplication.select(SubsidyApplication.id).where(
        SubsidyApplication.round == round_id, SubsidyApplication.innovation == innovation_id
    ).first()  # fmt: skip
    return row["id"] if row else None


async def _written(application_id: int, revision: int) -> ApplicationFacts:
    """An application that its unit writes on now."""
    found, stage = await locked_in_round(application_id, revision)
    if found.stage not in WRITABLE:
        raise Refused(Problem("subsidy_not_writable"))
    if stage not in COMPLETES:
        raise Refused(Problem("subsidy_not_open"))
    return found


async def touch(found: ApplicationFacts, values: Mapping[Any, Any]) -> None:
    """Change a locked application inside the caller's transaction."""
    saved: dict[Any, Any] = {**values, SubsidyApplication.revision: found.revision + 1}
    await SubsidyApplication.update(saved).where(SubsidyApplication.id == found.id)


def record(application_id: int, act: str, by: int, payload: Mapping[str, Any]) -> None:
    """An entry in the application's stream."""
    stream = f"subsidy_application:{application_id}"
    ledger.record(stream=stream, act=f"subsidy_application.{act}", actor=f"account:{by}", payload=payload)


async def _follow_organisation(from_id: int, into_id: int) -> None:
    """Applications go along, but stay under the ceiling of its own that terms gave to the channel that goes."""
    await SubsidyApplication.update({SubsidyApplication.unit: into_id}).where(SubsidyApplication.unit == from_id)
    rounds = await subsidies.naming(from_id)
    await SubsidyApplication.update({SubsidyApplication.city: into_id}).where(
        SubsidyApplication.city == from_id, SubsidyApplication.round.not_in(rounds or [0])
    )


organisation_moves.on_merge(_follow_organisation)
