"""The order of steps in which a list is registered and undone, at once or by a job that anybody may go on with.

A part of `lists.py`. Each step looks under the list's lock whether its stage is still the one: a list that is taken
back while it is written gets no further line.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from craftsmen.honour_tables import HonourList
from craftsmen.list_registering import follow_step, followed, show, take_back_step, taken_back, write_step
from craftsmen.rules.lists import Stage
from foundation.base.problem import N_
from foundation.store.commit import write
from foundation.store.locks import lock_row
from foundation.work import jobs

Step = Callable[[int, int, int, datetime], Awaitable[tuple[int, int]]]
"""Takes the list, the row it goes on from, the account and the time; answers the last row, and how many (0: done)."""


@dataclass(frozen=True, slots=True)
class Phase:
    """What is done at one stage of a list: a step again and again until nothing is left, then its end."""

    step: Step
    end: Callable[[int, datetime], Awaitable[None]]


PHASES: dict[Stage, Phase] = {
    Stage.PUBLISHING: Phase(write_step, show),
    Stage.FOLLOWING: Phase(follow_step, followed),
    Stage.UNDOING: Phase(take_back_step, taken_back),
}


async def all_steps(list_id: int, by: int, now: datetime) -> None:
    """Every step that is ahead of a small list, within the caller's transaction."""
    while (phase := PHASES.get(await _stage(list_id))) is not None:
        last, count = await phase.step(list_id, 0, by, now)
        while count:
            last, count = await phase.step(list_id, last, by, now)
        await phase.end(list_id, now)


async def _stage(list_id: int) -> Stage:
    row = await HonourList.select(HonourList.stage).where(HonourList.id == list_id).first()
    return Stage(row["stage"]) if row is not None else Stage.DROPPED


def _runner(*stages: Stage) -> Callable[[jobs.Progress], Awaitable[str]]:
    async def run(progress: jobs.Progress) -> str:
        list_id, done = int(progress.args["list"]), progress.farthest
        total = await _lines(list_id)
        while (stage := await _stage(list_id)) in stages:
            last = int(progress.state.get("last", 0)) if progress.state.get("stage") == stage else 0

            async def one(stage: Stage = stage, last: int = last, done: int = done) -> int:
                now = datetime.now(UTC)
                await lock_row(HonourList, list_id, share=True)
                if await _stage(list_id) != stage:
                    return 0
                at, count = await PHASES[stage].step(list_id, last, progress.by, now)
                if not count:
                    await PHASES[stage].end(list_id, now)
                farther = min(done + count, total)
                await progress.done(farther, total, {"stage": stage.value, "last": at})
                return farther - done

            done += await write(one)
        return f"/honours/lists/{list_id}"

    return run


async def _lines(list_id: int) -> int:
    """How many lines there are to work on."""
    columns = (HonourList.size, HonourList.wrong, HonourList.again, HonourList.made)
    row = await HonourList.select(*columns).where(HonourList.id == list_id).first()
    return int(row["made"] or row["size"] - row["wrong"] - row["again"]) if row is not None else 0


PUBLISH = jobs.register(
    jobs.Kind("honour_list.publish", N_("Register a list of honours"), _runner(Stage.PUBLISHING, Stage.FOLLOWING))
)
TAKE_BACK = jobs.register(jobs.Kind("honour_list.take_back", N_("Undo a list of honours"), _runner(Stage.UNDOING)))

WORK: Mapping[Stage, jobs.Kind] = {
    Stage.PUBLISHING: PUBLISH,
    Stage.FOLLOWING: PUBLISH,
    Stage.UNDOING: TAKE_BACK,
}
