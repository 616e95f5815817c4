"""What waits in reviews: a reviewer's entries, the chair's lock, a channel's list, the office's next step."""

from collections.abc import Sequence

from foundation.base.problem import Problem
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.work.todo import Todo
from innovations import review_away, review_desk, review_list_reads, review_reads
from innovations.may_review import RECOMMEND, RUN_REVIEWS
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
                lines.append(Todo(one.round_name, Problem("todo_reviews_list"), here, 1, "round"))
    return [*lines, *(await _to_run(user))]


async def _at_seat(user: SignedIn, found: RoundFacts, *, chair: bool) -> list[Todo]:
    desk = await review_desk.desk_for(user, found.address)
    waiting = sum(one.handed_in_at is None for one in await review_desk.tasks_of(desk))
    here = f"/reviews/mine/{found.address}"
    if waiting:
        what = Problem("todo_reviews_mark", "", {"count": str(waiting)})
        return [Todo(found.name, what, here, waiting, "entry", found.mark_until, pressing=True)]
    if chair and await _all_in(user, found):
        here = f"/reviews/chair/{found.address}"
        return [Todo(found.name, Problem("todo_reviews_lock"), here, 1, "round", pressing=True)]
    return [Todo(found.name, Problem("todo_reviews_done"), here, 0, "round")]  # they may look at it again


async def _all_in(user: SignedIn, found: RoundFacts) -> bool:
    """Whether nothing is outstanding of what this chair does not keep out of."""
    rows = await ReviewTask.select(ReviewTask.entry).where(
        ReviewTask.seat.round == found.id, ReviewTask.ended_at.is_null(), ReviewTask.handed_in_at.is_null(),
        ReviewTask.entry.stage == EntryStage.ENTERED.value,
    )  # fmt: skip
    away = await review_away.entries(found, user.account_id)
    return all(row["entry"] in away for row in rows)


async def _to_run(user: SignedIn) -> list[Todo]:
    if not RUN_REVIEWS.possible(user) or user.hat is None:
        return []
    stages = [Stage.OPEN.value, *(stage.value for stage in NEXT)]
    query = ReviewRound.select().where(
        ReviewRound.stage.is_in(stages), ReviewRound.organisation == user.hat.organisation_id
    )
    lines = []
    for found in [facts(row) for row in await permitted(query, RUN_REVIEWS, user).order_by(ReviewRound.id).limit(MOST)]:
        here = f"/reviews/desk/{found.id}"
        if found.stage is not Stage.OPEN:
            lines.append(Todo(found.name, Problem(NEXT[found.stage]), here, 1, "round"))
        elif all(one.submitted_at for one in await review_reads.channels_of(found)):
            lines.append(Todo(found.name, Problem("todo_reviews_close"), here, 1, "round"))
        back = await ReviewEntry.count().where(
            ReviewEntry.round == found.id, ReviewEntry.stage == EntryStage.RETURNED.value,
            ReviewEntry.innovation.stage.is_in(sorted(review_reads.TAKEN)),
        )  # fmt: skip
        if back:
            what = Problem("todo_reviews_completed", "", {"count": str(back)})
            lines.append(Todo(found.name, what, here, int(back), "entry"))
    return lines
