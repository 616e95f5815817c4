"""What one judge may see of a contest: work numbers, aspects, the judge's own marks, and nothing else.

Reads contests, seats, entries and marks. Who made a work, and what other judges gave, is never selected.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from competitions.contests import ContestFacts, contest_by_address
from competitions.given import revisions
from competitions.rules.marking import marking_problem, stage_problem
from competitions.rules.progress import Count, own_count
from competitions.rules.revisions import Revision, newest
from competitions.tables import Entry, Seat, SeatWork
from competitions.versions import FrozenScheme, frozen_scheme
from foundation.base.problem import NotFound, Problem


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """A judge's place in a contest; `code` is J1, J2 …, `aspects` the codes it marks."""

    id: int
    code: str
    chief: bool
    aspects: frozenset[str]
    every_work: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """One judge in one contest, under the newest frozen scheme."""

    contest: ContestFacts
    seat: SeatFacts
    frozen: FrozenScheme

    @property
    def closed(self) -> Problem | None:
        """Why nothing can be marked at all now; None while marking is open."""
        return stage_problem(self.contest.stage)


@dataclass(frozen=True, slots=True)
class DeskWork:
    """One work on the judge's list."""

    id: int
    number: str
    status: str
    locked_at: datetime | None
    count: Count

    @property
    def open(self) -> bool:
        """Still to be marked by this judge."""
        return self.status == "ok" and self.locked_at is None and self.count.missing > 0


@dataclass(frozen=True, slots=True)
class DeskSheet:
    """One work and this judge's revisions of it; `closed` says why it cannot be marked now."""

    id: int
    number: str
    revisions: tuple[Revision, ...]
    closed: Problem | None

    @property
    def current(self) -> Mapping[str, Revision]:
        return newest(self.revisions)


async def desk_for(account: int, address: str) -> Desk:
    """This account's desk in the contest at the address.

    Raises NotFound for strangers, and for everybody before the scheme is frozen.
    """
    contest = await contest_by_address(address) if address.isprintable() else None
    if contest is None:
        raise NotFound
    row = await Seat.select().where(Seat.contest == contest.id, Seat.account == account).order_by(Seat.position).first()
    frozen = await frozen_scheme(contest.id) if row else None
    if row is None or frozen is None:
        raise NotFound
    return Desk(contest, seat_facts(row), frozen)


def seat_facts(row: Mapping[str, Any]) -> SeatFacts:
    """A row of `Seat`."""
    aspects = frozenset(json.loads(row["aspects"]))
    return SeatFacts(row["id"], f"J{row['position']}", row["chief"], aspects, row["every_work"])


async def works_of(desk: Desk) -> tuple[DeskWork, ...]:
    """The works that this judge was given, in the order of their numbers."""
    rows = await Entry.select(Entry.id, Entry.work_number, Entry.status, Entry.locked_at).where(
        Entry.contest == desk.contest.id
    )
    if not desk.seat.every_work:
        mine = {row["entry"] for row in await SeatWork.select(SeatWork.entry).where(SeatWork.seat == desk.seat.id)}
        rows = [row for row in rows if row["id"] in mine]
    given = await revisions(desk.seat.id)
    return tuple(
        DeskWork(row["id"], row["work_number"], row["status"], row["locked_at"], _count(desk, given.get(row["id"], [])))
        for row in sorted(rows, key=lambda row: by_number(row["work_number"]))
    )


async def sheet_of(desk: Desk, number: str) -> DeskSheet:
    """One of this judge's works; raises NotFound for any other."""
    if not number.isprintable():  # PostgreSQL takes no zero bytes
        raise NotFound
    row = (
        await Entry.select(Entry.id, Entry.work_number, Entry.status, Entry.locked_at)
        .where(Entry.contest == desk.contest.id, Entry.work_number == number)
        .first()
    )
    if row is None:
        raise NotFound
    if not desk.seat.every_work and not await SeatWork.exists().where(
        SeatWork.seat == desk.seat.id, SeatWork.entry == row["id"]
    ):
        raise NotFound
    given = await revisions(desk.seat.id, row["id"])
    closed = marking_problem(desk.contest.stage, row["status"], row["locked_at"])
    return DeskSheet(row["id"], row["work_number"], tuple(given.get(row["id"], ())), closed)


def next_open(works: tuple[DeskWork, ...], number: str) -> DeskWork | None:
    """The next work this judge has not finished: after this number, then from the start; None when all are done."""
    order = [work.number for work in works]
    start = order.index(number) + 1 if number in order else 0
    return next((work for work in (*works[start:], *works[:start]) if work.open and work.number != number), None)


def by_number(number: str) -> tuple[tuple[bool, int, str], ...]:
    """The key that sorts work numbers as people do: 2 before 10."""
    parts = re.findall(r"[0-9]+|[^0-9]+", number)
    return tuple((part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts)


def _count(desk: Desk, given: list[Revision]) -> Count:
    values = {code: revision.value for code, revision in newest(given).items()}
    return own_count(desk.frozen.scheme, desk.seat.aspects, values)
