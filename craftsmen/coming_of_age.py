"""Whoever turns 18 comes into the public register: their lines are written anew on the day. Part of the daily work.

Nobody under 18 has a line or a page; nothing else of a worker changes on that day, so nobody's act would bring them in.
"""

from datetime import UTC, date, datetime, timedelta

from craftsmen import showing
from craftsmen.honour_tables import Honour
from foundation.people.worker_tables import Worker
from foundation.store.commit import write

OF_AGE = 18
AT_ONCE = 20  # people in one step of the group commit: some 20 ms, so that no judge waits
AGAIN = timedelta(days=7)  # birthdays that are looked at once more, should a turn have come to nothing
FIRST = timedelta(days=400)  # birthdays before the first turn that are looked at


async def refresh(today: date, before: date | None) -> int:
    """Write the lines of everybody anew who turned 18 since the turn `before`; answers how many hold an honour."""
    first = before - AGAIN if before else today - FIRST
    last, refreshed = 0, 0
    while True:
        rows = (
            await Worker.select(Worker.id)
            .where(
                Worker.id > last,
                Worker.birth_date >= _born(first),
                Worker.birth_date <= _born(today),
                Worker.id.is_in(Honour.select(Honour.worker).where(Honour.worker.is_not_null())),
            )
            .order_by(Worker.id)
            .limit(AT_ONCE)
        )
        if not rows:
            return refreshed
        ids = [row["id"] for row in rows]
        last, refreshed = ids[-1], refreshed + len(ids)

        async def step(ids: list[int] = ids) -> None:
            for worker_id in ids:
                await showing.refresh_worker(worker_id, datetime.now(UTC))

        await write(step)


def _born(day: date) -> date:
    """The latest day on which somebody was born who is of age on this one; 29 February counts as 28."""
    try:
        return day.replace(year=day.year - OF_AGE)
    except ValueError:
        return date(day.year - OF_AGE, 2, 28)
