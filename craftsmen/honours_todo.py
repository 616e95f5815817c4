"""What waits for a person about honours: a recommender's word, a decision, a list that was read and not registered."""

from collections.abc import Sequence

from craftsmen import case_reads, list_reads, may
from craftsmen.rules.cases import Stage
from craftsmen.rules.lists import Stage as ListStage
from foundation.base.problem import Problem
from foundation.people.sessions import SignedIn
from foundation.work.todo import Todo

MOST = 50


async def rows(user: SignedIn) -> Sequence[Todo]:
    """Everything that waits for the hat this person wears."""
    found: list[Todo] = []
    if may.ADVISE_CASES.possible(user):
        asked = await case_reads.waiting(user, may.ADVISE_CASES, [Stage.REPORTED.value], MOST)
        found += [_case(one, "todo_case_advise") for one in asked]
    if may.DECIDE_CASES.possible(user):
        stages = [Stage.AGREED.value, Stage.DISAGREED.value]
        answered = await case_reads.waiting(user, may.DECIDE_CASES, stages, MOST)
        found += [_case(one, "todo_case_decide") for one in answered]
    if may.KEEP_LISTS.possible(user):
        found += [
            Todo(one.name, Problem("todo_list_checked"), f"/honours/lists/{one.id}", one.size, "line")
            for one in await list_reads.listing(user, size=MOST)
            if one.stage is ListStage.CHECKED
        ]
    return found


def _case(one: case_reads.CaseFacts, code: str) -> Todo:
    return Todo(f"{one.title_name} · {one.name}", Problem(code), f"/honours/cases/{one.id}", 1, "case", pressing=True)
