"""What a list brings beside honours: records of people whom the registry did not know, and drafts of their pages.

A part of `lists.py`; everything runs within the caller's transaction. Nothing here is public: a draft is shown when an
officer approved it and its person agreed.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from craftsmen import profile_rows
from craftsmen.honour_tables import Honour, HonourListRow
from craftsmen.rules.lists import State
from foundation.base.problem import Refused
from foundation.people import workers
from foundation.people.worker_facts import LENGTHS, Given
from foundation.text import names


async def make_workers(rows: Sequence[dict[str, Any]], by: str, now: datetime) -> None:
    """Make a record for every row that is to have one, and say so in the row; none where the honour is there by now."""
    wanted = [row for row in rows if row["worker"] is None and row["keeper"] is not None]
    if not wanted:
        return
    keys = [row["source_key"] for row in wanted]
    there = await Honour.select(Honour.source_key, Honour.worker).where(Honour.source_key.is_in(keys))
    known = {one["source_key"]: one["worker"] for one in there}
    for row in wanted:
        if row["source_key"] in known:
            row["worker"] = known[row["source_key"]]
            continue
        try:
            row["worker"], _ = await workers.make(_given(json.loads(row["given"])), row["keeper"], by, now)
        except Refused:  # the unit was closed since the list was read: the honour stands without a record
            continue


def _given(given: Mapping[str, str]) -> Given:
    born = given.get("birth_date")
    return Given(
        name=names.kept(given["name"])[: LENGTHS["name"]],
        gender=given.get("gender", ""),
        birth_date=date.fromisoformat(born) if born else None,
        occupation=given.get("occupation", ""),
        occupation_code=given.get("occupation_code", ""),
    )


async def fill(row: Mapping[str, Any], by: str, now: datetime) -> int | None:
    """Put the words and the photograph of a row that was registered into the draft of a page; answers the page's id."""
    given = json.loads(row["given"])
    headline, story = given.get("headline", ""), given.get("story", "")
    if row["worker"] is None or not (headline or story or row["picture"]):
        return None
    return await profile_rows.fill(row["worker"], headline, story, row["picture"], by, now)


async def take_back(list_id: int, honour_ids: Collection[int], by: str, now: datetime) -> None:
    """Undo `fill` for the rows of these honours."""
    rows = await HonourListRow.select().where(
        HonourListRow.honour_list == list_id,
        HonourListRow.honour.is_in(sorted(honour_ids)),
        HonourListRow.state == State.MADE.value,
    )
    for row in rows:
        if row["worker"] is None:
            continue
        given = json.loads(row["given"]) if row["page"] else {}
        picture = row["picture"] if row["page"] else None
        await profile_rows.empty(row["worker"], given.get("headline", ""), given.get("story", ""), picture, by, now)
