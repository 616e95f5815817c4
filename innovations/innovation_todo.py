"""What waits in technical innovations: to be completed, looked through, verified, and units to be answered."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from piccolo.columns.combination import WhereRaw
from piccolo.query.functions.aggregate import Count

from foundation.base.clock import today
from foundation.base.problem import Problem
from foundation.people.permissions import Permission, permitted
from foundation.people.sessions import SignedIn
from foundation.work.todo import Todo
from innovations.innovation_tables import Benefit, Innovation, Spread
from innovations.may_benefits import CHECK_CLAIMS
from innovations.may_innovations import CLEAR_INNOVATIONS, KEEP_INNOVATIONS
from innovations.may_spread import ANSWER_SPREAD
from innovations.rules.innovations import GONE, Stage
from innovations.same_as_reads import UNSAID


async def rows(user: SignedIn) -> Sequence[Todo]:
    """Everything that waits for the hat this person wears."""
    returned = Innovation.stage == Stage.RETURNED.value
    uncleared: Any = (Innovation.stage == Stage.DRAFT.value) & (Innovation.cleared_digest == "")
    over = today() - timedelta(days=366)
    claims: Any = Benefit.claimed_fen.is_not_null() & Benefit.verifying.is_null() & (Benefit.first_day <= over)
    claims = claims & Benefit.innovation.stage.not_in([stage.value for stage in GONE])
    unanswered: Any = Spread.agreed_at.is_null() & Spread.declined_at.is_null()
    lines = (
        ("todo_innovations_returned", KEEP_INNOVATIONS, Innovation, returned, "/innovations/desk?stage=writing"),
        ("todo_innovations_clear", CLEAR_INNOVATIONS, Innovation, uncleared, "/innovations/desk?stage=writing"),
        ("todo_innovations_verify", CHECK_CLAIMS, Benefit, claims, "/benefits"),
        ("todo_innovations_same", KEEP_INNOVATIONS, Innovation, WhereRaw(UNSAID), "/innovations/same"),
        ("todo_innovations_spread", ANSWER_SPREAD, Spread, unanswered, "/spreads"),
    )
    found = []
    for code, permission, table, condition, address in lines:
        if count := await _count(user, permission, table, condition):
            what = Problem(code, "", {"count": str(count)})
            found.append(Todo(Problem("todo_innovations_title"), what, address, count, "proposal"))
    return found


async def _count(user: SignedIn, permission: Permission, table: Any, condition: Any) -> int:
    if not permission.possible(user):
        return 0
    rows = await permitted(table.select(Count(alias="number")).where(condition), permission, user)
    return int(rows[0]["number"])
