"""The public register and the gallery of portraits: a page of lines under some filters, and what filters offer.

Reads Shown… tables only, and of lists that their lines came with whether these are visible. One index does the
ordering, whatever is asked for; a search by name first takes what it finds, at most `MOST_FOUND`, so that a single
letter costs no more than a whole name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from piccolo.columns.combination import WhereRaw

from craftsmen.rules.searching import Wanted, after_all, token
from craftsmen.showcase_tables import ShownFacet, ShownHonour
from craftsmen.visible_lists import visible
from foundation.people import organisation_tree

PORTRAITS = 24
LINES = 50
MOST_FOUND = 5000
OFFERED = 400  # values that one filter offers at most


@dataclass(frozen=True, slots=True)
class Line:
    """One honour of the register."""

    id: int
    address: str
    stage: str
    holder: str
    name: str
    gender: str
    unit_name: str
    city: int
    city_name: str
    county: int
    county_name: str
    industry: str
    occupation: str
    title_code: str
    title_name: str
    edition: int
    year: int
    verb: str
    body: str
    document: str
    given_on: str
    portrait: int | None
    page: str
    headline: str
    public_reason: str
    gallery: bool


_COLUMNS = tuple(getattr(ShownHonour, name) for name in Line.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Found:
    """A page of lines; `before` is where the next one goes on, empty at the end."""

    lines: tuple[Line, ...]
    before: str = ""
    further: str = ""  # the query of the next page's address: the same filters, and `before`


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a filter offers, and how many lines have it."""

    value: str
    label: str
    size: int


def line_of(row: Mapping[str, Any]) -> Line:
    """A whole row of the register."""
    return Line(**{name: row[name] for name in Line.__dataclass_fields__})


async def page(wanted: Wanted, size: int, *, gallery: bool, before: tuple[int, int] | None = None) -> Found:
    """Lines under these filters, the newest first, from `before` (year, id) on."""
    query = ShownHonour.select(*_COLUMNS).where(ShownHonour.stage == "conferred", visible(ShownHonour.honour_list))
    if gallery:
        query = query.where(ShownHonour.gallery == True)  # noqa: E712 - a column, not a truth
    equal: dict[Any, str | int] = {
        ShownHonour.title_code: wanted.title,
        ShownHonour.edition: wanted.edition,
        ShownHonour.year: wanted.year,
        ShownHonour.city: wanted.city,
        ShownHonour.county: wanted.county,
        ShownHonour.industry: wanted.industry,
        ShownHonour.occupation: wanted.occupation,
    }
    for column, value in equal.items():
        if value:
            query = query.where(column == value)
    if wanted.q:
        start = token(wanted.q)
        if not start:
            return Found(())
        query = query.where(
            WhereRaw(
                "shown_honour.id IN (SELECT shown FROM shown_name WHERE token >= {} AND token < {} AND "  # noqa: S608
                "(honour_list IS NULL OR honour_list IN (SELECT id FROM honour_list WHERE shown_at IS NOT NULL)) "
                f"ORDER BY token LIMIT {MOST_FOUND})",
                start,
                after_all(start),
            )
        )
    if before:
        year, last = before
        query = query.where((ShownHonour.year < year) | ((ShownHonour.year == year) & (ShownHonour.id < last)))
    rows = await query.order_by(ShownHonour.year, ShownHonour.id, ascending=False).limit(size + 1)
    lines = tuple(line_of(row) for row in rows[:size])
    if len(rows) <= size:
        return Found(lines)
    last_seen = f"{lines[-1].year}-{lines[-1].id}"
    return Found(lines, last_seen, urlencode([*wanted.values(), ("before", last_seen)]))


async def choices(scope: str, wanted: Wanted) -> dict[str, list[Choice]]:
    """What the filters offer in the gallery or in all of the register; counties only of the city that is chosen."""
    query = ShownFacet.select().where(ShownFacet.scope == scope)
    in_city = str(wanted.city) if wanted.city else "-"
    rows = await query.where((ShownFacet.kind != "county") | (ShownFacet.parent == in_city))
    found: dict[str, list[Choice]] = {}
    for row in rows:
        found.setdefault(row["kind"], []).append(Choice(row["value"], row["label"], row["size"]))
    for kind in ("city", "county"):
        found[kind] = await _in_their_order(found.get(kind, []))
    for kind in ("edition", "year"):
        found[kind] = sorted(found.get(kind, []), key=lambda one: -int(one.value))
    for kind in ("title", "occupation"):
        found[kind] = sorted(found.get(kind, []), key=lambda one: (-one.size, one.label))[:OFFERED]
    found["industry"] = sorted(found.get("industry", []), key=lambda one: one.value)
    return found


async def _in_their_order(offered: Sequence[Choice]) -> list[Choice]:
    """Cities and counties as the union tree orders them, called as they are called now."""
    places = {one.id: one for one in await organisation_tree.by_ids([int(choice.value) for choice in offered])}
    ordered = sorted(
        (choice for choice in offered if int(choice.value) in places),
        key=lambda choice: (places[int(choice.value)].position, int(choice.value)),
    )
    return [
        Choice(choice.value, places[int(choice.value)].short_name or places[int(choice.value)].name, choice.size)
        for choice in ordered
    ]


async def by_year(wanted: Wanted) -> list[Choice]:
    """How many portraits each year has, the newest first."""
    return (await choices("gallery", wanted))["year"]


async def related(line: Line, limit: int = 4) -> list[Line]:
    """Others of the same occupation, then of the same city, who have a page."""
    found: dict[str, Line] = {}
    for column, value in ((ShownHonour.occupation, line.occupation), (ShownHonour.city, line.city)):
        if not value or len(found) >= limit:
            continue
        rows = (
            await ShownHonour.select(*_COLUMNS)
            .where(column == value, ShownHonour.page != "", ShownHonour.page != line.page)
            .where(ShownHonour.gallery == True, ShownHonour.stage == "conferred")  # noqa: E712
            .where(visible(ShownHonour.honour_list))
            .order_by(ShownHonour.year, ShownHonour.id, ascending=False)
            .limit(limit + len(found))
        )
        for row in rows:
            if len(found) < limit:
                found.setdefault(row["page"], line_of(row))
    return list(found.values())


async def by_address(address: str) -> Line | None:
    """The honour at this address, a tombstone included."""
    here = (ShownHonour.address == address) & visible(ShownHonour.honour_list)
    row = await ShownHonour.select(*_COLUMNS).where(here).first()
    return line_of(row) if row else None


async def of_page(page_address: str) -> list[Line]:
    """All honours of a craftsman's page."""
    rows = (
        await ShownHonour.select(*_COLUMNS)
        .where(ShownHonour.page == page_address, visible(ShownHonour.honour_list))
        .order_by(ShownHonour.year, ShownHonour.id, ascending=False)
    )
    return [line_of(row) for row in rows]
