"""What waits for a signed-in person among circulars and announcements: to sign for, to review, to sign off, returned.

One query a question, each through the permission it concerns; knows no page but addresses. Notices add their own.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from piccolo.columns.combination import And
from piccolo.querystring import QueryString

from foundation.base.problem import Problem
from foundation.people.permissions import Permission, permitted
from foundation.people.sessions import SignedIn
from foundation.process.circular_tables import Announcement, Circular, CircularReceipt
from foundation.process.may import (
    KEEP_CIRCULARS,
    RECEIVE_CIRCULARS,
    REVIEW_ANNOUNCEMENTS,
    REVIEW_CIRCULARS,
    SIGN_ANNOUNCEMENTS,
    SIGN_CIRCULARS,
)
from foundation.process.rules.publishing import Stage
from foundation.store import engines
from foundation.work.return_tables import ReturnedField
from foundation.work.todo import Todo

MOST = 20  # lines of one question
LATE_FOR = timedelta(days=30)  # so long after a deadline an officer is told who has not signed

_Papers = Sequence[tuple[Any, str, str, Permission, Permission]]
_PAPERS: _Papers = (
    (Circular, "circular", "/office/circulars", REVIEW_CIRCULARS, SIGN_CIRCULARS),
    (Announcement, "announcement", "/office/announcements", REVIEW_ANNOUNCEMENTS, SIGN_ANNOUNCEMENTS),
)


async def rows(user: SignedIn, now: datetime | None = None) -> list[Todo]:
    """Everything of this room that waits for this person under the hat they wear."""
    now = now or datetime.now(UTC)
    found = [*await _to_sign_for(user), *await _late(user, now)]
    for table, name, address, review, sign in _PAPERS:
        found += await _to_decide(user, table, Stage.REVIEW, review, f"todo_{name}_review", address)
        found += await _to_decide(user, table, Stage.SIGNING, sign, f"todo_{name}_sign", address)
        found += await _returned(user, table, name, address)
    return found


async def _to_sign_for(user: SignedIn) -> list[Todo]:
    if user.hat is None:
        return []
    signed = CircularReceipt.select(CircularReceipt.circular).where(
        CircularReceipt.organisation == user.hat.organisation_id
    )
    query = (
        permitted(Circular.select(Circular.id, Circular.title, Circular.deadline), RECEIVE_CIRCULARS, user)
        .where(Circular.stage == Stage.ISSUED.value, Circular.id.not_in(signed))
        .order_by(Circular.issued_at, Circular.id, ascending=False)
        .limit(MOST)
    )
    what = Problem("todo_circular_receive")
    return [
        Todo(row["title"], what, f"/received/{row['id']}", 1, "circular", due=row["deadline"], pressing=True)
        for row in await query
    ]


async def _to_decide(  # noqa: PLR0917 - one question is all of these
    user: SignedIn, table: Any, stage: Stage, permission: Permission, code: str, address: str
) -> list[Todo]:
    query = (
        permitted(table.select(table.id, table.title), permission, user)
        .where(table.stage == stage.value, table.authors.not_like(f"%,{user.account_id},%"))
        .order_by(table.handed_in_at, table.id)
        .limit(MOST)
    )
    return [
        Todo(row["title"], Problem(code), f"{address}/{row['id']}", 1, "draft", pressing=True) for row in await query
    ]


async def _returned(user: SignedIn, table: Any, name: str, address: str) -> list[Todo]:
    """Drafts of one's own that somebody sent back."""
    drafts: Sequence[Mapping[str, Any]] = (
        await table.select(table.id, table.title)
        .where(table.stage == Stage.DRAFT.value, table.authors.like(f"%,{user.account_id},%"))
        .order_by(table.id, ascending=False)
        .limit(MOST)
    )
    if not drafts:
        return []
    subjects = [f"{name}:{row['id']}" for row in drafts]
    fields = await ReturnedField.select(ReturnedField.subject).where(
        And(ReturnedField.subject.is_in(subjects), ReturnedField.handed_in_at.is_null())
    )
    counted = {subject: sum(row["subject"] == subject for row in fields) for subject in subjects}
    return [
        Todo(
            row["title"],
            Problem(f"todo_{name}_returned", "", {"count": str(counted[subject])}),
            f"{address}/{row['id']}",
            counted[subject],
            "field",
            pressing=True,
        )
        for row, subject in zip(drafts, subjects, strict=True)
        if counted[subject]
    ]


async def _late(user: SignedIn, now: datetime) -> list[Todo]:
    """Circulars whose deadline passed with units missing, counted in one statement."""
    query = (
        permitted(Circular.select(Circular.id), KEEP_CIRCULARS, user)
        .where(
            Circular.stage == Stage.ISSUED.value,
            And(Circular.deadline < now, Circular.deadline > now - LATE_FOR),
        )
        .order_by(Circular.deadline, ascending=False)
        .limit(MOST)
    )
    ids = [row["id"] for row in await query]
    if not ids:
        return []
    places = ", ".join("{}" for _ in ids)
    found = await engines.current().run_querystring(QueryString(_MISSING.replace("?", places), *ids))
    return [
        Todo(
            row["title"],
            Problem("todo_circular_late", "", {"count": str(row["missing"])}),
            f"/office/circulars/{row['id']}/signatures",
            row["missing"],
            "unit",
        )
        for row in found
    ]


_MISSING = """
    SELECT c.id, c.title, count(*) AS missing
    FROM circular c
    JOIN organisation top ON top.id = c.addressed_under
    JOIN organisation unit ON unit.path >= top.path AND unit.path < substr(top.path, 1, length(top.path) - 1) || '/'
        AND unit.active AND unit.id <> c.organisation
        AND ((c.addressed_kinds = '' AND unit.kind <> 'office') OR c.addressed_kinds LIKE '%,' || unit.kind || ',%')
    WHERE c.id IN (?)
        AND NOT EXISTS (SELECT 1 FROM circular_receipt r WHERE r.circular = c.id AND r.organisation = unit.id)
    GROUP BY c.id, c.title ORDER BY c.id DESC"""
