"""A channel's ranked list (推荐顺序, 限额): the only writer of `Nomination.rank` and of a list's being handed in.

Knows places and quotas of the round. A list is handed in once and whole: everybody on it goes to the federation, and
whoever stands with the channel without a place was told why before.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from craftsmen import nomination_reads, round_reads, standings, steps
from craftsmen.may import RANK_NOMINATIONS
from craftsmen.nomination_reads import NominationFacts
from craftsmen.nomination_rounds import RoundForNominations, by_id
from craftsmen.nomination_tables import Nomination
from craftsmen.nominee_reads import AT_FEDERATION
from craftsmen.round_reads import ChannelFacts
from craftsmen.round_tables import Channel, SelectionRound
from craftsmen.rules.nomination_steps import Stage
from craftsmen.rules.ranking import list_problems
from craftsmen.standings import Stood
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction


@dataclass(frozen=True, slots=True)
class RankedList:
    """A channel's list as its page shows it: the ranked first, in order, then those without a place."""

    round: RoundForNominations
    channel: ChannelFacts
    lines: tuple[Stood, ...]
    problems: tuple[Problem, ...]  # what stops handing it in

    @property
    def counted(self) -> int:
        """How many take one of the places; those under a special quota take none."""
        return sum(1 for one in self.lines if one.nomination.rank is not None and not one.nomination.draft.special)


async def for_user(user: SignedIn, round_id: int, channel_id: int, now: datetime) -> RankedList:
    """A channel's list, for whoever may order it. Raises NotFound."""
    query = Channel.select(Channel.id).where(Channel.id == channel_id, Channel.round == round_id)
    if await permitted(query, RANK_NOMINATIONS, user).first() is None:
        raise NotFound
    return await _list(round_id, channel_id, now)


async def channels_of(user: SignedIn, round_id: int) -> list[ChannelFacts]:
    """The channels of a round whose lists this person may order."""
    rows = await permitted(Channel.select(Channel.id).where(Channel.round == round_id), RANK_NOMINATIONS, user)
    mine = {row["id"] for row in rows}
    return [one for one in await round_reads.channels_of(round_id) if one.id in mine]


@tried_again
async def order(round_id: int, channel_id: int, ids: Sequence[int], by: int, now: datetime) -> None:
    """Give the places 1, 2 … to these nominations in this order, and none to others. Raises Refused, NotFound."""
    async with transaction():
        channel = await _locked(round_id, channel_id)
        rows = await Nomination.select(Nomination.id).where(
            Nomination.channel == channel_id, Nomination.stage == Stage.CHANNEL.value
        )
        if len(set(ids)) != len(ids) or not set(ids) <= {row["id"] for row in rows}:
            raise Refused(Problem("ranking_changed_meanwhile"))
        await Nomination.update({Nomination.rank: None}).where(
            Nomination.channel == channel_id, Nomination.rank.is_not_null()
        )
        for place, nomination in enumerate(ids, 1):
            await Nomination.update({Nomination.rank: place}).where(Nomination.id == nomination)
        ledger.record(
            stream=f"round:{round_id}",
            act="round.list_ordered",
            actor=f"account:{by}",
            about=f"organisation:{channel.organisation_id}",
            payload={"nominations": list(ids)},
        )


@tried_again
async def hand_in(round_id: int, channel_id: int, seen: Sequence[int], by: int, now: datetime) -> None:
    """Hand the list in as it was seen (ids in order): all of it goes to the federation. Raises Refused, NotFound."""
    async with transaction():
        channel = await _locked(round_id, channel_id)
        found = await _list(round_id, channel_id, now)
        ranked = [one.nomination.id for one in found.lines if one.nomination.rank is not None]
        if ranked != list(seen):
            raise Refused(Problem("ranking_changed_meanwhile"))
        if found.problems:
            raise Refused(*found.problems)
        await steps.advance(ranked, Stage.CHANNEL, by, now)
        values: dict[Any, Any] = {Channel.submitted_by: by, Channel.submitted_at: now}
        await Channel.update(values).where(Channel.id == channel_id)
        ledger.record(
            stream=f"round:{round_id}",
            act="round.list_handed_in",
            actor=f"account:{by}",
            about=f"organisation:{channel.organisation_id}",
            payload={"nominations": ranked},
        )


async def _locked(round_id: int, channel_id: int) -> ChannelFacts:
    """The channel, locked after its round, so that quotas of the whole round are counted by one at a time."""
    if not await lock_row(SelectionRound, round_id) or not await lock_row(Channel, channel_id):
        raise NotFound
    channel = next((one for one in await round_reads.channels_of(round_id) if one.id == channel_id), None)
    if channel is None:
        raise NotFound
    if channel.submitted_at is not None:
        raise Refused(Problem("ranking_handed_in"))
    return channel


async def _list(round_id: int, channel_id: int, now: datetime) -> RankedList:
    found = await by_id(round_id)
    channel = next(one for one in await round_reads.channels_of(round_id) if one.id == channel_id)
    rows = await nomination_reads.select_all().where(Nomination.channel == channel_id, _shown(channel))
    nominations = sorted(await nomination_reads.whole(rows), key=_place)
    lines = await standings.of_all(nominations, now)
    problems = list_problems(
        channel.places,
        found.rules.specials,
        [(one.nomination.draft.special, one.nomination.rank, one.nomination.name, one.blocks) for one in lines],
        await _used_specials(round_id),
    )
    return RankedList(found, channel, tuple(lines), tuple(problems))


def _shown(channel: ChannelFacts) -> Any:
    """Before it is handed in whoever stands with the channel; afterwards whoever was on the list."""
    if channel.submitted_at is None:
        return Nomination.stage == Stage.CHANNEL.value
    return Nomination.rank.is_not_null()


def _place(one: NominationFacts) -> tuple[bool, int, int]:
    return one.rank is None, one.rank or 0, one.id


async def _used_specials(round_id: int) -> Counter[str]:
    rows = await Nomination.select(Nomination.special).where(
        Nomination.round == round_id,
        Nomination.special != "",
        Nomination.stage.is_in([stage.value for stage in AT_FEDERATION]),
    )
    return Counter(row["special"] for row in rows)
