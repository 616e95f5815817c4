"""Channels of a round and their ranked lists (限额推荐, 推荐顺序): the only writer of `ReviewChannel` after freezing.

A channel picks innovations that units below it have handed in, ranks them, and hands its list in: each is then taken
into the round as the version that stands there, and nobody writes on it any more.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from piccolo.columns import Varchar
from piccolo.columns.combination import Or

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people.organisation_tree import below, end_of, is_below
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row, lock_rows
from foundation.store.transactions import transaction
from innovations import innovations, reviews
from innovations.innovation_tables import Innovation, InnovationVersion
from innovations.review_tables import ReviewChannel, ReviewEntry
from innovations.reviews import RoundFacts
from innovations.rules.innovations import Stage as InnovationStage
from innovations.rules.review_steps import EntryStage, Stage

LETTERS = "ACDEFHJKLMNPRTUVWXY"  # none that is taken for a digit or another letter
TAKEN = (InnovationStage.HANDED_IN, InnovationStage.AWARDED)
"""What can be picked: a prize of a city does not keep the province from reviewing it."""
ON_LIST = [EntryStage.LISTED.value, EntryStage.RETURNED.value]
"""What a list that was not handed in consists of: what was withdrawn or not admitted takes no place and stays out."""


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """A channel as rules and pages see it."""

    id: int
    round_id: int
    organisation_id: int
    path: str
    name: str
    places: int
    submitted_at: datetime | None


@tried_again
async def pick(channel_id: int, innovation_ids: Sequence[int], by: int, now: datetime) -> int:
    """Put innovations on a channel's list; answers how many are new on it. Raises NotFound, Refused."""
    async with transaction():
        channel = await _writable(channel_id)
        rows = await _pickable(channel, sorted(set(innovation_ids)))
        if len(rows) != len(set(innovation_ids)):
            raise NotFound
        before = await ReviewEntry.count().where(ReviewEntry.channel == channel_id, ReviewEntry.stage.is_in(ON_LIST))
        made = 0
        for row in rows:
            entry = ReviewEntry(
                round=channel.round_id, channel=channel_id, innovation=row["id"], version=await version_of(row),
                code=await new_code(channel.round_id), rank=before + made + 1, stage=EntryStage.LISTED.value, award="",
                reasons="", named="",
            )  # fmt: skip
            if await ReviewEntry.insert(entry).on_conflict(action="DO NOTHING"):
                made += 1
        if not made:
            raise Refused(Problem("review_picked_already"))
        reviews.record(
            channel.round_id, "picked", by, {"channel": channel_id, "innovations": [one["id"] for one in rows]}
        )
        return made


@tried_again
async def take_off(channel_id: int, entry_id: int, by: int) -> None:
    """Take an innovation off a list that was not handed in. Raises NotFound, Refused."""
    async with transaction():
        channel = await _writable(channel_id)
        gone = await (
            ReviewEntry.delete()
            .where(ReviewEntry.id == entry_id, ReviewEntry.channel == channel_id, ReviewEntry.stage.is_in(ON_LIST))
            .returning(ReviewEntry.innovation)
        )
        if not gone:
            raise NotFound
        await _put_ranks([row["id"] for row in await _on_list(channel_id)])
        reviews.record(channel.round_id, "taken_off", by, {"channel": channel_id, "innovation": gone[0]["innovation"]})


@tried_again
async def rank(channel_id: int, order: Sequence[int], by: int) -> None:
    """Rank a list, first to last. Raises NotFound; Refused where the order is not all of it."""
    async with transaction():
        channel = await _writable(channel_id)
        rows = await _on_list(channel_id)
        if sorted(order) != sorted(row["id"] for row in rows):
            raise Refused(Problem("review_ranking", "", {"count": str(len(rows))}))
        await _put_ranks(order)
        reviews.record(channel.round_id, "ranked", by, {"channel": channel_id, "order": list(order)})


@tried_again
async def hand_in(channel_id: int, by: int, now: datetime, zone: ZoneInfo) -> None:
    """Hand the list in. Raises NotFound; Refused with everything that stands against it."""
    async with transaction():
        channel = await _writable(channel_id)
        found = await reviews.by_id(channel.round_id)
        rows = await _on_list(channel_id)
        problems = _list_problems(found, channel, rows, now, zone)
        await lock_rows(Innovation, [row["innovation"] for row in rows])
        for row in rows:
            if row["stage"] == EntryStage.LISTED.value:
                problems += await enter(row, by, now)
        if problems:
            raise Refused(*problems)
        values: dict[Any, Any] = {ReviewChannel.submitted_by: by, ReviewChannel.submitted_at: now}
        await ReviewChannel.update(values).where(ReviewChannel.id == channel_id)
        payload = {"channel": channel_id, "innovations": [row["innovation"] for row in rows]}
        reviews.record(channel.round_id, "list_handed_in", by, payload)


