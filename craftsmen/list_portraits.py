"""The zip of portraits of a list: taken in, matched with the lines, made into pictures by a job that can be resumed.

A part of `lists.py`. A picture hangs on its list until the list is registered, and then on a page's draft; it is
public no sooner than that page, by approval and consent. A photograph that is missing, doubled or unfit is told at its
line and keeps nothing from being registered. The same zip again makes no picture anew.
"""

import asyncio
import hashlib
import io
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from craftsmen.honour_tables import HonourList, HonourListRow
from craftsmen.rules.list_portraits import MOST_UNUSED, Assigned, Wanted, assign
from craftsmen.rules.lists import Stage, State
from foundation.base.problem import N_, Problem, Refused
from foundation.files import archives, pictures, stored, uses
from foundation.files.limits import PORTRAITS
from foundation.store import ledger
from foundation.store.commit import write
from foundation.work import jobs

FIELD = "portraits"


async def keep(name: str, content: bytes | Path, by: int, now: datetime) -> int:
    """Store a zip, once it was looked through; answers its file. Raises Refused. Opens its own transaction."""
    await asyncio.to_thread(_look_through, name, content)
    return await stored.keep(name, content, by, now, FIELD, PORTRAITS.most, PORTRAITS.kinds)


def _look_through(name: str, content: bytes | Path) -> None:
    try:
        stored.check(name, content, FIELD, PORTRAITS.most, PORTRAITS.kinds)
    except Refused as refusal:
        raise Refused(*(_as_zip(problem) for problem in refusal.problems)) from refusal
    with archives.opened(content if isinstance(content, Path) else io.BytesIO(content), FIELD) as archive:
        if not archive.members:
            raise Refused(Problem("archive_empty", FIELD))


def _as_zip(problem: Problem) -> Problem:
    return Problem("archive_kind", problem.field, problem.params) if problem.code == "file_kind" else problem


async def _read(progress: jobs.Progress) -> str:
    """Make the pictures, one after the other; what a crash left undone is done, and nothing twice."""
    list_id, address = int(progress.args["list"]), f"/honours/lists/{progress.args['list']}"
    whole = await HonourList.select().where(HonourList.id == list_id).first()
    if whole is None or whole["stage"] != Stage.PICTURING or whole["portraits"] is None:
        return address
    _, path = await stored.located(whole["portraits"])
    rows = await _asking(list_id)
    with archives.opened(path, FIELD) as archive:
        paths = [member.path for member in archive.members]
        assigned = assign([_wanted(row) for row in rows], paths)
        for count, row in enumerate(rows, 1):
            if count <= progress.farthest:
                continue
            values = await _picture(archive, row, assigned, progress.by)

            async def step(row: dict[str, Any] = row, values: dict[Any, Any] = values, count: int = count) -> None:
                await _put(list_id, row, values)
                await progress.done(count, len(rows), {"at": count})

            await write(step)

    async def end() -> None:
        unused = json.dumps(assigned.unused[:MOST_UNUSED], ensure_ascii=False)
        done: dict[Any, Any] = {"stage": Stage.CHECKED.value, "portraits": None, "unused": unused}
        await HonourList.update(done).where(HonourList.id == list_id)
        await uses.unhang(_about(list_id), "portraits")
        await progress.done(len(rows), len(rows))

    await write(end)
    return address


READ = jobs.register(jobs.Kind("honour_list.portraits", N_("Read the photographs of a list"), _read))


async def _asking(list_id: int) -> list[dict[str, Any]]:
    """The lines that can be registered and name a photograph."""
    rows = await HonourListRow.select().where(
        HonourListRow.honour_list == list_id, HonourListRow.state == State.READY.value
    ).order_by(HonourListRow.id)  # fmt: skip
    return [row for row in rows if json.loads(row["given"]).get("photo")]


def _wanted(row: dict[str, Any]) -> Wanted:
    return Wanted(row["id"], row["line"], json.loads(row["given"])["photo"])


async def _picture(archive: archives.Archive, row: dict[str, Any], assigned: Assigned, by: int) -> dict[Any, Any]:
    """What is to be written of one line: the picture that it has from now on, or why it has none."""
    place = assigned.found.get(row["id"])
    if place is None:
        return _without([assigned.problems[row["id"]]])
    member = archive.members[place]
    try:
        content = await asyncio.to_thread(archive.read, member, "photo")
        sha256 = hashlib.sha256(content).hexdigest()
        if row["picture"] and row["picture_sha256"] == sha256:
            return {"picture_problems": ""}
        alt = alt_of(json.loads(row["given"]))
        picture = await pictures.keep_picture(member.name, content, alt, by, datetime.now(UTC), field="photo")
    except Refused as refusal:
        return _without(refusal.problems)
    return {"picture": picture, "picture_sha256": sha256, "picture_problems": ""}


def alt_of(given: dict[str, str]) -> str:
    """What such a photograph shows, as far as a list says it."""
    return f"{given.get('unit_name', '')}{given['name']}的肖像照片"[-pictures.LONGEST_ALT :]


def _without(problems: Sequence[Problem]) -> dict[Any, Any]:
    told = [[problem.code, problem.field, dict(problem.params)] for problem in problems]
    return {"picture": None, "picture_sha256": "", "picture_problems": json.dumps(told, ensure_ascii=False)}


async def _put(list_id: int, row: dict[str, Any], values: dict[Any, Any]) -> None:
    before, after = row["picture"], values.get("picture", row["picture"])
    if before and before != after:
        await pictures.unhang([before], _about(list_id))
    if after and before != after:
        await pictures.hang(after, _about(list_id), "portrait")
    await HonourListRow.update(values).where(HonourListRow.id == row["id"])


def _about(list_id: int) -> str:
    return f"honour_list:{list_id}"


async def begin(list_id: int, file_id: int, by: int, now: datetime) -> int:
    """Within the caller's transaction, the list locked: read this zip; answers the job."""
    await uses.unhang(_about(list_id), "portraits")
    await uses.hang(file_id, _about(list_id), "portraits")
    job = await jobs.start(READ, {"list": list_id}, by, now)
    values: dict[Any, Any] = {"stage": Stage.PICTURING.value, "portraits": file_id, "job": job}
    await HonourList.update(values).where(HonourList.id == list_id)
    ledger.record(stream=_about(list_id), act="list.portraits", actor=f"account:{by}", payload={"file": file_id})
    return job


async def let_go(list_id: int) -> None:
    """Within the caller's transaction: the list needs its pictures no more, for pages have them or nobody does."""
    await uses.unhang(_about(list_id))
