"""What the public register shows: the only writer of `ShownHonour` and `ShownName`, within the acting transaction.

A line exists for what was conferred under a listed title, and as a tombstone for what was revoked or given back;
never for what is proposed, was declined, or belongs to somebody who is known to be under age. A person's tombstone
bears no name: title, document and public reason stay, and nobody's name is searchable for having lost an honour.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from craftsmen.honour_tables import Honour, HonourTitle
from craftsmen.rules.honours import SHOWN, Holder, PartialDate, Stage
from craftsmen.showcase_tables import ShownHonour, ShownName
from foundation.people.workers import is_of_age
from foundation.store import generations
from foundation.text import names

LISTS = "craftsmen"  # the generation of every list, count and feed of honours
AT_ONCE = 200  # honours in one statement

_COLUMNS = (
    *Honour.all_columns(),
    Honour.title.code.as_alias("title_code"),
    Honour.title.name.as_alias("title_name"),
    Honour.title.holder.as_alias("holder"),
    Honour.title.listed.as_alias("listed"),
    Honour.city.name.as_alias("city_name"),
    Honour.county.name.as_alias("county_name"),
    Honour.worker.birth_date.as_alias("birth_date"),
)
_LASTING = ("portrait", "page", "headline")  # of the person's page, which others put there
_OF_A_PERSON = (
    "name", "sound_key", "gender", "unit_name", "city", "city_name", "county", "county_name", "industry", "occupation",
    "posthumous",
)  # fmt: skip


async def refresh(honour_ids: Collection[int], now: datetime) -> None:
    """Write the lines of these honours anew from what stands in the registry, and count the change of their pages."""
    wanted = sorted(set(honour_ids))
    for start in range(0, len(wanted), AT_ONCE):
        await _refresh(wanted[start : start + AT_ONCE], now.date())


async def refresh_worker(worker_id: int, now: datetime) -> None:
    """The same for every honour of a worker: their birth date or their consents changed."""
    rows = await Honour.select(Honour.id).where(Honour.worker == worker_id)
    await refresh([row["id"] for row in rows], now)


async def rename_title(title_id: int) -> None:
    """A title is called otherwise: so are its lines, in one statement however many they are."""
    title = await HonourTitle.select(HonourTitle.code, HonourTitle.name).where(HonourTitle.id == title_id).first()
    if title is not None:
        await ShownHonour.update({ShownHonour.title_name: title["name"]}).where(ShownHonour.title_code == title["code"])
        generations.bump(LISTS, f"title:{title['code']}")


async def _refresh(honour_ids: list[int], today: date) -> None:
    rows = await Honour.select(*_COLUMNS).where(Honour.id.is_in(honour_ids)).order_by(Honour.id)
    before = {row["honour"]: row for row in await ShownHonour.select().where(ShownHonour.honour.is_in(honour_ids))}
    lines = {row["id"]: line for row in rows if (line := _line(row, today)) is not None}
    gone = [before[honour]["id"] for honour in before.keys() - lines.keys()]
    if gone:
        await ShownName.delete().where(ShownName.shown.is_in(gone))
        await ShownHonour.delete().where(ShownHonour.id.is_in(gone))
    named = []
    for honour, line in lines.items():
        old = before.get(honour)
        if old is None:
            continue
        kept = {name: old[name] for name in _LASTING} if line["stage"] == Stage.CONFERRED else {}
        changed: dict[Any, Any] = {name: value for name, value in {**line, **kept}.items() if old[name] != value}
        if changed:
            await ShownHonour.update(changed).where(ShownHonour.id == old["id"])
        if "name" in changed:
            await ShownName.delete().where(ShownName.shown == old["id"])
            named.append((old["id"], line["name"]))
    new = [ShownHonour(**line) for honour, line in lines.items() if honour not in before]
    if new:
        made = await ShownHonour.insert(*new).returning(ShownHonour.id, ShownHonour.name)
        named += [(row["id"], row["name"]) for row in made]
    tokens = [ShownName(shown=shown, token=token) for shown, name in named for token in tokens_of(name)]
    if tokens:
        await ShownName.insert(*tokens)
    generations.bump(LISTS, *(f"honour:{row['address']}" for row in rows))


def tokens_of(name: str) -> list[str]:
    """What finds a name by a beginning: its characters, its sounds and their first letters."""
    found = {names.compared(name), names.letters_of(name), names.initials_of(name)}
    return sorted(token[:64] for token in found if token)


def _line(row: Mapping[str, Any], today: date) -> dict[str, Any] | None:
    """What everyone may see of an honour; None for nothing."""
    stage = Stage(row["stage"])
    if stage not in SHOWN or not row["listed"]:
        return None
    if row["birth_date"] is not None and not is_of_age(row["birth_date"], today):
        return None
    line = {
        "honour": row["id"],
        "address": row["address"],
        "stage": stage.value,
        "holder": row["holder"],
        "name": row["name"],
        "sound_key": names.pinyin_key(row["name"]),
        "posthumous": row["posthumous"],
        "gender": row["gender"],
        "unit_name": row["unit_name"],
        "city": row["city"] or 0,
        "city_name": row["city_name"] or "",
        "county": row["county"] or 0,
        "county_name": row["county_name"] or "",
        "industry": row["industry"],
        "occupation": row["occupation"],
        "title_code": row["title_code"],
        "title_name": row["title_name"],
        "edition": row["edition"] or 0,
        "year": row["year"],
        "verb": row["verb"],
        "body": row["body"],
        "document": row["document"],
        "given_on": PartialDate(row["year"], row["month"], row["day"]).text,
        "portrait": None,
        "page": "",
        "headline": "",
        "public_reason": row["public_reason"],
    }
    if stage is not Stage.CONFERRED and row["holder"] == Holder.PERSON:
        line |= {name: type(line[name])() for name in _OF_A_PERSON}
    return line
