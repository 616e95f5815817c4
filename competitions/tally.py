"""The marks of a contest as they are now, tabulated: what publishing looks at and what it freezes.

Reads entries, their difficulty, marks and contestants, all as they were at one moment; writes nothing. Only the
organiser's pages and publishing may use it, for it holds names: public pages read frozen rows (`showcase.py`).
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import anyio.to_thread

from competitions import difficulty
from competitions.contests import ContestFacts, contest_by_address
from competitions.marks import current
from competitions.rules.details import detail_json
from competitions.rules.difficulty import Coefficients, lacking, standings_of
from competitions.rules.relabel import Given, relabel
from competitions.rules.visibility import NamesShown, Person, TotalsShown, Visibility, with_totals
from competitions.tables import Contestant, Entry
from competitions.versions import FrozenScheme, frozen_scheme
from foundation.base.problem import NotFound, Problem
from foundation.store import ledger
from foundation.store.transactions import snapshot
from foundation.tabulation.checks import check_marks
from foundation.tabulation.scheme import Aspect
from foundation.tabulation.standings import Entry as Ranked
from foundation.tabulation.standings import Standings
from foundation.tabulation.texts import normal


@dataclass(frozen=True, slots=True)
class Material:
    """All that results are made of. `marks` are those of entries that compete, under the seats' own judge codes;
    `coefficients` likewise, as far as the frozen scheme takes them.

    `entries` by id; `locked` and the keys of `people` are work numbers. `head` is the last entry of the contest's
    ledger at that moment: while it stands, nothing of the contest has changed, for every act is recorded there.
    """

    contest: ContestFacts
    frozen: FrozenScheme
    entries: Mapping[int, Ranked]
    locked: frozenset[str]
    people: Mapping[str, Person]
    marks: tuple[Given, ...]
    coefficients: Coefficients
    head: ledger.Head

    @property
    def visibility(self) -> Visibility:
        contest = self.contest
        return Visibility(NamesShown(contest.names_shown), TotalsShown(contest.totals_shown), contest.awarded_places)


@dataclass(frozen=True, slots=True)
class Tally:
    """The material worked out. `standings` are those of the marks under new labels; `apart` rank the shown alone.

    `problems` are what the spec says of rows beside each other, such as one judge too many; `lacking` are, by work
    number, the aspects whose difficulty is not recorded yet.
    """

    standings: Standings
    apart: Standings
    marks: tuple[Given, ...]
    problems: tuple[Problem, ...]
    lacking: Mapping[str, tuple[Aspect, ...]]


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
        factors = await difficulty.counted(contest.id, frozen.scheme)
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
        coefficients={
            (entries[entry].code, aspect): value
            for (entry, aspect), value in factors.items()
            if entries[entry].status == "ok"
        },
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
    scheme, entries, factors = material.frozen.scheme, list(material.entries.values()), material.coefficients
    dealt = relabel(material.marks, _shuffle)
    marks, given = [each.mark for each in dealt], [each.mark for each in material.marks]
    standings = standings_of(scheme, entries, marks, factors)
    original = standings_of(scheme, entries, given, factors)
    if places(standings) != places(original):
        raise RuntimeError("new judge labels changed the standings")  # cannot be; nothing may be published if it is
    shown = with_totals(standings, material.visibility)
    apart = standings_of(scheme, [entry for entry in entries if entry.code in shown], marks, factors)
    problems = check_marks(scheme, entries, given, factors)
    told = tuple(Problem(each.code, "", each.params) for each in problems if each.code != "coefficient_missing")
    return Tally(standings, apart, tuple(dealt), told, lacking(scheme, entries, given, factors))


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
