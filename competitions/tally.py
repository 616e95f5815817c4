"""The marks of a contest as they are now, tabulated: what publishing looks at and what it freezes.

Reads entries, marks and contestants, all as they were at one moment; writes nothing. Only the organiser's pages and
publishing may use it, for it holds names: public pages read frozen rows (`showcase.py`).
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import anyio.to_thread

from competitions.contests import ContestFacts, FrozenScheme, contest_by_address, frozen_scheme
from competitions.marks import current
from competitions.rules.details import detail_json
from competitions.rules.relabel import Given, relabel
from competitions.rules.visibility import NamesShown, Person, TotalsShown, Visibility, with_totals
from competitions.tables import Contestant, Entry
from foundation.base.problem import NotFound, Problem
from foundation.store import ledger
from foundation.store.transactions import snapshot
from foundation.tabulation.checks import check_marks
from foundation.tabulation.ranking import tabulate
from foundation.tabulation.standings import Entry as Ranked
from foundation.tabulation.standings import Standings
from foundation.tabulation.texts import normal


@dataclass(frozen=True, slots=True)
class Material:
    """All that results are made of. `marks` are those of entries that compete, under the seats' own judge codes.

    `entries` by id; `locked` and the keys of `people` are work numbers. `head` is the last entry of the contest's
    ledger at that moment: while it stands, nothing of the contest has changed, for every act is recorded there.
    """

    contest: ContestFacts
    frozen: FrozenScheme
    entries: Mapping[int, Ranked]
    locked: frozenset[str]
    people: Mapping[str, Person]
    marks: tuple[Given, ...]
    head: ledger.Head

    @property
    def visibility(self) -> Visibility:
        contest = self.contest
        return Visibility(NamesShown(contest.names_shown), TotalsShown(contest.totals_shown), contest.awarded_places)


@dataclass(frozen=True, slots=True)
class Tally:
    """The material worked out. `standings` are those of the marks under new labels; `apart` rank the shown alone.

    `problems` are what the spec says of rows beside each other: one judge too many, a coefficient missing.
    """

    standings: Standings
    apart: Standings
    marks: tuple[Given, ...]
    problems: tuple[Problem, ...]


def stream(contest_id: int) -> str:
    """The contest's stream of the ledger."""
    return f"contest:{contest_id}"


async def gather(address: str) -> Material:
    """The material of a contest whose scheme is frozen, all of one moment; raises NotFound."""
    async with snapshot():
        contest, frozen = await _frozen_contest(address)
        rows = await Entry.select().where(Entry.contest == contest.id).order_by(Entry.work_number)
        entries = {
            row["id"]: Ranked(
                code=row["work_number"],
                group=normal(row["group_name"]),
                status=row["status"],
                penalty=row["penalty"],
                carried=row["carried"],
                time=row["time_taken"],
            )
            for row in rows
        }
        people = await Contestant.select(Contestant.entry, Contestant.name, Contestant.unit, Contestant.city).where(
            Contestant.entry.contest == contest.id
        )
        given = await current(contest.id, frozen.scheme)
        head = await ledger.head(stream(contest.id))
    return Material(
        contest=contest,
        frozen=frozen,
        entries=entries,
        locked=frozenset(row["work_number"] for row in rows if row["locked_at"] is not None),
        people={entries[row["entry"]].code: Person(row["name"], row["unit"], row["city"]) for row in people},
        # What was marked of an entry that is not ranked concerns nobody any more: it is neither published nor bundled.
        marks=tuple(
            Given(mark.row, detail_json(mark.detail)) for mark in given if entries[mark.entry_id].status == "ok"
        ),
        head=head,
    )


async def _frozen_contest(address: str) -> tuple[ContestFacts, FrozenScheme]:
    contest = await contest_by_address(address)
    frozen = await frozen_scheme(contest.id) if contest else None
    if contest is None or frozen is None:
        raise NotFound
    return contest, frozen


async def work_out(material: Material) -> Tally:
    """Tabulate beside the event loop: a large contest takes longer than a judge should wait for an answer."""
    return await anyio.to_thread.run_sync(partial(_work_out, material))


def _work_out(material: Material) -> Tally:
    scheme, entries = material.frozen.scheme, list(material.entries.values())
    dealt = relabel(material.marks, _shuffle)
    standings = tabulate(scheme, entries, [given.mark for given in dealt])
    original = tabulate(scheme, entries, [given.mark for given in material.marks])
    if places(standings) != places(original):
        raise RuntimeError("new judge labels changed the standings")  # cannot be; nothing may be published if it is
    shown = with_totals(standings, material.visibility)
    apart = tabulate(scheme, [entry for entry in entries if entry.code in shown], [given.mark for given in dealt])
    problems = check_marks(scheme, entries, [given.mark for given in material.marks], {})
    told = tuple(Problem(problem.code, "", problem.params) for problem in problems)
    return Tally(standings, apart, tuple(dealt), told)


def places(standings: Standings) -> list[tuple[object, ...]]:
    """What may not depend on judges' labels: everything but the marks' own lines."""
    return [
        (
            *(line.group, line.place, line.entry, line.status, line.exact_total, line.tied, line.decided_by),
            *(module.points for module in line.modules),
        )
        for line in standings.lines
    ]


def _shuffle(count: int) -> Sequence[int]:
    return secrets.SystemRandom().sample(range(count), count)
