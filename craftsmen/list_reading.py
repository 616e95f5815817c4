"""Reading a list of honours into lines: who is meant, what is wrong, what stands there already; a part of `lists.py`.

A short list is read at once, a long one by a job in steps that keep nobody waiting. What was pasted is opened once.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from craftsmen import titles
from craftsmen.honour_tables import HonourList, HonourListRow
from craftsmen.list_matching import Matched, match
from craftsmen.rules.honours import Holder, PartialDate
from craftsmen.rules.lists import ListDraft, Row, Stage, State, read_list
from foundation.base.clock import day_of
from foundation.base.problem import N_, NotFound
from foundation.people import organisation_tree, privacy
from foundation.store import ledger
from foundation.store.commit import write
from foundation.work import jobs

AT_ONCE = 50  # lines in one step: some 20 ms, so that no judge waits longer for a mark to be saved


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


async def _read(progress: jobs.Progress) -> str:
    """Read a long list: its text is opened once, then kept in steps."""
    list_id, at = int(progress.args["list"]), int(progress.state.get("at", 0))
    draft, row = await draft_of(list_id)
    if row["stage"] != Stage.READING:
        return _address(list_id)
    text, today = privacy.opened(row["text_sealed"]), day_of(row["created_at"])
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


def _address(list_id: int) -> str:
    return f"/honours/lists/{list_id}"


READ = jobs.register(jobs.Kind("honour_list.read", N_("Read a list of honours"), _read))
