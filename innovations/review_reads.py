"""Reviews for those who run them, channels, units and everyone. Writes nothing.

Every query but the public ones goes through what the reader may see. Neither channels nor units ever select an entry's
code, which reviewers know it by; of a decision they select nothing before the round is decided.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

import msgspec
from piccolo.columns import Varchar

from foundation.base.problem import NotFound
from foundation.people.organisation_tree import below
from foundation.people.permissions import Permission, permitted
from foundation.people.sessions import SignedIn
from innovations import review_channels, reviews
from innovations.innovation_tables import Innovation
from innovations.may_review import RECOMMEND, RUN_REVIEWS, SEE_RESULTS
from innovations.review_channels import TAKEN, ChannelFacts
from innovations.review_tables import ReviewChannel, ReviewEntry, ReviewRound
from innovations.reviews import RoundFacts
from innovations.rules.innovation_form import Draft
from innovations.rules.review_steps import EntryStage, Stage

PAGE = 30
MOST = 1000  # entries of one round on its page
CANDIDATES = 300
PUBLIC = [stage.value for stage in Stage if stage not in {Stage.DRAFT, Stage.CANCELLED}]


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry for the office that runs the round."""

    id: int
    innovation: int
    code: str
    title: str
    unit: str
    channel: str
    rank: int | None
    stage: EntryStage
    calibration: bool
    reasons: str
    return_until: date | None
    newer: bool  # its unit has handed in another version since
    completed: bool  # given back, and handed in again


@dataclass(frozen=True, slots=True)
class ListLine:
    """An entry for its channel."""

    id: int
    innovation: int
    title: str
    unit: str
    rank: int | None
    stage: EntryStage
    return_until: date | None
    completed: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """An innovation that a channel may pick."""

    id: int
    title: str
    unit: str
    year: int
    kind: str


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """A channel with how far it is, for the office; with its round, for itself."""

    id: int
    name: str
    round_id: int
    round_name: str
    round_stage: Stage
    list_until: date | None
    places: int
    listed: int
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnLine:
    """An entry for its unit; award, reasons and scores only once the round is decided."""

    id: int
    innovation: int
    title: str
    round: RoundFacts
    stage: EntryStage
    return_until: date | None
    named: str
    reasons: str
    award: str


async def rounds_run(user: SignedIn, before: int | None = None) -> list[RoundFacts]:
    """The rounds that this person runs, the newest first, one more than a page."""
    query = permitted(ReviewRound.select(), RUN_REVIEWS, user)
    if before is not None:
        query = query.where(ReviewRound.id < before)
    return [reviews.facts(row) for row in await query.order_by(ReviewRound.id, ascending=False).limit(PAGE + 1)]


async def round_run(user: SignedIn, round_id: int) -> RoundFacts:
    """The round, where this person runs it. Raises NotFound."""
    row = await permitted(ReviewRound.select().where(ReviewRound.id == round_id), RUN_REVIEWS, user).first()
    if row is None:
        raise NotFound
    return reviews.facts(row)


async def public_rounds(before: int | None = None) -> list[RoundFacts]:
    """Rounds with frozen rules, the newest first, one more than a page."""
    query = ReviewRound.select().where(ReviewRound.stage.is_in(PUBLIC))
    if before is not None:
        query = query.where(ReviewRound.id < before)
    return [reviews.facts(row) for row in await query.order_by(ReviewRound.id, ascending=False).limit(PAGE + 1)]


async def public_round(address: str) -> RoundFacts:
    """A round with frozen rules. Raises NotFound."""
    row = await ReviewRound.select().where(ReviewRound.address == address, ReviewRound.stage.is_in(PUBLIC)).first()
    if row is None:
        raise NotFound
    return reviews.facts(row)


