"""What waits in subsidies: for a unit to complete or report, for an office to check, pay or accept."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from piccolo.columns.combination import WhereRaw
from piccolo.query.functions.aggregate import Count

from foundation.base.clock import zone
from foundation.base.problem import Problem
from foundation.people.permissions import Permission, permitted
from foundation.people.sessions import SignedIn
from foundation.work.todo import Todo
from innovations.may import CHECK_APPLICATIONS, WRITE_APPLICATIONS
from innovations.rules.payments import Kind, report_due
from innovations.rules.subsidy_steps import COMPLETES, ApplicationStage
from innovations.subsidy_tables import SubsidyApplication, SubsidyMovement

MOST = 500  # payments that are looked at for the nearest deadline
PAID = (
    "SELECT COALESCE(SUM(amount), 0) FROM subsidy_movement WHERE kind = 'paid' AND application = subsidy_application.id"
)
GIVEN_BACK = "EXISTS (SELECT 1 FROM subsidy_report WHERE application = subsidy_application.id AND note <> '')"
LINES: tuple[tuple[str, Permission, ApplicationStage, str, str], ...] = (
    ("todo_subsidies_complete", WRITE_APPLICATIONS, ApplicationStage.RETURNED, "/subsidies/applications", ""),
    (
        "todo_subsidies_report", WRITE_APPLICATIONS, ApplicationStage.GRANTED, "/subsidies/applications",
        f"({PAID}) > 0 AND NOT {GIVEN_BACK}",
    ),
    (
        "todo_subsidies_report_again", WRITE_APPLICATIONS, ApplicationStage.GRANTED, "/subsidies/applications",
        GIVEN_BACK,
    ),
    ("todo_subsidies_check", CHECK_APPLICATIONS, ApplicationStage.HANDED_IN, "/subsidies/desk", ""),
    (
        "todo_subsidies_pay", CHECK_APPLICATIONS, ApplicationStage.GRANTED, "/subsidies/desk",
        f"subsidy_application.granted > ({PAID})",
    ),
    ("todo_subsidies_settle", CHECK_APPLICATIONS, ApplicationStage.REPORTED, "/subsidies/desk", ""),
)  # fmt: skip
"""The sentence, who does it, the stage that waits, where it is done, and what of the money makes it wait."""
_MONTHS: Any = SubsidyMovement.application.round.report_months  # type: ignore[union-attr]
BEFORE_APPROVAL = (ApplicationStage.RETURNED, ApplicationStage.HANDED_IN)
"""What nobody can complete or check once the round was allocated waits for nobody."""


async def rows(user: SignedIn) -> Sequence[Todo]:
    """Everything that waits for the hat this person wears."""
    lines = []
    for code, permission, stage, address, money in LINES:
        if count := await _count(user, permission, stage, money):
            what = Problem(code, "", {"count": str(count)})
            due = await _due(user) if code == "todo_subsidies_report" else None
            lines.append(Todo(Problem("todo_subsidies_title"), what, address, count, "proposal", due=due))
    return lines


async def _due(user: SignedIn) -> datetime | None:
    """When the first report of the hat's own unit is due: at the end of that day."""
    if user.hat is None:
        return None
    rows = await (
        SubsidyMovement.select(SubsidyMovement.paid_on, _MONTHS.as_alias("of"))
        .where(
            SubsidyMovement.kind == Kind.PAID.value, SubsidyMovement.application.unit == user.hat.organisation_id,
            SubsidyMovement.application.stage == ApplicationStage.GRANTED.value,
        )
        .order_by(SubsidyMovement.paid_on)
        .limit(MOST)
    )  # fmt: skip
    days = [report_due(row["paid_on"], row["of"]) for row in rows]
    return datetime.combine(min(days), time(23, 59), zone()) if days else None


async def _count(user: SignedIn, permission: Permission, stage: ApplicationStage, money: str) -> int:
    if not permission.possible(user):
        return 0
    query = SubsidyApplication.select(Count(alias="number")).where(SubsidyApplication.stage == stage.value)
    if stage in BEFORE_APPROVAL:
        query = query.where(SubsidyApplication.round.stage.is_in([each.value for each in COMPLETES]))
    if money:
        query = query.where(WhereRaw(money))
    found = await permitted(query, permission, user)
    return int(found[0]["number"])