async def enter(row: dict[str, Any], by: int, now: datetime) -> list[Problem]:
    """Within the caller's transaction: take a listed entry into the round as its newest version, or say why not."""
    one = await innovations.locked(row["innovation"])
    stage = InnovationStage(one["stage"])
    if stage not in TAKEN:
        return [Problem("review_not_ready", f"entry-{row['id']}", {"title": one["handed_title"]})]
    values: dict[Any, Any] = {
        ReviewEntry.version: await version_of(one), ReviewEntry.stage: EntryStage.ENTERED.value,
        ReviewEntry.return_until: None,
    }  # fmt: skip
    await ReviewEntry.update(values).where(ReviewEntry.id == row["id"])
    await innovations.move(one, "take_in" if stage is InnovationStage.HANDED_IN else "take_in_again", "", by, now)
    return []


async def by_id(channel_id: int) -> ChannelFacts:
    """The channel. Raises NotFound."""
    row = await ReviewChannel.select(*COLUMNS).where(ReviewChannel.id == channel_id).first()
    if row is None:
        raise NotFound
    return ChannelFacts(**row)


async def version_of(row: dict[str, Any]) -> int:
    """The newest version of an innovation that was handed in."""
    found = await (
        InnovationVersion.select(InnovationVersion.id)
        .where(InnovationVersion.innovation == row["id"], InnovationVersion.number == row["version"])
        .first()
    )
    if found is None:
        raise NotFound
    return int(found["id"])


async def new_code(round_id: int) -> str:
    """A code that tells nothing, free in the round whose row is locked."""
    while True:
        code = f"{secrets.choice(LETTERS)}{1000 + secrets.randbelow(9000)}"
        if not await ReviewEntry.exists().where(ReviewEntry.round == round_id, ReviewEntry.code == code):
            return code


COLUMNS = (
    ReviewChannel.id, ReviewChannel.round.as_alias("round_id"),
    ReviewChannel.organisation.as_alias("organisation_id"), ReviewChannel.organisation.path.as_alias("path"),
    ReviewChannel.organisation.name.as_alias("name"), ReviewChannel.places, ReviewChannel.submitted_at,
)  # fmt: skip


async def _writable(channel_id: int) -> ChannelFacts:
    """A channel whose list is not handed in, of a round that takes lists; round and channel are locked."""
    channel = await by_id(channel_id)
    await reviews.at(channel.round_id, Stage.OPEN)
    await lock_row(ReviewChannel, channel_id)
    channel = await by_id(channel_id)
    if channel.submitted_at is not None:
        raise Refused(Problem("review_list_in"))
    return channel


async def _on_list(channel_id: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = await (
        ReviewEntry.select()
        .where(ReviewEntry.channel == channel_id, ReviewEntry.stage.is_in(ON_LIST))
        .order_by(ReviewEntry.rank, ReviewEntry.id)
    )
    return rows


async def within(channel: ChannelFacts) -> list[Any]:
    """Conditions on innovations that a channel may pick: handed in below it, and below no other channel under it,
    whose places they would take."""
    rows = await ReviewChannel.select(ReviewChannel.organisation.path.as_alias("path")).where(
        ReviewChannel.round == channel.round_id, ReviewChannel.id != channel.id
    )
    path = cast("Varchar", Innovation.organisation.path)
    others = [row["path"] for row in rows if row["path"] != channel.path and is_below(row["path"], channel.path)]
    return [
        Innovation.stage.is_in([stage.value for stage in TAKEN]),
        below(path, channel.path),
        *(Or(path < other, path >= end_of(other)) for other in others),
    ]


async def _pickable(channel: ChannelFacts, ids: Sequence[int]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = (
        await Innovation.select()
        .where(Innovation.id.is_in(list(ids) or [0]), *await within(channel))
        .order_by(Innovation.id)
    )
    return rows


def _list_problems(
    found: RoundFacts, channel: ChannelFacts, rows: Sequence[dict[str, Any]], now: datetime, zone: ZoneInfo
) -> list[Problem]:
    problems = []
    if not rows:
        problems.append(Problem("review_list_empty"))
    if len(rows) > channel.places:
        problems.append(Problem("review_list_long", "", {"places": str(channel.places), "count": str(len(rows))}))
    if found.list_until is not None and now.astimezone(zone).date() > found.list_until:
        problems.append(Problem("review_list_late"))
    problems += [
        Problem("review_list_returned", f"entry-{row['id']}")
        for row in rows
        if row["stage"] == EntryStage.RETURNED.value
    ]
    return problems


async def _put_ranks(order: Sequence[int]) -> None:
    for place, entry_id in enumerate(order, 1):
        await ReviewEntry.update({ReviewEntry.rank: place}).where(ReviewEntry.id == entry_id)