async def entries_of(found: RoundFacts) -> list[EntryLine]:
    """All entries of a round that was loaded through what its reader runs, by channel and rank."""
    rows = await (
        ReviewEntry.select(
            ReviewEntry.id, ReviewEntry.code, ReviewEntry.rank, ReviewEntry.stage, ReviewEntry.calibration,
            ReviewEntry.reasons, ReviewEntry.return_until, *_titles(),
            ReviewEntry.channel.organisation.name.as_alias("channel"),  # type: ignore[union-attr]
        )
        .where(ReviewEntry.round == found.id)
        .order_by(ReviewEntry.channel, ReviewEntry.rank, ReviewEntry.id)
        .limit(MOST)
    )  # fmt: skip
    return [
        EntryLine(
            row["id"], row["innovation"], row["code"], row["title"], row["unit"], row["channel"], row["rank"],
            EntryStage(row["stage"]), row["calibration"], row["reasons"], row["return_until"],
            row["version"] < row["newest"], _completed(row),
        )
        for row in rows
    ]  # fmt: skip


async def entry_run(user: SignedIn, round_id: int, entry_id: int) -> tuple[RoundFacts, EntryLine]:
    """An entry of a round that this person runs. Raises NotFound."""
    found = await round_run(user, round_id)
    line = next((one for one in await entries_of(found) if one.id == entry_id), None)
    if line is None:
        raise NotFound
    return found, line


async def channels_of(found: RoundFacts) -> list[ChannelLine]:
    """The channels of a round, in their order."""
    return await _channels(ReviewChannel.select(*_CHANNEL).where(ReviewChannel.round == found.id))


async def channels_own(user: SignedIn) -> list[ChannelLine]:
    """The rounds in which the hat's organisation has places, the newest first."""
    query = permitted(ReviewChannel.select(*_CHANNEL), RECOMMEND, user)
    return list(reversed(await _channels(query)))


async def channel_own(user: SignedIn, channel_id: int) -> tuple[ChannelFacts, RoundFacts]:
    """A channel of the hat's organisation. Raises NotFound."""
    row = await permitted(
        ReviewChannel.select(ReviewChannel.id).where(ReviewChannel.id == channel_id), RECOMMEND, user
    ).first()  # fmt: skip
    if row is None:
        raise NotFound
    found = await review_channels.by_id(channel_id)
    return found, await reviews.by_id(found.round_id)


async def list_of(channel: ChannelFacts) -> list[ListLine]:
    """A channel's list, by rank."""
    rows = await (
        ReviewEntry.select(
            ReviewEntry.id, ReviewEntry.rank, ReviewEntry.stage, ReviewEntry.return_until, *_titles(),
        )
        .where(ReviewEntry.channel == channel.id, ReviewEntry.calibration.eq(False))
        .order_by(ReviewEntry.rank, ReviewEntry.id)
    )  # fmt: skip
    return [
        ListLine(
            row["id"], row["innovation"], row["title"], row["unit"], row["rank"], EntryStage(row["stage"]),
            row["return_until"], _completed(row),
        )
        for row in rows
    ]  # fmt: skip


async def candidates(channel: ChannelFacts) -> list[Candidate]:
    """What a channel may pick: handed in below it and not in the round; the newest first."""
    taken = ReviewEntry.select(ReviewEntry.innovation).where(ReviewEntry.round == channel.round_id)
    rows = await (
        Innovation.select(
            Innovation.id, Innovation.title, Innovation.year, Innovation.kind,
            Innovation.organisation.name.as_alias("unit"),
        )
        .where(
            Innovation.stage.is_in([stage.value for stage in TAKEN]),
            below(cast("Varchar", Innovation.organisation.path), channel.path),
            Innovation.id.not_in(taken),
        )
        .order_by(Innovation.id, ascending=False)
        .limit(CANDIDATES)
    )  # fmt: skip
    return [Candidate(**row) for row in rows]


async def own_entries(user: SignedIn, before: int | None = None) -> list[OwnLine]:
    """What stands in rounds of the hat's own unit, the newest first, one more than a page."""
    query = permitted(ReviewEntry.select(*_OWN), SEE_RESULTS, user).where(ReviewEntry.calibration.eq(False))
    if before is not None:
        query = query.where(ReviewEntry.id < before)
    return await _own(await query.order_by(ReviewEntry.id, ascending=False).limit(PAGE + 1))


