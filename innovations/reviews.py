"""Rounds of review: the only writer of `ReviewRound`.

Rules are frozen and hashed before the first entry; channels come to be with them. What moves a round on is in the
files of its parts, and each takes the round's steps through `step_taken`. The ledger's stream is `review:<id>`.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from craftsmen import titles
from craftsmen.rules.honours import Holder
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import organisation_moves, organisation_tree
from foundation.people.organisation_kinds import Kind
from foundation.process.openings import register_place
from foundation.store import generations, ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row, lock_rows
from foundation.store.transactions import transaction
from innovations.review_tables import ReviewChannel, ReviewEntry, ReviewRound
from innovations.rules.review_form import Channel, ReviewDraft, freezing_problems
from innovations.rules.review_rules import Award, Level, ReviewRules, read_rules, row_of
from innovations.rules.review_steps import Stage, after

LISTS = "reviews"  # the generation of the public list
ALL = 9999  # places of a unit's own round: as many as it has
CHANNELS = (Kind.CITY, Kind.NEW_AREA, Kind.INDUSTRY, Kind.DIRECT, Kind.COUNTY, Kind.PARK, Kind.JOINT)


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A round as pages and rules see it."""

    id: int
    address: str
    organisation_id: int
    name: str
    year: int
    stage: Stage
    rules: ReviewRules
    rules_hash: str
    seed: str
    list_until: date | None
    mark_until: datetime | None
    notice: str
    document: str
    revision: int

    @property
    def subject(self) -> str:
        """Its stream in the ledger."""
        return f"review:{self.id}"

    @property
    def about(self) -> str:
        """How a notice names it."""
        return f"review:{self.address}"

    @property
    def draft(self) -> ReviewDraft:
        """What an office typed."""
        return ReviewDraft(self.name, self.year, self.list_until, self.rules)


async def level_of(organisation_id: int) -> Level:
    """At which level an organisation reviews."""
    found = await organisation_tree.by_id(organisation_id)
    if found is None:
        raise NotFound
    if found.kind is Kind.FEDERATION:
        return Level.PROVINCE
    return Level.CITY if found.kind in CHANNELS and found.kind is not Kind.DIRECT else Level.ENTERPRISE


async def channels_for(organisation_id: int) -> list[Channel]:
    """Who can recommend in a round of this organisation: the unions directly below it, and itself for what is not
    below one of them."""
    own = await organisation_tree.by_id(organisation_id)
    below = [one for one in await organisation_tree.children(organisation_id) if one.kind in CHANNELS]
    return [Channel(one.id, one.name) for one in (*below, own) if one is not None]


@tried_again
async def create(draft: ReviewDraft, organisation_id: int, by: int, now: datetime) -> int:
    """Make a draft of a round; answers its id. It may be saved with what `freeze` would refuse."""
    async with transaction():
        row = ReviewRound(
            address="", organisation=organisation_id, stage=Stage.DRAFT.value, rules_hash="", seed="", notice="",
            document="", scores="", created_by=by, created_at=now, **_columns(draft),
        )  # fmt: skip
        await row.save()
        address = f"{draft.year}-{row.id}"
        await ReviewRound.update({ReviewRound.address: address}).where(ReviewRound.id == row.id)
        record(row.id, "created", by, {"address": address, "organisation": organisation_id})
        return int(row.id)


@tried_again
async def change(round_id: int, draft: ReviewDraft, revision: int, by: int) -> None:
    """Change a draft. Raises NotFound; Refused where somebody else did meanwhile, and once it is frozen."""
    async with transaction():
        found = await locked(round_id, revision)
        if found.stage is not Stage.DRAFT:
            raise Refused(Problem("review_frozen"))
        values: dict[Any, Any] = {**_columns(draft), "revision": revision + 1}
        await ReviewRound.update(values).where(ReviewRound.id == round_id)
        record(round_id, "changed", by, {"rules": draft.rules.digest()})


