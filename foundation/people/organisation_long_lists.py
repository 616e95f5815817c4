"""Long lists of units: kept, checked as long work, looked at, then added as long work, all of it at once or nothing.

With the two kinds of work beside it the only writer of `OrganisationList`. What is promised: nothing of a list stands
in the tree before all of it does; a list that was cancelled, or that the tree does not fit any more, leaves nothing; a
process that dies in between is taken up where it stopped. `by` is the acting account's id.
"""

import asyncio
import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from foundation.base.problem import Problem, Refused
from foundation.people.organisation_list_add import ADD
from foundation.people.organisation_list_check import CHECK
from foundation.people.organisation_list_steps import LongList, Stage, Wrong, of, packed, step, wrong_lines
from foundation.people.organisation_list_tables import OrganisationList
from foundation.people.organisation_rows import FIELD
from foundation.store.commit import write
from foundation.work import jobs
from foundation.work.jobs import Kind

__all__ = ["ADD", "CHECK", "LongList", "Stage", "Wrong", "add", "begin", "check_again", "of", "wrong_lines"]

KEPT = timedelta(days=30)  # a list that nobody adds


async def begin(text: str, ignored: Sequence[str], under_id: int, by: int, now: datetime) -> int:
    """Keep a list, and have it checked; answers the job."""
    content = await asyncio.to_thread(packed, text)
    digest = hashlib.sha256(text.encode()).hexdigest()

    async def job() -> int:
        old = (OrganisationList.stage == Stage.CHECKED.value) & (OrganisationList.made_at < now - KEPT)
        await OrganisationList.update({"stage": Stage.FORGOTTEN.value, "content": ""}).where(old)
        row = OrganisationList(
            under=under_id,
            stage=Stage.CHECKING.value,
            content=content,
            sha256=digest,
            ignored=json.dumps(list(ignored), ensure_ascii=False),
            made_by=by,
            made_at=now,
        )
        made = await OrganisationList.insert(row)
        return await _start(CHECK, made[0]["id"], by, now)

    return await write(job)


async def check_again(list_id: int, by: int, now: datetime) -> int:
    """Check a list once more, against the tree as it is now; answers the job. Raises Refused."""

    async def job() -> int:
        await step(list_id, {Stage.CHECKED}, Stage.CHECKING)
        return await _start(CHECK, list_id, by, now)

    return await write(job)


async def add(list_id: int, by: int, now: datetime) -> int:
    """Have a checked list added in which nothing needs mending; answers the job. Raises Refused."""

    async def job() -> int:
        row = await step(list_id, {Stage.CHECKED}, Stage.ADDING)
        if row["wrong"]:
            raise Refused(Problem("organisations_wrong", FIELD, {"count": str(row["wrong"])}))
        if not row["fresh"]:
            raise Refused(Problem("organisations_nothing_new", FIELD))
        await OrganisationList.update({OrganisationList.asked_at: now}).where(OrganisationList.id == list_id)
        return await _start(ADD, list_id, by, now)

    return await write(job)


async def _start(kind: Kind, list_id: int, by: int, now: datetime) -> int:
    job_id = await jobs.start(kind, {"list": list_id}, by, now)
    await OrganisationList.update({OrganisationList.job: job_id}).where(OrganisationList.id == list_id)
    return job_id
