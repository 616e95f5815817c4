"""What the public sees of honours: with `showing_pages` the only writer of every Shown… table.

Always inside the transaction of the act that changes it (a conferral, a consent, an edit, a revocation), so that no
public page is ever behind what was decided. Which honours have a line, and which leave a tombstone, is a rule
(`rules/register.py`); a person's tombstone bears no name, so that nobody is found for having lost an honour.

Lines of a list are written before it is visible and become so, all of them, by `show_list`; pages of their holders
follow it in steps (`refresh_holders`), since each is written whole.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from craftsmen import profile_rows, showing_counts, showing_pages
from craftsmen.honour_tables import Honour, HonourList, HonourTitle
from craftsmen.rules.honours import Holder as Kind
from craftsmen.rules.honours import PartialDate, Stage
from craftsmen.rules.register import CONFERRED, Holder, stands
from craftsmen.rules.showing import name_tokens
from craftsmen.showcase_tables import Profile, ShownHonour, ShownName
from craftsmen.visible_lists import shown_of
from foundation.base.clock import day_of
from foundation.people import consents
from foundation.people.worker_tables import Worker
from foundation.people.workers import is_of_age
from foundation.store import engines, generations
from foundation.store.transactions import mine
from foundation.text import names

GENERATION = "craftsmen"
AT_ONCE = 400  # honours in one statement

_COLUMNS = (
    Honour.id, Honour.address, Honour.title, Honour.worker, Honour.name, Honour.unit_name, Honour.city, Honour.county,
    Honour.gender, Honour.industry, Honour.occupation, Honour.edition, Honour.verb, Honour.body, Honour.document,
    Honour.year, Honour.month, Honour.day, Honour.stage, Honour.posthumous, Honour.source_key, Honour.public_reason,
    Honour.created_by, Honour.honour_list,
    Honour.title.code.as_alias("title_code"),
    Honour.title.name.as_alias("title_name"),
    Honour.title.holder.as_alias("holder"),
    Honour.title.pages.as_alias("pages"),
    Honour.title.listed.as_alias("listed"),
    Honour.city.name.as_alias("city_name"),
    Honour.city.short_name.as_alias("city_short"),
    Honour.county.name.as_alias("county_name"),
    Honour.county.short_name.as_alias("county_short"),
)  # fmt: skip


async def refresh(honour_ids: Collection[int], now: datetime) -> None:
    """Bring the register and the pages up to date with these honours, inside the caller's transaction.

    Those of a list that is not visible touch no page, and no kept copy of one.
    """
    workers: set[int] = set()
    changed = False
    ids = sorted(set(honour_ids))
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        rows = await Honour.select(*_COLUMNS).where(Honour.id.is_in(some))
        before = await ShownHonour.select().where(ShownHonour.honour.is_in(some))
        shown = await shown_of({row["honour_list"] for row in (*rows, *before)} - {None})
        seen = [row for row in rows if row["honour_list"] is None or row["honour_list"] in shown]
        await _refresh_lines(rows, before, shown, now)
        workers |= await _pages_of(seen, now)
        changed = changed or bool(seen)
    await _refresh_pages(workers, now)
    if changed:
        generations.bump(GENERATION)


async def show_list(list_id: int, now: datetime) -> None:
    """Everything that was written with this list becomes visible: one row, and the counts. The list is locked."""
    await HonourList.update({HonourList.shown_at: now}).where(HonourList.id == list_id)
    await showing_counts.add_list(list_id)
    generations.bump(GENERATION)


async def hide_list(list_id: int) -> None:
    """None of it is visible any more, by one act as well; where it was not, nothing changes. The list is locked."""
    row = await HonourList.select(HonourList.shown_at).where(HonourList.id == list_id).first()
    if row is not None and row["shown_at"] is not None:
        await HonourList.update({HonourList.shown_at: None}).where(HonourList.id == list_id)
        await showing_counts.subtract_list(list_id)
        generations.bump(GENERATION)


async def refresh_holders(honour_ids: Collection[int], now: datetime) -> None:
    """The pages alone of those who hold these honours, whose lines stand already."""
    rows = await Honour.select(*_COLUMNS).where(Honour.id.is_in(sorted(set(honour_ids))))
    if workers := await _pages_of(rows, now):
        await _refresh_pages(workers, now)
        generations.bump(GENERATION)


async def refresh_worker(worker_id: int, now: datetime) -> None:
    """The same for all that one person holds: after a consent, an edit of their page, a change of their facts."""
    rows = await Honour.select(Honour.id).where(Honour.worker == worker_id)
    await refresh([row["id"] for row in rows], now)


async def rename_title(title_id: int) -> None:
    """A title is called otherwise: so are its lines, in one statement however many they are."""
    title = await HonourTitle.select(HonourTitle.code, HonourTitle.name).where(HonourTitle.id == title_id).first()
    if title is not None:
        await ShownHonour.update({ShownHonour.title_name: title["name"]}).where(ShownHonour.title_code == title["code"])
        await showing_counts.rename_title(title["code"], title["name"])
        generations.bump(GENERATION)


async def _refresh_lines(
    rows: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, Any]], shown: Collection[int], now: datetime
) -> None:
    """Write the lines of these honours anew, which `before` are; `shown` are the visible ones of their lists."""
    holders = await _holders({row["worker"] for row in rows if row["worker"]}, now)
    after = [
        _line(row, stage)
        for row in rows
        if (stage := stands(row["stage"], row["listed"], holders.get(row["worker"], Holder())))
    ]
    await _replace(before, after)
    await showing_counts.recount(before, after, shown)


async def _pages_of(rows: Sequence[Mapping[str, Any]], now: datetime) -> set[int]:
    """The workers whose page shows these visible honours; a draft is begun for who has none yet."""
    for row in rows:
        if row["pages"] and row["worker"] and row["stage"] == Stage.CONFERRED:
            await profile_rows.ensure(row, f"account:{row['created_by']}", now)
    return {row["worker"] for row in rows if row["worker"] and row["pages"]} | await _with_pages(rows)


async def _refresh_pages(workers: Iterable[int], now: datetime) -> None:
    for worker in sorted(workers):
        await showing_pages.refresh_page(worker, now)


async def _with_pages(rows: Iterable[Mapping[str, Any]]) -> set[int]:
    """Those whose page shows other titles too: a contest they won, an innovation."""
    workers = sorted({row["worker"] for row in rows if row["worker"] and not row["pages"]})
    if not workers:
        return set()
    return {row["worker"] for row in await Profile.select(Profile.worker).where(Profile.worker.is_in(workers))}


async def _holders(workers: Collection[int], now: datetime) -> dict[int, Holder]:
    """What decides about each person's line."""
    if not workers:
        return {}
    ids = sorted(workers)
    rows = await Worker.select(Worker.id, Worker.birth_date).where(Worker.id.is_in(ids))
    said = await consents.words_on("name", ids)
    return {
        row["id"]: Holder(
            minor=row["birth_date"] is not None and not is_of_age(row["birth_date"], day_of(now)),
            unnamed=said.get(row["id"]) is False,
        )
        for row in rows
    }


