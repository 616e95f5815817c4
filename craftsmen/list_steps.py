"""The steps in which a list of honours is read, registered and undone, at once or by jobs; a part of `lists.py`.

A step is some rows and runs within a transaction; it looks at what is still to do, so that none is done twice
whoever goes on after a crash. The last one, which finds nothing left, ends the stage.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from craftsmen import honours, list_pages, list_portraits, titles
from craftsmen.honour_tables import Honour, HonourList, HonourListRow, HonourTitle
from craftsmen.list_matching import Matched, match
from craftsmen.rules.corrections import read_members
from craftsmen.rules.honours import Holder, HonourDraft, Member, PartialDate
from craftsmen.rules.honours import Stage as HonourStage
from craftsmen.rules.list_facts import draft_for
from craftsmen.rules.lists import ListDraft, Row, Stage, State, read_list
from foundation.base.problem import N_, NotFound
from foundation.people import organisation_tree, privacy
from foundation.store import ledger
from foundation.store.commit import write
from foundation.store.locks import lock_row
from foundation.work import jobs

AT_ONCE = 50  # rows in one step: some 20 ms, so that no judge waits longer for a mark to be saved

Step = Callable[[int, int, int, datetime], Awaitable[tuple[int, int]]]
"""Takes the list, the row it goes on from, the account and the time; answers the last row, and how many (0: done)."""


async def draft_of(list_id: int) -> tuple[ListDraft, Mapping[str, Any]]:
    """What a list says of all its honours, and its whole row. Raises NotFound."""
    columns = (
        *HonourList.all_columns(),
        HonourList.title.code.as_alias("code"),
        HonourList.title.holder.as_alias("holder"),
    )
    row = await HonourList.select(*columns).where(HonourList.id == list_id).first()
    if row is None:
        raise NotFound
    on = PartialDate(row["year"], row["month"], row["day"])
    return ListDraft(row["code"], row["name"], on, row["edition"], row["body"], row["document"]), row


async def keep_rows(list_id: int, rows: Sequence[Row], draft: ListDraft, organisation_id: int, today: date) -> None:
    """Keep lines as they were read and matched, all of them within the caller's transaction."""
    organisation = await organisation_tree.by_id(organisation_id)
    if organisation is None:
        raise NotFound
    title = await titles.by_code(draft.title)
    pages = title is not None and title.pages
    for start in range(0, len(rows), AT_ONCE):
        matched = await match(rows[start : start + AT_ONCE], draft, organisation.path, today, pages=pages)
        await HonourListRow.insert(*(_line(list_id, one) for one in matched))


def _line(list_id: int, one: Matched) -> HonourListRow:
    state = State.AGAIN if one.again else State.WRONG if one.row.problems else State.READY
    told = one.row.problems if state is State.WRONG else ()
    problems = [[problem.code, problem.field, dict(problem.params)] for problem in told]
    return HonourListRow(
        honour_list=list_id,
        line=one.row.line,
        given=ledger.canonical(one.row.given),
        problems=json.dumps(problems, ensure_ascii=False),
        worker=one.worker,
        unit=one.unit,
        source_key=one.source_key,
        state=state.value,
        keeper=one.keeper if state is State.READY else None,
        picture_sha256="",
        picture_problems="",
    )


async def count_rows(list_id: int) -> None:
    """The list is read: count what is wrong and what is there already, and forget the text."""
    counts = {}
    for state in (State.WRONG, State.AGAIN):
        counts[state.value] = await HonourListRow.count().where(
            HonourListRow.honour_list == list_id, HonourListRow.state == state.value
        )
    values: dict[Any, Any] = {**counts, "stage": Stage.CHECKED.value, "text_sealed": ""}
    await HonourList.update(values).where(HonourList.id == list_id)


