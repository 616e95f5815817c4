"""A craftsman's page before it is written: made once, at the first honour that has pages, from what is there already.

Knows where texts come from (the nomination, if there was one), so that nothing is typed twice. Edits are in
`profiles.py`; both together are the only writers of `Profile`.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from craftsmen.nomination_tables import Nomination, NominationPicture
from craftsmen.rules.showing import Stage, Work, plain
from craftsmen.showcase_tables import Profile, ProfilePicture
from foundation.files import picture_reads, pictures
from foundation.store import ledger

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
