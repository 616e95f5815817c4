"""What is done once a day: whichever process comes first claims a task's turn and begins it as a job; the only writer
of `DailyTurn`.

Knows tasks (kinds of jobs) and days, not what is done. The claim and the job are one transaction: of several processes
one begins a task, and the job goes on after a crash like every other.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.work import jobs
from foundation.work.daily_tables import DailyTurn
from foundation.work.jobs import Kind

KEPT = timedelta(days=60)  # so long it is remembered that a task had its turn


async def begin(tasks: Sequence[Kind], today: date, now: datetime) -> list[str]:
    """Begin every task that has not had its turn on this day yet; answers the codes of those begun here.

    A task's job gets `day`, today, and `before`, the day of its turn before ("" for none known): what was missed while
    no process ran is its own to make up for.
    """
    return [task.code for task in tasks if await _begun(task, today, now)]


@tried_again
async def _begun(task: Kind, today: date, now: datetime) -> bool:
    if await DailyTurn.exists().where(DailyTurn.task == task.code, DailyTurn.day >= today):
        return False
    async with transaction():
        last = (
            await DailyTurn.select(DailyTurn.day)
            .where(DailyTurn.task == task.code, DailyTurn.day < today)
            .order_by(DailyTurn.day, ascending=False)
            .first()
        )
        made = await DailyTurn.insert(DailyTurn(task=task.code, day=today)).on_conflict(action="DO NOTHING")
        if not made:
            return False
        await DailyTurn.delete().where(DailyTurn.task == task.code, DailyTurn.day < today - KEPT)
        args = {"day": today.isoformat(), "before": last["day"].isoformat() if last else ""}
        await jobs.start(task, args, jobs.SYSTEM, now)
    return True
