"""What the chief judge sees of a contest: every entry's marks side by side, by work number and judge code.

Reads contests, seats, entries with their difficulty, and marks. Who made a work is never selected, and no judge's
name either.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from piccolo.query.functions.aggregate import Max

from competitions import difficulty
from competitions.contests import ContestFacts
from competitions.desk import SeatFacts, by_number, desk_for, seat_facts
from competitions.given import GivenMark, current
from competitions.rules.progress import Panelist, State, Work, WorkProgress, overview, totals
from competitions.tables import Entry, Mark, Seat, SeatWork
from competitions.versions import FrozenScheme
from foundation.base.problem import NotFound


@dataclass(frozen=True, slots=True)
class Bench:
    """A contest as its chief judge has it before them; of one entry only where it was opened for one.

    `seen` is the newest mark row of each entry, both by id: what was looked at. `difficulty` is in millionths, by
    entry id and aspect code.
    """

    contest: ContestFacts
    seat: SeatFacts
    frozen: FrozenScheme
    panel: tuple[Panelist, ...]
    works: tuple[WorkProgress, ...]
    marks: tuple[GivenMark, ...]
    seen: dict[int, int]
    difficulty: Mapping[tuple[int, str], int]

    @property
    def totals(self) -> dict[State, int]:
        return dict(totals(self.works))

    @property
    def settled(self) -> tuple[WorkProgress, ...]:
        """What may be locked at once."""
        return tuple(work for work in self.works if work.settled)


async def bench_for(account: int, address: str, number: str | None = None) -> Bench:
    """The bench of the contest's chief judge, for one work number where it is given; raises NotFound for all others."""
    desk = await desk_for(account, address)
    if not desk.seat.chief or (number is not None and not number.isprintable()):
        raise NotFound
    works = await _works(desk.contest.id, number)
    if number is not None and not works:
        raise NotFound
    ids = [work.id for work in works]
    seats = await Seat.select().where(Seat.contest == desk.contest.id).order_by(Seat.position)
    panel = await _panel([seat_facts(row) for row in seats])
    seen = await newest_marks(ids)  # before the marks: one that arrives between the two makes a lock be refused
    marks = await current(desk.contest.id, desk.frozen.scheme, ids if number is not None else None)
    factors = await difficulty.counted(desk.contest.id, desk.frozen.scheme)
    # beside the event loop: a large contest takes longer than a judge should wait for an answer
    progress = await asyncio.to_thread(overview, desk.frozen.scheme, works, panel, [mark.row for mark in marks])
    return Bench(desk.contest, desk.seat, desk.frozen, panel, progress, tuple(marks), seen, factors)


async def newest_marks(entries: Sequence[int]) -> dict[int, int]:
    """The id of the newest mark row of each entry, 0 where there is none."""
    seen = dict.fromkeys(entries, 0)
    if entries:
        rows = (
            await Mark.select(Mark.entry, Max(Mark.id).as_alias("newest"))
            .where(Mark.entry.is_in(list(entries)))
            .group_by(Mark.entry)
        )
        seen |= {row["entry"]: row["newest"] for row in rows}
    return seen


async def _works(contest: int, number: str | None) -> list[Work]:
    query = Entry.select(Entry.id, Entry.work_number, Entry.group, Entry.status, Entry.locked_at)
    query = query.where(Entry.contest == contest)
    if number is not None:
        query = query.where(Entry.work_number == number)
    rows = sorted(await query, key=lambda row: (row["group_name"], by_number(row["work_number"])))
    return [Work(row["id"], row["work_number"], row["group_name"], row["status"], row["locked_at"]) for row in rows]


async def _panel(seats: Sequence[SeatFacts]) -> tuple[Panelist, ...]:
    """The seats that mark anything."""
    some = [seat.id for seat in seats if not seat.every_work]
    given: dict[int, set[int]] = {seat: set() for seat in some}
    if some:
        for row in await SeatWork.select(SeatWork.seat, SeatWork.entry).where(SeatWork.seat.is_in(some)):
            given[row["seat"]].add(row["entry"])
    return tuple(
        Panelist(seat.code, seat.aspects, None if seat.every_work else frozenset(given[seat.id]))
        for seat in seats
        if seat.aspects
    )
