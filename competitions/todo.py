"""What waits for a signed-in person in competitions: works to mark, entries to lock, a contest's next step."""

from collections.abc import Sequence

from competitions.bench import bench_for
from competitions.contests import ContestFacts, unpublished_of
from competitions.desk import desk_for, works_of
from competitions.rules.progress import State
from competitions.rules.stages import Stage
from competitions.tables import Contest, Seat
from foundation.base.problem import Problem
from foundation.people.grants import Role
from foundation.people.sessions import SignedIn
from foundation.work.todo import Todo

MOST = 50  # contests on a desk: whoever runs more looks through their list


async def at_seats(user: SignedIn) -> list[Todo]:
    """What waits for this person as a judge, whichever hat they wear: a seat belongs to the person."""
    found: list[Todo] = []
    for address, chief, marks in await _open_seats(user.account_id):
        if marks:
            found += await _to_mark(user.account_id, address)
        if chief:
            found += await _to_settle(user.account_id, address)
    return found


async def to_run(user: SignedIn) -> list[Todo]:
    """What waits for the hat this person wears: the next step of each contest they run."""
    if not user.roles & {Role.ORGANISER, Role.OFFICER}:
        return []
    return [todo for contest in await unpublished_of(user, MOST) for todo in _next_step(contest)]


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
    return [Todo(desk.contest.title, what, f"/judge/contests/{address}", left, "work", pressing=True)]


async def _to_settle(account: int, address: str) -> Sequence[Todo]:
    bench = await bench_for(account, address)
    totals, ready = bench.totals, len(bench.settled)
    found: list[Todo] = []
    if conflicts := totals[State.CONFLICT]:
        what = Problem("todo_conflicts", "", {"count": str(conflicts)})
        found.append(
            Todo(bench.contest.title, what, f"/chief/contests/{address}?show=mine", conflicts, "entry", pressing=True)
        )
    if ready:
        what = Problem("todo_ready", "", {"count": str(ready)})
        found.append(
            Todo(bench.contest.title, what, f"/chief/contests/{address}?show=mine", ready, "entry", pressing=True)
        )
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
