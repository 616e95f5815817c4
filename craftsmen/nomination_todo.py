"""What waits for a signed-in person among nominations: to go on with, to mend, to audit, to rank.

One query a question, each through the permission it concerns; knows no page but addresses.
"""

from collections import Counter
from datetime import UTC, datetime, time, timedelta

from craftsmen import nomination_rounds
from craftsmen.may import NOMINATE, RANK_NOMINATIONS, REVIEW_NOMINATIONS
from craftsmen.nomination_tables import Nomination
from craftsmen.round_tables import Channel
from craftsmen.rules.nomination_steps import AT_UNIT, AUDITED, Stage
from craftsmen.rules.round_stages import Stage as RoundStage
from foundation.base import clock
from foundation.base.problem import Problem
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.work.return_tables import ReturnedField
from foundation.work.todo import Todo

MOST = 200
TOLD_FOR = timedelta(days=14)  # so long a unit finds on its desk that somebody was not chosen


async def rows(user: SignedIn, now: datetime | None = None) -> list[Todo]:
    """Everything of nominations that waits for this person under the hat they wear."""
    now = now or datetime.now(UTC)
    return [*await _at_unit(user), *await _ended(user, now), *await _to_audit(user), *await _to_rank(user)]


async def _at_unit(user: SignedIn) -> list[Todo]:
    """What was sent back, one line each; what is still with the unit, one line a round."""
    if not NOMINATE.possible(user) or user.hat is None:
        return []
    query = (
        permitted(Nomination.select(*_COLUMNS), NOMINATE, user)
        .where(Nomination.stage.is_in([stage.value for stage in AT_UNIT]), Nomination.unit == user.hat.organisation_id)
        .order_by(Nomination.id)
        .limit(MOST)
    )
    found = await query
    subjects = [f"nomination:{row['id']}" for row in found]
    open_fields = (
        await ReturnedField.select(ReturnedField.subject).where(
            ReturnedField.subject.is_in(subjects), ReturnedField.handed_in_at.is_null()
        )
        if subjects
        else []
    )
    returned = Counter(row["subject"] for row in open_fields)
    lines = [
        Todo(
            row["name"] or row["team_name"],
            Problem("todo_nomination_returned"),
            f"/nominations/{row['address']}",
            returned[f"nomination:{row['id']}"],
            "field",
            pressing=True,
        )
        for row in found
        if returned[f"nomination:{row['id']}"]
    ]
    others = [row for row in found if not returned[f"nomination:{row['id']}"]]
    return lines + await _by_round(others, "todo_nominations_unit", "/nominations", "draft")


async def _ended(user: SignedIn, now: datetime) -> list[Todo]:
    if not NOMINATE.possible(user) or user.hat is None:
        return []
    query = (
        permitted(Nomination.select(*_COLUMNS), NOMINATE, user)
        .where(
            Nomination.stage == Stage.NOT_CHOSEN.value,
            Nomination.unit == user.hat.organisation_id,
            Nomination.changed_at > now - TOLD_FOR,
        )
        .order_by(Nomination.id)
        .limit(20)
    )
    what = Problem("todo_nomination_not_chosen")
    return [
        Todo(row["name"] or row["team_name"], what, f"/nominations/{row['address']}", 1, "nomination")
        for row in await query
    ]


async def _to_audit(user: SignedIn) -> list[Todo]:
    """One line a round and stage, leading to the first file of the pile."""
    if not REVIEW_NOMINATIONS.possible(user):
        return []
    query = (
        permitted(Nomination.select(*_COLUMNS), REVIEW_NOMINATIONS, user)
        .where(Nomination.stage.is_in([stage.value for stage in AUDITED]))
        .order_by(Nomination.channel, Nomination.rank, Nomination.id)
        .limit(MOST)
    )
    found, lines = await query, []
    for stage in (Stage.COUNTY, Stage.CHANNEL, Stage.PROVINCE):
        here = [row for row in found if row["stage"] == stage.value]
        lines += await _by_round(here, f"todo_nominations_{stage.value}", "", stage.value)
    return lines


async def _to_rank(user: SignedIn) -> list[Todo]:
    """Channels whose list is not handed in, while there is somebody to rank; due when the round's stage is."""
    if not RANK_NOMINATIONS.possible(user) or user.hat is None:
        return []
    channels = await permitted(
        Channel.select(Channel.id, Channel.round, Channel.organisation.name.as_alias("name")), RANK_NOMINATIONS, user
    ).where(
        Channel.submitted_at.is_null(),
        Channel.round.stage == RoundStage.OPEN.value,
        Channel.organisation == user.hat.organisation_id,
    )
    if not channels:
        return []
    waiting = await Nomination.select(Nomination.channel).where(
        Nomination.channel.is_in([row["id"] for row in channels]), Nomination.stage == Stage.CHANNEL.value
    )
    counted = Counter(row["channel"] for row in waiting)
    rounds = await nomination_rounds.by_ids({row["round"] for row in channels})
    return [
        Todo(
            rounds[row["round"]].name,
            Problem("todo_nominations_rank"),
            f"/nominations/rounds/{rounds[row['round']].address}/lists/{row['id']}",
            counted[row["id"]],
            "nomination",
            due=_end_of(rounds[row["round"]], "channel"),
        )
        for row in channels
        if counted[row["id"]]
    ]


async def _by_round(found: list[dict[str, object]], code: str, address: str, stage: str) -> list[Todo]:
    by_round: dict[int, list[dict[str, object]]] = {}
    for row in found:
        by_round.setdefault(int(str(row["round"])), []).append(row)
    rounds = await nomination_rounds.by_ids(by_round)
    return [
        Todo(
            rounds[one].name,
            Problem(code),
            address or f"/nominations/{rows_[0]['address']}",
            len(rows_),
            "nomination",
            due=_end_of(rounds[one], stage),
        )
        for one, rows_ in by_round.items()
    ]


_COLUMNS = (
    Nomination.id, Nomination.address, Nomination.team_name, Nomination.round, Nomination.stage,
    Nomination.worker.name.as_alias("name"),
)  # fmt: skip


def _end_of(found: nomination_rounds.RoundForNominations, stage: str) -> datetime | None:
    """The last moment of the day by which a stage is left."""
    day = found.due(stage)
    return datetime.combine(day, time.max, clock.zone()) if day else None
