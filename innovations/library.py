"""The public library: the only writer of `ShownInnovation` and `ShownFigure`.

Whatever changes what may be shown (an award, publicity, a version, a withdrawal, a verified benefit, a picture taken
off, an author's word on their name) calls `refresh` inside its own transaction; the page, the figures of the filters,
the pictures' addresses, what is found of it and the generation of the kept pages change with it or not at all.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from foundation.base.clock import today
from foundation.files import pictures
from foundation.people import consents, workers
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import ancestors
from foundation.people.worker_tables import Worker
from foundation.store import engines, generations
from foundation.store.transactions import TransactionError, mine
from innovations import innovation_index
from innovations.innovation_tables import Innovation, InnovationPicture, InnovationVersion, Spread
from innovations.library_tables import ShownFigure, ShownInnovation
from innovations.rules.innovation_form import Draft
from innovations.rules.innovations import Stage
from innovations.rules.publicity import BenefitShown, Publicity, is_public
from innovations.rules.shown_innovation import Shown, ShownPicture, Travel, shown, text_of, value_of

GENERATION = "innovations"
FACETS = ("city", "field", "kind", "year")

Row = Mapping[str, Any]


async def refresh(innovation_id: int, now: datetime) -> None:
    """Write what everyone reads of an innovation anew, or take it away; inside the caller's transaction."""
    row = await Innovation.select().where(Innovation.id == innovation_id).first()
    old = await ShownInnovation.select().where(ShownInnovation.innovation == innovation_id).first()
    new = await _line(row) if row is not None and _is_public(row) else None
    if old is None and new is None:
        await innovation_index.put(innovation_id)
        return
    if new is None:
        await ShownInnovation.delete().where(ShownInnovation.innovation == innovation_id)
    elif old is None:
        await ShownInnovation(**new, published_at=now).save()
    else:
        columns = {getattr(ShownInnovation, name): value for name, value in new.items()}
        await ShownInnovation.update(columns).where(ShownInnovation.innovation == innovation_id)
    await _pictures(innovation_id, old, new, now)
    await _recount(old, new)
    await innovation_index.put(innovation_id)
    generations.bump(GENERATION)


def _is_public(row: Row) -> bool:
    """What is shown is the newest version; none is handed in before the unit looked it through for secrets."""
    cleared = bool(row["version"] and row["cleared_digest"])
    return is_public(Publicity(row["publicity"]), cleared, Stage(row["stage"]) is Stage.AWARDED)


async def _line(row: Row) -> dict[str, Any]:
    unit = await Organisation.select().where(Organisation.id == row["organisation"]).first()
    version = await (
        InnovationVersion.select(InnovationVersion.body)
        .where(InnovationVersion.innovation == row["id"], InnovationVersion.number == row["version"])
        .first()
    )
    if unit is None or version is None:
        raise LookupError(f"Innovation {row['id']} has no unit or no version.")
    city = _city(unit["path"])
    named = await Organisation.select(Organisation.name).where(Organisation.id == city).first()
    said = msgspec.json.decode(version["body"], type=Draft)
    value = shown(
        said, unit["name"], named["name"] if named else "",
        await _handed_in(row["id"]), await innovation_index.verified(row["id"]), BenefitShown(row["benefit_shown"]),
        await _travels(row["id"]), await unnamed([one.worker for one in said.authors if one.worker]),
    )  # fmt: skip
    return {
        "innovation": row["id"], "address": row["address"], "title": value.title, "organisation": unit["id"],
        "city": city, "field": value.field, "kind": value.kind, "year": value.year, "benefit": value.benefit,
        "value": text_of(value),
    }  # fmt: skip


async def unnamed(workers_named: Sequence[int]) -> set[int]:
    """Those whom no public page names: who said no to it themselves, and who is not of age, as far as is known."""
    rows = await Worker.select(Worker.id, Worker.merged_into).where(Worker.id.is_in(sorted(workers_named) or [0]))
    stands = {row["id"]: row["merged_into"] or row["id"] for row in rows}
    records = sorted(set(stands.values()))
    words = await consents.words_on("name", records)
    rows = await Worker.select(Worker.id, Worker.birth_date).where(Worker.id.is_in(records or [0]))
    day = today()
    minors = {row["id"] for row in rows if row["birth_date"] and not workers.is_of_age(row["birth_date"], day)}
    return {number for number, record in stands.items() if words.get(record) is False or record in minors}


async def _handed_in(innovation_id: int) -> list[ShownPicture]:
    rows = await (
        InnovationPicture.select(InnovationPicture.picture, InnovationPicture.caption)
        .where(InnovationPicture.innovation == innovation_id, InnovationPicture.since.is_not_null())
        .order_by(InnovationPicture.id)
    )
    return [ShownPicture(row["picture"], row["caption"]) for row in rows]


async def _travels(innovation_id: int) -> list[Travel]:
    """Who took it over, as far as its makers agreed, the first first; a unit that took its own word back is named by
    nobody else's."""
    rows = await (
        Spread.select(
            Spread.organisation.name.as_alias("unit"), Spread.organisation.path.as_alias("path"), Spread.since_year,
            Spread.since_month, Spread.result, Spread.from_organisation, Spread.organisation.id.as_alias("taker"),
        )
        .where(Spread.innovation == innovation_id, Spread.agreed_at.is_not_null())
        .order_by(Spread.since_year, Spread.since_month, Spread.id)
    )  # fmt: skip
    cities = [_city(row["path"]) for row in rows]
    takers = {row["taker"] for row in rows}
    found = await Organisation.select(Organisation.id, Organisation.name).where(
        Organisation.id.is_in(sorted({*cities, *takers}) or [0])
    )
    names = {row["id"]: row["name"] for row in found}
    return [
        Travel(
            row["unit"], names.get(city, ""), row["since_year"], row["since_month"], row["result"],
            names[row["from_organisation"]] if row["from_organisation"] in takers else "",
        )
        for row, city in zip(rows, cities, strict=True)
    ]  # fmt: skip


def _city(path: str) -> int:
    """The union right below the federation, or the federation itself."""
    above = ancestors(path)
    return above[1] if len(above) > 1 else above[0]


async def _pictures(innovation_id: int, old: Row | None, new: Row | None, now: datetime) -> None:
    before, after = ({one.picture for one in _value(line).pictures} if line else set() for line in (old, new))
    for picture in sorted(before - after):
        await pictures.revoke(picture, now=now)
    for picture in sorted(after):
        await pictures.publish(picture, about=f"innovation:{innovation_id}")


def _value(line: Row) -> Shown:
    return value_of(line["value"])


async def _recount(old: Row | None, new: Row | None) -> None:
    """In one order, so that two writers never wait for each other in a ring."""
    changed: dict[tuple[str, str], int] = {}
    for line, one in ((old, -1), (new, 1)):
        if line is not None:
            for key in ((facet, str(line[facet])) for facet in FACETS):
                changed[key] = changed.get(key, 0) + one
    held = mine(engines.current())
    if held is None:
        raise TransactionError("The library changes only inside a transaction.")
    rows = [(*key, changed[key]) for key in sorted(changed) if changed[key]]
    if rows:
        await held.run_many(
            "INSERT INTO shown_innovation_figure (facet, code, published) VALUES ({}, {}, {}) "
            "ON CONFLICT (facet, code) DO UPDATE "
            "SET published = shown_innovation_figure.published + excluded.published",
            rows,
        )
        await ShownFigure.delete().where(ShownFigure.published <= 0)
