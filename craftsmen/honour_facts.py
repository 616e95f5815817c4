"""One honour as frozen facts, however it was selected. Writes nothing, and decides nothing about who may see it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from craftsmen.honour_tables import Honour, HonourMember
from craftsmen.rules.honours import Family, Holder, Member, PartialDate, Stage, Verb
from craftsmen.visible_lists import visible

AT_ONCE = 100  # honours of a unit in one look


@dataclass(frozen=True, slots=True)
class HonourFacts:
    """An honour as the registry has it, whatever its stage."""

    id: int
    address: str
    title_id: int
    title: str  # code
    title_name: str
    given_with: str
    holder: Holder
    family: Family
    certificate: bool  # its holders get one of ours
    organisation_id: int  # that keeps the title
    worker: int | None
    name: str
    unit: int | None
    unit_name: str
    city: int | None
    county: int | None
    recommender: int | None
    gender: str
    industry: str
    occupation: str
    occupation_code: str
    edition: int | None
    verb: Verb
    body: str
    document: str
    on: PartialDate
    stage: Stage
    posthumous: bool
    version: int
    source: str
    public_reason: str
    created_at: datetime
    changed_at: datetime


COLUMNS = (
    *Honour.all_columns(),
    Honour.title.code.as_alias("title_code"),
    Honour.title.name.as_alias("title_name"),
    Honour.title.given_with.as_alias("given_with"),
    Honour.title.holder.as_alias("holder"),
    Honour.title.family.as_alias("family"),
    Honour.title.certificate.as_alias("certificate"),
    Honour.title.organisation.as_alias("organisation_id"),
)

_SAME = (
    "id", "address", "title_name", "given_with", "certificate", "organisation_id", "worker", "name", "unit",
    "unit_name", "city", "county", "recommender", "gender", "industry", "occupation", "occupation_code", "edition",
    "body", "document", "posthumous", "version", "source", "public_reason", "created_at", "changed_at",
)  # fmt: skip


def facts(row: Mapping[str, Any]) -> HonourFacts:
    """A row that was selected by `COLUMNS`."""
    return HonourFacts(
        title_id=row["title"],
        title=row["title_code"],
        holder=Holder(row["holder"]),
        family=Family(row["family"]),
        verb=Verb(row["verb"]),
        stage=Stage(row["stage"]),
        on=PartialDate(row["year"], row["month"], row["day"]),
        **{name: row[name] for name in _SAME},
    )


async def by_id(honour_id: int) -> HonourFacts | None:
    """The honour, for rules and writers; pages of people use `honour_reads`."""
    row = await Honour.select(*COLUMNS).where(Honour.id == honour_id).first()
    return facts(row) if row else None


async def by_ids(honour_ids: Collection[int]) -> list[HonourFacts]:
    """These honours, in the order of their ids."""
    if not honour_ids:
        return []
    rows = await Honour.select(*COLUMNS).where(Honour.id.is_in(sorted(set(honour_ids)))).order_by(Honour.id)
    return [facts(row) for row in rows]


async def of_worker(worker_id: int) -> list[HonourFacts]:
    """Everything of one worker that is visible as far as lists decide it, their own and with a team, newest first.

    The caller takes the stages it wants.
    """
    own = await Honour.select(Honour.id).where(Honour.worker == worker_id, visible(Honour.honour_list))
    teams = await HonourMember.select(HonourMember.honour).where(
        HonourMember.worker == worker_id, visible(HonourMember.honour.honour_list)
    )
    found = await by_ids([*(row["id"] for row in own), *(row["honour"] for row in teams)])
    return sorted(found, key=lambda one: (one.on.first_day, one.id), reverse=True)


async def held_by(worker_ids: Collection[int]) -> list[HonourFacts]:
    """What any of these workers was given themselves, visible as far as lists decide it; the caller takes the stages it
    wants."""
    rows = await Honour.select(*COLUMNS).where(
        Honour.worker.is_in(sorted(set(worker_ids)) or [0]), visible(Honour.honour_list)
    )
    return [facts(row) for row in rows]


async def of_unit(unit_id: int, before: tuple[int, int] | None = None) -> list[HonourFacts]:
    """What was given to somebody of one unit, the newest first, at most `AT_ONCE`; `before`: (year, id) of the last."""
    query = Honour.select(*COLUMNS).where(Honour.unit == unit_id, visible(Honour.honour_list))
    if before is not None:
        year, honour_id = before
        query = query.where((Honour.year < year) | ((Honour.year == year) & (Honour.id < honour_id)))
    rows = await query.order_by(Honour.year, Honour.id, ascending=False).limit(AT_ONCE)
    return [facts(row) for row in rows]


async def members_of(honour_id: int) -> tuple[Member, ...]:
    """Who belongs to the team that holds an honour, in order."""
    rows = (
        await HonourMember.select(HonourMember.name, HonourMember.worker)
        .where(HonourMember.honour == honour_id)
        .order_by(HonourMember.position)
    )
    return tuple(Member(row["name"], row["worker"]) for row in rows)