@tried_again
async def freeze(round_id: int, revision: int, by: int, now: datetime, zone: ZoneInfo) -> None:
    """Freeze the rules and open the round to its channels. Raises NotFound; Refused with all that must be mended."""
    async with transaction():
        found = await locked(round_id, revision)
        problems = freezing_problems(found.draft, now.astimezone(zone).date())
        problems += await _title_problems(found.rules.awards)
        if problems:
            raise Refused(*problems)
        hashed = found.rules.digest()
        await step_taken(found, "freeze", by, {ReviewRound.rules_hash: hashed}, {"rules": hashed})
        places = [(one.organisation, one.places) for one in found.rules.places if one.places > 0]
        if found.rules.level is Level.ENTERPRISE:
            places = [(found.organisation_id, ALL)]
        rows = [
            ReviewChannel(round=round_id, organisation=organisation, places=most, position=at)
            for at, (organisation, most) in enumerate(places, 1)
        ]
        await ReviewChannel.insert(*rows)


@tried_again
async def extend(  # noqa: PLR0917
    round_id: int, list_until: date, revision: int, by: int, now: datetime, zone: ZoneInfo
) -> None:
    """Give channels more time. Raises NotFound, Refused."""
    async with transaction():
        found = await locked(round_id, revision)
        if found.stage is not Stage.OPEN or found.list_until is None:
            raise Refused(Problem("review_step_late"))
        if list_until <= found.list_until or list_until < now.astimezone(zone).date():
            raise Refused(Problem("review_extend", "list_until"))
        values: dict[Any, Any] = {ReviewRound.list_until: list_until, ReviewRound.revision: revision + 1}
        await ReviewRound.update(values).where(ReviewRound.id == round_id)
        generations.bump(LISTS, found.about)
        record(round_id, "extended", by, {"until": list_until.isoformat()})


@tried_again
async def close_entries(round_id: int, by: int, *, short: bool = False) -> None:
    """Take no more lists, for good; deal the seed from which reviewers are drawn.

    `short`: the office knows that lists are missing. Raises NotFound, Refused.
    """
    async with transaction():
        found = await locked(round_id)
        rows = await ReviewChannel.select(ReviewChannel.submitted_at).where(ReviewChannel.round == round_id)
        missing = sum(row["submitted_at"] is None for row in rows)
        if missing == len(rows):
            raise Refused(Problem("review_nothing_entered"))
        if missing and found.stage is Stage.OPEN and not short:
            raise Refused(Problem("review_lists_missing", "short", {"count": str(missing)}))
        seed = secrets.token_hex(16)
        await step_taken(found, "close_entries", by, {ReviewRound.seed: seed}, {"seed": seed})


async def step_taken(
    found: RoundFacts,
    step: str,
    by: int,
    values: Mapping[Any, Any] | None = None,
    payload: Mapping[str, Any] | None = None,
) -> Stage:
    """One step of a locked round inside the caller's transaction. Raises Refused."""
    stage = after(step, found.stage)
    if isinstance(stage, Problem):
        raise Refused(stage)
    saved: dict[Any, Any] = {**(values or {}), ReviewRound.stage: stage.value, ReviewRound.revision: found.revision + 1}
    await ReviewRound.update(saved).where(ReviewRound.id == found.id)
    generations.bump(LISTS, found.about)
    record(found.id, step, by, {"stage": stage.value, **(payload or {})})
    return stage


async def locked(round_id: int, revision: int | None = None, *, share: bool = False) -> RoundFacts:
    """The round, locked, then read. Raises NotFound; Refused where it is another revision than the form showed."""
    if not await lock_row(ReviewRound, round_id, share=share):
        raise NotFound
    found = await by_id(round_id)
    if revision is not None and found.revision != revision:
        raise Refused(Problem("review_changed"))
    return found


async def at(round_id: int, *stages: Stage) -> RoundFacts:
    """The round, locked, at one of these stages. Raises NotFound, Refused."""
    found = await locked(round_id)
    if found.stage not in stages:
        raise Refused(Problem("review_step_late"))
    return found


async def by_id(round_id: int) -> RoundFacts:
    """The round. Raises NotFound."""
    row = await ReviewRound.select().where(ReviewRound.id == round_id).first()
    if row is None:
        raise NotFound
    return facts(row)


