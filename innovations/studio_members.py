"""Who works in an innovation studio beside its leader: the only writer of `StudioMember`.

Each change is one of the studio's own: it is locked, its revision goes up, and its stream in the ledger has the entry.
"""

from datetime import date, datetime
from typing import Any

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import workers
from foundation.people.worker_tables import Worker
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from innovations import studios
from innovations.rules.studios import LIVING, Stage
from innovations.studio_tables import Studio, StudioMember

MOST = 60


@tried_again
async def add(studio_id: int, worker: int, since: date, by: int, now: datetime) -> None:
    """Somebody of the registry works in it from a day on. Raises NotFound; Refused for who is there already."""
    async with transaction():
        if not await lock_row(Worker, worker, share=True):
            raise NotFound
        found = await studios.locked(studio_id)
        there = await of(studio_id)
        if found.stage not in LIVING or found.continues is not None:
            raise Refused(Problem("studio_not_writable"))
        if worker == found.leader or worker in {one["worker"] for one in there}:
            raise Refused(Problem("studio_member_twice", "member"))
        if len(there) >= MOST:
            raise Refused(Problem("studio_members_many", "member", {"most": str(MOST)}))
        await StudioMember(studio=studio_id, worker=worker, since=since, until=None).save()
        await studios.touch(found, {}, now)
        studios.record(studio_id, "member", by, {"worker": worker, "since": since.isoformat()})


@tried_again
async def end(studio_id: int, member_id: int, until: date, by: int, now: datetime) -> None:
    """Somebody works in it no longer; of a draft they are taken off. Raises NotFound, Refused."""
    async with transaction():
        found = await studios.locked(studio_id)
        row = await StudioMember.select().where(StudioMember.id == member_id, StudioMember.studio == studio_id).first()
        if row is None or row["until"] is not None:
            raise NotFound
        if found.stage is Stage.DRAFT:
            await StudioMember.delete().where(StudioMember.id == member_id)
        elif until < row["since"]:
            raise Refused(Problem("studio_member_until", f"until-{member_id}"))
        else:
            await StudioMember.update({StudioMember.until: until}).where(StudioMember.id == member_id)
        await studios.touch(found, {}, now)
        studios.record(studio_id, "member_left", by, {"worker": row["worker"], "until": until.isoformat()})


async def of(studio_id: int) -> list[dict[str, Any]]:
    """Who works in it now."""
    return await StudioMember.select(StudioMember.id, StudioMember.worker, StudioMember.since).where(
        StudioMember.studio == studio_id, StudioMember.until.is_null()
    )


async def _follow_worker(goes: int, stays: int) -> None:
    """Two records become one worker, who leads by now what either led. Of two memberships the earlier one stays; who
    leads a studio is no member of it as well."""
    led = {row["id"] for row in await Studio.select(Studio.id).where(Studio.leader == stays)}
    for row in await StudioMember.select().where(StudioMember.worker == goes, StudioMember.until.is_null()):
        twin = await StudioMember.select().where(
            StudioMember.studio == row["studio"], StudioMember.worker == stays, StudioMember.until.is_null()
        ).first()  # fmt: skip
        if twin is not None:
            since = min(row["since"], twin["since"])
            await StudioMember.update({StudioMember.since: since}).where(StudioMember.id == twin["id"])
            await StudioMember.delete().where(StudioMember.id == row["id"])
    await StudioMember.update({StudioMember.worker: stays}).where(StudioMember.worker == goes)
    await StudioMember.delete().where(
        StudioMember.worker == stays, StudioMember.until.is_null(), StudioMember.studio.is_in(sorted(led) or [0])
    )


workers.on_merge(_follow_worker)
