"""Locks: the sole writer of an entry's lock, the chief judge's official word that its marks are final.

A lock is bound to the marks that were looked at: one mark given meanwhile, and nothing is locked. Taking a lock back
needs two people: the chief judge asks, somebody of the competition's union confirms.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from competitions.bench import Bench, newest_marks
from competitions.rules.marking import lock_problems, stage_problem
from competitions.rules.progress import WorkProgress
from competitions.rules.stages import Stage
from competitions.tables import Contest, Entry, SchemeVersion, Seat
from foundation.base.problem import N_, NotFound, Problem, Refused
from foundation.store import ledger
from foundation.store.commit import write
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row, lock_rows
from foundation.store.transactions import transaction
from foundation.work import two_person


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
    await lock_row(Contest, bench.contest.id, share=True)
    row = await Contest.select(Contest.stage).where(Contest.id == bench.contest.id).first()
    if row is None:
        raise NotFound
    if (problem := stage_problem(Stage(row["stage"]))) is not None:
        raise Refused(problem)
    if await SchemeVersion.exists().where(
        SchemeVersion.contest == bench.contest.id, SchemeVersion.version > bench.frozen.version
    ):
        raise Refused(Problem("sheet_amended"))


async def _entries(bench: Bench, ids: Sequence[int]) -> list[dict[str, object]]:
    await lock_rows(Entry, ids)
    rows: list[dict[str, object]] = (
        await Entry.select(Entry.id, Entry.status, Entry.locked_at)
        .where(Entry.contest == bench.contest.id, Entry.id.is_in(list(ids)))
        .order_by(Entry.id)
    )
    return rows


@tried_again
async def ask_to_unlock(bench: Bench, reason: str, by: int, now: datetime) -> int:
    """Ask, as the chief judge, that the lock of the bench's one entry be taken back; answers the act's id.

    Raises NotFound for anybody else, Refused where it is not locked, marking is over, or it was asked already.
    """
    (work,) = bench.works
    async with transaction():
        await _same_contest(bench, by)
        if work.work.locked_at is None:
            raise Refused(Problem("unlock_not_locked", "", {"work": work.work.number}))
        return await two_person.ask(
            UNLOCK,
            f"entry:{work.work.id}",
            {"contest": bench.contest.id, "address": bench.contest.address, "work": work.work.number},
            bench.contest.competition.organisation_id,
            by,
            reason,
            now,
        )


async def _unlock(act: two_person.Asked, by: int, now: datetime) -> None:
    """Take the lock back: confirmed, inside its transaction."""
    contest, entry = int(act.payload["contest"]), int(act.about.removeprefix("entry:"))
    await lock_row(Contest, contest, share=True)
    row = await Contest.select(Contest.stage).where(Contest.id == contest).first()
    if row is not None and (problem := stage_problem(Stage(row["stage"]))) is not None:
        raise Refused(problem)
    await lock_row(Entry, entry)
    if not await Entry.exists().where(Entry.id == entry, Entry.contest == contest, Entry.locked_at.is_not_null()):
        raise Refused(Problem("unlock_not_locked", "", {"work": act.payload["work"]}))
    await Entry.update({Entry.locked_at: None, Entry.locked_by: None}).where(Entry.id == entry)
    ledger.record(
        stream=f"contest:{contest}",
        act="entry.unlocked",
        actor=f"account:{by}",
        about=act.about,
        payload={"work": act.payload["work"], "act": act.id, "asked_by": act.asked_by},
    )


def _shown(payload: Mapping[str, Any]) -> two_person.Shown:
    return ((N_("Contest"), str(payload["address"])), (N_("Work number"), str(payload["work"])))


UNLOCK = two_person.register(
    two_person.Kind(
        "entry.unlock",
        N_("Take back the lock of an entry, so that its marks can be changed"),
        perform=_unlock,
        show=_shown,
        address=lambda act: f"/chief/contests/{act.payload['address']}/works/{quote(act.payload['work'], safe='')}",
    )
)
