"""Agreements of masters and apprentices (师徒结对): the only writer of `Apprenticeship`.

Each act is in the ledger's stream `apprenticeship:<id>`, ids and codes only. What changes is shown or taken off the
public pages of both in the same transaction. Reading stands in `apprenticeship_reads`.
"""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from craftsmen import showing
from craftsmen.guild_tables import Apprenticeship
from craftsmen.rules.apprenticeships import (
    MOST_RUNNING,
    Agreement,
    Stage,
    after,
    line_of,
    pair_problems,
    result_problems,
)
from foundation.base.problem import NotFound, Problem, Refused
from foundation.files import uses
from foundation.people import organisation_moves, workers
from foundation.people.worker_tables import Worker
from foundation.store import engines, ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_name, lock_row, lock_rows
from foundation.store.transactions import transaction

ROLE = "agreement"  # of the signed paper


def most_running(env: Mapping[str, str] | None = None) -> int:
    """How many apprentices one master may have at once: `GANPO_MOST_APPRENTICES`, else the usual number."""
    said = (os.environ if env is None else env).get("GANPO_MOST_APPRENTICES", "")
    return int(said) if said.isascii() and said.isdigit() and 0 < int(said) < 1000 else MOST_RUNNING


@tried_again
async def create(
    master: int, apprentice: int, agreement: Agreement, by: str, now: datetime, *, account: int = 0
) -> int:
    """Write an agreement down; it is kept by the apprentice's unit. Answers its id.

    Raises Refused where the two cannot be bound, or are already for this skill; NotFound for somebody unknown.
    """
    try:
        async with transaction():
            return await _create(master, apprentice, agreement, by, now, account)
    except engines.current().integrity as error:
        raise Refused(Problem("apprentice_again", "skill")) from error


async def _create(  # noqa: PLR0917
    master: int, apprentice: int, agreement: Agreement, by: str, now: datetime, account: int
) -> int:
    both = {master, apprentice}
    if set(await lock_rows(Worker, both)) != both:
        raise NotFound
    rows = await Worker.select(Worker.id, Worker.unit, Worker.merged_into).where(Worker.id.is_in(sorted(both)))
    if any(row["merged_into"] is not None for row in rows):
        raise NotFound
    # One at a time in the whole registry: two who close a ring from both ends would not see each other.
    await lock_name("apprenticeships")
    running = await Apprenticeship.count().where(
        Apprenticeship.master == master, Apprenticeship.stage == Stage.RUNNING.value
    )
    line = await masters_above(master)
    if problems := pair_problems(master, apprentice, line_of_master=line, running=running, most=most_running()):
        raise Refused(*problems)
    row = Apprenticeship(
        master=master,
        apprentice=apprentice,
        organisation=next(one["unit"] for one in rows if one["id"] == apprentice),
        stage=Stage.RUNNING.value,
        result="",
        revision=1,
        created_by=account,
        created_at=now,
        changed_at=now,
        **_columns(agreement),
    )
    await row.save()
    _record(row.id, "apprenticeship.agreed", by, {"master": master, "apprentice": apprentice})
    await _show(row.to_dict(), now)
    return int(row.id)


@tried_again
async def change(apprenticeship_id: int, agreement: Agreement, revision: int, by: str, now: datetime) -> None:
    """Other words, other days, of one that runs. Raises Refused, NotFound."""
    async with transaction():
        row = await _locked(apprenticeship_id, "change", revision)
        values = {name: value for name, value in _columns(agreement).items() if row[name] != value}
        if values:
            await _save(row, values, "apprenticeship.changed", {"fields": sorted(values)}, by, now)


@tried_again
async def keep_paper(apprenticeship_id: int, file_id: int, by: str, now: datetime) -> None:
    """The signed agreement, uploaded; one before it stays stored no longer than a sweep. Raises Refused, NotFound."""
    async with transaction():
        row = await _locked(apprenticeship_id)
        about = f"apprenticeship:{apprenticeship_id}"
        await uses.unhang(about, ROLE)
        await uses.hang(file_id, about, ROLE)
        await _save(row, {"agreement": file_id}, "apprenticeship.signed", {"file": file_id}, by, now)


