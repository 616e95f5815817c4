"""What waits in technical innovations: to be completed, looked through, verified, and units to be answered."""

from collections.abc import Sequence
from typing import Any

from piccolo.columns.combination import WhereRaw
from piccolo.query.functions.aggregate import Count

from foundation.base.clock import today
from foundation.base.problem import Problem
from foundation.people.permissions import Permission, permitted
from foundation.people.sessions import SignedIn
from foundation.work.todo import Todo
from innovations import innovation_standing
from innovations.innovation_tables import Benefit, Innovation, Spread
from innovations.may_benefits import CHECK_CLAIMS
from innovations.may_innovations import CLEAR_INNOVATIONS, KEEP_INNOVATIONS
from innovations.may_spread import ANSWER_SPREAD
from innovations.rules.benefit_typed import latest_over
from innovations.rules.innovations import GONE, Stage
from innovations.same_as_reads import UNSAID

LOOKED_AT = 100  # innovations that are being written, of one unit


async def rows(user: SignedIn) -> Sequence[Todo]:
    """Everything that waits for the hat this person wears."""
    # what a review waits for is told with its deadline, by `review_todo`
    returned: Any = (Innovation.stage == Stage.RETURNED.value) & WhereRaw(
        """NOT EXISTS (SELECT 1 FROM review_entry
        WHERE review_entry.innovation = innovation.id AND review_entry.stage = 'returned')"""
    )
    over = latest_over(today())
    claims: Any = Benefit.claimed_fen.is_not_null() & Benefit.verifying.is_null() & (Benefit.first_day <= over)
    claims = claims & Benefit.innovation.stage.not_in([stage.value for stage in GONE])
    unanswered: Any = Spread.agreed_at.is_null() & Spread.declined_at.is_null()
    lines = (
        ("todo_innovations_returned", KEEP_INNOVATIONS, Innovation, returned, "/innovations/desk?stage=writing"),
        ("todo_innovations_clear", CLEAR_INNOVATIONS, Innovation, None, "/innovations/desk?stage=writing"),
        ("todo_innovations_verify", CHECK_CLAIMS, Benefit, claims, "/benefits"),
        ("todo_innovations_same", KEEP_INNOVATIONS, Innovation, WhereRaw(UNSAID), "/innovations/same"),
        ("todo_innovations_spread", ANSWER_SPREAD, Spread, unanswered, "/spreads"),
    )
    found = []
    for code, permission, table, condition, address in lines:
        counted = _count(user, permission, table, condition) if condition is not None else _uncleared(user)
        if count := await counted:
            what = Problem(code, "", {"count": str(count)})
            found.append(Todo(Problem("todo_innovations_title"), what, address, count, "proposal"))
    return found


async def _uncleared(user: SignedIn) -> int:
    """What is being written and stands there otherwise than it was looked through, or never was."""
    if not CLEAR_INNOVATIONS.possible(user):
        return 0
    query = permitted(Innovation.select(), CLEAR_INNOVATIONS, user).where(
        Innovation.stage.is_in([Stage.DRAFT.value, Stage.RETURNED.value]),
        (Innovation.cleared_at.is_null()) | WhereRaw("innovation.changed_at > innovation.cleared_at"),
    )
    rows = await query.order_by(Innovation.id, ascending=False).limit(LOOKED_AT)
    return sum([not await innovation_standing.is_cleared(row) for row in rows])


async def _count(user: SignedIn, permission: Permission, table: Any, condition: Any) -> int:
    if not permission.possible(user):
        return 0
    rows = await permitted(table.select(Count(alias="number")).where(condition), permission, user)
    return int(rows[0]["number"])
