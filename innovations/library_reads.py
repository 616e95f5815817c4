"""The public library under some filters, and what the filters offer. Reads Shown… tables alone.

One index does the ordering by id for each filter; several filters walk the first of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from foundation.base.problem import NotFound
from foundation.people.organisation_tables import Organisation
from innovations.library_tables import ShownFigure, ShownInnovation
from innovations.rules.shown_innovation import Shown, value_of

PAGE = 24
OFFERED = 60  # values that one filter offers at most
ASKS = ("city", "field", "kind", "year")
LONGEST = {"city": 9, "year": 4}  # digits: no column of theirs holds more


@dataclass(frozen=True, slots=True)
class Published:
    """A published innovation."""

    id: int
    address: str
    said: Shown
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a filter offers, and how many innovations have it; `name` where the value is an id."""

    value: str
    size: int
    name: str = ""


async def listed(wanted: Mapping[str, str], before: int | None = None, size: int = PAGE) -> list[Published]:
    """The newest first, one more than a page. Raises NotFound for a filter that cannot be one."""
    query = ShownInnovation.select()
    for name in ASKS:
        if value := wanted.get(name, ""):
            column: Any = getattr(ShownInnovation, name)
            query = query.where(column == (_number(value, LONGEST[name]) if name in LONGEST else value[:16]))
    if before is not None:
        query = query.where(ShownInnovation.id < before)
    return [_published(row) for row in await query.order_by(ShownInnovation.id, ascending=False).limit(size + 1)]


async def one(address: str) -> Published:
    """Raises NotFound for what is not published, as for what is not there."""
    row = await ShownInnovation.select().where(ShownInnovation.address == address[:24]).first()
    if row is None:
        raise NotFound
    return _published(row)


async def numbered(address: str) -> int:
    """Which innovation it is. Raises NotFound for what is not published."""
    row = (
        await ShownInnovation.select(ShownInnovation.innovation).where(ShownInnovation.address == address[:24]).first()
    )
    if row is None:
        raise NotFound
    return int(row["innovation"])


async def of(innovations: Sequence[int]) -> dict[int, Published]:
    """Those of these innovations that are published, by the innovation's id."""
    rows = await ShownInnovation.select().where(ShownInnovation.innovation.is_in(list(innovations) or [0]))
    return {row["innovation"]: _published(row) for row in rows}


async def addresses(before: int | None, size: int) -> list[dict[str, Any]]:
    """Address and day of publication of the newest `size + 1` below an id, for the sitemap."""
    query = ShownInnovation.select(ShownInnovation.id, ShownInnovation.address, ShownInnovation.published_at)
    if before is not None:
        query = query.where(ShownInnovation.id < before)
    return list(await query.order_by(ShownInnovation.id, ascending=False).limit(size + 1))


async def choices() -> dict[str, list[Choice]]:
    """What each filter offers, the most frequent first; years from the newest."""
    found: dict[str, list[Choice]] = {}
    for facet in ASKS:
        rows = await (
            ShownFigure.select(ShownFigure.code, ShownFigure.published)
            .where(ShownFigure.facet == facet, ShownFigure.published > 0)
            .order_by(ShownFigure.published, ascending=False)
            .limit(OFFERED)
        )
        found[facet] = [Choice(row["code"], row["published"]) for row in rows]
    found["year"].sort(key=lambda each: each.value, reverse=True)
    named = await Organisation.select(Organisation.id, Organisation.name).where(
        Organisation.id.is_in([int(each.value) for each in found["city"]] or [0])
    )
    names = {str(row["id"]): row["name"] for row in named}
    found["city"] = [Choice(each.value, each.size, names.get(each.value, "")) for each in found["city"]]
    return found


def _published(row: Mapping[str, Any]) -> Published:
    return Published(row["id"], row["address"], value_of(row["value"]), row["published_at"])


def _number(text: str, longest: int) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= longest):
        raise NotFound
    return int(text)
