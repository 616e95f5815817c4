"""Who is on a contest's list, for its organisers only: names beside work numbers. Reads; `entries.py` writes.

Never imported by anything that a judge opens.
"""

from dataclasses import dataclass

from competitions.rules.facts import EntryFacts
from competitions.rules.roster import RosterRow
from competitions.tables import Contestant
from foundation.base.problem import NotFound


@dataclass(frozen=True, slots=True)
class Person:
    """One contestant with their entry."""

    entry_id: int
    work_number: str
    group: str
    name: str
    unit: str
    city: str
    facts: EntryFacts
    has_code: bool
    locked: bool

    def row(self) -> RosterRow:
        """As a line of a list, to compare new lists with."""
        return RosterRow(0, self.name, self.unit, self.city, self.group, self.work_number)


async def people(contest_id: int) -> list[Person]:
    """Everybody on the list, by work number."""
    rows = (
        await Contestant.select(
            Contestant.name,
            Contestant.unit,
            Contestant.city,
            Contestant.code_hash,
            Contestant.entry.id.as_alias("entry_id"),
            Contestant.entry.work_number.as_alias("work_number"),
            Contestant.entry.group.as_alias("group"),
            Contestant.entry.status.as_alias("status"),
            Contestant.entry.penalty.as_alias("penalty"),
            Contestant.entry.carried.as_alias("carried"),
            Contestant.entry.time.as_alias("time"),
            Contestant.entry.locked_at.as_alias("locked_at"),
        )
        .where(Contestant.entry.contest == contest_id)
        .order_by(Contestant.entry.work_number)
    )
    return [
        Person(
            entry_id=row["entry_id"],
            work_number=row["work_number"],
            group=row["group"],
            name=row["name"],
            unit=row["unit"],
            city=row["city"],
            facts=EntryFacts(row["status"], row["time"], row["penalty"], row["carried"]),
            has_code=bool(row["code_hash"]),
            locked=row["locked_at"] is not None,
        )
        for row in rows
    ]


async def person(contest_id: int, work_number: str) -> Person:
    """One contestant by work number; raises NotFound."""
    for one in await people(contest_id):
        if one.work_number == work_number:
            return one
    raise NotFound
