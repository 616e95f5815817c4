"""The seats of a contest as its organisers see them. Reads; `seats.py` writes. Contestants are not known here."""

import json
from dataclasses import dataclass

from competitions.rules.panel import SeatPlan
from competitions.tables import Entry, Seat, SeatWork


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """A seat and who sits in it."""

    id: int
    position: int
    account_id: int
    sign_in: str
    name: str
    chief: bool
    aspects: tuple[str, ...]
    works: tuple[str, ...] | None

    def plan(self) -> SeatPlan:
        """As the rules know it."""
        works = None if self.works is None else frozenset(self.works)
        return SeatPlan(self.position, self.name, self.chief, frozenset(self.aspects), works)


async def seats_of(contest_id: int) -> list[SeatFacts]:
    """All seats of a contest, in their order."""
    rows = (
        await Seat.select(
            Seat.id,
            Seat.position,
            Seat.account,
            Seat.chief,
            Seat.aspects,
            Seat.every_work,
            Seat.account.sign_in.as_alias("sign_in"),
            Seat.account.name.as_alias("name"),
        )
        .where(Seat.contest == contest_id)
        .order_by(Seat.position)
    )
    given = (
        await SeatWork.select(SeatWork.seat, SeatWork.entry.work_number.as_alias("number"))
        .where(SeatWork.seat.contest == contest_id)
        .order_by(SeatWork.entry.work_number)
    )
    return [
        SeatFacts(
            id=row["id"],
            position=row["position"],
            account_id=row["account"],
            sign_in=row["sign_in"],
            name=row["name"],
            chief=row["chief"],
            aspects=tuple(json.loads(row["aspects"])),
            works=None if row["every_work"] else tuple(one["number"] for one in given if one["seat"] == row["id"]),
        )
        for row in rows
    ]


async def plans(contest_id: int) -> tuple[list[str], list[SeatPlan]]:
    """All work numbers and all seats of a contest, as `panel_problems` takes them."""
    works = await Entry.select(Entry.work_number).where(Entry.contest == contest_id).order_by(Entry.work_number)
    return [row["work_number"] for row in works], [seat.plan() for seat in await seats_of(contest_id)]
