"""Checking a long list of units, as long work: what needs mending, line by line, and what stands in the tree already.

The only writer of `OrganisationListProblem`. Changes nothing in the tree.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from foundation.base.problem import N_
from foundation.people.organisation_list_steps import Stage, address, kept_for, read_rows, step, under_of
from foundation.people.organisation_list_tables import OrganisationList, OrganisationListProblem
from foundation.people.organisation_placing import Placed, place
from foundation.store import bulk
from foundation.store.commit import write
from foundation.work import jobs
from foundation.work.jobs import Kind, Progress


async def _check(progress: Progress) -> str:
    kept = await kept_for(progress)
    if kept["stage"] != Stage.CHECKING:
        return address(kept)
    rows, under = await read_rows(kept, progress), await under_of(kept)
    placed = await place(rows, under)
    wrong = [one for one in placed if one.problems]
    await _forget_lines(kept["id"])
    chunk, at = bulk.Chunk(), 0
    while at < len(wrong):
        part = wrong[at : at + chunk.size]
        at += len(part)

        async def lines(part: Sequence[Placed] = part) -> None:
            with chunk.timed():
                await bulk.insert(OrganisationListProblem, [_line(kept["id"], one) for one in part])
            await progress.done(len(rows), len(rows))

        await write(lines)

    async def checked() -> None:
        await progress.done(len(rows), len(rows))
        counts = {
            "units": len(placed),
            "fresh": sum(one.fresh for one in placed),
            "known": sum(one.known is not None for one in placed),
            "wrong": len(wrong),
        }
        await step(kept["id"], {Stage.CHECKING}, Stage.CHECKED)
        await OrganisationList.update(_columns(counts)).where(OrganisationList.id == kept["id"])

    await write(checked)
    return address(kept)


async def _check_undone(progress: Progress) -> None:
    """A list whose check came to nothing is not kept."""
    await _forget_lines(progress.args["list"])

    async def job() -> None:
        await OrganisationList.delete().where(
            OrganisationList.id == progress.args["list"], OrganisationList.stage == Stage.CHECKING.value
        )

    await write(job)


async def _forget_lines(list_id: int) -> None:
    async def some() -> bool:
        rows = (
            await OrganisationListProblem.select(OrganisationListProblem.id)
            .where(OrganisationListProblem.of_list == list_id)
            .limit(500)
        )
        ids = [row["id"] for row in rows]
        if ids:
            await OrganisationListProblem.delete().where(OrganisationListProblem.id.is_in(ids))
        return bool(ids)

    more = True
    while more:
        more = await write(some)


def _line(list_id: int, one: Placed) -> dict[str, Any]:
    problems = [[problem.code, problem.field, dict(problem.params)] for problem in one.problems]
    text = json.dumps(problems, ensure_ascii=False)
    return {"of_list": list_id, "line": one.row.line, "name": one.row.written.get("name", "")[:100], "problems": text}


def _columns(values: Mapping[str, int]) -> dict[Any, Any]:
    return {getattr(OrganisationList, name): value for name, value in values.items()}


CHECK = jobs.register(Kind("organisations.check", N_("Check a list of units"), _check, _check_undone))
