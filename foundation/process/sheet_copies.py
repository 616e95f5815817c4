"""A unit's own sheet to take away, with what is wrong in red. Reads only; sentences come from who asks."""

import json
from collections.abc import Callable

from foundation.base.problem import NotFound, Problem
from foundation.papers import sheets_in, sheets_out
from foundation.papers.sheet_copy import Mark
from foundation.process import sheet_content
from foundation.process.rules.sheets import Stage, State
from foundation.process.sheet_reads import SheetFacts
from foundation.process.sheet_tables import SheetRow

AT_ONCE = 2000  # rows that are read in one statement
_KEPT = (Stage.CHECKED, Stage.TAKING, Stage.VISIBLE)

Say = Callable[[Problem], str]


async def are_there(one: SheetFacts) -> bool:
    """Whether a copy can be made: the file is kept, and some row of it is wrong."""
    return one.stage in _KEPT and bool(one.wrong) and await sheet_content.is_kept(one.id)


async def annotated(one: SheetFacts, say: Say, *, only_wrong: bool) -> bytes:
    """The rows of a sheet, their problems said by `say`. Raises NotFound where the file is not kept any more."""
    layout = one.understood.layout
    if not await are_there(one):
        raise NotFound
    marks = await _marks(one, say)
    async with sheet_content.opened(one.id) as path, sheets_in.opened(path) as book:
        sheet = next((sheet for sheet in book if sheet.name == one.understood.sheet), None)
        if sheet is None:
            raise NotFound
        return await sheets_out.annotated(sheet, layout, marks, only_wrong=only_wrong)


async def _marks(one: SheetFacts, say: Say) -> dict[int, list[Mark]]:
    places = {heading.column: heading.at for heading in one.understood.layout.kept}
    marks: dict[int, list[Mark]] = {}
    last = 0
    while True:
        rows = (
            await SheetRow.select(SheetRow.id, SheetRow.line, SheetRow.problems)
            .where(SheetRow.sheet == one.id, SheetRow.state == State.WRONG.value, SheetRow.id > last)
            .order_by(SheetRow.id)
            .limit(AT_ONCE)
        )
        if not rows:
            return marks
        last = rows[-1]["id"]
        for row in rows:
            problems = [Problem(code, field, params) for code, field, params in json.loads(row["problems"])]
            marks[row["line"]] = [Mark(_worded(problem, say), places.get(problem.field)) for problem in problems]


def _worded(problem: Problem, say: Say) -> str:
    heading = problem.params.get("column", "")
    return f"{heading}：{say(problem)}" if heading else say(problem)
