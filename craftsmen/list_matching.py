"""Whom the rows of a list mean: their unit and worker in the registry, and honours that stand there already.

Reads only. An ID number finds its worker whatever the name says, and says so where the names differ; without one a
worker is meant only where the unit has exactly one of that name.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from craftsmen.honour_tables import Honour, HonourListRow, HonourTitle
from craftsmen.list_places import industry_of, places
from craftsmen.rules.honours import Stage
from craftsmen.rules.list_facts import PAGE, draft_for
from craftsmen.rules.lists import ListDraft, Row, source_key
from craftsmen.rules.lists import Stage as ListStage
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
    keeper: int | None = None  # where a worker's record is to be made


async def match(
    rows: Sequence[Row], draft: ListDraft, within_path: str, today: date, *, pages: bool = False
) -> list[Matched]:
    """The same rows with units, workers and what is there already; a handful of statements however many they are.

    `pages`: whether holders of the title have pages, and so are workers of the registry.

    An ID number is not kept with the honour: somebody under age whom the registry does not know would be shown, and
    so has to be entered as a worker first.
    """
    hashes = {row.id_number: privacy.keyed_hash("id_number", row.id_number) for row in rows if row.id_number}
    units = await _units({row.given.get("unit_name", "") for row in rows}, within_path)
    stand = await places((row.given for row in rows), within_path)
    numbered = await _by_number(set(hashes.values()))
    kept_in = {units[name] for row in rows if (name := row.given.get("unit_name", "")) in units}
    above = {one for city, county, _ in stand.values() for one in (city, county) if one is not None}
    named = await _by_name(kept_in | (above if pages else set()))
    known = await _by_earlier_lines({source_key(draft, row.given, hashes.get(row.id_number, "")) for row in rows})
    matched = []
    for row in rows:
        id_hash = hashes.get(row.id_number, "")
        unit, worker, problems = units.get(row.given.get("unit_name", "")), None, row.problems
        city, county, wrong = stand[row.given.get("city", ""), row.given.get("county", "")]
        industry, unread = industry_of(row.given)
        keeper, problems = unit or county or city, (*problems, *wrong, *unread)
        called_so = named.get((keeper or 0, names.compared(row.given.get("name", ""))), [])
        key = source_key(draft, row.given, id_hash)
        if id_hash in numbered:
            worker, called = numbered[id_hash]
            if not names.same(called, row.given.get("name", "")):
                worker, problems = None, (*problems, Problem("list_other_name", "name"))
        elif id_hash and _is_under_age(row, today):
            problems = (*problems, Problem("list_under_age", "id_number"))
        elif key in known:
            worker = known[key]
        elif not id_hash and "members" not in row.given:
            worker, asked = _meant(row, called_so, sure=unit is not None)
            problems = (*problems, *(asked if pages else ()))
        if pages:
            problems = (*problems, *_page_problems(row, worker, keeper, today))
        elif any(row.given.get(name) for name in PAGE):
            problems = (*problems, Problem("list_no_pages", "photo"))
        new = pages and worker is None and not id_hash
        row = replace(row, problems=problems, given=_placed(row.given, city, county, industry))  # noqa: PLW2901 - it, whole
        matched.append(Matched(row, key, unit, worker, keeper=keeper if new else None))
    return await _again(matched, draft)


def _placed(given: Mapping[str, str], city: int | None, county: int | None, industry: str) -> dict[str, str]:
    """The line with ids of city and county and the letter of its industry in place of how they were called."""
    meant = {"city": str(city or ""), "county": str(county or ""), "industry": industry}
    return {name: text for name, text in {**given, **meant}.items() if text}


def _meant(row: Row, called_so: Sequence["Known"], *, sure: bool) -> tuple[int | None, list[Problem]]:
    """Who is meant of those of this name in this place, or what has to be asked.

    A name is `sure` in a unit; in a county it takes the same birth date beside it.
    """
    born = row.given.get("birth_date", "")
    agree = [one for one in called_so if born and one.born == born]
    if len(agree) == 1:
        return agree[0].id, []
    if not called_so:
        return None, []
    if len(called_so) == 1 and sure and not (born and called_so[0].born):
        return called_so[0].id, []
    return None, [Problem("list_namesakes", "name", {"count": str(len(called_so))})]


def _page_problems(row: Row, worker: int | None, keeper: int | None, today: date) -> list[Problem]:
    """What keeps the words and the photograph of a line from becoming somebody's page."""
    born = row.given.get("birth_date", "")
    if worker is None and not row.id_number and born and not is_of_age(date.fromisoformat(born), today):
        return [Problem("list_under_age_page", "birth_date")]
    if worker is not None or row.problems or not any(row.given.get(name) for name in PAGE):
        return []
    if row.id_number:
        return [Problem("list_number_unknown", "id_number")]
    return [] if keeper else [Problem("list_page_place", "unit_name")]


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


async def _by_earlier_lines(keys: set[str]) -> dict[str, int]:
    """Whose record was made for the same line of a list that was taken back since, by its source key."""
    rows = await HonourListRow.select(HonourListRow.source_key, HonourListRow.worker).where(
        HonourListRow.source_key.is_in(sorted(keys)),
        HonourListRow.keeper.is_not_null(),
        HonourListRow.worker.is_not_null(),
        HonourListRow.honour_list.stage == ListStage.UNDONE.value,
    )
    return {row["source_key"]: row["worker"] for row in rows}


async def _by_number(hashes: set[str]) -> dict[str, tuple[int, str]]:
    if not hashes:
        return {}
    rows = await Worker.select(Worker.id, Worker.name, Worker.id_hash).where(Worker.id_hash.is_in(sorted(hashes)))
    return {row["id_hash"]: (row["id"], row["name"]) for row in rows}


@dataclass(frozen=True, slots=True)
class Known:
    """A worker of a place, as far as a name has to be told from another; `born` is empty where nobody knows."""

    id: int
    born: str


async def _by_name(units: set[int]) -> dict[tuple[int, str], list[Known]]:
    """The workers of these places by place and name."""
    if not units:
        return {}
    rows = await Worker.select(Worker.id, Worker.unit, Worker.folded, Worker.birth_date).where(
        Worker.unit.is_in(sorted(units)), Worker.merged_into.is_null()
    )
    found: dict[tuple[int, str], list[Known]] = {}
    for row in rows:
        born = row["birth_date"].isoformat() if row["birth_date"] else ""
        found.setdefault((row["unit"], row["folded"]), []).append(Known(row["id"], born))
    return found


async def _again(matched: Sequence[Matched], draft: ListDraft) -> list[Matched]:
    """Mark what the register has: by its source key, or the worker's own honour of this title and year."""
    keys = sorted({one.source_key for one in matched})
    stands = Honour.stage.not_in([Stage.UNDONE.value, Stage.DECLINED.value])
    found = await Honour.select(Honour.source_key).where(Honour.source_key.is_in(keys), stands) if keys else []
    known: set[Any] = {row["source_key"] for row in found}
    workers = sorted({one.worker for one in matched if one.worker is not None})
    title = await HonourTitle.select(HonourTitle.id).where(HonourTitle.code == draft.title).first()
    held: set[tuple[int | None, int]] = set()
    if workers and title:
        rows = await Honour.select(Honour.worker, Honour.year).where(
            Honour.worker.is_in(workers), Honour.title == title["id"], stands
        )
        held = {(row["worker"], row["year"]) for row in rows}
    return [
        replace(one, again=one.source_key in known or (one.worker, draft_for(draft, one.row.given).on.year) in held)
        for one in matched
    ]
