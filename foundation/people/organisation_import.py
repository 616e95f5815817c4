"""A list of units put below an organisation in one answer: all of its new units at once, or none.

The rows are read in `organisation_rows` and placed in `organisation_placing`; each unit is made by `organisations`.
Lists of more than `organisation_rows.MOST` units go through `organisation_long_lists`.
"""

from collections.abc import Sequence
from datetime import datetime

from foundation.base.problem import Problem, Refused
from foundation.people.organisation_acts import locked
from foundation.people.organisation_placing import place
from foundation.people.organisation_rows import FIELD, Row
from foundation.people.organisation_tree import OrganisationFacts
from foundation.people.organisations import make
from foundation.store.commit import write


async def add(rows: Sequence[Row], under_id: int, by: str, now: datetime) -> list[int]:
    """Make all units of these rows below an organisation that do not stand there yet, or none; answers their ids.

    Raises Refused, NotFound.
    """

    async def job() -> list[int]:
        (under,) = await locked(under_id)
        placed = await place(rows, under)
        if any(one.problems for one in placed):
            raise Refused(Problem("organisations_changed", FIELD))
        made: dict[int, OrganisationFacts] = {}
        for one in placed:
            if one.fresh and one.row.draft is not None:
                parent = one.parent or made[one.parent_line]
                (made[one.row.line],) = await locked(await make(parent, one.row.draft, by, now))
        return [facts.id for facts in made.values()]

    return await write(job)
