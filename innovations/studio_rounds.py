"""Calls for studios: the only writer of `StudioRound`.

Standards and places are frozen and hashed before anybody applies. Channels are the organisations directly below
whoever calls; what stands directly under it is on its own list. The ledger's stream is `studio_round:<id>`.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import organisation_moves, organisation_tree
from foundation.people.organisation_kinds import Kind
from foundation.people.organisation_tree import OrganisationFacts
from foundation.process.openings import register_place
from foundation.store import generations, ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from innovations.rules.review_rules import Level
from innovations.rules.studio_calls import Call, CallDraft, RoundStage, draft_problems, round_after
from innovations.studio_tables import StudioList, StudioRound

GENERATION = "studios"  # of the public pages of studios and calls
UNITS = (Kind.ENTERPRISE, Kind.JOINT, Kind.OFFICE)  # who recommends nobody, being where studios are


@dataclass(frozen=True, slots=True)
class CallFacts:
    """A call as pages and rules see it."""

    id: int
    address: str
    organisation_id: int
    name: str
    year: int
    level: Level
    stage: RoundStage
    call: Call
    rules_hash: str
    apply_until: date
    notice: str
    document: str
    revision: int

    @property
    def subject(self) -> str:
        """Its stream in the ledger."""
        return f"studio_round:{self.id}"

    @property
    def about(self) -> str:
        """How a notice names it."""
        return f"studio_round:{self.address}"

    @property
    def draft(self) -> CallDraft:
        """As its form has it."""
        return CallDraft(self.name, self.year, self.apply_until, self.call)


@tried_again
async def create(draft: CallDraft, organisation_id: int, by: int, now: datetime) -> int:
    """Make a draft of a call; answers its id. It may be kept with what `freeze` would refuse."""
    async with transaction():
        caller = await organisation_tree.by_id(organisation_id)
        if caller is None:
            raise NotFound
        level = {Kind.FEDERATION: Level.PROVINCE, Kind.ENTERPRISE: Level.ENTERPRISE}.get(caller.kind, Level.CITY)
        row = StudioRound(
            address="", organisation=organisation_id, level=level.value, stage=RoundStage.DRAFT.value, rules_hash="",
            notice="", document="", created_by=by, created_at=now, **_columns(draft),
        )  # fmt: skip
        await row.save()
        address = f"{draft.year}-{row.id}"
        await StudioRound.update({StudioRound.address: address}).where(StudioRound.id == row.id)
        record(row.id, "created", by, {"address": address, "organisation": organisation_id})
        return int(row.id)


@tried_again
async def change(round_id: int, draft: CallDraft, revision: int, by: int) -> None:
    """Change a draft. Raises NotFound; Refused where somebody else did meanwhile, and once it is frozen."""
    async with transaction():
        found = await locked(round_id, revision)
        if found.stage is not RoundStage.DRAFT:
            raise Refused(Problem("studio_call_frozen"))
        values: dict[Any, Any] = {**_columns(draft), "revision": revision + 1}
        await StudioRound.update(values).where(StudioRound.id == round_id)
        record(round_id, "changed", by, {"rules": _hash(draft.call)})


@tried_again
async def freeze(round_id: int, revision: int, by: int, now: datetime, zone: ZoneInfo) -> None:
    """Freeze standards and places and open the call. Raises NotFound; Refused with everything that must be mended."""
    async with transaction():
        found = await locked(round_id, revision)
        if problems := draft_problems(found.draft, now.astimezone(zone).date()):
            raise Refused(*problems)
        hashed = _hash(found.call)
        await step_taken(found, "freeze", by, {StudioRound.rules_hash: hashed}, {"rules": hashed})


@tried_again
async def close_lists(round_id: int, by: int) -> None:
    """Take no more applications and lists: the office chooses. Raises NotFound; Refused while no list was handed in,
    for nothing could be chosen and lists are not opened again."""
    async with transaction():
        found = await locked(round_id)
        if found.stage is RoundStage.OPEN and not await StudioList.exists().where(StudioList.round == round_id):
            raise Refused(Problem("studio_lists_none"))
        await step_taken(found, "close_lists", by)


async def step_taken(
    found: CallFacts,
    step: str,
    by: int,
    values: Mapping[Any, Any] | None = None,
    payload: Mapping[str, Any] | None = None,
) -> RoundStage:
    """One step of a locked call inside the caller's transaction. Raises Refused."""
    stage = round_after(step, found.stage)
    if isinstance(stage, Problem):
        raise Refused(stage)
    saved: dict[Any, Any] = {
        **(values or {}),
        StudioRound.stage: stage.value,
        StudioRound.revision: found.revision + 1,
    }
    await StudioRound.update(saved).where(StudioRound.id == found.id)
    generations.bump(GENERATION)
    record(found.id, step, by, {"stage": stage.value, **(payload or {})})
    return stage


