"""Innovation studios: the only writer of `Studio`; who works in them is `studio_members`'.

A unit applies for a leader of its own under a call, or with a studio that bears a name (`studio_rising`); every step
has its entry in the ledger (`studio:<id>`, ids and codes only). Who may do it was decided by the loader; what stands
there of honours and results is `studio_facts`'.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from foundation.base.clock import day_of
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import organisation_moves, organisation_tree, workers
from foundation.people.worker_tables import Worker
from foundation.store import generations, ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from innovations import studio_facts, studio_results, studio_rounds
from innovations.rules.review_rules import Level
from innovations.rules.studio_calls import RoundStage
from innovations.rules.studio_form import Body, StudioDraft, changed
from innovations.rules.studios import Stage, after, unmet
from innovations.studio_tables import Studio

KEPT = (Stage.DRAFT, Stage.NAMED)
"""While the unit writes on it: once it is named, its name, leader and age stand as they were named."""
STANDING = (Stage.DRAFT, Stage.APPLIED, Stage.RECOMMENDED, Stage.NOTICE, Stage.NAMED)
"""While nobody leads another one."""
UNDER_WAY = [stage.value for stage in (Stage.DRAFT, Stage.APPLIED, Stage.RECOMMENDED, Stage.NOTICE)]


@dataclass(frozen=True, slots=True)
class StudioFacts:
    """A studio as pages and rules see it."""

    id: int
    address: str
    organisation_id: int
    round_id: int
    continues: int | None  # of an application for a higher level: the studio that goes on
    leader: int
    level: Level | None
    stage: Stage
    channel_id: int | None
    rank: int | None
    draft: StudioDraft
    named_on: date | None
    named_until: date | None
    document: str
    ended_reason: str
    note: str
    revision: int

    @property
    def subject(self) -> str:
        """Its stream in the ledger."""
        return f"studio:{self.id}"

    @property
    def home(self) -> int:
        """The studio whose members, results, years and terms these are."""
        return self.continues or self.id


@tried_again
async def begin(  # noqa: PLR0917 - an application is all of these
    round_id: int, name: str, leader: int, founded_on: date, organisation_id: int, by: int, now: datetime
) -> int:
    """Begin an application; answers its id. What the registry knows stands there already: branch, results.

    Raises NotFound; Refused where the call takes none from this unit, and for who leads another studio.
    """
    async with transaction():
        unit = await organisation_tree.by_id(organisation_id)
        if unit is None or not await lock_row(Worker, leader):
            raise NotFound
        found = await studio_rounds.locked(round_id)
        if found.stage is not RoundStage.OPEN or await studio_rounds.channel_for(found, organisation_id) is None:
            raise Refused(Problem("studio_not_open", "round"))
        if day_of(now) > found.apply_until:
            raise Refused(Problem("studio_late", "round"))
        stages = [stage.value for stage in STANDING]
        if await Studio.exists().where(Studio.leader == leader, Studio.stage.is_in(stages)):
            raise Refused(Problem("studio_leader_twice", "leader"))
        body = msgspec.json.encode(Body(), order="deterministic").decode()
        row = Studio(
            address="", organisation=organisation_id, round=round_id, name=name, leader=leader,
            level="", field=unit.industry, founded_on=founded_on, stage=Stage.DRAFT.value, body=body, document="",
            ended_reason="", note="", created_by=by, created_at=now, changed_at=now,
        )  # fmt: skip
        await row.save()
        await Studio.update({Studio.address: f"{day_of(now).year}-{row.id:04}"}).where(Studio.id == row.id)
        record(row.id, "begun", by, {"round": round_id, "leader": leader, "organisation": organisation_id})
        made = await studio_results.made_by([leader], organisation_id)
        await studio_results.link(row.id, [one.id for one in made if one.studio is None], by)
        return int(row.id)


@tried_again
async def save(  # noqa: PLR0917 - a form is all of these
    studio_id: int, draft: StudioDraft, results: Sequence[int], revision: int, by: int, now: datetime
) -> None:
    """Keep what was typed, gaps and all, and which innovations are its results. Raises NotFound, Refused."""
    async with transaction():
        if (going_on := (await by_id(studio_id)).continues) is not None:
            await lock_row(Studio, going_on)  # whose results they are; a studio before its application
        found = await locked(studio_id, revision)
        if found.stage not in KEPT or await application_of(studio_id) is not None:
            raise Refused(Problem("studio_not_writable"))
        said = draft
        if found.stage is not Stage.DRAFT or found.continues is not None:
            before = found.draft
            said = StudioDraft(before.name, before.field, before.founded_on, draft.body)
        values = {
            Studio.name: said.name, Studio.field: said.field, Studio.founded_on: said.founded_on,
            Studio.body: msgspec.json.encode(said.body, order="deterministic").decode(),
        }  # fmt: skip
        await touch(found, values, now)
        record(studio_id, "written", by, {"fields": changed(found.draft, said)})
        await studio_results.set_results(found.home, found.organisation_id, results, by)


@tried_again
async def hand_in(studio_id: int, revision: int, by: int, now: datetime, zone: ZoneInfo) -> None:
    """Apply. Raises NotFound; Refused with every standard that is not met, and after the last day unless it was given
    back."""
    async with transaction():
        of = await studio_rounds.locked((await by_id(studio_id)).round_id)
        found, today = await locked(studio_id, revision), now.astimezone(zone).date()
        problems = unmet(of.call.standards, await studio_facts.of(found), today)
        if of.stage is not RoundStage.OPEN or (today > of.apply_until and not found.note):
            problems.append(Problem("studio_late"))
        if problems:
            raise Refused(*problems)
        channel = await studio_rounds.channel_for(of, found.organisation_id)
        await move(found, "apply", by, now, {Studio.channel: channel, Studio.note: ""})


@tried_again
async def withdraw(studio_id: int, revision: int, by: int, now: datetime) -> None:
    """The unit takes it back before it is recommended. Raises NotFound, Refused."""
    async with transaction():
        found = await locked(studio_id, revision)
        await studio_results.link_none(studio_id, by)
        await move(found, "withdraw", by, now)


async def move(
    found: StudioFacts, step: str, by: int | None, now: datetime, values: Mapping[Any, Any] | None = None
) -> Stage:
    """One step of a locked studio inside the caller's transaction. Raises Refused."""
    stage = after(step, found.stage)
    if isinstance(stage, Problem):
        raise Refused(stage)
    await touch(found, {**(values or {}), Studio.stage: stage.value}, now)
    record(found.id, step, by, {"stage": stage.value})
    return stage


