"""What waits for a person in notices and objections: decisions, answers, reviews, and notices that end today."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from foundation.base import clock
from foundation.base.problem import Problem
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.process.may import HANDLE_OBJECTIONS, KEEP_NOTICES, REVIEW_NOTICES
from foundation.process.notice_tables import Notice
from foundation.process.objection_tables import Objection
from foundation.process.rules.notices import Stage
from foundation.process.rules.objections import Stage as ObjectionStage
from foundation.work.todo import Todo

MOST = 200  # rows that are looked at for each kind of line
_TO_ANSWER = [ObjectionStage.ACCEPTED.value, ObjectionStage.CHECKING.value]


async def rows(user: SignedIn) -> Sequence[Todo]:
    """Everything that waits for the hat this person wears."""
    now = datetime.now(UTC)
    found: list[Todo] = []
    if HANDLE_OBJECTIONS.possible(user):
        found += await _objections(user, [ObjectionStage.REGISTERED.value], "todo_objections_decide")
        found += await _objections(user, _TO_ANSWER, "todo_objections_answer")
        found += await _objections(user, [ObjectionStage.ANSWERED.value], "todo_objections_close")
    if KEEP_NOTICES.possible(user):
        found += await _ending(user, now)
        found += await _drafts(user)
    if REVIEW_NOTICES.possible(user):
        found += await _reviews(user)
    return found


async def _objections(user: SignedIn, stages: list[str], code: str) -> list[Todo]:
    """One line a notice; due when the first of its decisions is."""
    columns = (
        Objection.notice.address.as_alias("address"), Objection.notice.title.as_alias("title"), Objection.decide_by,
    )  # fmt: skip
    query = Objection.select(*columns).where(Objection.stage.is_in(stages))
    found = await permitted(query, HANDLE_OBJECTIONS, user).order_by(Objection.id).limit(MOST)
    by_notice: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        by_notice.setdefault(row["address"], []).append(row)
    deciding = code == "todo_objections_decide"
    return [
        Todo(
            title=group[0]["title"],
            what=Problem(code, "", {"count": str(len(group))}),
            address=f"/notices/manage/{address}#objections",
            count=len(group),
            unit="objection",
            due=min((row["decide_by"] for row in group if row["decide_by"]), default=None) if deciding else None,
            pressing=not deciding,
        )
        for address, group in by_notice.items()
    ]


async def _ending(user: SignedIn, now: datetime) -> list[Todo]:
    zone = clock.zone()
    tomorrow = datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(), zone).astimezone(UTC)
    query = Notice.select(Notice.address, Notice.title, Notice.ends_at).where(
        Notice.stage == Stage.OPEN.value, Notice.ends_at > now, Notice.ends_at < tomorrow
    )
    found = await permitted(query, KEEP_NOTICES, user).order_by(Notice.ends_at).limit(MOST)
    return [
        Todo(
            row["title"], Problem("todo_notice_ends"), f"/notices/manage/{row['address']}", 1, "notice", row["ends_at"]
        )
        for row in found
    ]


async def _drafts(user: SignedIn) -> list[Todo]:
    """One's own drafts that came back, or that may be opened now."""
    query = Notice.select(Notice.address, Notice.title, Notice.stage).where(
        Notice.authors.like(f"%,{user.account_id},%"),
        (Notice.stage == Stage.READY.value) | ((Notice.stage == Stage.DRAFT.value) & (Notice.returned != "")),
    )
    found = await permitted(query, KEEP_NOTICES, user).order_by(Notice.id).limit(MOST)
    return [
        _line(row, "todo_notice_open" if row["stage"] == Stage.READY.value else "todo_notice_returned") for row in found
    ]


async def _reviews(user: SignedIn) -> list[Todo]:
    query = Notice.select(Notice.address, Notice.title).where(
        Notice.stage == Stage.REVIEW.value, Notice.authors.not_like(f"%,{user.account_id},%")
    )
    found = await permitted(query, REVIEW_NOTICES, user).order_by(Notice.id).limit(MOST)
    return [_line(row, "todo_notice_review") for row in found]


def _line(row: dict[str, Any], code: str) -> Todo:
    return Todo(row["title"], Problem(code), f"/notices/manage/{row['address']}", 1, "notice", pressing=True)