async def channel_for(found: CallFacts, unit_id: int) -> int | None:
    """On whose list a unit's studio stands: the union directly below whoever calls, or the caller itself for what
    stands directly under it or under a group or joint union there, which recommend nobody; None for a unit that does
    not stand below the caller."""
    chain = await organisation_tree.trail(unit_id)
    ids = [one.id for one in chain]
    if found.organisation_id not in ids:
        return None
    above = chain[ids.index(found.organisation_id) + 1 :]
    return above[0].id if len(above) > 1 and above[0].kind not in UNITS else found.organisation_id


async def channels_of(organisation_id: int) -> list[OrganisationFacts]:
    """The channels of a call by this organisation: the unions below it that recommend, and itself at the end."""
    below = [one for one in await organisation_tree.children(organisation_id) if one.kind not in UNITS]
    own = await organisation_tree.by_id(organisation_id)
    return [*below, *([own] if own else [])]


async def locked(round_id: int, revision: int | None = None) -> CallFacts:
    """The call, locked, then read. Raises NotFound; Refused where it is another revision than the form showed."""
    if not await lock_row(StudioRound, round_id):
        raise NotFound
    found = await by_id(round_id)
    if revision is not None and found.revision != revision:
        raise Refused(Problem("studio_changed"))
    return found


async def by_id(round_id: int) -> CallFacts:
    """The call. Raises NotFound."""
    row = await StudioRound.select().where(StudioRound.id == round_id).first()
    if row is None:
        raise NotFound
    return facts(row)


def facts(row: Mapping[str, Any]) -> CallFacts:
    """A row of the table."""
    same = ("id", "address", "name", "year", "rules_hash", "apply_until", "notice", "document", "revision")
    return CallFacts(
        organisation_id=row["organisation"], level=Level(row["level"]), stage=RoundStage(row["stage"]),
        call=msgspec.json.decode(row["rules"], type=Call), **{name: row[name] for name in same},
    )  # fmt: skip


def record(round_id: int, act: str, by: int, payload: Mapping[str, Any]) -> None:
    """An entry in the call's stream."""
    ledger.record(stream=f"studio_round:{round_id}", act=f"studio_round.{act}", actor=f"account:{by}", payload=payload)


def _columns(draft: CallDraft) -> dict[str, Any]:
    rules = msgspec.json.encode(draft.call, order="deterministic").decode()
    return {"name": draft.name, "year": draft.year, "apply_until": draft.apply_until, "rules": rules}


def _hash(call: Call) -> str:
    return hashlib.sha256(msgspec.json.encode(call, order="deterministic")).hexdigest()


async def _follow_organisation(from_id: int, into_id: int) -> None:
    await StudioRound.update({StudioRound.organisation: into_id}).where(StudioRound.organisation == from_id)


organisation_moves.on_merge(_follow_organisation)


async def _owner(address: str) -> str | None:
    row = await StudioRound.select(StudioRound.organisation).where(StudioRound.address == address).first()
    found = await organisation_tree.by_id(row["organisation"]) if row else None
    return found.path if found else None


register_place("studio_round", "/studios/calls/{}", _owner)
