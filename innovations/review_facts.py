"""What the registry knows of reviewers and of entries that may keep them apart, as `rules.conflicts` asks it.

Reads people, places, studios and earlier innovations; writes nothing. Employers now and in the years that a round
looks back are: the worker's unit, posts that were held, units at which they made innovations or were honoured.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from craftsmen.honour_tables import Honour
from foundation.base.clock import day_of
from foundation.people.organisation_kinds import Kind
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import ancestors
from foundation.people.tables import Grant
from foundation.people.worker_tables import Worker
from foundation.text import names
from innovations.innovation_tables import InnovationAuthor, InnovationNamed
from innovations.review_tables import ReviewEntry, ReviewKeptOut, ReviewSeat
from innovations.reviews import RoundFacts
from innovations.rules.conflicts import Ground, Judge, Work
from innovations.rules.innovation_form import Author, Draft
from innovations.studio_tables import Studio, StudioMember

COMPANIES = (Kind.ENTERPRISE, Kind.DIRECT)
CITIES = (Kind.CITY, Kind.NEW_AREA)
YEAR = timedelta(days=365)
CREDITED = (InnovationAuthor, InnovationNamed)  # whoever is being written in, and whom the newest version names

Ids = frozenset[int]


class Tree(msgspec.Struct, frozen=True):
    """Paths and kinds of the organisations that somebody in a round has to do with, and of all above them."""

    paths: Mapping[int, str]
    kinds: Mapping[int, str]

    def companies_above(self, units: Iterable[int]) -> Ids:
        """The companies above these units, themselves left out."""
        above = {one for unit in units for one in ancestors(self.paths.get(unit, "")) if one != unit}
        return frozenset(one for one in above if self.kinds.get(one) in COMPANIES)

    def cities(self, units: Iterable[int]) -> Ids:
        """The cities in which these units stand."""
        above = {one for unit in units for one in ancestors(self.paths.get(unit, ""))}
        return frozenset(one for one in above if self.kinds.get(one) in CITIES)


async def judges(found: RoundFacts, now: datetime) -> dict[int, Judge]:
    """The active reviewers of a round, by seat."""
    seats = await ReviewSeat.select(
        ReviewSeat.id, ReviewSeat.account, ReviewSeat.worker, ReviewSeat.account.name.as_alias("name")
    ).where(ReviewSeat.round == found.id, ReviewSeat.active.eq(True))
    since = now - YEAR * found.rules.years_back
    workers = sorted({row["worker"] for row in seats if row["worker"]})
    units = await _employers(seats, workers, since)
    tree = await _tree({unit for each in units.values() for unit in each})
    mates = await _co_authors(workers)
    studios = await _studios(workers, since)
    declared = await ReviewKeptOut.select(ReviewKeptOut.seat, ReviewKeptOut.entry).where(
        ReviewKeptOut.seat.is_in([row["id"] for row in seats] or [0]), ReviewKeptOut.ground == Ground.DECLARED.value
    )
    return {
        row["id"]: Judge(
            key(row["id"]), names.compared(row["name"]), row["worker"] or 0, frozenset(units[row["id"]]),
            tree.companies_above(units[row["id"]]), mates.get(row["worker"] or 0, frozenset()),
            studios.get(row["worker"] or 0, frozenset()), tree.cities(units[row["id"]]),
            frozenset(str(one["entry"]) for one in declared if one["seat"] == row["id"]),
        )
        for row in seats
    }  # fmt: skip


async def works(rows: Sequence[Mapping[str, Any]], seats: Mapping[int, str], now: datetime) -> list[Work]:
    """Entries as they were entered; `rows` are `entries_of`'s, `seats` the names of reviewers by seat."""
    said = {row["id"]: msgspec.json.decode(row["body"], type=Draft) for row in rows}
    named = {row["id"]: frozenset(one.worker for one in said[row["id"]].authors if one.worker) for row in rows}
    leads = await _standing({one for each in named.values() for one in each})
    authors = {entry: frozenset(leads.get(one, one) for one in each) for entry, each in named.items()}
    people = await Worker.select(Worker.id, Worker.unit).where(
        Worker.id.is_in(sorted({one for each in authors.values() for one in each}) or [0])
    )
    unit_of = {one["id"]: one["unit"] for one in people}
    units = {
        row["id"]: frozenset({row["organisation"], *(unit_of[one] for one in authors[row["id"]] if one in unit_of)})
        for row in rows
    }
    tree = await _tree({unit for each in units.values() for unit in each})
    member_of = await _studios(sorted(unit_of), now)
    return [
        Work(
            str(row["id"]), _called(said[row["id"]].authors), _called(said[row["id"]].authors, known=False),
            authors[row["id"]], units[row["id"]], tree.companies_above(units[row["id"]]),
            frozenset({row["studio"]} - {None}).union(*(member_of.get(one, frozenset()) for one in authors[row["id"]])),
            tree.cities([row["organisation"]]), _named(row["named"], seats),
        )
        for row in rows
    ]  # fmt: skip


async def _standing(ids: Collection[int]) -> dict[int, int]:
    """Who these workers are now: a version keeps the number of a record that was merged into another since."""
    rows = await Worker.select(Worker.id, Worker.merged_into).where(
        Worker.id.is_in(sorted(ids) or [0]), Worker.merged_into.is_not_null()
    )
    return {row["id"]: row["merged_into"] for row in rows}


