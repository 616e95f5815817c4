"""The board of a round: where every nomination stands and what stops it, as far as the worn hat reaches.

Reads only. A page of nominations costs as many queries as one nomination; how many stand where is one statement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from piccolo.query.functions import Count

from craftsmen import nomination_reads, standings
from craftsmen.may import REVIEW_NOMINATIONS, SEE_NOMINATIONS, WATCH_NOMINATIONS
from craftsmen.nomination_tables import Nomination
from craftsmen.rules.nomination_steps import Stage
from craftsmen.standings import Stood
from foundation.people.permissions import Permission, permitted
from foundation.people.sessions import SignedIn

PAGE = 40


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many nominations of a channel stand at a stage."""

    channel_id: int
    stage: Stage
    count: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another file of the same pile."""

    address: str
    name: str


@dataclass(frozen=True, slots=True)
class Pile:
    """Where one file lies in the pile of what waits for this person: its number, how many, and the two beside it."""

    number: int
    size: int
    previous: Neighbour | None
    next: Neighbour | None


async def page(  # noqa: PLR0917 - a question to the board is all of these
    user: SignedIn, round_id: int, stage: Stage | None, channel_id: int | None, after: int | None, now: datetime
) -> list[Stood]:
    """At most `PAGE + 1` nominations after the one with this id, with what stops each."""
    query = permitted(nomination_reads.select_all(), WATCH_NOMINATIONS, user).where(Nomination.round == round_id)
    if stage is not None:
        query = query.where(Nomination.stage == stage.value)
    if channel_id is not None:
        query = query.where(Nomination.channel == channel_id)
    if after is not None:
        query = query.where(Nomination.id > after)
    rows = await query.order_by(Nomination.id).limit(PAGE + 1)
    return await standings.of_all(await nomination_reads.whole(rows), now)


async def counts(user: SignedIn, round_id: int) -> list[StageCount]:
    """How many stand at which stage of which channel, of those this person sees."""
    query = (
        Nomination.select(Nomination.channel, Nomination.stage, Count(alias="count"))
        .where(Nomination.round == round_id)
        .group_by(Nomination.channel, Nomination.stage)
    )
    rows = await permitted(query, WATCH_NOMINATIONS, user)
    return [StageCount(row["channel"], Stage(row["stage"]), row["count"]) for row in rows]


async def of_hat(
    user: SignedIn, before: int | None, size: int, now: datetime, permission: Permission = SEE_NOMINATIONS
) -> list[Stood]:
    """The newest nominations this hat sees, at most `size + 1` below this id."""
    query = permitted(nomination_reads.select_all(), permission, user)
    if before is not None:
        query = query.where(Nomination.id < before)
    rows = await query.order_by(Nomination.id, ascending=False).limit(size + 1)
    return await standings.of_all(await nomination_reads.whole(rows), now)


async def pile(user: SignedIn, round_id: int, stage: Stage, nomination_id: int) -> Pile | None:
    """Where a nomination lies among those of its stage that this person audits; None where it is not one of them."""
    query = Nomination.select(
        Nomination.id, Nomination.address, Nomination.team_name, Nomination.channel, Nomination.rank,
        Nomination.worker.name.as_alias("name"),
    ).where(Nomination.round == round_id, Nomination.stage == stage.value)  # fmt: skip
    rows = sorted(await permitted(query, REVIEW_NOMINATIONS, user), key=_in_order)
    at = next((number for number, row in enumerate(rows) if row["id"] == nomination_id), None)
    if at is None:
        return None
    return Pile(at + 1, len(rows), _neighbour(rows, at - 1), _neighbour(rows, at + 1))


async def ids_of_round(user: SignedIn, round_id: int, stages: Sequence[Stage], permission: Permission) -> list[int]:
    """The nominations of a round at these stages that this person holds the permission for."""
    query = Nomination.select(Nomination.id).where(
        Nomination.round == round_id, Nomination.stage.is_in([stage.value for stage in stages])
    )
    return [row["id"] for row in await permitted(query, permission, user)]


def _neighbour(rows: Sequence[dict[str, Any]], at: int) -> Neighbour | None:
    if not 0 <= at < len(rows):
        return None
    return Neighbour(rows[at]["address"], rows[at]["name"] or rows[at]["team_name"])


def _in_order(row: dict[str, Any]) -> tuple[int, bool, int, int]:
    return row["channel"], row["rank"] is None, row["rank"] or 0, row["id"]
