"""Exhibitions for those who make them and for everyone: halls with what is published in them, talks.

What an exhibit is comes from the public library alone, so that what is not published any more is in no hall.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from foundation.base.problem import NotFound
from foundation.people.organisation_tables import Organisation
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.process.suspensions import standing
from innovations import exhibitions
from innovations.exhibitions import ExhibitionFacts
from innovations.library_tables import Exhibit, Exhibition, ExhibitionTalk, ShownInnovation
from innovations.may_studios import RUN_EXHIBITIONS
from innovations.rules.exhibitions import Stage
from innovations.rules.shown_innovation import Shown, value_of

PAGE = 30
OFFERED = 300  # published innovations that a form offers at once
PUBLIC = [stage.value for stage in (Stage.PUBLIC, Stage.OVER)]


@dataclass(frozen=True, slots=True)
class ShownExhibit:
    """An exhibit: its number, and the innovation as everyone reads it."""

    innovation: int
    number: int
    hall: str
    address: str
    said: Shown


@dataclass(frozen=True, slots=True)
class Hall:
    """A hall; `number` is its place among the halls, from 1."""

    number: int
    name: str
    exhibits: tuple[ShownExhibit, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk of an exhibition."""

    id: int
    title: str
    speaker: str
    place: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """A published innovation that may be chosen; `chosen`: it is an exhibit already."""

    innovation: int
    title: str
    unit: str
    city: str
    year: int
    chosen: bool


async def run(user: SignedIn, before: int | None = None) -> list[ExhibitionFacts]:
    """The exhibitions that this person makes, the newest first, one more than a page."""
    query = permitted(Exhibition.select(), RUN_EXHIBITIONS, user)
    if before is not None:
        query = query.where(Exhibition.id < before)
    return [exhibitions.facts(row) for row in await query.order_by(Exhibition.id, ascending=False).limit(PAGE + 1)]


async def one_run(user: SignedIn, exhibition_id: int) -> ExhibitionFacts:
    """The exhibition, where this person makes it. Raises NotFound."""
    row = await permitted(Exhibition.select().where(Exhibition.id == exhibition_id), RUN_EXHIBITIONS, user).first()
    if row is None:
        raise NotFound
    return exhibitions.facts(row)


async def public(before: int | None = None) -> list[ExhibitionFacts]:
    """Exhibitions that everyone may read, the newest first, one more than a page."""
    query = Exhibition.select().where(Exhibition.stage.is_in(PUBLIC))
    if before is not None:
        query = query.where(Exhibition.id < before)
    return [exhibitions.facts(row) for row in await query.order_by(Exhibition.id, ascending=False).limit(PAGE + 1)]


async def one_public(address: str) -> ExhibitionFacts:
    """An exhibition that everyone may read. Raises NotFound."""
    row = await Exhibition.select().where(Exhibition.address == address[:40], Exhibition.stage.is_in(PUBLIC)).first()
    if row is None:
        raise NotFound
    return exhibitions.facts(row)


async def host(found: ExhibitionFacts) -> str:
    """Who holds it."""
    row = await Organisation.select(Organisation.name).where(Organisation.id == found.organisation_id).first()
    return str(row["name"]) if row else ""


async def halls(exhibition_id: int) -> list[Hall]:
    """The halls in the order of their first exhibit, with what is published of them."""
    rows = await Exhibit.select(Exhibit.innovation, Exhibit.hall, Exhibit.position).where(
        Exhibit.exhibition == exhibition_id
    )
    shown = await _published([row["innovation"] for row in rows])
    found: dict[str, list[ShownExhibit]] = {}
    for row in sorted(rows, key=lambda each: (each["position"], each["innovation"])):
        if (line := shown.get(row["innovation"])) is not None:
            one = ShownExhibit(
                row["innovation"], row["position"], row["hall"], line["address"], value_of(line["value"])
            )
            found.setdefault(row["hall"], []).append(one)
    return [Hall(number, name, tuple(each)) for number, (name, each) in enumerate(found.items(), 1)]


async def public_halls(exhibition_id: int) -> list[Hall]:
    """The halls as everyone reads them: without innovations whose page is suspended."""
    found = await halls(exhibition_id)
    left = {one.innovation for one in await standing([each for hall in found for each in hall.exhibits], page_address)}
    kept = [(hall.name, tuple(one for one in hall.exhibits if one.innovation in left)) for hall in found]
    return [Hall(number, name, each) for number, (name, each) in enumerate([one for one in kept if one[1]], 1)]


def page_address(one: ShownExhibit) -> str:
    """Where an exhibit is read, without the language."""
    return f"/innovations/{one.address}"


async def innovations_of(exhibition_id: int) -> list[int]:
    """Everything that was chosen, published or not."""
    rows = await Exhibit.select(Exhibit.innovation).where(Exhibit.exhibition == exhibition_id)
    return [row["innovation"] for row in rows]


async def talks(exhibition_id: int) -> list[Talk]:
    """Its talks, the earliest first."""
    names = [getattr(ExhibitionTalk, name) for name in Talk.__dataclass_fields__]
    rows = await ExhibitionTalk.select(*names).where(ExhibitionTalk.exhibition == exhibition_id).limit(200)
    return sorted((Talk(**row) for row in rows), key=lambda one: (one.starts_at, one.id))


async def offers(exhibition_id: int, found: Sequence[int] | None = None) -> list[Offer]:
    """Published innovations to choose from, the newest first: those that were `found`, or the newest of all."""
    chosen = set(await innovations_of(exhibition_id))
    query = ShownInnovation.select(ShownInnovation.innovation, ShownInnovation.value)
    if found is not None:
        query = query.where(ShownInnovation.innovation.is_in(list(found) or [0]))
    rows = await query.order_by(ShownInnovation.id, ascending=False).limit(OFFERED)
    return [_offer(row, row["innovation"] in chosen) for row in rows]


def _offer(row: dict[str, Any], chosen: bool) -> Offer:
    said = value_of(row["value"])
    return Offer(row["innovation"], said.title, said.unit, said.city, said.year, chosen)


async def _published(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    rows = await ShownInnovation.select(
        ShownInnovation.innovation, ShownInnovation.address, ShownInnovation.value
    ).where(ShownInnovation.innovation.is_in(list(ids) or [0]))  # fmt: skip
    return {row["innovation"]: row for row in rows}