async def entries_of(round_id: int, stages: Collection[str]) -> list[dict[str, Any]]:
    """Entries at these stages with their field and what conflicts are derived from, in their order."""
    rows: list[dict[str, Any]] = await (
        ReviewEntry.select(
            ReviewEntry.id, ReviewEntry.code, ReviewEntry.calibration, ReviewEntry.named,
            ReviewEntry.version.body.as_alias("body"), ReviewEntry.innovation.organisation.as_alias("organisation"),
            ReviewEntry.innovation.studio.as_alias("studio"),
        )
        .where(ReviewEntry.round == round_id, ReviewEntry.stage.is_in(sorted(stages)))
        .order_by(ReviewEntry.id)
    )  # fmt: skip
    return [{**row, "field": msgspec.json.decode(row["body"], type=Draft).field} for row in rows]


def key(seat_id: int) -> str:
    """A reviewer as the drawing names them: no name, so that everybody can draw again."""
    return f"R{seat_id}"


def _called(authors: Iterable[Author], *, known: bool = True) -> frozenset[str]:
    """What authors are called; with `known=False` those alone who are no workers of the registry."""
    return frozenset(names.compared(one.name) for one in authors if one.name.strip() and (known or not one.worker))


def _named(text: str, seats: Mapping[int, str]) -> frozenset[str]:
    wanted = {names.compared(one) for one in text.splitlines()}
    return frozenset(key(seat) for seat, name in seats.items() if names.compared(name) in wanted)


async def _employers(
    seats: Sequence[Mapping[str, Any]], workers: Sequence[int], since: datetime
) -> dict[int, set[int]]:
    """By seat: every unit that employs or employed them, as far as the registry knows."""
    by_worker: dict[int, set[int]] = {}
    by_account: dict[int, set[int]] = {}
    if workers:
        for row in await Worker.select(Worker.id, Worker.unit).where(Worker.id.is_in(list(workers))):
            by_worker.setdefault(row["id"], set()).add(row["unit"])
        made = [
            row
            for table in CREDITED
            for row in await table.select(table.worker, table.innovation.organisation.as_alias("unit")).where(
                table.worker.is_in(list(workers)), table.innovation.created_at >= since
            )
        ]
        honoured = await Honour.select(Honour.worker, Honour.unit).where(
            Honour.worker.is_in(list(workers)), Honour.unit.is_not_null(), Honour.year >= since.year
        )
        for row in (*made, *honoured):
            by_worker.setdefault(row["worker"], set()).add(row["unit"])
    posts = await Grant.select(Grant.account, Grant.organisation).where(
        Grant.account.is_in([row["account"] for row in seats] or [0]),
        Grant.organisation.is_not_null(),
        Grant.ended_at.is_null() | (Grant.ended_at >= since),
    )
    for row in posts:
        by_account.setdefault(row["account"], set()).add(row["organisation"])
    return {
        row["id"]: by_worker.get(row["worker"] or 0, set()) | by_account.get(row["account"], set()) for row in seats
    }


async def _tree(units: Collection[int]) -> Tree:
    rows = await Organisation.select(Organisation.id, Organisation.path).where(
        Organisation.id.is_in(sorted(units) or [0])
    )
    wanted = {one for row in rows for one in ancestors(row["path"])}
    found = await Organisation.select(Organisation.id, Organisation.path, Organisation.kind).where(
        Organisation.id.is_in(sorted(wanted) or [0])
    )
    return Tree({one["id"]: one["path"] for one in found}, {one["id"]: one["kind"] for one in found})


async def _co_authors(workers: Sequence[int]) -> dict[int, Ids]:
    """By worker: with whom they made innovations, any of them."""
    own = [
        row
        for table in CREDITED
        for row in await table.select(table.worker, table.innovation).where(table.worker.is_in(list(workers) or [0]))
    ]
    made = sorted({row["innovation"] for row in own})
    rows = [
        row
        for table in CREDITED
        for row in await table.select(table.worker, table.innovation).where(
            table.innovation.is_in(made or [0]), table.worker.is_not_null()
        )
    ]
    people: dict[int, set[int]] = {}
    for row in rows:
        people.setdefault(row["innovation"], set()).add(row["worker"])
    return {
        worker: frozenset().union(*(people[row["innovation"]] for row in own if row["worker"] == worker)) - {worker}
        for worker in workers
    }


async def _studios(workers: Sequence[int], since: datetime) -> dict[int, Ids]:
    """By worker: the studios that they lead or work in, or worked in since then."""
    if not workers:
        return {}
    members = await StudioMember.select(StudioMember.worker, StudioMember.studio).where(
        StudioMember.worker.is_in(list(workers)), StudioMember.until.is_null() | (StudioMember.until >= day_of(since))
    )
    led = await Studio.select(Studio.leader.as_alias("worker"), Studio.id.as_alias("studio")).where(
        Studio.leader.is_in(list(workers))
    )
    found: dict[int, set[int]] = {}
    for row in (*members, *led):
        found.setdefault(row["worker"], set()).add(row["studio"])
    return {worker: frozenset(each) for worker, each in found.items()}
