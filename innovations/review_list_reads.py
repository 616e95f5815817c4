"""Lists of channels and what units read of their entries. Writes nothing.

Every query goes through what the reader may see. Neither channels nor units ever select an entry's code, which
reviewers know it by; of a decision they select nothing before the round is decided.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from foundation.base.problem import NotFound
from foundation.people.permissions import Permission, permitted
from foundation.people.sessions import SignedIn
from innovations import review_channels, reviews
from innovations.innovation_tables import Innovation
from innovations.may_review import RECOMMEND, SEE_RESULTS
from innovations.review_channels import ChannelFacts
from innovations.review_reads import CANDIDATES, CHANNEL, PAGE, ChannelLine, channel_lines, completed, titles
from innovations.review_tables import ReviewChannel, ReviewEntry
from innovations.reviews import RoundFacts
from innovations.rules.innovation_form import Draft
from innovations.rules.innovations import Stage as InnovationStage
from innovations.rules.review_steps import EntryStage, Stage


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
    awarded: bool  # by a review before


@dataclass(frozen=True, slots=True)
class Candidate:
    """An innovation that a channel may pick."""

    id: int
    title: str
    unit: str
    year: int
    kind: str


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


_OWN = (
    ReviewEntry.id, ReviewEntry.innovation, ReviewEntry.round, ReviewEntry.stage, ReviewEntry.return_until,
    ReviewEntry.named, ReviewEntry.version.title.as_alias("title"),
)  # fmt: skip


async def channels_own(user: SignedIn) -> list[ChannelLine]:
    """The rounds in which the hat's organisation has places, the newest first."""
    query = permitted(ReviewChannel.select(*CHANNEL), RECOMMEND, user)
    return list(reversed(await channel_lines(query)))


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
            ReviewEntry.id, ReviewEntry.rank, ReviewEntry.stage, ReviewEntry.return_until, *titles(),
        )
        .where(ReviewEntry.channel == channel.id, ReviewEntry.calibration.eq(False))
        .order_by(ReviewEntry.rank, ReviewEntry.id)
    )  # fmt: skip
    return [
        ListLine(
            row["id"], row["innovation"], row["title"], row["unit"], row["rank"], EntryStage(row["stage"]),
            row["return_until"], completed(row), row["innovation_stage"] == InnovationStage.AWARDED.value,
        )
        for row in rows
    ]  # fmt: skip


async def candidates(channel: ChannelFacts, before: int | None = None) -> list[Candidate]:
    """What a channel may pick and is not in the round; the newest first, one more than a page."""
    taken = ReviewEntry.select(ReviewEntry.innovation).where(ReviewEntry.round == channel.round_id)
    older = [] if before is None else [Innovation.id < before]
    rows = await (
        Innovation.select(
            Innovation.id, Innovation.handed_title.as_alias("title"), Innovation.handed_year.as_alias("year"),
            Innovation.handed_kind.as_alias("kind"),
            Innovation.organisation.name.as_alias("unit"),
        )
        .where(*await review_channels.within(channel), Innovation.id.not_in(taken), *older)
        .order_by(Innovation.id, ascending=False)
        .limit(CANDIDATES + 1)
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


async def own_returned(user: SignedIn, most: int) -> list[OwnLine]:
    """What of the hat's own unit is given back and not handed in again, the nearest day first; `most` at most."""
    query = permitted(ReviewEntry.select(*_OWN), SEE_RESULTS, user).where(
        ReviewEntry.stage == EntryStage.RETURNED.value, ReviewEntry.innovation.stage == InnovationStage.RETURNED.value
    )
    return await _own(await query.order_by(ReviewEntry.return_until, ReviewEntry.id).limit(most))


async def decided_on(innovation_id: int, told: Callable[[Draft], bool]) -> list[OwnLine]:
    """The decided reviews of an innovation, the newest first, where what was reviewed is something that is `told`."""
    rows = await (
        ReviewEntry.select(*_OWN, ReviewEntry.version.body.as_alias("body"))
        .where(
            ReviewEntry.innovation == innovation_id,
            ReviewEntry.calibration.eq(False),
            ReviewEntry.stage.is_in([EntryStage.AWARDED.value, EntryStage.NOT_AWARDED.value]),
        )
        .order_by(ReviewEntry.id, ascending=False)
    )
    lines = await _own([row for row in rows if told(msgspec.json.decode(row["body"], type=Draft))])
    return [one for one in lines if one.round.stage is Stage.DECIDED]


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