async def touch(found: StudioFacts, values: Mapping[Any, Any], now: datetime) -> None:
    """Change a locked studio inside the caller's transaction; whoever has an older page open is told."""
    saved: dict[Any, Any] = {**values, Studio.revision: found.revision + 1, Studio.changed_at: now}
    await Studio.update(saved).where(Studio.id == found.id)
    generations.bump(studio_rounds.GENERATION)


async def application_of(studio_id: int) -> int | None:
    """The application for a higher level that is under way with a named studio."""
    row = await Studio.select(Studio.id).where(Studio.continues == studio_id, Studio.stage.is_in(UNDER_WAY)).first()
    return row["id"] if row else None


async def leads_another(found: StudioFacts) -> bool:
    """Whether the leader of a studio whose term ended leads another one by now."""
    stages = [stage.value for stage in STANDING]
    return bool(
        await Studio.exists().where(
            Studio.leader == found.leader, Studio.stage.is_in(stages), Studio.id != found.home,
            Studio.continues.is_null() | (Studio.continues != found.home),
        )
    )  # fmt: skip


async def locked_with_leader(studio_id: int) -> StudioFacts:
    """The studio, locked after its leader, so that nobody begins another one with them meanwhile. Raises NotFound."""
    await lock_row(Worker, (await by_id(studio_id)).leader)
    return await locked(studio_id)


async def locked(studio_id: int, revision: int | None = None) -> StudioFacts:
    """The studio, locked, then read. Raises NotFound; Refused for another revision than the form showed."""
    if not await lock_row(Studio, studio_id):
        raise NotFound
    found = await by_id(studio_id)
    if revision is not None and found.revision != revision:
        raise Refused(Problem("studio_changed"))
    return found


async def by_id(studio_id: int) -> StudioFacts:
    """The studio. Raises NotFound."""
    row = await Studio.select().where(Studio.id == studio_id).first()
    if row is None:
        raise NotFound
    return facts(row)


def facts(row: Mapping[str, Any]) -> StudioFacts:
    """A row of the table."""
    body = msgspec.json.decode(row["body"], type=Body)
    same = ("id", "address", "leader", "rank", "named_on", "named_until", "document", "ended_reason", "note")
    return StudioFacts(
        organisation_id=row["organisation"], round_id=row["round"], channel_id=row["channel"],
        continues=row["continues"],
        level=Level(row["level"]) if row["level"] else None, stage=Stage(row["stage"]), revision=row["revision"],
        draft=StudioDraft(row["name"], row["field"], row["founded_on"], body), **{name: row[name] for name in same},
    )  # fmt: skip


def record(studio_id: int, act: str, by: int | None, payload: Mapping[str, Any]) -> None:
    """An entry in the studio's stream; `by` None is the registry itself."""
    actor = f"account:{by}" if by else "registry"
    ledger.record(stream=f"studio:{studio_id}", act=f"studio.{act}", actor=actor, payload=payload)


async def _follow_worker(goes: int, stays: int) -> None:
    await Studio.update({Studio.leader: stays}).where(Studio.leader == goes)
    generations.bump(studio_rounds.GENERATION)


async def _follow_organisation(from_id: int, into_id: int) -> None:
    for column in (Studio.organisation, Studio.channel):
        await Studio.update({column: into_id}).where(column == from_id)
    generations.bump(studio_rounds.GENERATION)


workers.on_merge(_follow_worker)
organisation_moves.on_merge(_follow_organisation)
