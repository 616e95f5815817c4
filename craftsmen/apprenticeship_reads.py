"""Agreements of masters and apprentices as those who keep them see them, the tree, and a worker's own. Writes nothing.

In a tree only agreements that the worn hat keeps are named; of others it says how many there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from craftsmen.guild_tables import Apprenticeship
from craftsmen.may import KEEP_APPRENTICESHIPS
from craftsmen.rules.apprenticeships import Stage
from craftsmen.rules.lineage import DEEPEST, Branch, Tie, grown
from foundation.base import clock
from foundation.base.problem import N_, NotFound, Problem
from foundation.people import own
from foundation.people.own import OwnRow, Section
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.people.worker_tables import Worker
from foundation.work.todo import Todo

PAGE = 30
SOON = timedelta(days=30)  # before its end an agreement comes to the desk


@dataclass(frozen=True, slots=True)
class Facts:
    """One agreement."""

    id: int
    master: int
    master_name: str
    master_unit: str
    apprentice: int
    apprentice_name: str
    apprentice_unit: str
    skill: str
    terms: str
    starts_on: date
    ends_on: date
    stage: Stage
    result: str
    agreement: int | None
    revision: int
    changed_at: datetime


_COLUMNS = (
    *Apprenticeship.all_columns(),
    Apprenticeship.master.name.as_alias("master_name"),
    Apprenticeship.master.unit.name.as_alias("master_unit"),  # type: ignore[union-attr]
    Apprenticeship.apprentice.name.as_alias("apprentice_name"),
    Apprenticeship.apprentice.unit.name.as_alias("apprentice_unit"),  # type: ignore[union-attr]
)


def _facts(row: Mapping[str, Any]) -> Facts:
    same = {name: row[name] for name in Facts.__dataclass_fields__ if name != "stage"}
    return Facts(stage=Stage(row["stage"]), **same)


async def kept_by(user: SignedIn, stage: str = "", before: int | None = None) -> list[Facts]:
    """The agreements this hat keeps, the newest first; one more than a page."""
    query = permitted(Apprenticeship.select(*_COLUMNS), KEEP_APPRENTICESHIPS, user)
    if stage:
        query = query.where(Apprenticeship.stage == stage)
    if before is not None:
        query = query.where(Apprenticeship.id < before)
    return [_facts(row) for row in await query.order_by(Apprenticeship.id, ascending=False).limit(PAGE + 1)]


async def for_user(user: SignedIn, apprenticeship_id: int) -> Facts:
    """One agreement, for who keeps it. NotFound for anybody else."""
    if not 0 < apprenticeship_id < 2**31:
        raise NotFound
    query = Apprenticeship.select(*_COLUMNS).where(Apprenticeship.id == apprenticeship_id)
    row = await permitted(query, KEEP_APPRENTICESHIPS, user).first()
    if row is None:
        raise NotFound
    return _facts(row)


@dataclass(frozen=True, slots=True)
class Tree:
    """Somebody's masters, and below them everybody who learnt from them."""

    name: str
    unit: str
    masters: Sequence[Facts]
    branches: Sequence[Branch]
    hidden: int  # apprentices of theirs whom other units keep


async def tree(user: SignedIn, worker_id: int) -> Tree:
    """The tree of a worker who stands in an agreement that this hat keeps. NotFound otherwise."""
    if not 0 < worker_id < 2**31:
        raise NotFound
    own_ties = Apprenticeship.select(*_COLUMNS).where(
        (Apprenticeship.master == worker_id) | (Apprenticeship.apprentice == worker_id)
    )
    kept = [_facts(row) for row in await permitted(own_ties, KEEP_APPRENTICESHIPS, user)]
    worker = await Worker.select(Worker.name, Worker.unit.name.as_alias("unit")).where(Worker.id == worker_id).first()
    if not kept or worker is None:
        raise NotFound
    ties, hidden = await _ties(user, worker_id)
    return Tree(
        worker["name"],
        worker["unit"],
        [one for one in kept if one.apprentice == worker_id and one.stage is not Stage.ENDED],
        grown(worker_id, ties, hidden),
        hidden.get(worker_id, 0),
    )


async def _ties(user: SignedIn, root: int) -> tuple[dict[int, list[Tie]], dict[int, int]]:
    """What is below somebody, generation by generation: named where kept, else counted."""
    ties: dict[int, list[Tie]] = {}
    hidden: dict[int, int] = {}
    frontier, seen = {root}, {root}
    for _ in range(DEEPEST):
        if not frontier:
            break
        where = (Apprenticeship.master.is_in(sorted(frontier)), Apprenticeship.stage != Stage.ENDED.value)
        query = permitted(Apprenticeship.select(*_COLUMNS).where(*where), KEEP_APPRENTICESHIPS, user)
        rows = await query.order_by(Apprenticeship.starts_on, Apprenticeship.id)
        every = await Apprenticeship.select(Apprenticeship.id, Apprenticeship.master).where(*where)
        named = {row["id"] for row in rows}
        for row in every:
            if row["id"] not in named:
                hidden[row["master"]] = hidden.get(row["master"], 0) + 1
        for row in rows:
            ties.setdefault(row["master"], []).append(_tie(row))
        frontier = {row["apprentice"] for row in rows} - seen
        seen |= frontier
    return ties, hidden


def _tie(row: Mapping[str, Any]) -> Tie:
    return Tie(
        id=row["id"],
        master=row["master"],
        apprentice=row["apprentice"],
        name=row["apprentice_name"],
        unit=row["apprentice_unit"],
        skill=row["skill"],
        stage=row["stage"],
        years=f"{row['starts_on'].year}–{row['ends_on'].year}",
    )


async def due(user: SignedIn, now: datetime) -> list[Todo]:
    """Desk lines: agreements that end within a month, or should have ended."""
    if not KEEP_APPRENTICESHIPS.possible(user):
        return []
    zone = clock.zone()
    last = now.astimezone(zone).date() + SOON
    query = Apprenticeship.select(*_COLUMNS).where(
        Apprenticeship.stage == Stage.RUNNING.value, Apprenticeship.ends_on <= last
    )
    rows = await permitted(query, KEEP_APPRENTICESHIPS, user).order_by(Apprenticeship.ends_on).limit(50)
    return [
        Todo(
            f"{row['master_name']} · {row['apprentice_name']}",
            Problem("todo_apprenticeship_ends"),
            f"/apprenticeships/{row['id']}",
            1,
            "agreement",
            datetime.combine(row["ends_on"], time(23, 59), zone),
        )
        for row in rows
    ]


async def own_rows(worker_id: int) -> list[OwnRow]:
    """On the worker's own page: their masters and apprentices."""
    rows = (
        await Apprenticeship.select(*_COLUMNS)
        .where((Apprenticeship.master == worker_id) | (Apprenticeship.apprentice == worker_id))
        .order_by(Apprenticeship.starts_on, Apprenticeship.id)
        .limit(100)
    )
    return [
        OwnRow(
            f"{row['master_name']} → {row['apprentice_name']} · {row['skill']}",
            f"{row['starts_on']} – {row['ends_on']}",
        )
        for row in rows
    ]


own.SECTIONS.append(Section(N_("Agreements of masters and apprentices"), own_rows))