async def publish_step(list_id: int, last: int, by: int, now: datetime) -> tuple[int, int]:
    """Register the next rows that fit."""
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
    mine = {row["id"] for row in ours}
    for row, honour in zip(rows, ids, strict=True):
        state = State.MADE if honour in mine else State.AGAIN  # somebody else was quicker
        values: dict[Any, Any] = {"state": state.value, "honour": honour, "worker": row["worker"]}
        if state is State.MADE:
            values["page"] = await list_pages.fill(row, f"account:{by}", now)
        await HonourListRow.update(values).where(HonourListRow.id == row["id"])
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
    )


async def published(list_id: int) -> None:
    """Nothing is left to register."""
    counts = {}
    for column, state in (("made", State.MADE), ("again", State.AGAIN)):
        counts[column] = await HonourListRow.count().where(
            HonourListRow.honour_list == list_id, HonourListRow.state == state.value
        )
    values: dict[Any, Any] = {**counts, "stage": Stage.VISIBLE.value}
    await HonourList.update(values).where(HonourList.id == list_id)
    await list_portraits.let_go(list_id)


async def take_back_step(list_id: int, last: int, by: int, now: datetime) -> tuple[int, int]:
    """Undo the next honours of a list; what was corrected, revoked or given back since stays as it is."""
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


async def taken_back(list_id: int) -> None:
    """Nothing is left to undo."""
    await HonourList.update({HonourList.stage: Stage.UNDONE.value}).where(HonourList.id == list_id)


async def all_steps(code: str, list_id: int, by: int, now: datetime) -> None:
    """Every step of one stage within the caller's transaction: for a small list."""
    step, end = _STEPS[code]
    last, count = await step(list_id, 0, by, now)
    while count:
        last, count = await step(list_id, last, by, now)
    await end(list_id)


async def _read(progress: jobs.Progress) -> str:
    """Read a long list: its text is opened once, then kept in steps."""
    list_id, at = int(progress.args["list"]), int(progress.state.get("at", 0))
    draft, row = await draft_of(list_id)
    if row["stage"] != Stage.READING:
        return _address(list_id)
    text, today = privacy.opened(row["text_sealed"]), row["created_at"].date()
    read = await asyncio.to_thread(read_list, text, Holder(row["holder"]), today)
    while at < len(read.rows):

        async def step(at: int = at) -> None:
            chunk = read.rows[at : at + AT_ONCE]
            await keep_rows(list_id, chunk, draft, row["organisation"], today)
            await progress.done(at + len(chunk), len(read.rows), {"at": at + len(chunk)})

        await write(step)
        at += AT_ONCE

    async def end() -> None:
        await count_rows(list_id)
        await progress.done(len(read.rows), len(read.rows))

    await write(end)
    return _address(list_id)


def _runner(code: str) -> Callable[[jobs.Progress], Awaitable[str]]:
    async def run(progress: jobs.Progress) -> str:
        list_id, last, done = int(progress.args["list"]), int(progress.state.get("last", 0)), progress.farthest
        step, end = _STEPS[code]
        _, row = await draft_of(list_id)
        total = row["made"] if code == "honour_list.take_back" else row["size"] - row["wrong"] - row["again"]
        while True:

            async def one(last: int = last, done: int = done) -> tuple[int, int]:
                at, count = await step(list_id, last, progress.by, datetime.now(UTC))
                if not count:
                    await end(list_id)
                await progress.done(done + count, total, {"last": at})
                return at, count

            last, count = await write(one)
            done += count
            if not count:
                return _address(list_id)

    return run


def _address(list_id: int) -> str:
    return f"/honours/lists/{list_id}"


READ = jobs.register(jobs.Kind("honour_list.read", N_("Read a list of honours"), _read))
PUBLISH = jobs.register(
    jobs.Kind("honour_list.publish", N_("Register a list of honours"), _runner("honour_list.publish"))
)
TAKE_BACK = jobs.register(
    jobs.Kind("honour_list.take_back", N_("Undo a list of honours"), _runner("honour_list.take_back"))
)
_STEPS: Mapping[str, tuple[Step, Callable[[int], Awaitable[None]]]] = {
    PUBLISH.code: (publish_step, published),
    TAKE_BACK.code: (take_back_step, taken_back),
}