@tried_again
async def conclude(  # noqa: PLR0917
    apprenticeship_id: int, step: str, result: str, revision: int, by: str, now: datetime
) -> None:
    """`complete` (出师) or `end` an agreement, with its result in words. Raises Refused, NotFound."""
    if step not in ("complete", "end"):
        raise NotFound
    async with transaction():
        row = await _locked(apprenticeship_id, step, revision)
        stage = after(step, Stage(row["stage"]))
        if problems := result_problems(result):
            raise Refused(*problems)
        values = {"stage": stage, "result": result.strip()}
        await _save(row, values, f"apprenticeship.{stage}", {}, by, now)


async def masters_above(worker_id: int) -> frozenset[int]:
    """The masters of somebody, theirs, and so on, by agreements that were not broken off."""
    found: dict[int, list[int]] = {}
    frontier = {worker_id}
    while frontier:
        rows = await Apprenticeship.select(Apprenticeship.master, Apprenticeship.apprentice).where(
            Apprenticeship.apprentice.is_in(sorted(frontier)), Apprenticeship.stage != Stage.ENDED.value
        )
        found |= {person: [] for person in frontier}
        for row in rows:
            found[row["apprentice"]].append(row["master"])
        frontier = {row["master"] for row in rows} - found.keys()
    return line_of(worker_id, found)


def _columns(agreement: Agreement) -> dict[str, Any]:
    return {
        "skill": agreement.skill,
        "terms": agreement.terms,
        "starts_on": agreement.starts_on,
        "ends_on": agreement.ends_on,
    }


async def _locked(apprenticeship_id: int, step: str = "", revision: int | None = None) -> dict[str, Any]:
    """The row, locked, on which this step may be taken. Raises NotFound, Refused."""
    if not await lock_row(Apprenticeship, apprenticeship_id):
        raise NotFound
    row: dict[str, Any] | None = await Apprenticeship.select().where(Apprenticeship.id == apprenticeship_id).first()
    if row is None:
        raise NotFound
    if step and after(step, Stage(row["stage"])) is None:
        raise Refused(Problem(f"apprentice_is_{row['stage']}"))
    if revision is not None and revision != row["revision"]:
        raise Refused(Problem("guild_changed_meanwhile"))
    return row


async def _save(  # noqa: PLR0917
    row: Mapping[str, Any], values: Mapping[str, Any], act: str, payload: Mapping[str, Any], by: str, now: datetime
) -> None:
    written: Any = {**values, "revision": row["revision"] + 1, "changed_at": now}
    await Apprenticeship.update(written).where(Apprenticeship.id == row["id"])
    _record(row["id"], act, by, payload)
    await _show(row, now)


async def _show(row: Mapping[str, Any], now: datetime) -> None:
    """Both pages name the other as far as both agreed."""
    for worker in (row["master"], row["apprentice"]):
        await showing.refresh_worker(worker, now)


def _record(apprenticeship_id: int, act: str, by: str, payload: Mapping[str, Any]) -> None:
    ledger.record(stream=f"apprenticeship:{apprenticeship_id}", act=act, actor=by, payload=payload)


async def _follow_worker(goes: int, stays: int) -> None:
    """Two records become one worker: their agreements go along.

    One with oneself, or one twice, would be left: it is ended, for the registry now knows better.
    """
    rows = await Apprenticeship.select().where((Apprenticeship.master == goes) | (Apprenticeship.apprentice == goes))
    now = datetime.now(UTC)
    for row in rows:
        pair = {name: stays if row[name] == goes else row[name] for name in ("master", "apprentice")}
        again = await Apprenticeship.exists().where(
            Apprenticeship.master == pair["master"],
            Apprenticeship.apprentice == pair["apprentice"],
            Apprenticeship.skill == row["skill"],
            Apprenticeship.stage == Stage.RUNNING.value,
            Apprenticeship.id != row["id"],
        )
        values: dict[Any, Any] = {**pair, "revision": row["revision"] + 1, "changed_at": now}
        if row["stage"] == Stage.RUNNING and (again or pair["master"] == pair["apprentice"]):
            values["stage"] = Stage.ENDED.value
        await Apprenticeship.update(values).where(Apprenticeship.id == row["id"])
        for worker in set(pair.values()):
            await showing.refresh_worker(worker, now)


async def _follow_organisation(from_id: int, into_id: int) -> None:
    await Apprenticeship.update({Apprenticeship.organisation: into_id}).where(Apprenticeship.organisation == from_id)


workers.on_merge(_follow_worker)
organisation_moves.on_merge(_follow_organisation)
