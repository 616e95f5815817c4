"""Adding a checked long list of units, as long work: loaded in short steps where nobody sees it, then all at once.

Knows the order of the steps and what undoes them; how rows are loaded is in `organisation_loading`. Judges who save
meanwhile wait for none of the steps but the last, one update.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from foundation.base.problem import N_, Problem, Refused
from foundation.people import organisation_loading as loading
from foundation.people.organisation_acts import Happened, locked, tell
from foundation.people.organisation_list_steps import Stage, address, kept_for, read_rows, step, under_of
from foundation.people.organisation_list_tables import OrganisationList
from foundation.people.organisation_placing import Placed, place
from foundation.people.organisation_rows import FIELD
from foundation.store import bulk
from foundation.store.commit import write
from foundation.store.locks import lock_row
from foundation.work import jobs
from foundation.work.jobs import Kind, Progress


async def _add(progress: Progress) -> str:
    kept = await kept_for(progress)
    if kept["stage"] == Stage.ADDED:
        return address(kept)
    if kept["stage"] != Stage.ADDING:
        raise Refused(Problem("organisations_changed", FIELD))
    mark = progress.state["mark"] if "mark" in progress.state else await loading.newest_change()
    under = await under_of(kept)
    placed = await place(await read_rows(kept), under)
    fresh = [one for one in placed if one.fresh]
    if len(fresh) != kept["fresh"] or any(one.problems for one in placed):
        raise Refused(Problem("organisations_changed", FIELD))
    await _load(progress, kept, fresh, mark)
    claims = loading.Claims.of(fresh, under)
    seen = await loading.newest_change()
    await loading.check_unchanged(claims, mark, seen)

    async def enter() -> None:
        await locked(under.id)
        await loading.check_unchanged(claims, seen)
        await progress.done(len(fresh), len(fresh))
        await step(kept["id"], {Stage.ADDING}, Stage.ADDED)
        await loading.enter(kept["id"])
        await OrganisationList.update({OrganisationList.content: ""}).where(OrganisationList.id == kept["id"])
        listed = [Happened(under.id, "listed", after=str(len(fresh)))]
        said = {"list": kept["id"], "count": len(fresh), "sha256": kept["sha256"]}
        await tell(listed, "listed", f"account:{progress.by}", kept["asked_at"], **said)

    await write(enter)
    return address(kept)


async def _load(progress: Progress, kept: Mapping[str, Any], fresh: Sequence[Placed], mark: int) -> None:
    """Load what is not loaded yet, in steps that keep nobody waiting."""
    places = await loading.waiting(kept["id"])
    left = [one for one in fresh if one.row.line not in places]
    by, chunk, at = f"account:{progress.by}", bulk.Chunk(), 0
    while at < len(left):
        part = left[at : at + chunk.size]
        at += len(part)

        async def job(part: Sequence[Placed] = part) -> dict[int, loading.Where]:
            with chunk.timed():
                made = await loading.load(kept["id"], part, places, by, kept["asked_at"])
            await progress.done(len(places) + len(made), len(fresh), {"mark": mark})
            return made

        places.update(await write(job))


async def _add_undone(progress: Progress) -> None:
    """Take away what was loaded, and have the list as it was before anybody asked to add it."""
    list_id = progress.args["list"]

    async def undoing() -> bool:
        stages = [Stage.ADDING.value, Stage.UNDOING.value]
        return bool(
            await OrganisationList.update({OrganisationList.stage: Stage.UNDOING.value})
            .where(OrganisationList.id == list_id, OrganisationList.stage.is_in(stages))
            .returning(OrganisationList.id)
        )

    chunk = bulk.Chunk()

    async def some() -> bool:
        await lock_row(OrganisationList, list_id)
        row = await OrganisationList.select(OrganisationList.stage).where(OrganisationList.id == list_id).first()
        if row is None or row["stage"] != Stage.UNDOING:  # another process has undone it
            return False
        with chunk.timed():
            gone = await loading.remove(list_id, chunk.size)
        if not gone:
            await step(list_id, {Stage.UNDOING}, Stage.CHECKED)
        return bool(gone)

    if await write(undoing):
        more = True
        while more:
            more = await write(some)


ADD = jobs.register(Kind("organisations.add", N_("Add a list of units"), _add, _add_undone))
