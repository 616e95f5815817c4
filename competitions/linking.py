"""Contestants and the registry's workers: the only writer of `Contestant.worker`.

A worker is a person once; who took part is linked to them by the contest office, so that their own page shows it.
Nothing is linked by likeness alone: what is found is proposed, a person decides. Knows names, as `roster.py` does;
of a worker it tells no more than that there is one of that name in that unit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from competitions.contests import lock_contest
from competitions.tables import Contest, Contestant, Entry
from foundation.base.problem import N_, Problem, Refused
from foundation.people import workers
from foundation.people.own import SECTIONS, OwnRow, Section
from foundation.people.worker_tables import Worker
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.text import names

AT_ONCE = 200  # names in one query


@dataclass(frozen=True, slots=True)
class Proposal:
    """A contestant, how many workers of that name and unit there are, and which, where there is exactly one."""

    contestant: int
    work_number: str
    name: str
    unit: str
    found: int
    worker: int | None
    linked: bool


async def proposals(contest_id: int) -> list[Proposal]:
    """Everybody on the list, by work number, with who they may be."""
    rows = (
        await Contestant.select(
            Contestant.id, Contestant.name, Contestant.unit, Contestant.worker,
            Contestant.entry.work_number.as_alias("work_number"),
        )
        .where(Contestant.entry.contest == contest_id)
        .order_by(Contestant.entry.work_number)
    )  # fmt: skip
    wanted = sorted({names.compared(row["name"])[: names.LONGEST_NAME] for row in rows if row["worker"] is None})
    known: dict[tuple[str, str], list[int]] = {}
    for start in range(0, len(wanted), AT_ONCE):
        found = await Worker.select(Worker.id, Worker.folded, Worker.unit.name.as_alias("unit_name")).where(
            Worker.folded.is_in(wanted[start : start + AT_ONCE]), Worker.merged_into.is_null()
        )
        for one in found:
            known.setdefault((one["folded"], one["unit_name"]), []).append(one["id"])
    made = []
    for row in rows:
        ids = known.get((names.compared(row["name"])[: names.LONGEST_NAME], row["unit"]), [])
        made.append(
            Proposal(
                contestant=row["id"],
                work_number=row["work_number"],
                name=row["name"],
                unit=row["unit"],
                found=len(ids),
                worker=ids[0] if len(ids) == 1 else None,
                linked=row["worker"] is not None,
            )
        )
    return made


@tried_again
async def link(contest_id: int, chosen: Sequence[int], by: int) -> int:
    """Link these contestants to the workers proposed for them; answers how many. Raises Refused for none.

    A worker who became part of another meanwhile leads on to that one: two people decided that they are one person.
    """
    if not chosen:
        raise Refused(Problem("link_nothing", "contestant"))
    wanted = set(chosen)
    async with transaction():
        await lock_contest(contest_id)
        found = {
            one.contestant: one.worker
            for one in await proposals(contest_id)
            if one.contestant in wanted and one.worker is not None and not one.linked
        }
        standing = await workers.lock_standing(found.values())
        found = {contestant: standing[worker] for contestant, worker in found.items() if worker in standing}
        for contestant, worker in sorted(found.items()):
            await Contestant.update({Contestant.worker: worker}).where(Contestant.id == contestant)
        if found:
            ledger.record(
                stream=f"contest:{contest_id}",
                act="contestants.linked",
                actor=f"account:{by}",
                payload={"contestants": sorted(found)},
            )
    return len(found)


@tried_again
async def unlink(contest_id: int, contestant: int, by: int) -> None:
    """Take a link back; one that is not there stays away."""
    async with transaction():
        await lock_contest(contest_id)
        gone = (
            await Contestant.update({Contestant.worker: None})
            .where(Contestant.id == contestant, Contestant.entry.contest == contest_id, Contestant.worker.is_not_null())
            .returning(Contestant.id)
        )
        if gone:
            ledger.record(
                stream=f"contest:{contest_id}",
                act="contestants.unlinked",
                actor=f"account:{by}",
                payload={"contestants": [contestant]},
            )


async def _own_rows(worker_id: int) -> list[OwnRow]:
    """The contests somebody took part in, the newest first."""
    made = await Contestant.select(Contestant.entry).where(Contestant.worker == worker_id)
    if not made:
        return []
    entries = await Entry.select(Entry.contest).where(Entry.id.is_in([row["entry"] for row in made]))
    rows = (
        await Contest.select(Contest.address, Contest.title, Contest.competition.title.as_alias("competition"))
        .where(Contest.id.is_in(sorted({row["contest"] for row in entries})))
        .order_by(Contest.id, ascending=False)
    )
    return [OwnRow(row["title"], row["competition"], f"/mine/contests/{row['address']}") for row in rows]


@workers.on_merge
async def _follow(from_id: int, into_id: int) -> None:
    await Contestant.update({Contestant.worker: into_id}).where(Contestant.worker == from_id)


SECTIONS.append(Section(N_("Contests"), _own_rows))
