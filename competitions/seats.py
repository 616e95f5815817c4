"""Seats: the only writer of `Seat` and `SeatWork`. Who judges what, by work numbers; contestants are not known here.

A judge never runs the competition they judge in, for organisers and officers see names. `by` is the acting account's
id, and a seat is known by its position in the contest (J1 is 1).
"""

import json
from collections.abc import Sequence
from typing import Any

from competitions.contests import ContestFacts, lock_contest
from competitions.panel import SeatFacts, plans, seats_of
from competitions.rules.panel import SeatDraft, draft_problems, named, panel_problems
from competitions.rules.stages import Stage
from competitions.tables import Competition, CompetitionOrganiser, Contest, Entry, Mark, Seat, SeatWork
from competitions.versions import current_scheme, frozen_scheme
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import accounts, organisation_tree, posts
from foundation.people.account_look_up import Finder
from foundation.people.accounts import AccountFacts
from foundation.people.grants import Role
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction


async def seat_judge(contest_id: int, sign_in: str, draft: SeatDraft, by: int, finder: Finder = accounts.find) -> int:
    """Seat an existing account; answers the seat's position. Raises Refused."""
    return (await seat_judges(contest_id, [sign_in], draft, by, finder))[0]


async def seat_judges(
    contest_id: int, sign_ins: Sequence[str], draft: SeatDraft, by: int, finder: Finder = accounts.find
) -> list[int]:
    """Seat several existing accounts alike, all or none; answers their positions. Raises Refused.

    A page passes the `finder` of whoever asks, which counts and tells no more than they may know.
    """
    judges, problems = await _known(sign_ins, finder)
    if draft.chief and len(sign_ins) > 1:
        problems.append(Problem("chief_of_many", "chief"))
    return await _seat(contest_id, judges, problems, draft, by)


@tried_again
async def _seat(
    contest_id: int, judges: Sequence[AccountFacts], found: Sequence[Problem], draft: SeatDraft, by: int
) -> list[int]:
    async with transaction():
        await _hold_organisers(contest_id)
        contest = await _open_contest(contest_id)
        seats = await seats_of(contest_id)
        entries, wrong = await _checked(contest, draft, seats, 0)
        problems = [*found, *wrong, *await _conflicts(contest, judges, seats)]
        if problems:
            raise Refused(*problems)
        first = 1 + max((seat.position for seat in seats), default=0)
        for position, judge in enumerate(judges, first):
            seat = Seat(
                contest=contest_id,
                account=judge.id,
                position=position,
                chief=draft.chief,
                aspects=json.dumps(draft.aspects, ensure_ascii=False),
                every_work=draft.works is None,
            )
            await seat.save()
            await _give_works(seat.id, draft, entries)
            _record(contest_id, "seat.given", by, seat.id, _payload(draft, judge.id, position))
        await _not_too_many(contest)
    return list(range(first, first + len(judges)))


async def _hold_organisers(contest_id: int) -> None:
    """Until the seats are saved nobody becomes an organiser of this competition: that act locks its row as well."""
    row = await Contest.select(Contest.competition).where(Contest.id == contest_id).first()
    if row is not None:
        await lock_row(Competition, row["competition"], share=True)


@tried_again
async def change(contest_id: int, position: int, draft: SeatDraft, by: int) -> None:
    """Change what a seat marks; what it has marked already stays its own. Raises NotFound, Refused."""
    async with transaction():
        contest = await _open_contest(contest_id)
        seats = await seats_of(contest_id)
        seat = _at(seats, position)
        entries, problems = await _checked(contest, draft, seats, position)
        if problems := [*problems, *await _keeps_marked(seat, draft)]:
            raise Refused(*problems)
        await Seat.update(
            {
                Seat.chief: draft.chief,
                Seat.aspects: json.dumps(draft.aspects, ensure_ascii=False),
                Seat.every_work: draft.works is None,
            }
        ).where(Seat.id == seat.id)
        await _give_works(seat.id, draft, entries)
        await _not_too_many(contest)
        _record(contest_id, "seat.changed", by, seat.id, _payload(draft, seat.account_id, position))


@tried_again
async def remove(contest_id: int, position: int, by: int) -> None:
    """Take a seat away, which is possible before its first mark. Raises NotFound, Refused."""
    async with transaction():
        await _open_contest(contest_id)
        seat = _at(await seats_of(contest_id), position)
        if await Mark.exists().where(Mark.seat == seat.id):
            raise Refused(Problem("seat_has_marks", "", {"judge": f"J{position} {seat.name}"}))
        await SeatWork.delete().where(SeatWork.seat == seat.id)
        await Seat.delete().where(Seat.id == seat.id)
        _record(contest_id, "seat.removed", by, seat.id, {"account": seat.account_id, "position": position})


async def _open_contest(contest_id: int) -> ContestFacts:
    contest = await lock_contest(contest_id)
    if contest.stage is Stage.PUBLISHED:
        raise Refused(Problem("seats_published"))
    return contest