async def own_entry(user: SignedIn, entry_id: int, permission: Permission = SEE_RESULTS) -> OwnLine:
    """An entry of the hat's own unit. Raises NotFound."""
    query = ReviewEntry.select(*_OWN).where(ReviewEntry.id == entry_id, ReviewEntry.calibration.eq(False))
    lines = await _own(await permitted(query, permission, user))
    if not lines:
        raise NotFound
    return lines[0]


def _titles() -> tuple[Any, ...]:
    return (
        ReviewEntry.innovation, ReviewEntry.version.title.as_alias("title"),
        ReviewEntry.version.number.as_alias("version"), ReviewEntry.innovation.version.as_alias("newest"),
        ReviewEntry.innovation.stage.as_alias("innovation_stage"),
        ReviewEntry.innovation.organisation.name.as_alias("unit"),  # type: ignore[union-attr]
    )  # fmt: skip


_CHANNEL = (
    ReviewChannel.id, ReviewChannel.round.as_alias("round_id"), ReviewChannel.round.name.as_alias("round_name"),
    ReviewChannel.round.stage.as_alias("round_stage"), ReviewChannel.round.list_until.as_alias("list_until"),
    ReviewChannel.organisation.name.as_alias("name"), ReviewChannel.places, ReviewChannel.submitted_at,
)  # fmt: skip
_OWN = (
    ReviewEntry.id, ReviewEntry.innovation, ReviewEntry.round, ReviewEntry.stage, ReviewEntry.return_until,
    ReviewEntry.named, ReviewEntry.version.title.as_alias("title"),
)  # fmt: skip


def _completed(row: Mapping[str, Any]) -> bool:
    return bool(row["stage"] == EntryStage.RETURNED.value and row["innovation_stage"] != "returned")


async def _channels(query: Any) -> list[ChannelLine]:
    rows = await query.order_by(ReviewChannel.round, ReviewChannel.position).limit(MOST)
    listed = await ReviewEntry.select(ReviewEntry.channel).where(
        ReviewEntry.channel.is_in([row["id"] for row in rows] or [0]), ReviewEntry.calibration.eq(False)
    )
    counts: dict[int, int] = {}
    for one in listed:
        counts[one["channel"]] = counts.get(one["channel"], 0) + 1
    return [
        ChannelLine(**{**row, "round_stage": Stage(row["round_stage"]), "listed": counts.get(row["id"], 0)})
        for row in rows
    ]


async def _own(rows: Sequence[Mapping[str, Any]]) -> list[OwnLine]:
    rounds = {number: await reviews.by_id(number) for number in sorted({row["round"] for row in rows})}
    told = [
        row["id"]
        for row in rows
        if rounds[row["round"]].stage is Stage.DECIDED
        or row["stage"] in (EntryStage.WITHDRAWN.value, EntryStage.EXCLUDED.value)
    ]
    said = await ReviewEntry.select(ReviewEntry.id, ReviewEntry.reasons, ReviewEntry.award).where(
        ReviewEntry.id.is_in(told or [0])
    )
    by_id = {one["id"]: one for one in said}
    return [
        OwnLine(
            row["id"], row["innovation"], row["title"], rounds[row["round"]], EntryStage(row["stage"]),
            row["return_until"], row["named"], by_id.get(row["id"], {}).get("reasons", ""),
            by_id.get(row["id"], {}).get("award", ""),
        )
        for row in rows
    ]  # fmt: skip


async def said_of(entry_id: int) -> Draft:
    """What an entry says, for whoever was let through to it. Raises NotFound."""
    row = await ReviewEntry.select(ReviewEntry.version.body.as_alias("body")).where(ReviewEntry.id == entry_id).first()
    if row is None:
        raise NotFound
    return msgspec.json.decode(row["body"], type=Draft)
