"""Locks: the sole writer of an entry's lock, the chief judge's official word that its marks are final.

A lock is bound to the marks that were looked at: one mark given meanwhile, and nothing is locked. Taking a lock back
needs two people and is not done here.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from competitions.bench import Bench, newest_marks
from competitions.rules.marking import lock_problems, stage_problem
from competitions.rules.progress import WorkProgress
from competitions.rules.stages import Stage
from competitions.tables import Contest, Entry, SchemeVersion, Seat
from foundation.base.problem import NotFound, Problem, Refused
from foundation.store import ledger
from foundation.store.commit import write


async def lock(bench: Bench, chosen: Sequence[WorkProgress], by: int, now: datetime) -> None:
    """Lock these entries of the bench, all or none, as account `by` (its chief judge).

    Raises NotFound for anybody else, Refused where one may not be locked or was changed since the bench was loaded.
    """
    problems = lock_problems(bench.contest.stage, chosen) if chosen else [Problem("lock_nothing")]
    if problems:
        raise Refused(*problems)
    numbers = {progress.work.id: progress.work for progress in chosen}
    marks: dict[int, list[int]] = {entry: [] for entry in numbers}
    for mark in bench.marks:
        if mark.entry_id in marks:
            marks[mark.entry_id].append(mark.id)

    async def job() -> None:
        # The rule was checked on what the bench holds; here only that nothing of it has changed, so that no judge
        # waits in the group commit while a whole contest is worked out.
        await _same_contest(bench, by)
        rows = {row["id"]: row for row in await _entries(bench, sorted(numbers))}
        newest = await newest_marks(sorted(numbers))
        changed = [
            Problem("lock_changed", "", {"work": work.number})
            for entry, work in numbers.items()
            if entry not in rows
            or newest[entry] != bench.seen[entry]
            or (rows[entry]["status"], rows[entry]["locked_at"]) != (work.status, None)
        ]
        if changed:
            raise Refused(*changed)
        await Entry.update({Entry.locked_at: now.astimezone(UTC), Entry.locked_by: by}).where(
            Entry.id.is_in(sorted(numbers))
        )
        for entry, work in numbers.items():
            ledger.record(
                stream=f"contest:{bench.contest.id}",
                act="entry.locked",
                actor=f"account:{by}",
                about=f"entry:{entry}",
                payload={"work": work.number, "status": work.status, "marks": sorted(marks[entry])},
            )

    await write(job)


async def _same_contest(bench: Bench, by: int) -> None:
    """Still the chief judge's, still being marked, under the same scheme."""
    chief = Seat.exists().where(Seat.id == bench.seat.id, Seat.account == by, Seat.chief.eq(True))
    if not await chief:
        raise NotFound
    query = Contest.select(Contest.stage).where(Contest.id == bench.contest.id).first()
    row = await (query.lock_rows("SHARE") if _on_postgres() else query)
    if row is None:
        raise NotFound
    if (problem := stage_problem(Stage(row["stage"]))) is not None:
        raise Refused(problem)
    if await SchemeVersion.exists().where(
        SchemeVersion.contest == bench.contest.id, SchemeVersion.version > bench.frozen.version
    ):
        raise Refused(Problem("sheet_amended"))


async def _entries(bench: Bench, ids: Sequence[int]) -> list[dict[str, object]]:
    query = (
        Entry.select(Entry.id, Entry.status, Entry.locked_at)
        .where(Entry.contest == bench.contest.id, Entry.id.is_in(list(ids)))
        .order_by(Entry.id)
    )
    rows: list[dict[str, object]] = await (query.lock_rows("UPDATE") if _on_postgres() else query)
    return rows


def _on_postgres() -> bool:
    return bool(Entry._meta.db.engine_type == "postgres")
