"""What waits in reviews: a reviewer's entries, the chair's lock, a channel's list, the office's next step."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from foundation.base import clock
from foundation.base.problem import Problem
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.work.todo import Todo
from innovations import review_assigning, review_away, review_desk, review_list_reads, review_reads
from innovations.may_review import RECOMMEND, RUN_REVIEWS, SEE_RESULTS
from innovations.review_tables import ReviewEntry, ReviewRound, ReviewTask
from innovations.reviews import RoundFacts, facts
from innovations.rules.review_steps import EntryStage, Stage

TITLE = Problem("todo_reviews_title")
MOST = 50
NEXT = {
    Stage.ASSIGNING: "todo_reviews_assign", Stage.DECIDING: "todo_reviews_meeting", Stage.NOTICE: "todo_reviews_notice",
}  # fmt: skip


async def at_seats(user: SignedIn) -> Sequence[Todo]:
    """What waits for this person as a reviewer or a chair, under every hat."""
    lines = []
    for found, chair in await review_desk.rounds_of(user.account_id):
        if found.stage is Stage.MARKING:
            lines += await _at_seat(user, found, chair=chair)
    return lines


async def rows(user: SignedIn) -> Sequence[Todo]:
    """What waits for the hat this person wears: lists to hand in, rounds to lead on."""
    lines = []
    if RECOMMEND.possible(user):
        for one in await review_list_reads.channels_own(user):
            if one.round_stage is Stage.OPEN and one.submitted_at is None:
                here = f"/reviews/channels/{one.id}"
                due = _end_of(one.list_until)
                lines.append(Todo(one.round_name, Problem("todo_reviews_list"), here, 1, "round", due))
    if SEE_RESULTS.possible(user):
        for given in await review_list_reads.own_returned(user, MOST):
            what = Problem("todo_reviews_complete", "", {"title": given.title})
            due = _end_of(given.return_until)
            lines.append(Todo(given.round.name, what, f"/reviews/own/{given.id}", 1, "entry", due))
    return [*lines, *(await _to_run(user))]


async def _at_seat(user: SignedIn, found: RoundFacts, *, chair: bool) -> list[Todo]:
    desk = await review_desk.desk_for(user, found.address)
    waiting = sum(one.handed_in_at is None for one in await review_desk.tasks_of(desk))
    here = f"/reviews/mine/{found.address}"
    if waiting:
        what = Problem("todo_reviews_mark", "", {"count": str(waiting)})
        return [Todo(found.name, what, here, waiting, "entry", found.mark_until, pressing=True)]
    missing = await _missing(user, found) if chair else 0
    here = f"/reviews/chair/{found.address}" if chair else here
    if chair and not missing:
        return [Todo(found.name, Problem("todo_reviews_lock"), here, 1, "round", pressing=True)]
    if chair and found.mark_until is not None and found.mark_until <= datetime.now(UTC):
        what = Problem("todo_reviews_overdue", "", {"count": str(missing)})
        return [Todo(found.name, what, here, missing, "entry", found.mark_until)]
    return [Todo(found.name, Problem("todo_reviews_done"), here, 0, "round")]  # they may look at it again


async def _missing(user: SignedIn, found: RoundFacts) -> int:
    """How many reviews are outstanding of what this chair does not keep out of."""
    rows = await ReviewTask.select(ReviewTask.entry).where(
        ReviewTask.seat.round == found.id, ReviewTask.ended_at.is_null(), ReviewTask.handed_in_at.is_null(),
        ReviewTask.entry.stage == EntryStage.ENTERED.value,
    )  # fmt: skip
    away = await review_away.entries(found, user.account_id)
    return sum(row["entry"] not in away for row in rows)


async def _to_run(user: SignedIn) -> list[Todo]:
    if not RUN_REVIEWS.possible(user) or user.hat is None:
        return []
    stages = [Stage.OPEN.value, Stage.MARKING.value, *(stage.value for stage in NEXT)]
    query = ReviewRound.select().where(
        ReviewRound.stage.is_in(stages), ReviewRound.organisation == user.hat.organisation_id
    )
    lines = []
    for found in [facts(row) for row in await permitted(query, RUN_REVIEWS, user).order_by(ReviewRound.id).limit(MOST)]:
        here = f"/reviews/desk/{found.id}"
        if found.stage in NEXT:
            lines.append(Todo(found.name, Problem(NEXT[found.stage]), here, 1, "round"))
        elif found.stage is Stage.MARKING:
            if short := len(await review_assigning.missing_of(found)):
                what = Problem("todo_reviews_short", "", {"count": str(short)})
                lines.append(Todo(found.name, what, here, short, "entry", pressing=True))
        else:
            lines += await _lists(found, here)
        back = await ReviewEntry.count().where(
            ReviewEntry.round == found.id, ReviewEntry.stage == EntryStage.RETURNED.value,
            ReviewEntry.innovation.stage.is_in(sorted(review_reads.TAKEN)),
        )  # fmt: skip
        if back:
            what = Problem("todo_reviews_completed", "", {"count": str(back)})
            lines.append(Todo(found.name, what, here, int(back), "entry"))
    return lines


async def _lists(found: RoundFacts, here: str) -> list[Todo]:
    """An open round waits for its office once all lists are in, or their last day is over."""
    due = _end_of(found.list_until)
    missing = sum(one.submitted_at is None for one in await review_reads.channels_of(found))
    if not missing:
        return [Todo(found.name, Problem("todo_reviews_close"), here, 1, "round")]
    if due is None or due > datetime.now(UTC):
        return []
    return [Todo(found.name, Problem("todo_reviews_late", "", {"count": str(missing)}), here, missing, "list", due)]


def _end_of(day: date | None) -> datetime | None:
    """The last moment of a day here."""
    return datetime.combine(day, time.max, clock.zone()) if day else None
