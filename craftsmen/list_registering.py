"""The steps in which a list of honours is registered, followed by pages, and taken back; a part of `lists.py`.

A step is some rows and runs within a transaction; it looks at what is still to do, so that none is done twice
whoever goes on after a crash. Honours are written out of everybody's sight (`visible_lists.py`); `show` alone makes
them visible, all at once. Pages of their holders follow it.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from craftsmen import honours, list_pages, list_portraits, showing
from craftsmen.honour_tables import Honour, HonourList, HonourListRow, HonourTitle
from craftsmen.list_reading import draft_of
from craftsmen.rules.corrections import read_members
from craftsmen.rules.honours import Holder, HonourDraft, Member, PartialDate
from craftsmen.rules.honours import Stage as HonourStage
from craftsmen.rules.list_facts import draft_for
from craftsmen.rules.lists import ListDraft, Stage, State
from craftsmen.showcase_tables import Profile
from foundation.store import engines
from foundation.store.locks import lock_row
from foundation.store.transactions import mine

AT_ONCE = 10  # honours in one step: under 20 ms, so that no judge waits longer for a mark to be saved
PAGES_AT_ONCE = 4  # pages in one step, for the same reason


async def write_step(list_id: int, last: int, by: int, now: datetime) -> tuple[int, int]:
    """Register the next rows that fit, not yet visible; answers the last row, and how many (0: nothing is left)."""
    rows = (
        await HonourListRow.select()
        .where(
            HonourListRow.honour_list == list_id,
            HonourListRow.state == State.READY.value,
            HonourListRow.id > last,
        )
        .order_by(HonourListRow.id)
        .limit(AT_ONCE)
    )
    if not rows:
        return last, 0
    draft, whole = await draft_of(list_id)
    ids = await _register(list_id, rows, draft, whole, by, now)
    ours = await Honour.select(Honour.id).where(Honour.id.is_in(sorted(set(ids))), Honour.source == f"list:{list_id}")
    here = {row["id"] for row in ours}
    states = [State.MADE if honour in here else State.AGAIN for honour in ids]  # again: somebody else was quicker
    held = mine(engines.current())
    if held is not None:
        await held.run_many(
            "UPDATE honour_list_row SET state = {}, honour = {}, worker = {} WHERE id = {}",
            [
                (state.value, honour, row["worker"], row["id"])
                for row, honour, state in zip(rows, ids, states, strict=True)
            ],
        )
    return int(rows[-1]["id"]), len(rows)


async def _register(  # noqa: PLR0917
    list_id: int, rows: Sequence[dict[str, Any]], draft: ListDraft, whole: Mapping[str, Any], by: int, now: datetime
) -> list[int]:
    """The honours of these rows, in their order; a document and a day at a time, for lines may have their own."""
    await lock_row(HonourTitle, whole["title"])  # two lists of the same people make each of them once
    await list_pages.make_workers(rows, f"account:{by}", now)
    groups: dict[tuple[str, PartialDate], list[dict[str, Any]]] = {}
    for row in rows:
        own = draft_for(draft, json.loads(row["given"]))
        groups.setdefault((own.document, own.on), []).append(row)
    ids: dict[int, int] = {}
    for (document, on), some in groups.items():
        drafts = [_draft(row, draft, Holder(whole["holder"]), list_id, whole["organisation"]) for row in some]
        made = await honours.register_all(
            drafts, document, on, f"account:{by}", now, ledger_of=f"honour_list:{list_id}"
        )
        ids |= {row["id"]: honour for row, honour in zip(some, made, strict=True)}
    return [ids[row["id"]] for row in rows]


def _draft(row: Mapping[str, Any], draft: ListDraft, holder: Holder, list_id: int, keeper: int) -> HonourDraft:
    given = json.loads(row["given"])
    draft = draft_for(draft, given)
    members = read_members(given.get("members", ""))[0] if holder is Holder.TEAM else ()
    return HonourDraft(
        title=draft.title,
        year=draft.on.year,
        name=given["name"],
        worker=row["worker"],
        unit=row["unit"],
        unit_name=given.get("unit_name", ""),
        recommender=None if row["unit"] or given.get("city") else keeper,
        city=int(given["city"]) if given.get("city") else None,
        county=int(given["county"]) if given.get("county") else None,
        industry=given.get("industry", ""),
        gender=given.get("gender", ""),
        occupation=given.get("occupation", ""),
        occupation_code=given.get("occupation_code", ""),
        edition=draft.edition,
        body=draft.body,
        posthumous=bool(given.get("posthumous")),
        members=tuple(Member(name) for name in members),
        source=f"list:{list_id}",
        source_key=row["source_key"],
        honour_list=list_id,
    )


async def show(list_id: int, now: datetime) -> None:
    """Nothing is left to write: from the COMMIT of this on everybody sees all of it."""
    counts = {}
    for column, state in (("made", State.MADE), ("again", State.AGAIN)):
        counts[column] = await HonourListRow.count().where(
            HonourListRow.honour_list == list_id, HonourListRow.state == state.value
        )
    values: dict[Any, Any] = {**counts, "stage": Stage.FOLLOWING.value}
    await HonourList.update(values).where(HonourList.id == list_id)
    await showing.show_list(list_id, now)


async def follow_step(list_id: int, last: int, by: int, now: datetime) -> tuple[int, int]:
    """Bring the next holders' pages up to date: drafts are begun and filled, public ones tell of the title."""
    rows = (
        await HonourListRow.select()
        .where(
            HonourListRow.honour_list == list_id,
            HonourListRow.state == State.MADE.value,
            HonourListRow.worker.is_not_null(),
            HonourListRow.id > last,
        )
        .where(
            (HonourListRow.honour_list.title.pages == True)  # type: ignore[union-attr]  # noqa: E712 - a column
            | HonourListRow.worker.is_in(Profile.select(Profile.worker))
        )
        .order_by(HonourListRow.id)
        .limit(PAGES_AT_ONCE)
    )
    if not rows:
        return last, 0
    await showing.refresh_holders([row["honour"] for row in rows], now)
    for row in rows:
        page = await list_pages.fill(row, f"account:{by}", now)
        if page is not None:
            await HonourListRow.update({HonourListRow.page: page}).where(HonourListRow.id == row["id"])
    return int(rows[-1]["id"]), len(rows)


async def followed(list_id: int, now: datetime) -> None:
    """No page is left behind."""
    await HonourList.update({HonourList.stage: Stage.VISIBLE.value}).where(HonourList.id == list_id)
    await list_portraits.let_go(list_id)


async def take_back_step(list_id: int, last: int, by: int, now: datetime) -> tuple[int, int]:
    """Undo the next honours of a hidden list; what was corrected, revoked or given back since stays as it is."""
    rows = (
        await Honour.select(Honour.id)
        .where(
            Honour.source == f"list:{list_id}",
            Honour.stage == HonourStage.CONFERRED.value,
            Honour.version == 1,
            Honour.id > last,
        )
        .order_by(Honour.id)
        .limit(AT_ONCE)
    )
    if not rows:
        return last, 0
    ids = [row["id"] for row in rows]
    await honours.undo(ids, "", None, f"account:{by}", now, ledger_of=f"honour_list:{list_id}")
    await list_pages.take_back(list_id, ids, f"account:{by}", now)
    return ids[-1], len(ids)


async def taken_back(list_id: int, now: datetime) -> None:
    """Nothing is left to undo."""
    await HonourList.update({HonourList.stage: Stage.UNDONE.value}).where(HonourList.id == list_id)
    await list_portraits.let_go(list_id)
