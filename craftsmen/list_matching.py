"""Whom the rows of a list mean: their unit and worker in the registry, and honours that stand there already.

Reads only. An ID number finds its worker whatever the name says, and says so where the names differ; without one a
worker is meant only where the unit has exactly one of that name.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from craftsmen.honour_tables import Honour, HonourTitle
from craftsmen.rules.honours import Stage
from craftsmen.rules.lists import ListDraft, Row, source_key
from foundation.base import identity
from foundation.base.problem import Problem
from foundation.people import privacy
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import below
from foundation.people.worker_tables import Worker
from foundation.people.workers import is_of_age
from foundation.text import names


@dataclass(frozen=True, slots=True, repr=False)
class Matched:
    """A row, and who is meant by it as far as anybody knows."""

    row: Row
    source_key: str
    unit: int | None = None
    worker: int | None = None
    again: bool = False


async def match(rows: Sequence[Row], draft: ListDraft, within_path: str, today: date) -> list[Matched]:
    """The same rows with units, workers and what is there already; a handful of statements however many they are.

    An ID number is not kept with the honour: somebody under age whom the registry does not know would be shown, and
    so has to be entered as a worker first.
    """
    hashes = {row.id_number: privacy.keyed_hash("id_number", row.id_number) for row in rows if row.id_number}
    units = await _units({row.given.get("unit_name", "") for row in rows}, within_path)
    numbered = await _by_number(set(hashes.values()))
    named = await _by_name({units[name] for row in rows if (name := row.given.get("unit_name", "")) in units})
    matched = []
    for row in rows:
        id_hash = hashes.get(row.id_number, "")
        unit, worker, problems = units.get(row.given.get("unit_name", "")), None, row.problems
        if id_hash in numbered:
            worker, called = numbered[id_hash]
            if not names.same(called, row.given.get("name", "")):
                worker, problems = None, (*problems, Problem("list_other_name", "name"))
        elif id_hash and _is_under_age(row, today):
            problems = (*problems, Problem("list_under_age", "id_number"))
        elif not id_hash and unit is not None and "members" not in row.given:
            worker = named.get((unit, names.compared(row.given.get("name", ""))))
        matched.append(Matched(replace(row, problems=problems), source_key(draft, row.given, id_hash), unit, worker))
    return await _again(matched, draft)


def _is_under_age(row: Row, today: date) -> bool:
    known = not any(problem.field == "id_number" for problem in row.problems)
    return known and not is_of_age(identity.birth_date(row.id_number), today)


async def _units(texts: set[str], within_path: str) -> dict[str, int]:
    """The one active organisation below a place that is called so; a name that several have means none."""
    wanted = sorted(text for text in texts if text)
    if not wanted:
        return {}
    rows = await Organisation.select(Organisation.id, Organisation.name, Organisation.short_name).where(
        below(Organisation.path, within_path),
        Organisation.active == True,  # noqa: E712 - a column, not a truth
        Organisation.name.is_in(wanted) | Organisation.short_name.is_in(wanted),
    )
    pairs = {(text, row["id"]) for row in rows for text in (row["name"], row["short_name"]) if text in texts}
    counts = Counter(text for text, _ in pairs)
    return {text: unit for text, unit in pairs if counts[text] == 1}


async def _by_number(hashes: set[str]) -> dict[str, tuple[int, str]]:
    if not hashes:
        return {}
    rows = await Worker.select(Worker.id, Worker.name, Worker.id_hash).where(Worker.id_hash.is_in(sorted(hashes)))
    return {row["id_hash"]: (row["id"], row["name"]) for row in rows}


async def _by_name(units: set[int]) -> dict[tuple[int, str], int]:
    """The workers of these units by unit and name, as far as that means one person."""
    if not units:
        return {}
    rows = await Worker.select(Worker.id, Worker.unit, Worker.folded).where(
        Worker.unit.is_in(sorted(units)), Worker.merged_into.is_null()
    )
    counts = Counter((row["unit"], row["folded"]) for row in rows)
    return {(row["unit"], row["folded"]): row["id"] for row in rows if counts[row["unit"], row["folded"]] == 1}


async def _again(matched: Sequence[Matched], draft: ListDraft) -> list[Matched]:
    """Mark what the register has: by its source key, or the worker's own honour of this title and year."""
    keys = sorted({one.source_key for one in matched})
    stands = Honour.stage.not_in([Stage.UNDONE.value, Stage.DECLINED.value])
    found = await Honour.select(Honour.source_key).where(Honour.source_key.is_in(keys), stands) if keys else []
    known: set[Any] = {row["source_key"] for row in found}
    workers = sorted({one.worker for one in matched if one.worker is not None})
    title = await HonourTitle.select(HonourTitle.id).where(HonourTitle.code == draft.title).first()
    held: set[int] = set()
    if workers and title:
        rows = await Honour.select(Honour.worker).where(
            Honour.worker.is_in(workers), Honour.title == title["id"], Honour.year == draft.on.year, stands
        )
        held = {row["worker"] for row in rows}
    return [replace(one, again=one.source_key in known or one.worker in held) for one in matched]
