"""What everyone may read of studios that bear or bore a name, as a list of what may be shown; nothing else is selected.

The leader is named by the rule of the craftsmen's register: a name needs no consent, and goes with the person's word
against it. Results are those that stand in the public library. Of a studio whose name was withdrawn the reason stays.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import msgspec
from piccolo.columns import Varchar
from piccolo.query.functions.aggregate import Count

from craftsmen.rules.register import CONFERRED, Holder, stands
from craftsmen.showcase_tables import ShownCraftsman
from foundation.base.clock import today
from foundation.base.problem import NotFound
from foundation.people import consents, organisation_tree, workers
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import below
from foundation.people.worker_tables import Worker
from foundation.process.suspensions import standing
from innovations.innovation_tables import Innovation
from innovations.library_tables import ShownInnovation
from innovations.rules.review_rules import Level
from innovations.rules.studio_form import Body, public_name
from innovations.rules.studios import Stage
from innovations.studio_reads import BORE_A_NAME
from innovations.studio_tables import Studio, StudioMember, StudioTerm

PAGE = 24
ASKS = ("city", "field", "level")
RESULTS = 60  # on one page


@dataclass(frozen=True, slots=True)
class Term:
    """For how long it was named, at which level, and by which document."""

    level: Level
    since: date
    until: date
    document: str


@dataclass(frozen=True, slots=True)
class Result:
    """A published innovation."""

    address: str
    title: str
    year: int


@dataclass(frozen=True, slots=True)
class ShownStudio:
    """A studio as everyone reads it. `leader` is empty where it may not be shown, `people` counts the leader too."""

    id: int
    address: str
    name: str
    leader: str
    leader_page: str
    level: Level
    unit: str
    city: str
    field: str
    stage: Stage
    founded: int
    named_on: date
    named_until: date
    topics: tuple[str, ...]
    people: int
    ended_reason: str


_COLUMNS = (
    Studio.id, Studio.address, Studio.name, Studio.leader, Studio.level, Studio.field, Studio.stage, Studio.founded_on,
    Studio.named_on, Studio.named_until, Studio.body, Studio.ended_reason, Studio.leader.name.as_alias("leader_name"),
    Studio.organisation.name.as_alias("unit"), Studio.organisation.path.as_alias("path"),
)  # fmt: skip


async def listed(wanted: Mapping[str, str], before: int | None = None) -> list[ShownStudio]:
    """Studios that bear a name now, the newest first, one more than a page. Raises NotFound for no filter of ours."""
    query = Studio.select(*_COLUMNS).where(Studio.stage == Stage.NAMED.value, Studio.public == True)  # noqa: E712
    if city := wanted.get("city", ""):
        found = await organisation_tree.by_id(_number(city))
        if found is None:
            raise NotFound
        query = query.where(below(cast("Varchar", Studio.organisation.path), found.path))
    for name in ("field", "level"):
        if value := wanted.get(name, ""):
            query = query.where(getattr(Studio, name) == value[:16])
    if before is not None:
        query = query.where(Studio.id < before)
    return await _shown(await query.order_by(Studio.id, ascending=False).limit(PAGE + 1))


async def one(address: str) -> ShownStudio:
    """A studio that bears or bore a name. Raises NotFound."""
    rows = await Studio.select(*_COLUMNS).where(
        Studio.address == address[:40], Studio.stage.is_in(BORE_A_NAME), Studio.public == True  # noqa: E712
    )  # fmt: skip
    if not rows:
        raise NotFound
    return (await _shown(rows))[0]


async def of_call(round_id: int) -> list[ShownStudio]:
    """What was named under a call, whatever became of it, at a higher level as well."""
    termed = await StudioTerm.select(StudioTerm.studio).where(StudioTerm.round == round_id)
    under = (Studio.round == round_id) | Studio.id.is_in(sorted({row["studio"] for row in termed}) or [0])
    rows = await Studio.select(*_COLUMNS).where(
        under, Studio.stage.is_in(BORE_A_NAME), Studio.public == True  # noqa: E712
    ).order_by(Studio.id)  # fmt: skip
    return await _shown(rows)


async def terms(studio_id: int) -> list[Term]:
    """For how long it was named, the newest first."""
    rows = await (
        StudioTerm.select(StudioTerm.level, StudioTerm.since, StudioTerm.until, StudioTerm.document)
        .where(StudioTerm.studio == studio_id)
        .order_by(StudioTerm.since, ascending=False)
    )
    return [Term(Level(row["level"]), row["since"], row["until"], row["document"]) for row in rows]


async def results(studio_id: int) -> list[Result]:
    """Its results that stand in the public library, none whose page is suspended; the newest first."""
    own = await Innovation.select(Innovation.id).where(Innovation.studio == studio_id)
    rows = await (
        ShownInnovation.select(ShownInnovation.address, ShownInnovation.title, ShownInnovation.year)
        .where(ShownInnovation.innovation.is_in([row["id"] for row in own] or [0]))
        .order_by(ShownInnovation.year, ShownInnovation.id, ascending=False)
        .limit(RESULTS)
    )
    return await standing([Result(**row) for row in rows], lambda one: f"/innovations/{one.address}")


async def choices() -> dict[str, list[tuple[str, int]]]:
    """What the filters offer of named studios, by value, with how many there are."""
    named = (Studio.stage == Stage.NAMED.value) & (Studio.public == True)  # noqa: E712
    found: dict[str, list[tuple[str, int]]] = {}
    for name in ("field", "level"):
        column: Any = getattr(Studio, name)
        rows = await Studio.select(column, Count(alias="size")).where(named).group_by(column).order_by(column)
        found[name] = [(row[name], row["size"]) for row in rows if row[name]]
    return found


async def cities() -> list[tuple[int, str]]:
    """The unions directly below the federation, in their order: (id, name)."""
    return [(one.id, one.name) for one in await organisation_tree.children(1)]


async def _shown(rows: Sequence[Mapping[str, Any]]) -> list[ShownStudio]:
    if not rows:
        return []
    leaders = {row["leader"] for row in rows}
    named, pages = await _named(leaders), await _pages(leaders)
    people, begun = await _people([row["id"] for row in rows]), await _begun([row["id"] for row in rows])
    above = {row["id"]: organisation_tree.ancestors(row["path"]) for row in rows}
    tops = {ids[1] if len(ids) > 1 else ids[0] for ids in above.values()}
    found = await Organisation.select(Organisation.id, Organisation.name).where(Organisation.id.is_in(sorted(tops)))
    called = {row["id"]: row["name"] for row in found}
    shown = []
    for row in rows:
        ids, ended = above[row["id"]], row["stage"] == Stage.ENDED
        leader = row["leader_name"] if row["leader"] in named and not ended else ""
        topics = () if ended else msgspec.json.decode(row["body"], type=Body).topics
        told = [public_name(one, row["leader_name"], bool(leader)) for one in topics]
        shown.append(
            ShownStudio(
                id=row["id"], address=row["address"], leader=leader, level=Level(row["level"]), unit=row["unit"],
                name=public_name(row["name"], row["leader_name"], bool(leader)),
                leader_page=pages.get(row["leader"], "") if leader else "",
                city=called.get(ids[1] if len(ids) > 1 else ids[0], ""), field=row["field"], stage=Stage(row["stage"]),
                founded=row["founded_on"].year, named_on=begun.get(row["id"], row["named_on"]),
                named_until=row["named_until"],
                topics=tuple(filter(None, told)),
                people=people.get(row["id"], 0) + 1, ended_reason=row["ended_reason"] if ended else "",
            )
        )  # fmt: skip
    return shown


async def _named(leaders: Collection[int]) -> set[int]:
    """Those whose name may stand on a public page, as in the register of honours."""
    day = today()
    rows = await Worker.select(Worker.id, Worker.birth_date).where(Worker.id.is_in(sorted(leaders) or [0]))
    said = await consents.words_on("name", leaders)
    return {
        row["id"]
        for row in rows
        if stands(
            CONFERRED, True,
            Holder(
                minor=row["birth_date"] is not None and not workers.is_of_age(row["birth_date"], day),
                unnamed=said.get(row["id"]) is False,
            ),
        )
    }  # fmt: skip


async def _pages(leaders: Collection[int]) -> dict[int, str]:
    """The addresses of their own public pages."""
    rows = await ShownCraftsman.select(
        ShownCraftsman.address, ShownCraftsman.profile.worker.as_alias("worker")
    ).where(ShownCraftsman.profile.worker.is_in(sorted(leaders) or [0]))  # fmt: skip
    return {row["worker"]: row["address"] for row in rows}


async def _people(studio_ids: Sequence[int]) -> dict[int, int]:
    rows = await (
        StudioMember.select(StudioMember.studio, Count(alias="size"))
        .where(StudioMember.studio.is_in(list(studio_ids) or [0]), StudioMember.until.is_null())
        .group_by(StudioMember.studio)
    )
    return {row["studio"]: row["size"] for row in rows}


async def _begun(studio_ids: Sequence[int]) -> dict[int, date]:
    """When the term that runs began: a further one is given before its end, and begins after it."""
    rows = await StudioTerm.select(StudioTerm.studio, StudioTerm.since).where(
        StudioTerm.studio.is_in(list(studio_ids) or [0]), StudioTerm.since <= today()
    )
    found: dict[int, date] = {}
    for row in rows:
        found[row["studio"]] = max(row["since"], found.get(row["studio"], row["since"]))
    return found


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise NotFound
    return int(text)