_OF_A_HOLDER = (
    "name", "sound_key", "gender", "unit_name", "city", "city_name", "county", "county_name", "industry", "occupation",
    "posthumous",
)  # fmt: skip


def _line(row: Mapping[str, Any], stage: str) -> dict[str, Any]:
    """A line of the register, by column; a person's tombstone keeps title and date, and nothing of the person."""
    line = {
        "honour": row["id"],
        "address": row["address"],
        "stage": stage,
        "holder": row["holder"],
        "name": row["name"],
        "sound_key": names.pinyin_key(row["name"]),
        "posthumous": row["posthumous"],
        "gender": row["gender"],
        "unit_name": row["unit_name"],
        "city": row["city"] or 0,
        "city_name": row["city_short"] or row["city_name"] or "",
        "county": row["county"] or 0,
        "county_name": row["county_short"] or row["county_name"] or "",
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
        "gallery": bool(row["pages"]) and stage == CONFERRED,
        "honour_list": row["honour_list"],
    }
    if stage != CONFERRED and row["holder"] == Kind.PERSON:
        line |= {name: type(line[name])() for name in _OF_A_HOLDER}
    return line


async def _replace(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> None:
    """Lines keep their ids as long as they stand, since pages of the gallery go on from them."""
    ids = {row["honour"]: row["id"] for row in before}
    standing = {line["honour"] for line in after}
    gone = [row["id"] for row in before if row["honour"] not in standing]
    if gone:
        await ShownHonour.delete().where(ShownHonour.id.is_in(gone))
    kept = {"portrait", "page", "headline"}  # of the page; `showing_pages` writes them
    for line in after:
        if line["honour"] in ids:
            values: Any = {k: v for k, v in line.items() if line["stage"] != CONFERRED or k not in kept}
            await ShownHonour.update(values).where(ShownHonour.id == ids[line["honour"]])
    fresh = [ShownHonour(**line) for line in after if line["honour"] not in ids]
    if fresh:
        made = await ShownHonour.insert(*fresh).returning(ShownHonour.id, ShownHonour.honour)
        ids |= {row["honour"]: row["id"] for row in made}
    written = [ids[line["honour"]] for line in after]
    if written:
        await ShownName.delete().where(ShownName.shown.is_in(written))
    tokens = [(ids[line["honour"]], token, line["honour_list"]) for line in after for token in _tokens(line["name"])]
    held = mine(engines.current())
    if tokens and held is not None:
        await held.run_many("INSERT INTO shown_name (shown, token, honour_list) VALUES ({}, {}, {})", tokens)


def _tokens(name: str) -> tuple[str, ...]:
    folded = names.compared(name)
    return name_tokens(
        folded, [names.letters_of(folded[place:]) for place in range(len(folded))], names.initials_of(name)
    )


@consents.on_change
async def _consented(worker_id: int, now: datetime) -> None:
    """A word of consent: what it shows or takes away is public with it, in its transaction, on others' pages too."""
    await refresh_worker(worker_id, now)
    await showing_pages.refresh_companions(worker_id, now)
    generations.bump(GENERATION)
