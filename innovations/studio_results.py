"""Which innovations are a studio's results. The column is `innovations`' to write; here it is asked and chosen.

A result is an innovation of the studio's unit that was handed in and not withdrawn: nobody types it twice.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from piccolo.query.functions.aggregate import Count

from foundation.base.problem import NotFound, Problem, Refused
from foundation.store import generations
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from innovations import innovations
from innovations.innovation_standing import TOLD
from innovations.innovation_tables import Innovation, InnovationAuthor
from innovations.rules.innovations import Stage
from innovations.rules.studios import LIVING
from innovations.studio_rounds import GENERATION
from innovations.studio_tables import Studio

COUNTED = [
    stage.value
    for stage in (Stage.HANDED_IN, Stage.RETURNED, Stage.IN_REVIEW, Stage.AWARDED, Stage.NOT_AWARDED)
]  # fmt: skip
TAKES = [stage.value for stage in LIVING]
MOST = 300  # newest innovations of a unit that a form offers, beside those of the studio and its people
MOST_OWN = 2000  # results of one studio: more than any has


@dataclass(frozen=True, slots=True)
class Result:
    """An innovation that a studio may count; `studio` is whose it is now, `by_people`: made by the studio's people."""

    id: int
    title: str
    year: int
    studio: int | None
    by_people: bool = False


async def count(studio_id: int, year: int | None = None) -> int:
    """How many results a studio has, of one year or of all."""
    query = Innovation.count().where(Innovation.studio == studio_id, Innovation.stage.is_in(COUNTED))
    return int(await (query if year is None else query.where(Innovation.handed_year == year)))


async def counts(studio_ids: Collection[int]) -> dict[int, int]:
    """How many results each of these studios has; those without any are left out."""
    rows = await (
        Innovation.select(Innovation.studio, Count(alias="size"))
        .where(Innovation.studio.is_in(sorted(set(studio_ids)) or [0]), Innovation.stage.is_in(COUNTED))
        .group_by(Innovation.studio)
    )
    return {row["studio"]: row["size"] for row in rows}


async def of(studio_id: int) -> list[Result]:
    """The results of a studio, the newest first."""
    return [Result(**row) for row in await _rows(Innovation.studio == studio_id, MOST_OWN)]


async def offered(studio_id: int, organisation_id: int, people: Collection[int]) -> list[Result]:
    """What a studio of a unit may count: all that it counts and what its people made first, then the newest of the
    unit; none that is another studio's."""
    own = {one.id for one in await made_by(people, organisation_id)}
    rows = {row["id"]: row for row in await _rows(Innovation.studio == studio_id, MOST_OWN)}
    rows |= {row["id"]: row for row in await _rows(Innovation.id.is_in(sorted(own) or [0]), MOST_OWN)}
    rows |= {row["id"]: row for row in await _rows(Innovation.organisation == organisation_id, MOST)}
    found = [Result(**row, by_people=row["id"] in own) for row in rows.values() if row["studio"] in {None, studio_id}]
    return sorted(found, key=lambda one: (one.studio is None, not one.by_people, -one.year, -one.id))


async def _rows(condition: Any, most: int) -> list[dict[str, Any]]:
    """The newest of these that may be counted."""
    return await (
        Innovation.select(*TOLD, Innovation.studio)
        .where(condition, Innovation.stage.is_in(COUNTED))
        .order_by(Innovation.handed_year, Innovation.id, ascending=False)
        .limit(most)
    )


async def made_by(people: Collection[int], organisation_id: int) -> list[Result]:
    """What these workers made in a unit, as the innovations themselves say."""
    rows = await InnovationAuthor.select(InnovationAuthor.innovation).where(
        InnovationAuthor.worker.is_in(sorted(people) or [0]),
        InnovationAuthor.innovation.organisation == organisation_id,
        InnovationAuthor.innovation.stage.is_in(COUNTED),
    )
    ids = sorted({row["innovation"] for row in rows})
    found = await Innovation.select(*TOLD, Innovation.studio).where(Innovation.id.is_in(ids or [0]))
    return [Result(**row) for row in found]


async def set_results(studio_id: int, organisation_id: int, chosen: Sequence[int], by: int) -> None:
    """Within the caller's transaction, the studio locked: exactly these are its results.

    Raises NotFound for one that is another unit's; Refused for what was withdrawn, merged or counted by another studio
    since the page was opened.
    """
    rows = await Innovation.select(*TOLD, Innovation.studio, Innovation.stage).where(
        Innovation.id.is_in(list(chosen) or [0]), Innovation.organisation == organisation_id
    )
    if {row["id"] for row in rows} != set(chosen):
        raise NotFound
    may = {row["id"] for row in rows if row["studio"] in {None, studio_id} and row["stage"] in COUNTED}
    if len(may) < len(rows):
        gone = [row["title"] for row in rows if row["id"] not in may]
        raise Refused(*(Problem("studio_result_gone", "results", {"title": title}) for title in gone))
    before = {one.id for one in await of(studio_id)}
    await link(studio_id, may - before, by)
    for innovation in sorted(before - may):
        await innovations.set_studio(innovation, None, by)


@tried_again
async def put(innovation_id: int, studio_id: int | None, organisation_id: int, by: int) -> None:
    """An innovation of a unit is the result of one of its studios, or of none. Raises NotFound for another unit's."""
    async with transaction():
        if studio_id is not None:
            there = await lock_row(Studio, studio_id, share=True)
            row = await (
                Studio.select(Studio.organisation, Studio.stage)
                .where(Studio.id == studio_id, Studio.continues.is_null())
                .first()
            )
            if not there or row is None or row["organisation"] != organisation_id or row["stage"] not in TAKES:
                raise NotFound
        await innovations.set_studio(innovation_id, studio_id, by)
        generations.bump(GENERATION)


async def of_innovation(innovation_id: int) -> int | None:
    """Whose result an innovation is."""
    row = await Innovation.select(Innovation.studio).where(Innovation.id == innovation_id).first()
    return row["studio"] if row else None


async def link(studio_id: int, chosen: Collection[int], by: int) -> None:
    """Within the caller's transaction: these are its results as well."""
    for innovation in sorted(chosen):
        await innovations.set_studio(innovation, studio_id, by)


async def link_none(studio_id: int, by: int) -> None:
    """Within the caller's transaction: it has no results any more, so that another studio may count them."""
    rows = await Innovation.select(Innovation.id).where(Innovation.studio == studio_id)
    for row in sorted(rows, key=lambda one: int(one["id"])):
        await innovations.set_studio(row["id"], None, by)
