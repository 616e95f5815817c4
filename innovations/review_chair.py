"""The chair of a round: how far it is, reminders, the lock on the marks. Writes reminders and the lock alone.

The chair sees no mark of anybody. While they have an entry of their own to review they are not told how far the others
are apart on it nor what they wrote for the chair, and nothing of severity before they have handed in all their own:
nobody marks with an eye on others.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import msgspec

from foundation.base.problem import NotFound, Problem, Refused
from foundation.base.settings import Settings
from foundation.people import privacy
from foundation.people.tables import Account
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.work import outbox
from foundation.work.senders import Channel
from innovations import review_away, review_kept_out, review_scores, reviews
from innovations.review_desk import Desk
from innovations.review_kept_out import Declared
from innovations.review_scores import Overview, Row
from innovations.review_tables import ReviewRound, ReviewSeat, ReviewTask
from innovations.reviews import RoundFacts
from innovations.rules.review_scores import Locked
from innovations.rules.review_steps import Stage

REST = timedelta(hours=20)  # between two reminders of one person


@dataclass(frozen=True, slots=True)
class ChairView:
    """What the chair's page shows; `hidden` entries left no trace in it."""

    overview: Overview
    hidden: int
    waiting: int  # reviews that are not handed in
    few: tuple[Problem, ...]  # entries with too few reviews to lock at all
    declared: tuple[Declared, ...]  # what reviewers said of their conflicts


async def view(desk: Desk, account: int) -> ChairView:
    """The round as its chair sees it. Raises NotFound for everybody else."""
    if not desk.chair:
        raise NotFound
    away = await review_away.entries(desk.round, account)
    seen = _unbiased(await review_scores.overview(desk.round, away), desk.seat)
    waiting = sum(task.handed_in_at is None for row in seen.rows for task in row.tasks)
    _, few = await review_scores.standings(desk.round)
    shown = {row.code for row in seen.rows}
    few = [one for one in few if one.params.get("code") in shown]
    declared = await review_kept_out.declared([row.id for row in seen.rows])
    return ChairView(seen, len(away), waiting, tuple(few), declared)


def _unbiased(found: Overview, seat: int) -> Overview:
    own = {row.id for row in found.rows for task in row.tasks if task.seat == seat and task.handed_in_at is None}
    rows = tuple(_silent(row) if row.id in own else row for row in found.rows)
    return replace(found, rows=rows, severities=(), compared=()) if own else replace(found, rows=rows)


def _silent(row: Row) -> Row:
    return replace(row, apart=None, tasks=tuple(replace(task, private="") for task in row.tasks))


@tried_again
async def remind(round_id: int, by: int, now: datetime) -> int:
    """Remind everybody who has reviews open, at most once a day each; answers how many people were reminded.

    They find it on their desk; where settings name a gateway, a message goes to their telephone. Raises Refused.
    """
    async with transaction():
        found = await reviews.at(round_id, Stage.MARKING)
        await _check_chair(round_id, by)
        rows = await ReviewTask.select(
            ReviewTask.id, ReviewTask.seat, ReviewTask.reminded_at, ReviewTask.seat.account.as_alias("account")
        ).where(ReviewTask.seat.round == round_id, ReviewTask.ended_at.is_null(), ReviewTask.handed_in_at.is_null())
        rested = {row["account"] for row in rows if row["reminded_at"] and row["reminded_at"] > now - REST}
        due = [row for row in rows if row["account"] not in rested and row["account"] != by]
        if not due:
            raise Refused(Problem("review_reminded"))
        await ReviewTask.update({ReviewTask.reminded_at: now}).where(ReviewTask.id.is_in([row["id"] for row in due]))
        people = sorted({row["account"] for row in due})
        await _tell(found, people, now)
        reviews.record(round_id, "reminded", by, {"accounts": people})
        return len(people)


@tried_again
async def lock(round_id: int, seen: str, short: bool, by: int, now: datetime) -> None:
    """The chair's word that these marks stand; totals and places are frozen. `seen` is the digest that the page had.

    `short`: the chair knows that some reviews are missing. Raises NotFound; Refused where marks changed meanwhile.
    """
    async with transaction():
        found = await reviews.at(round_id, Stage.MARKING)
        await _check_chair(round_id, by)
        away = await review_away.entries(found, by)
        overview = await review_scores.overview(found, away)
        everything = await review_scores.overview(found)
        locked, few = await review_scores.standings(found)
        shown = {row.code for row in overview.rows}
        problems = [one for one in few if one.params.get("code") in shown]
        if not locked.lines:
            problems.append(Problem("review_nothing_left"))
        elif len(problems) < len(few):
            problems.append(Problem("review_few_hidden"))
        if overview.seen != seen:
            problems.append(Problem("review_marks_changed"))
        waiting = sum(task.handed_in_at is None for row in everything.rows for task in row.tasks)
        if waiting and not short:
            problems.append(Problem("review_waiting", "short"))
        if problems:
            raise Refused(*problems)
        text = msgspec.json.encode(locked, order="deterministic").decode()
        payload = {"marks": locked.marks, "missing": waiting}
        await reviews.step_taken(found, "lock_marks", by, {ReviewRound.scores: text}, payload)


async def locked_of(round_id: int) -> Locked | None:
    """What was locked; None before."""
    row = await ReviewRound.select(ReviewRound.scores).where(ReviewRound.id == round_id).first()
    return msgspec.json.decode(row["scores"], type=Locked) if row and row["scores"] else None


async def _check_chair(round_id: int, by: int) -> None:
    if not await ReviewSeat.exists().where(
        ReviewSeat.round == round_id, ReviewSeat.account == by, ReviewSeat.chair.eq(True), ReviewSeat.active.eq(True)
    ):
        raise NotFound


async def _tell(found: RoundFacts, people: Collection[int], now: datetime) -> None:
    """By telephone, where it is known: a name of the round and an address, nothing else."""
    if Channel.SMS not in outbox.named():
        return
    rows = await Account.select(Account.id, Account.phone_sealed).where(Account.id.is_in(sorted(people)))
    address = f"{Settings.from_env().public_url}/reviews/mine/{found.address}"
    for row in rows:
        if row["phone_sealed"]:
            phone = privacy.opened(row["phone_sealed"])
            await outbox.post(Channel.SMS, phone, found.name, f"{found.name}\n{address}", now)
