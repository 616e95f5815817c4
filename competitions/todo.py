"""What waits for a signed-in person in competitions: works to mark, entries to lock, a contest's next step."""

from collections.abc import Sequence
from dataclasses import dataclass

from competitions.bench import bench_for
from competitions.contests import ContestFacts, competitions_of, contests_of
from competitions.desk import desk_for, works_of
from competitions.rules.progress import State
from competitions.rules.stages import Stage
from competitions.tables import Contest, Seat
from foundation.base.problem import Problem
from foundation.people.grants import Role
from foundation.people.sessions import SignedIn


@dataclass(frozen=True, slots=True)
class Todo:
    """One line of a person's first page: where, what to do there (a sentence), and how many of what."""

    title: str
    what: Problem
    address: str
    count: int
    unit: str


async def rows(user: SignedIn) -> list[Todo]:
    """Everything that waits for this person, the most pressing first."""
    found: list[Todo] = []
    for address, chief, marks in await _open_seats(user.account_id):
        if marks:
            found += await _to_mark(user.account_id, address)
        if chief:
            found += await _to_settle(user.account_id, address)
    if user.roles & {Role.ORGANISER, Role.OFFICER}:
        contests = await contests_of(await competitions_of(user))
        found += [todo for contest in contests for todo in _next_step(contest)]
    return found


async def _open_seats(account: int) -> list[tuple[str, bool, bool]]:
    """Address of the contest, whether chief judge there, whether marking there; only where marking is open."""
    seats = await Seat.select(Seat.contest, Seat.chief, Seat.aspects).where(Seat.account == account)
    if not seats:
        return []
    contests = await Contest.select(Contest.id, Contest.address).where(
        Contest.id.is_in([seat["contest"] for seat in seats]), Contest.stage == Stage.MARKING.value
    )
    addresses = {contest["id"]: contest["address"] for contest in contests}
    return [
        (addresses[seat["contest"]], seat["chief"], seat["aspects"] not in ("", "[]"))
        for seat in seats
        if seat["contest"] in addresses
    ]


async def _to_mark(account: int, address: str) -> Sequence[Todo]:
    desk = await desk_for(account, address)
    left = sum(work.open for work in await works_of(desk))
    if not left:
        return []
    what = Problem("todo_works_left", "", {"count": str(left)})
    return [Todo(desk.contest.title, what, f"/judge/contests/{address}", left, "work")]


async def _to_settle(account: int, address: str) -> Sequence[Todo]:
    bench = await bench_for(account, address)
    totals, ready = bench.totals, len(bench.settled)
    found: list[Todo] = []
    if conflicts := totals[State.CONFLICT]:
        what = Problem("todo_conflicts", "", {"count": str(conflicts)})
        found.append(Todo(bench.contest.title, what, f"/chief/contests/{address}?show=mine", conflicts, "entry"))
    if ready:
        what = Problem("todo_ready", "", {"count": str(ready)})
        found.append(Todo(bench.contest.title, what, f"/chief/contests/{address}?show=mine", ready, "entry"))
    if not found and (waiting := totals[State.INCOMPLETE]):
        what = Problem("todo_incomplete", "", {"count": str(waiting)})
        found.append(Todo(bench.contest.title, what, f"/chief/contests/{address}", waiting, "entry"))
    return found


STEPS = {Stage.DRAFT: "todo_freeze", Stage.FROZEN: "todo_open_marking", Stage.MARKING: "todo_publish"}


def _next_step(contest: ContestFacts) -> Sequence[Todo]:
    """What an organiser does next with a contest; nothing once it is published."""
    if contest.stage not in STEPS:
        return []
    address = f"/organise/contests/{contest.address}"
    return [Todo(contest.title, Problem(STEPS[contest.stage]), address, 1, "step")]
