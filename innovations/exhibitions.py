"""Exhibitions of innovations: the only writer of `Exhibition`, `Exhibit` and `ExhibitionTalk`.

An exhibit is a published innovation by its id; what is not published any more is shown by nobody, and stands here as
long as an officer leaves it. The ledger's stream is `exhibition:<id>`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import organisation_moves, organisation_tree
from foundation.people.organisation_tables import Organisation
from foundation.process.openings import register_place
from foundation.store import generations, ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from innovations.library_tables import Exhibit, Exhibition, ExhibitionTalk, ShownInnovation
from innovations.rules.exhibitions import (
    MOST_EXHIBITS,
    By,
    ExhibitionDraft,
    Item,
    Placed,
    Stage,
    TalkDraft,
    after,
    proposed,
)

GENERATION = "exhibitions"
MOST_TALKS = 60


@dataclass(frozen=True, slots=True)
class ExhibitionFacts:
    """An exhibition as pages and rules see it."""

    id: int
    address: str
    organisation_id: int
    name: str
    starts_on: date
    ends_on: date
    stage: Stage
    intro: str
    revision: int


@tried_again
async def create(draft: ExhibitionDraft, organisation_id: int, by: int, now: datetime) -> int:
    """Make a draft of an exhibition; answers its id."""
    async with transaction():
        row = Exhibition(
            address="", organisation=organisation_id, stage=Stage.DRAFT.value, created_by=by, created_at=now,
            **_columns(draft),
        )  # fmt: skip
        await row.save()
        await Exhibition.update({Exhibition.address: f"{draft.starts_on.year}-{row.id}"}).where(Exhibition.id == row.id)
        _record(row.id, "created", by, {"organisation": organisation_id})
        return int(row.id)


@tried_again
async def change(exhibition_id: int, draft: ExhibitionDraft, revision: int, by: int) -> None:
    """Change its words and days. Raises NotFound; Refused where somebody else did meanwhile."""
    async with transaction():
        await _touch(await locked(exhibition_id, revision), _columns(draft))
        _record(exhibition_id, "changed", by, {})


@tried_again
async def take_step(exhibition_id: int, step: str, by: int) -> Stage:
    """Show it, hide it, close it. Raises NotFound; Refused for one without exhibits."""
    async with transaction():
        found = await locked(exhibition_id)
        stage = after(step, found.stage)
        if isinstance(stage, Problem):
            raise Refused(stage)
        if stage is Stage.PUBLIC and not await Exhibit.exists().where(Exhibit.exhibition == exhibition_id):
            raise Refused(Problem("exhibition_empty"))
        await _touch(found, {"stage": stage.value})
        _record(exhibition_id, step, by, {"stage": stage.value})
        return stage


@tried_again
async def choose(exhibition_id: int, chosen: Sequence[int], offered: Sequence[int], by: int) -> None:
    """Of the innovations that a form offered exactly these are exhibits; others stay as they are.

    New ones stand in the last hall until halls are proposed or arranged. Raises NotFound for what is not published.
    """
    async with transaction():
        found = await locked(exhibition_id)
        wanted = set(chosen) & set(offered)
        rows = await Exhibit.select(Exhibit.innovation, Exhibit.position).where(Exhibit.exhibition == exhibition_id)
        there = {row["innovation"] for row in rows}
        fresh = sorted(wanted - there)
        published = await ShownInnovation.count().where(ShownInnovation.innovation.is_in(fresh or [0]))
        if published < len(fresh):
            raise NotFound
        gone = (there & set(offered)) - wanted
        if len(there) + len(fresh) - len(gone) > MOST_EXHIBITS:
            raise Refused(Problem("exhibition_full", "", {"most": str(MOST_EXHIBITS)}))
        if gone:
            await Exhibit.delete().where(Exhibit.exhibition == exhibition_id, Exhibit.innovation.is_in(sorted(gone)))
        last = max((row["position"] for row in rows), default=0)
        new = [
            Exhibit(exhibition=exhibition_id, innovation=one, hall=found.name[:60], position=last + place)
            for place, one in enumerate(fresh, 1)
        ]
        if new:
            await Exhibit.insert(*new)
        await _touch(found, {})
        _record(exhibition_id, "chosen", by, {"more": fresh, "fewer": sorted(gone)})


@tried_again
async def propose_halls(exhibition_id: int, by_what: By, words: Mapping[str, str], by: int) -> None:
    """Put every exhibit into a hall of its city, its industry, or both; `words` are what industries are called."""
    async with transaction():
        found = await locked(exhibition_id)
        await _put(exhibition_id, proposed(await _items(exhibition_id), by_what, words))
        await _touch(found, {})
        _record(exhibition_id, "halls", by, {"by": by_what.value})


@tried_again
async def arrange(exhibition_id: int, placed: Sequence[Placed], offered: Sequence[int], revision: int, by: int) -> None:
    """Halls and numbers as an officer has them; what of those that a form `offered` is missing is taken off.

    What is not published now stays where it was, for the day it is again. Raises NotFound, Refused.
    """
    async with transaction():
        found = await locked(exhibition_id, revision)
        rows = await Exhibit.select(Exhibit.innovation).where(Exhibit.exhibition == exhibition_id)
        there = {row["innovation"] for row in rows}
        if not {one.innovation for one in placed} <= there:
            raise NotFound
        gone = (there & set(offered)) - {one.innovation for one in placed}
        if gone:
            await Exhibit.delete().where(Exhibit.exhibition == exhibition_id, Exhibit.innovation.is_in(sorted(gone)))
        await _put(exhibition_id, placed)
        await _touch(found, {})
        _record(exhibition_id, "arranged", by, {"fewer": sorted(gone)})


@tried_again
async def add_talk(exhibition_id: int, talk: TalkDraft, by: int) -> None:
    """A further talk. Raises NotFound, Refused."""
    async with transaction():
        found = await locked(exhibition_id)
        if await ExhibitionTalk.count().where(ExhibitionTalk.exhibition == exhibition_id) >= MOST_TALKS:
            raise Refused(Problem("exhibition_talks_many", "", {"most": str(MOST_TALKS)}))
        await ExhibitionTalk(
            exhibition=exhibition_id, title=talk.title, speaker=talk.speaker, place=talk.place,
            starts_at=talk.starts_at, ends_at=talk.ends_at,
        ).save()  # fmt: skip
        await _touch(found, {})
        _record(exhibition_id, "talk", by, {})


@tried_again
async def drop_talk(exhibition_id: int, talk_id: int, by: int) -> None:
    """A talk is called off. Raises NotFound."""
    async with transaction():
        found = await locked(exhibition_id)
        one = (ExhibitionTalk.id == talk_id) & (ExhibitionTalk.exhibition == exhibition_id)
        if not await ExhibitionTalk.exists().where(one):
            raise NotFound
        await ExhibitionTalk.delete().where(one)
        await _touch(found, {})
        _record(exhibition_id, "talk_off", by, {"talk": talk_id})


async def locked(exhibition_id: int, revision: int | None = None) -> ExhibitionFacts:
    """The exhibition, locked, then read. Raises NotFound; Refused for another revision than the form showed."""
    if not await lock_row(Exhibition, exhibition_id):
        raise NotFound
    row = await Exhibition.select().where(Exhibition.id == exhibition_id).first()
    if row is None:
        raise NotFound
    found = facts(row)
    if revision is not None and found.revision != revision:
        raise Refused(Problem("exhibition_changed"))
    return found


def facts(row: Mapping[str, Any]) -> ExhibitionFacts:
    """A row of the table."""
    same = ("id", "address", "name", "starts_on", "ends_on", "intro", "revision")
    return ExhibitionFacts(
        organisation_id=row["organisation"], stage=Stage(row["stage"]), **{name: row[name] for name in same}
    )


async def _items(exhibition_id: int) -> list[Item]:
    rows = (
        await Exhibit.select(Exhibit.innovation).where(Exhibit.exhibition == exhibition_id).order_by(Exhibit.position)
    )
    shown = await ShownInnovation.select(
        ShownInnovation.innovation, ShownInnovation.city, ShownInnovation.field
    ).where(ShownInnovation.innovation.is_in([row["innovation"] for row in rows] or [0]))  # fmt: skip
    cities = await Organisation.select(
        Organisation.id, Organisation.name, Organisation.short_name, Organisation.position
    ).where(Organisation.id.is_in(sorted({row["city"] for row in shown}) or [0]))  # fmt: skip
    called = {row["id"]: (row["short_name"] or row["name"], row["position"] * 10_000 + row["id"]) for row in cities}
    found = {row["innovation"]: (*called.get(row["city"], ("", 0)), row["field"]) for row in shown}
    return [Item(row["innovation"], *found.get(row["innovation"], ("", 0, ""))) for row in rows]


async def _put(exhibition_id: int, placed: Sequence[Placed]) -> None:
    for one in placed:
        await Exhibit.update({Exhibit.hall: one.hall, Exhibit.position: one.number}).where(
            Exhibit.exhibition == exhibition_id, Exhibit.innovation == one.innovation
        )


async def _touch(found: ExhibitionFacts, values: Mapping[str, Any]) -> None:
    saved: dict[Any, Any] = {**values, "revision": found.revision + 1}
    await Exhibition.update(saved).where(Exhibition.id == found.id)
    generations.bump(GENERATION)


def _columns(draft: ExhibitionDraft) -> dict[str, Any]:
    return {"name": draft.name, "starts_on": draft.starts_on, "ends_on": draft.ends_on, "intro": draft.intro}


def _record(exhibition_id: int, act: str, by: int, payload: Mapping[str, Any]) -> None:
    ledger.record(stream=f"exhibition:{exhibition_id}", act=f"exhibition.{act}", actor=f"account:{by}", payload=payload)


async def _follow_organisation(from_id: int, into_id: int) -> None:
    await Exhibition.update({Exhibition.organisation: into_id}).where(Exhibition.organisation == from_id)


organisation_moves.on_merge(_follow_organisation)


async def _owner(address: str) -> str | None:
    row = await Exhibition.select(Exhibition.organisation).where(Exhibition.address == address).first()
    found = await organisation_tree.by_id(row["organisation"]) if row else None
    return found.path if found else None


register_place("exhibition", "/exhibitions/{}", _owner)
