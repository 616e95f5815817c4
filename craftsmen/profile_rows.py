"""A craftsman's page before it is written: made once, at the first honour that has pages, from what is there already.

Knows where texts come from (the nomination, if there was one; a list of past years), so that nothing is typed twice.
Edits are in
`profiles.py`; both together are the only writers of `Profile`.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from craftsmen.honour_tables import Honour
from craftsmen.nomination_tables import Nomination, NominationPicture
from craftsmen.rules.honours import Stage as HonourStage
from craftsmen.rules.showing import Stage, Work, plain
from craftsmen.showcase_tables import Profile, ProfilePicture
from craftsmen.visible_lists import visible
from foundation.files import picture_reads, pictures
from foundation.store import ledger
from foundation.store.locks import lock_row

NOMINATION = ":nomination:"  # how an honour's source_key names it: round:2026-1:nomination:17


async def ensure(honour: Mapping[str, Any], by: str, now: datetime) -> None:
    """Make the page's row for the holder of this honour, inside the caller's transaction; one that is there stays."""
    nomination = await _nomination(honour["source_key"])
    summary, story = (str(nomination[name]) for name in ("summary", "story")) if nomination else ("", "")
    row = Profile(
        address=honour["address"][:40],
        worker=honour["worker"],
        headline=summary[:200],
        story=story,
        works=plain(_works(nomination["works"]) if nomination else ()),
        trick="",
        approved="",
        portrait=nomination["portrait"] if nomination else None,
        stage=Stage.DRAFT.value,
        changed_by=by,
        changed_at=now,
    )
    made = await Profile.insert(row).on_conflict(action="DO NOTHING")
    if made:
        if nomination:
            await _take_pictures(made[0]["id"], nomination)
        ledger.record(stream=f"profile:{made[0]['id']}", act="profile.made", actor=by, about=f"honour:{honour['id']}")


async def _take_pictures(profile_id: int, nomination: Mapping[str, Any]) -> None:
    """Hang the nomination's pictures on the page's draft as well: the portrait, and its photographs as works.

    All stay hidden until the draft is approved and the craftsman agreed.
    """
    rows = await (
        NominationPicture.select(NominationPicture.picture, NominationPicture.caption)
        .where(NominationPicture.nomination == nomination["id"])
        .order_by(NominationPicture.position)
    )
    there = await picture_reads.shown(
        [row["picture"] for row in rows] + [nomination["portrait"] or 0], also_hidden=True
    )
    if nomination["portrait"] in there:
        await pictures.hang(nomination["portrait"], f"profile:{profile_id}", "portrait")
    for position, row in enumerate((row for row in rows if row["picture"] in there), 1):
        await ProfilePicture(
            profile=profile_id, picture=row["picture"], role="work", caption=row["caption"], position=position
        ).save()
        await pictures.hang(row["picture"], f"profile:{profile_id}", "work")


async def fill(  # noqa: PLR0917 - a page is all of these
    worker_id: int, headline: str, story: str, portrait: int | None, by: str, now: datetime
) -> int | None:
    """Put what a list says into the draft of somebody's page, inside the caller's transaction; answers the page's id.

    Only where the draft says nothing yet: what somebody wrote stays. None where there is no page, or nothing was put.
    """
    row = await _locked(worker_id)
    if row is None:
        return None
    wanted: dict[str, Any] = {"headline": headline, "story": story, "portrait": portrait}
    values = {name: value for name, value in wanted.items() if value and not row[name]}
    if not values:
        return None
    if "portrait" in values:
        await pictures.hang(values["portrait"], f"profile:{row['id']}", "portrait")
    await _write(row, values, by, now)
    return int(row["id"])


async def empty(  # noqa: PLR0917
    worker_id: int, headline: str, story: str, portrait: int | None, by: str, now: datetime
) -> None:
    """Take back what `fill` put there, inside the caller's transaction, as far as it stands there unchanged.

    A page that was approved keeps all of it: somebody answered for it since. One that never was, and says nothing
    afterwards, goes whole with what it hung on.
    """
    row = await _locked(worker_id)
    if row is None or row["approved"]:
        return
    was: dict[str, Any] = {"headline": headline, "story": story, "portrait": portrait}
    values = {name: None if name == "portrait" else "" for name, value in was.items() if value and row[name] == value}
    if "portrait" in values and portrait is not None:
        await pictures.unhang([portrait], f"profile:{row['id']}")
    if values:
        await _write(row, values, by, now)
    left = {**row, **values}
    if not any(left[name] for name in ("headline", "story", "portrait", "trick")) and left["works"] == plain(()):
        if await ProfilePicture.exists().where(ProfilePicture.profile == row["id"]) or await _has_pages(worker_id):
            return
        await Profile.delete().where(Profile.id == row["id"])
        ledger.record(stream=f"profile:{row['id']}", act="profile.taken_back", actor=by)


async def _has_pages(worker_id: int) -> bool:
    return await Honour.exists().where(
        Honour.worker == worker_id,
        Honour.stage == HonourStage.CONFERRED.value,
        Honour.title.pages == True,  # noqa: E712 - a column, not a truth
        visible(Honour.honour_list),
    )


async def _locked(worker_id: int) -> dict[str, Any] | None:
    found = await Profile.select(Profile.id).where(Profile.worker == worker_id).first()
    if found is None or not await lock_row(Profile, found["id"]):
        return None
    row: dict[str, Any] | None = await Profile.select().where(Profile.id == found["id"]).first()
    return row


async def _write(row: Mapping[str, Any], values: Mapping[str, Any], by: str, now: datetime) -> None:
    written: Any = {**values, "revision": row["revision"] + 1, "changed_by": by, "changed_at": now}
    await Profile.update(written).where(Profile.id == row["id"])
    payload = {"fields": sorted(values)}
    ledger.record(stream=f"profile:{row['id']}", act="profile.changed", actor=by, payload=payload)


async def _nomination(source_key: str) -> Mapping[str, Any] | None:
    _, found_at, number = source_key.rpartition(NOMINATION)
    if not found_at or not number.isdecimal():
        return None
    row: Mapping[str, Any] | None = (
        await Nomination.select(
            Nomination.id, Nomination.summary, Nomination.story, Nomination.works, Nomination.portrait
        )
        .where(Nomination.id == int(number))
        .first()
    )
    return row


def _works(text: str) -> tuple[Work, ...]:
    lines = json.loads(text) if text else []
    return tuple(Work(str(one.get("year", "")), str(one.get("text", ""))) for one in lines)
