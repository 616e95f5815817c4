"""Records that may be one person: proposed by name, unit and birth date, decided by an officer.

Records of past years came without ID numbers. Nothing is ever merged by likeness: this only proposes, and remembers
who were told apart. Merging is in `worker_merging`. The only writer of `WorkerApart`.
"""

from dataclasses import dataclass
from datetime import date, datetime

from piccolo.columns.combination import Or

from foundation.base.problem import Problem, Refused
from foundation.people import may
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.people.worker_reads import WorkerFacts
from foundation.people.worker_tables import Worker, WorkerApart
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.text import names

MOST = 20  # candidates shown; nobody has more namesakes in one unit


@dataclass(frozen=True, slots=True)
class Candidate:
    """Another record of the same name, and what else agrees; `None` where one of the two does not say."""

    id: int
    name: str
    unit: str
    birth_date: date | None
    occupation: str
    numbered: bool
    same_unit: bool
    same_birth: bool | None


async def candidates(user: SignedIn, worker: WorkerFacts) -> list[Candidate]:
    """Records that this person may see and that may be the same worker, the likeliest first.

    The name is the same, the birth dates do not contradict each other, at most one has an ID number, and nobody told
    them apart.
    """
    query = Worker.select(
        Worker.id, Worker.name, Worker.unit, Worker.unit.name.as_alias("unit_name"), Worker.birth_date,
        Worker.occupation, Worker.id_hash,
    ).where(
        Worker.folded == names.compared(worker.name)[: names.LONGEST_NAME],
        Worker.id != worker.id,
        Worker.merged_into.is_null(),
    )  # fmt: skip
    if worker.id_number:
        query = query.where(Worker.id_hash == "")  # two ID numbers are two persons
    if worker.birth_date:
        query = query.where(Or(Worker.birth_date.is_null(), Worker.birth_date == worker.birth_date))
    rows = await permitted(query, may.MERGE_WORKERS, user).order_by(Worker.id).limit(MOST * 2)
    apart = await _told_apart(worker.id)
    found = [
        Candidate(
            id=row["id"],
            name=row["name"],
            unit=row["unit_name"],
            birth_date=row["birth_date"],
            occupation=row["occupation"],
            numbered=bool(row["id_hash"]),
            same_unit=row["unit"] == worker.unit_id,
            same_birth=row["birth_date"] == worker.birth_date if row["birth_date"] and worker.birth_date else None,
        )
        for row in rows
        if row["id"] not in apart
    ]
    return sorted(found, key=lambda one: (not one.same_unit, not one.same_birth, one.id))[:MOST]


@tried_again
async def tell_apart(one: int, other: int, by: str, now: datetime) -> None:
    """Two records are two persons; they are not proposed again. Saying it twice changes nothing. Raises Refused."""
    if one == other:
        raise Refused(Problem("worker_is_itself"))
    low, high = sorted((one, other))
    async with transaction():
        made = await WorkerApart.insert(WorkerApart(one=low, other=high, at=now, by=by)).on_conflict(
            action="DO NOTHING"
        )
        if made:
            for worker_id, another in ((low, high), (high, low)):
                ledger.record(
                    stream=f"worker:{worker_id}", act="worker.told_apart", actor=by, payload={"other": another}
                )


async def _told_apart(worker_id: int) -> set[int]:
    rows = await WorkerApart.select(WorkerApart.one, WorkerApart.other).where(
        Or(WorkerApart.one == worker_id, WorkerApart.other == worker_id)
    )
    return {row["one"] + row["other"] - worker_id for row in rows}
