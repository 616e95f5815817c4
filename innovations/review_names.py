"""What tells who made an entry, read for `review_desk` to be masked: units, what they were called before, studios."""

from collections.abc import Sequence

from foundation.people.organisation_kinds import Kind
from foundation.people.organisation_tables import Organisation, OrganisationChange
from foundation.people.organisation_tree import ancestors
from innovations.studio_tables import Studio


async def units(path: str) -> tuple[str, tuple[str, ...]]:
    """What the unit at this path is called, and every name of it and of the companies above it, former ones too."""
    rows = await (
        Organisation.select(
            Organisation.id, Organisation.name, Organisation.short_name, Organisation.kind, Organisation.path
        )
        .where(Organisation.id.is_in(ancestors(path)))
        .order_by(Organisation.path)
    )
    own = [row for row in rows if row["path"] == path or row["kind"] in (Kind.ENTERPRISE, Kind.DIRECT, Kind.JOINT)]
    names = {name for row in own for name in (row["name"], row["short_name"])}
    names |= await _former_names([row["id"] for row in own])
    return (rows[-1]["name"] if rows else ""), tuple(sorted(names - {""}))


async def studio(studio_id: int | None) -> tuple[list[str], list[str]]:
    """Who leads a studio, and what it is called."""
    rows = await Studio.select(Studio.name, Studio.leader.name.as_alias("leader")).where(Studio.id == (studio_id or 0))
    return [row["leader"] for row in rows], [row["name"] for row in rows]


async def _former_names(unit_ids: Sequence[int]) -> set[str]:
    """What these units were called before, and every name of those that were merged into them: texts keep them."""
    merged = await Organisation.select(Organisation.id, Organisation.name, Organisation.short_name).where(
        Organisation.merged_into.is_in(list(unit_ids) or [0])
    )
    changes = await OrganisationChange.select(OrganisationChange.before).where(
        OrganisationChange.organisation.is_in([*unit_ids, *(row["id"] for row in merged)] or [0]),
        (OrganisationChange.what == "renamed") | (OrganisationChange.field == "short_name"),
    )
    return {name for row in merged for name in (row["name"], row["short_name"])} | {row["before"] for row in changes}
