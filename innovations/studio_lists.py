"""What a channel recommends (限额推荐、推荐顺序): its ranked list for a call; the only writer of `StudioList`.

A list is drawn up in any number of steps, handed in once, and given back by whoever called as long as lists come in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import organisation_moves
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from innovations import studio_rounds, studios
from innovations.rules.studio_calls import RoundStage
from innovations.rules.studio_form import LONGEST
from innovations.rules.studios import Stage, list_problems
from innovations.studio_rounds import CallFacts
from innovations.studio_tables import Studio, StudioList
from innovations.studios import StudioFacts

LISTED = [stage.value for stage in (Stage.APPLIED, Stage.RECOMMENDED)]


@dataclass(frozen=True, slots=True)
class ListFacts:
    """A list that was handed in."""

    channel_id: int
    handed_in_at: datetime


@tried_again
async def rank(round_id: int, channel_id: int, order: Sequence[int], by: int, now: datetime) -> None:
    """Recommend these, first to last, and no others. Raises NotFound; Refused for more than there are places."""
    async with transaction():
        found = await _drawing_up(round_id, channel_id)
        listed = {one.id: one for one in await _of_channel(round_id, channel_id)}
        if not set(order) <= set(listed) or len(set(order)) < len(order):
            raise NotFound
        places = found.call.places_of(channel_id)
        if order and (problems := list_problems(places, [str(one) for one in order])):
            raise Refused(*problems)
        ranks = {studio_id: place for place, studio_id in enumerate(order, 1)}
        for studio_id in sorted(listed):
            await _put(await studios.locked(studio_id), ranks.get(studio_id), by, now)
        studio_rounds.record(round_id, "ranked", by, {"channel": channel_id, "order": list(order)})


@tried_again
async def hand_in(round_id: int, channel_id: int, by: int, now: datetime) -> None:
    """Hand the list in as it stands. Raises NotFound; Refused for an empty one or one with too many."""
    async with transaction():
        found = await _drawing_up(round_id, channel_id)
        ranked = [one for one in await _of_channel(round_id, channel_id) if one.stage is Stage.RECOMMENDED]
        if problems := list_problems(found.call.places_of(channel_id), [str(one.id) for one in ranked]):
            raise Refused(*problems)
        await StudioList(round=round_id, channel=channel_id, handed_in_by=by, handed_in_at=now).save()
        order = [one.id for one in sorted(ranked, key=lambda one: one.rank or 0)]
        studio_rounds.record(round_id, "list", by, {"channel": channel_id, "order": order})


@tried_again
async def give_list_back(round_id: int, channel_id: int, by: int) -> None:
    """Whoever called lets a channel draw its list up anew. Raises NotFound; Refused once lists are closed."""
    async with transaction():
        found = await studio_rounds.locked(round_id)
        if channel_id not in {one.channel_id for one in await handed_in(round_id)}:
            raise NotFound
        if found.stage is not RoundStage.OPEN:
            raise Refused(Problem("studio_step_late"))
        await StudioList.delete().where(StudioList.round == round_id, StudioList.channel == channel_id)
        studio_rounds.record(round_id, "list_back", by, {"channel": channel_id})


@tried_again
async def give_back(studio_id: int, note: str, by: int, now: datetime) -> None:
    """Give an application back to its unit, with what is missing. Raises NotFound, Refused."""
    note = note.strip()
    if not note or len(note) > LONGEST["note"]:
        raise Refused(Problem("studio_note", "note", {"most": str(LONGEST["note"])}))
    async with transaction():
        before = await studios.by_id(studio_id)
        await _drawing_up(before.round_id, before.channel_id or 0)
        found = await studios.locked(studio_id)
        await studios.move(found, "return", by, now, {Studio.note: note, Studio.channel: None, Studio.rank: None})


async def handed_in(round_id: int) -> list[ListFacts]:
    """The lists of a call that were handed in, in their order."""
    rows = await StudioList.select(StudioList.channel, StudioList.handed_in_at).where(StudioList.round == round_id)
    return [ListFacts(row["channel"], row["handed_in_at"]) for row in sorted(rows, key=lambda one: one["handed_in_at"])]


async def _drawing_up(round_id: int, channel_id: int) -> CallFacts:
    """The call, locked, while this channel draws its list up. Raises Refused."""
    found = await studio_rounds.locked(round_id)
    if found.stage is not RoundStage.OPEN:
        raise Refused(Problem("studio_step_late"))
    if await StudioList.exists().where(StudioList.round == round_id, StudioList.channel == channel_id):
        raise Refused(Problem("studio_list_closed"))
    return found


async def _of_channel(round_id: int, channel_id: int) -> list[StudioFacts]:
    rows = await Studio.select().where(
        Studio.round == round_id, Studio.channel == channel_id, Studio.stage.is_in(LISTED)
    )
    return [studios.facts(row) for row in rows]


async def _put(one: StudioFacts, place: int | None, by: int, now: datetime) -> None:
    """On the list at this place, or off it."""
    if place is None and one.stage is Stage.RECOMMENDED:
        await studios.move(one, "take_off", by, now, {Studio.rank: None})
    elif place is not None and one.stage is Stage.APPLIED:
        await studios.move(one, "recommend", by, now, {Studio.rank: place})
    elif place != one.rank:
        await studios.touch(one, {Studio.rank: place}, now)


async def _follow_organisation(from_id: int, into_id: int) -> None:
    """Where both handed a list in, that of the one that stays holds."""
    both = await StudioList.select(StudioList.round).where(StudioList.channel == into_id)
    await StudioList.delete().where(
        StudioList.channel == from_id, StudioList.round.is_in([row["round"] for row in both] or [0])
    )
    await StudioList.update({StudioList.channel: into_id}).where(StudioList.channel == from_id)


organisation_moves.on_merge(_follow_organisation)
