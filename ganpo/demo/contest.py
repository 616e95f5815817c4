"""Takes one planned contest through its real life, with the same writers as the pages: draft, seats, marks, results.

Knows the writers and the plan; what people and marks there are is `works.py`. Writes no table itself.
"""

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from competitions import entries, events, locks, marks, publishing, schemes, seats
from competitions.bench import bench_for
from competitions.contests import CompetitionFacts, ContestFacts
from competitions.panel import seats_of
from competitions.presets.presets import list_presets, load_preset
from competitions.roster import people
from competitions.rules.details import detail_json
from competitions.rules.facts import EntryFacts
from competitions.rules.notes import SheetNotes
from competitions.rules.panel import SeatDraft
from competitions.rules.roster import RosterRow
from competitions.rules.stages import Stage
from foundation.tabulation.scheme import Scheme, read_scheme, scheme_hash
from ganpo.demo.cast import CHIEF, ORGANISER
from ganpo.demo.clock import Clock
from ganpo.demo.plans import ContestPlan
from ganpo.demo.works import Marks, Work, draw_marks, draw_works, random_of

LOCKED_SO_FAR = 6  # works that the chief judge has locked where a contest is being marked
MARKED_SO_FAR = 10  # works that the judge of `ContestPlan.unfinished` has marked


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a plan: the contest as it stands, its works, and personal codes by contestant (none unpublished)."""

    plan: ContestPlan
    contest: ContestFacts
    works: tuple[Work, ...]
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Desk:
    """What the steps below share: account ids by sign-in name, entry ids by work number."""

    plan: ContestPlan
    contest: ContestFacts
    clock: Clock
    accounts: Mapping[str, int]

    @property
    def organiser(self) -> int:
        return self.accounts[ORGANISER.sign_in]

    @property
    def chief(self) -> int:
        return self.accounts[CHIEF.sign_in]


async def make_contest(
    competition: CompetitionFacts, plan: ContestPlan, accounts: Mapping[str, int], clock: Clock, taken: Sequence[str]
) -> Made:
    """Make the contest up to the plan's stage. Nobody in it is called as in `taken`."""
    scheme, notes, minutes = sheet(plan.preset)
    contest = await events.create_contest(
        competition.id,
        plan.draft,
        accounts[ORGANISER.sign_in],
        clock.at(plan.day, 9, -40),
        scheme=scheme,
        notes=notes,
    )
    desk = _Desk(plan, contest, clock, accounts)
    await events.change_settings(contest.id, plan.settings, desk.organiser)
    random = random_of(plan)
    works = draw_works(random, plan, minutes, taken)
    await entries.add_roster(contest.id, [_row(at, work) for at, work in enumerate(works, start=1)], desk.organiser)
    for seat in plan.seats:
        draft = SeatDraft(seat.aspects, seat.chief)
        await seats.seat_judge(contest.id, seat.sign_in, draft, desk.organiser)
    codes: Mapping[str, str] = {}
    if plan.stage is not Stage.DRAFT:
        seen = (scheme_hash(scheme), schemes.sheet_hash(notes))
        await schemes.freeze(contest.id, seen, desk.organiser, clock.at(plan.day, 10, -12))
        await events.open_marking(contest.id, desk.organiser)
        works, given = draw_marks(random, plan, scheme, notes, works)
        await _mark(desk, given)
        await _record_facts(desk, works)
        await _lock(desk)
    if plan.stage is Stage.PUBLISHED:
        issued = await entries.issue_codes(contest.id, desk.organiser)
        codes = {one.name: one.code for one in issued}
        await publishing.publish(contest.id, desk.organiser, clock.at(plan.day, 18))
    return Made(plan, contest, tuple(works), codes)


def sheet(key: str) -> tuple[Scheme, SheetNotes, int]:
    """A preset's scheme, notes, and the minutes allowed."""
    text, notes = load_preset(key)
    scheme, problems = read_scheme(text)
    if scheme is None:
        raise ValueError(f"the preset {key} is damaged: {problems}")
    return scheme, notes, next(preset.minutes for preset in list_presets() if preset.key == key)


def _row(line: int, work: Work) -> RosterRow:
    return RosterRow(line, work.person.name, work.person.unit.name, work.person.unit.city, work.group, work.number)


async def _mark(desk: _Desk, given: Mapping[str, Marks]) -> None:
    """Every judge hands in their sheets; all at once, so that they share the waits for the disk."""
    ids = {one.work_number: one.entry_id for one in await people(desk.contest.id)}
    seated = {seat.sign_in: seat.id for seat in await seats_of(desk.contest.id)}
    sheets = []
    for done, number in enumerate(sorted(given)):
        for judge, seat in seated.items():
            own = {aspect: mark for (who, aspect), mark in given[number].items() if who == judge}
            if own and not (judge == desk.plan.unfinished and done >= MARKED_SO_FAR):
                nonce = secrets.token_hex(12)
                values = [
                    marks.NewMark(aspect, value, detail_json(detail), f"{nonce}:{aspect}", 0)
                    for aspect, (value, detail) in own.items()
                ]
                at = desk.clock.at(desk.plan.day, 15)
                sheets.append(marks.give(seat, ids[number], values, desk.accounts[judge], at))
    await asyncio.gather(*sheets)


async def _record_facts(desk: _Desk, works: Sequence[Work]) -> None:
    """Times, and who was absent, withdrew or was disqualified; an absent one has no time."""
    ids = {one.work_number: one.entry_id for one in await people(desk.contest.id)}
    for work in works:
        time = work.time if work.status in {"ok", "disqualified"} else None
        await entries.set_facts(desk.contest.id, ids[work.number], EntryFacts(work.status, time), desk.organiser)


async def _lock(desk: _Desk) -> None:
    """The chief judge locks what is complete: all of it, or the first few works where marking goes on."""
    bench = await bench_for(desk.chief, desk.contest.address)
    chosen = bench.settled[:LOCKED_SO_FAR] if desk.plan.unfinished else bench.settled
    await locks.lock(bench, chosen, desk.chief, desk.clock.at(desk.plan.day, 17))