def _at(seats: list[SeatFacts], position: int) -> SeatFacts:
    for seat in seats:
        if seat.position == position:
            return seat
    raise NotFound


async def _known(sign_ins: Sequence[str], finder: Finder) -> tuple[list[AccountFacts], list[Problem]]:
    judges: list[AccountFacts] = []
    problems: list[Problem] = []
    for sign_in in sign_ins:
        found = await finder(sign_in)
        if found is None or not found.active:
            problems.append(Problem("judge_unknown", "sign_in", {"sign_in": sign_in[:64]}))
        elif found.id in {judge.id for judge in judges}:
            problems.append(Problem("judge_twice", "sign_in", {"name": found.name}))
        else:
            judges.append(found)
    if not sign_ins:
        problems.append(Problem("judge_missing", "sign_in"))
    return judges, problems


async def _conflicts(
    contest: ContestFacts, judges: Sequence[AccountFacts], seats: Sequence[SeatFacts]
) -> list[Problem]:
    """Who sits here already, and who can see names."""
    rows = await CompetitionOrganiser.select(CompetitionOrganiser.account).where(
        CompetitionOrganiser.competition == contest.competition.id
    )
    above = await organisation_tree.by_id(contest.competition.organisation_id)
    officers = {
        post.account_id
        for post in await posts.of_accounts([judge.id for judge in judges])
        if Role.OFFICER in post.roles and above is not None and organisation_tree.is_below(above.path, post.path)
    }
    organisers, seated = {row["account"] for row in rows}, {seat.account_id for seat in seats}
    problems = []
    for judge in judges:
        about = {"name": judge.name}
        if judge.id in organisers | officers:
            problems.append(Problem("judge_sees_names", "sign_in", about))
        elif judge.id in seated:
            problems.append(Problem("judge_twice", "sign_in", about))
    return problems


async def _checked(
    contest: ContestFacts, draft: SeatDraft, seats: Sequence[SeatFacts], position: int
) -> tuple[dict[str, int], list[Problem]]:
    """Every work's entry id by work number, and all that is wrong with the draft itself."""
    scheme = await current_scheme(contest.id)
    known = {aspect.code for aspect in scheme.aspects()} if scheme else set()
    rows = await Entry.select(Entry.id, Entry.work_number).where(Entry.contest == contest.id)
    entries = {row["work_number"]: row["id"] for row in rows}
    chief = next((seat for seat in seats if seat.chief and seat.position != position), None)
    problems = draft_problems(draft, known, entries)
    if draft.chief and chief is not None:
        problems.append(Problem("chief_twice", "chief", {"judge": f"J{chief.position} {chief.name}"}))
    return entries, problems


async def _give_works(seat_id: int, draft: SeatDraft, entries: dict[str, int]) -> None:
    await SeatWork.delete().where(SeatWork.seat == seat_id)
    numbers = sorted(set(draft.works or ()))
    for start in range(0, len(numbers), 500):
        part = numbers[start : start + 500]
        await SeatWork.insert(*(SeatWork(seat=seat_id, entry=entries[number]) for number in part))


async def _keeps_marked(seat: SeatFacts, draft: SeatDraft) -> list[Problem]:
    """Marks are never orphaned: an aspect or a work that this seat has marked stays with it."""
    marked = await Mark.select(Mark.aspect, Mark.entry.work_number.as_alias("number")).where(Mark.seat == seat.id)
    aspects = sorted({row["aspect"] for row in marked} - set(draft.aspects))
    works = sorted({row["number"] for row in marked} - set(draft.works)) if draft.works is not None else []
    problems = []
    if aspects:
        problems.append(Problem("seat_marked_aspects", "aspects", {"aspects": "、".join(aspects)}))
    if works:
        problems.append(Problem("seat_marked_works", "works", {"works": named(works)}))
    return problems


async def _not_too_many(contest: ContestFacts) -> None:
    """While marking, a seat more than the scheme's judges would make marks that cannot be counted."""
    frozen = await frozen_scheme(contest.id) if contest.stage is Stage.MARKING else None
    if frozen is None:
        return
    problems = [
        problem
        for problem in panel_problems(frozen.scheme, *await plans(contest.id))
        if int(problem.params.get("have", 0)) > int(problem.params.get("wanted", 0))
    ]
    if problems:
        raise Refused(*problems)


def _payload(draft: SeatDraft, account_id: int, position: int) -> dict[str, Any]:
    works = None if draft.works is None else sorted(set(draft.works))
    return {
        "account": account_id,
        "position": position,
        "chief": draft.chief,
        "aspects": list(draft.aspects),
        "works": works,
    }


def _record(contest_id: int, act: str, by: int, seat_id: int, payload: dict[str, Any]) -> None:
    ledger.record(
        stream=f"contest:{contest_id}", act=act, actor=f"account:{by}", about=f"seat:{seat_id}", payload=payload
    )
