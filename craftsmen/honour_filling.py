"""What a draft of an honour leaves open, filled from the worker's record and the union tree: nothing is typed twice.

Reads only. Where somebody stands in the tree decides city, county and, unless said, who recommended them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from craftsmen.rules.honours import HonourDraft
from foundation.people.organisation_kinds import Kind
from foundation.people.organisation_tables import ROOT_ID, Organisation
from foundation.people.organisation_tree import ancestors
from foundation.people.worker_tables import Worker

CHANNELS = (Kind.CITY, Kind.NEW_AREA, Kind.INDUSTRY)
COUNTIES = (Kind.COUNTY, Kind.PARK)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit stands: its name, its city (or industry union, or new area), its county, who recommends from it."""

    name: str
    industry: str
    city: int | None
    county: int | None
    recommender: int


async def places_of(unit_ids: Collection[int]) -> dict[int, Place]:
    """The places of these units, by their ids; two statements however many they are."""
    if not unit_ids:
        return {}
    columns = (Organisation.id, Organisation.path, Organisation.name, Organisation.kind, Organisation.industry)
    units = await Organisation.select(*columns).where(Organisation.id.is_in(sorted(set(unit_ids))))
    above = {one for unit in units for one in ancestors(unit["path"])}
    rows = await Organisation.select(Organisation.id, Organisation.kind).where(Organisation.id.is_in(sorted(above)))
    kinds = {row["id"]: Kind(row["kind"]) for row in rows}
    found = {}
    for unit in units:
        trail = ancestors(unit["path"])
        channel = trail[1] if len(trail) > 1 and kinds.get(trail[1]) in CHANNELS else None
        county = next((one for one in trail[2:] if kinds.get(one) in COUNTIES), None)
        found[unit["id"]] = Place(unit["name"], unit["industry"], channel, county, channel or ROOT_ID)
    return found


async def filled(drafts: Sequence[HonourDraft]) -> list[HonourDraft]:
    """The same drafts without gaps, as far as the registry knows."""
    columns = (Worker.id, Worker.name, Worker.unit, Worker.gender, Worker.occupation, Worker.occupation_code)
    ids = sorted({draft.worker for draft in drafts if draft.worker is not None})
    workers = {row["id"]: row for row in await Worker.select(*columns).where(Worker.id.is_in(ids))} if ids else {}
    known = [_from_worker(draft, workers.get(draft.worker or 0)) for draft in drafts]
    places = await places_of({draft.unit for draft in known if draft.unit is not None})
    return [_from_place(draft, places.get(draft.unit or 0)) for draft in known]


def _from_worker(draft: HonourDraft, row: Mapping[str, Any] | None) -> HonourDraft:
    if row is None:
        return draft
    gaps = {name: row[name] for name in ("name", "gender", "occupation", "occupation_code") if not getattr(draft, name)}
    if draft.unit is None and not draft.unit_name:
        gaps["unit"] = row["unit"]
    return replace(draft, **gaps)


def _from_place(draft: HonourDraft, place: Place | None) -> HonourDraft:
    if place is None:
        return draft if draft.recommender or not draft.city else replace(draft, recommender=draft.city)
    return replace(
        draft,
        unit_name=draft.unit_name or place.name,
        industry=draft.industry or place.industry,
        city=draft.city or place.city,
        county=draft.county or place.county,
        recommender=draft.recommender or place.recommender,
    )