def facts(row: Mapping[str, Any]) -> RoundFacts:
    """A row of the table."""
    return RoundFacts(
        id=row["id"], address=row["address"], organisation_id=row["organisation"], name=row["name"], year=row["year"],
        stage=Stage(row["stage"]), rules=read_rules(row["rules"]), rules_hash=row["rules_hash"], seed=row["seed"],
        list_until=row["list_until"], mark_until=row["mark_until"], notice=row["notice"],
        document=row["document"], revision=row["revision"],
    )  # fmt: skip


def record(round_id: int, act: str, by: int, payload: Mapping[str, Any]) -> None:
    """An entry in the round's stream."""
    ledger.record(stream=f"review:{round_id}", act=f"review.{act}", actor=f"account:{by}", payload=payload)


async def _title_problems(awards: Sequence[Award]) -> list[Problem]:
    """Titles that are not there, are closed, or are held by teams: an award goes to each author."""
    problems = []
    for place, one in enumerate(awards, 1):
        title = await titles.by_code(one.title) if one.title else None
        if one.title and (title is None or not title.active or title.holder is not Holder.PERSON):
            problems.append(Problem("review_award_title", f"award-title-{row_of(one, place)}", {"name": one.name}))
    return problems


def _columns(draft: ReviewDraft) -> dict[str, Any]:
    return {
        "name": draft.name, "year": draft.year, "list_until": draft.list_until, "level": draft.rules.level.value,
        "rules": draft.rules.canonical(),
    }  # fmt: skip


async def _follow_organisation(from_id: int, into_id: int) -> None:
    await ReviewRound.update({ReviewRound.organisation: into_id}).where(ReviewRound.organisation == from_id)
    there = ReviewChannel.select(ReviewChannel.round).where(ReviewChannel.organisation == into_id)
    await ReviewChannel.update({ReviewChannel.organisation: into_id}).where(
        ReviewChannel.organisation == from_id, ReviewChannel.round.not_in(there)
    )
    left = await ReviewChannel.select(ReviewChannel.round).where(ReviewChannel.organisation == from_id)
    rounds = sorted({row["round"] for row in left})
    if not rounds:
        return
    await lock_rows(ReviewRound, rounds)  # whoever writes on a list holds its round
    both = await ReviewChannel.select().where(
        ReviewChannel.round.is_in(rounds), ReviewChannel.organisation.is_in([from_id, into_id]),
        ReviewChannel.submitted_at.is_null(),
    )  # fmt: skip
    by_round: dict[int, dict[int, dict[str, Any]]] = {}
    for row in both:
        by_round.setdefault(row["round"], {})[row["organisation"]] = row
    for found in by_round.values():
        if len(found) == 2:
            await _join(found[from_id], found[into_id])


async def _join(goes: Mapping[str, Any], stays: Mapping[str, Any]) -> None:
    """Two unions with places in one round become one before either handed its list in: one list, the places of both."""
    last = await ReviewEntry.count().where(ReviewEntry.channel == stays["id"])
    rows = await (
        ReviewEntry.select(ReviewEntry.id)
        .where(ReviewEntry.channel == goes["id"])
        .order_by(ReviewEntry.rank, ReviewEntry.id)
    )
    for place, row in enumerate(rows, last + 1):
        moved: dict[Any, Any] = {ReviewEntry.channel: stays["id"], ReviewEntry.rank: place}
        await ReviewEntry.update(moved).where(ReviewEntry.id == row["id"])
    places = stays["places"] + goes["places"]
    await ReviewChannel.update({ReviewChannel.places: places}).where(ReviewChannel.id == stays["id"])
    await ReviewChannel.delete().where(ReviewChannel.id == goes["id"])


organisation_moves.on_merge(_follow_organisation)


async def _owner(address: str) -> str | None:
    row = await ReviewRound.select(ReviewRound.organisation).where(ReviewRound.address == address).first()
    found = await organisation_tree.by_id(row["organisation"]) if row else None
    return found.path if found else None


register_place("review", "/reviews/{}", _owner)
