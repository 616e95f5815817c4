"""Reviews for those who run them, and for everyone. Writes nothing; channels and units have `review_list_reads`.

Every query but the public ones goes through what the reader may see. Neither channels nor units ever select an entry's
code, which reviewers know it by; of a decision they select nothing before the round is decided.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from innovations import review_channels, reviews
from innovations.innovation_earlier import typed_number
from innovations.innovation_tables import Innovation
from innovations.library_tables import ShownInnovation
from innovations.may_innovations import SEE_INNOVATIONS
from innovations.may_review import RUN_REVIEWS
from innovations.review_tables import ReviewChannel, ReviewEntry, ReviewRound
from innovations.reviews import RoundFacts
from innovations.rules.innovation_form import Draft
from innovations.rules.innovations import Stage as InnovationStage
from innovations.rules.review_steps import EntryStage, Stage

PAGE = 30
ENTRIES = 200  # of one round on a page
MOST = 1000  # channels
CANDIDATES = 100
TAKEN = frozenset(stage.value for stage in review_channels.TAKEN)
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
    awarded: bool  # by a review before: its unit writes on it at any time, so it is not given back


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


async def entries_of(found: RoundFacts, after: int | None = None) -> list[EntryLine]:
    """Entries of a round that was loaded through what its reader runs, by channel and rank, one more than a page.

    `after` is the last entry of the page before. Raises NotFound where it is none of the round.
    """
    order = (ReviewEntry.channel, ReviewEntry.rank, ReviewEntry.id)
    rows = await ReviewEntry.select(ReviewEntry.id).where(ReviewEntry.round == found.id).order_by(*order)
    ids = [row["id"] for row in rows]
    if after is not None and after not in ids:
        raise NotFound
    ids = ids[0 if after is None else ids.index(after) + 1 :][: ENTRIES + 1]
    lines = {one.id: one for one in await _entry_lines(_entries(found).where(ReviewEntry.id.is_in(ids or [0])))}
    return [lines[one] for one in ids]


def _entries(found: RoundFacts) -> Any:
    return ReviewEntry.select(
        ReviewEntry.id, ReviewEntry.code, ReviewEntry.rank, ReviewEntry.stage, ReviewEntry.calibration,
        ReviewEntry.reasons, ReviewEntry.return_until, *titles(),
        ReviewEntry.channel.organisation.name.as_alias("channel"),  # type: ignore[union-attr]
    ).where(ReviewEntry.round == found.id)  # fmt: skip


async def _entry_lines(query: Any) -> list[EntryLine]:
    return [
        EntryLine(
            row["id"], row["innovation"], row["code"], row["title"], row["unit"], row["channel"], row["rank"],
            EntryStage(row["stage"]), row["calibration"], row["reasons"], row["return_until"],
            row["version"] < row["newest"], completed(row), row["innovation_stage"] == InnovationStage.AWARDED.value,
        )
        for row in await query
    ]  # fmt: skip


async def entry_run(user: SignedIn, round_id: int, entry_id: int) -> tuple[RoundFacts, EntryLine]:
    """An entry of a round that this person runs. Raises NotFound."""
    found = await round_run(user, round_id)
    lines = await _entry_lines(_entries(found).where(ReviewEntry.id == entry_id))
    if not lines:
        raise NotFound
    return found, lines[0]


async def awarded(user: SignedIn, address: str) -> int:
    """The awarded innovation of this number, where everybody or this person may read it. Raises Refused."""
    which = (Innovation.address == typed_number(address), Innovation.stage == InnovationStage.AWARDED.value)
    row = await permitted(Innovation.select(Innovation.id).where(*which), SEE_INNOVATIONS, user).first()
    if row is None:
        public = ShownInnovation.select(ShownInnovation.innovation)
        row = await Innovation.select(Innovation.id).where(*which, Innovation.id.is_in(public)).first()
    if row is None:
        raise Refused(Problem("review_calibration", "address"))
    return int(row["id"])


async def channels_of(found: RoundFacts) -> list[ChannelLine]:
    """The channels of a round, in their order."""
    return await channel_lines(ReviewChannel.select(*CHANNEL).where(ReviewChannel.round == found.id))


def titles() -> tuple[Any, ...]:
    return (
        ReviewEntry.innovation, ReviewEntry.version.title.as_alias("title"),
        ReviewEntry.version.number.as_alias("version"), ReviewEntry.innovation.version.as_alias("newest"),
        ReviewEntry.innovation.stage.as_alias("innovation_stage"),
        ReviewEntry.innovation.organisation.name.as_alias("unit"),  # type: ignore[union-attr]
    )  # fmt: skip


CHANNEL = (
    ReviewChannel.id, ReviewChannel.round.as_alias("round_id"), ReviewChannel.round.name.as_alias("round_name"),
    ReviewChannel.round.stage.as_alias("round_stage"), ReviewChannel.round.list_until.as_alias("list_until"),
    ReviewChannel.organisation.name.as_alias("name"), ReviewChannel.places, ReviewChannel.submitted_at,
)  # fmt: skip


def completed(row: Mapping[str, Any]) -> bool:
    """Given back, and handed in again; its unit may also have withdrawn it instead."""
    return bool(row["stage"] == EntryStage.RETURNED.value and row["innovation_stage"] in TAKEN)


async def channel_lines(query: Any) -> list[ChannelLine]:
    rows = await query.order_by(ReviewChannel.round, ReviewChannel.position).limit(MOST)
    listed = await ReviewEntry.select(ReviewEntry.channel).where(
        ReviewEntry.channel.is_in([row["id"] for row in rows] or [0]), ReviewEntry.calibration.eq(False),
        ReviewEntry.stage.not_in([EntryStage.WITHDRAWN.value, EntryStage.EXCLUDED.value]),
    )  # fmt: skip
    counts: dict[int, int] = {}
    for one in listed:
        counts[one["channel"]] = counts.get(one["channel"], 0) + 1
    return [
        ChannelLine(**{**row, "round_stage": Stage(row["round_stage"]), "listed": counts.get(row["id"], 0)})
        for row in rows
    ]


async def said_of(entry_id: int) -> Draft:
    """What an entry says, for whoever was let through to it. Raises NotFound."""
    row = await ReviewEntry.select(ReviewEntry.version.body.as_alias("body")).where(ReviewEntry.id == entry_id).first()
    if row is None:
        raise NotFound
    return msgspec.json.decode(row["body"], type=Draft)
