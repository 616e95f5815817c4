"""What the unit answers: taken up or not, passed on, given back, adopted or not, begun, concluded.

Each is a step of `proposals.move` with its words, which the worker reads; what is given back opens named fields.
Who may answer was decided by the loader. Raises Refused where the proposal has moved on since the page was shown.
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from foundation.base.problem import Problem, Refused
from foundation.store.commit import write
from foundation.work import returns
from innovations import proposals
from innovations.rules.answers import Answer, closing_problems
from innovations.rules.proposals import DESKS, Stage

ADOPTING = ("adopt", "adopt_partly")


async def answer(  # noqa: PLR0917 - who says what of which proposal
    proposal_id: int, said: Answer, revision: int, by: int, now: datetime, zone: ZoneInfo
) -> None:
    """Take one step; `revision` is what the page showed. Raises Refused, NotFound."""
    await write(lambda: take(proposal_id, said, revision, by, now, zone))


async def take(  # noqa: PLR0917
    proposal_id: int, said: Answer, revision: int, by: int, now: datetime, zone: ZoneInfo
) -> Stage:
    """The same within the caller's transaction; answers where it stands then."""
    row = await proposals.locked(proposal_id)
    if row["revision"] != revision:
        raise Refused(Problem("proposal_changed"))
    if said.step == "return" and not (row["sheet"] is None and row["entered_by"] is None):
        raise Refused(Problem("proposal_no_writer", "step"))
    if problems := closing_problems(said, Stage(row["stage"])):
        raise Refused(*problems)
    values: dict[Any, Any] = {}
    payload: dict[str, Any] = {}
    if said.step == "pass_on":
        values["desk"] = payload["desk"] = said.desk if said.desk in DESKS else ""
    if said.step in ADOPTING:
        values["adopted_at"] = now
    if said.step == "return":
        await returns.give_back(proposals.subject(proposal_id), said.reopened, by, now)
    return await proposals.move(
        row, said.step, said.note, by=by, now=now, zone=zone, rule=said.rule, values=values, payload=payload
    )
