"""Innovations that travel, for the unit that takes one over and for its makers; all through what they may see."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from foundation.base.problem import NotFound
from foundation.people import organisation_tree
from foundation.people.permissions import Permission, permitted
from foundation.people.sessions import SignedIn
from innovations.innovation_tables import Spread
from innovations.may_spread import ANSWER_SPREAD, SEE_SPREAD, TELL_SPREAD

PAGE = 30
MOST = 200  # who took over one innovation
_INNOVATION: Any = Spread.innovation


@dataclass(frozen=True, slots=True)
class SpreadFacts:
    """One innovation at one unit that took it over. `makers` is whose it is."""

    id: int
    innovation: int
    address: str
    title: str
    makers: str
    makers_id: int
    unit: str
    unit_id: int
    since_on: date
    result: str
    from_organisation: int | None
    told_at: datetime
    agreed_at: datetime | None
    declined_at: datetime | None
    answer: str
    revision: int

    @property
    def state(self) -> str:
        return "agreed" if self.agreed_at else "declined" if self.declined_at else "waiting"


def _all() -> Any:
    return Spread.select(
        Spread.id, _INNOVATION.id.as_alias("innovation"), _INNOVATION.address.as_alias("address"),
        _INNOVATION.handed_title.as_alias("title"), _INNOVATION.organisation.name.as_alias("makers"),
        _INNOVATION.organisation.id.as_alias("makers_id"), Spread.organisation.name.as_alias("unit"),
        Spread.organisation.id.as_alias("unit_id"), Spread.since_on, Spread.since_year, Spread.since_month,
        Spread.result, Spread.from_organisation, Spread.told_at, Spread.agreed_at, Spread.declined_at, Spread.answer,
        Spread.revision,
    )  # fmt: skip


async def taken(user: SignedIn, before: int | None = None) -> list[SpreadFacts]:
    """What the unit took over, the newest first, one more than a page."""
    return await _listed(user, TELL_SPREAD, before)


async def given(user: SignedIn, before: int | None = None) -> list[SpreadFacts]:
    """What others took over from the unit and it has answered, the newest first, one more than a page."""
    answered = Spread.agreed_at.is_not_null() | Spread.declined_at.is_not_null()
    return await _listed(user, ANSWER_SPREAD, before, answered)


async def waiting(user: SignedIn) -> list[SpreadFacts]:
    """What the unit has to answer, the oldest first: one page, for each answer lets the next one in."""
    query = permitted(_all().where(Spread.agreed_at.is_null(), Spread.declined_at.is_null()), ANSWER_SPREAD, user)
    return [_facts(row) for row in await query.order_by(Spread.id).limit(PAGE)]


async def one(user: SignedIn, spread_id: int, permission: Permission = SEE_SPREAD) -> SpreadFacts:
    """One of them. Raises NotFound for strangers."""
    row = await permitted(_all().where(Spread.id == spread_id), permission, user).first()
    if row is None:
        raise NotFound
    return _facts(row)


async def of_innovation(innovation_id: int) -> list[SpreadFacts]:
    """Everybody who took over an innovation that was loaded through what its reader may see, the first first."""
    rows = await _all().where(Spread.innovation == innovation_id).order_by(Spread.since_on, Spread.id).limit(MOST)
    return [_facts(row) for row in rows]


async def sources(innovation_id: int) -> list[tuple[int, str]]:
    """From whom it may have been learned besides its makers: units with which they agreed; (id, name)."""
    rows = await (
        Spread.select(Spread.organisation.id.as_alias("id"), Spread.organisation.name.as_alias("name"))
        .where(Spread.innovation == innovation_id, Spread.agreed_at.is_not_null())
        .order_by(Spread.since_on, Spread.id)
    )
    return [(row["id"], row["name"]) for row in rows]


async def learned_at(found: SpreadFacts) -> str:
    """The unit that was told to be learned from, whether it uses it still or not; empty where it is its makers."""
    source = await organisation_tree.by_id(found.from_organisation) if found.from_organisation else None
    return source.name if source else ""


async def _listed(user: SignedIn, permission: Permission, before: int | None, *where: Any) -> list[SpreadFacts]:
    below = [] if before is None else [Spread.id < before]
    query = permitted(_all().where(*where, *below), permission, user)
    return [_facts(row) for row in await query.order_by(Spread.id, ascending=False).limit(PAGE + 1)]


def _facts(row: dict[str, Any]) -> SpreadFacts:
    day = row["since_on"] or date(row["since_year"], row["since_month"], 1)
    names = {name: row[name] for name in SpreadFacts.__dataclass_fields__ if name != "since_on"}
    return SpreadFacts(**names, since_on=day)
