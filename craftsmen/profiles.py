"""Pages of craftsmen as they are written: with `profile_rows` the only writer of `Profile` and `ProfilePicture`.

A draft is private. Approving copies it, whole and hashed, into what the public may see as far as the craftsman
consents; a later draft changes nothing public before it is approved too. The ledger's stream is `profile:<id>`.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from craftsmen import showing
from craftsmen.honour_tables import Honour
from craftsmen.may import KEEP_PROFILES
from craftsmen.rules.profile_form import ProfileDraft
from craftsmen.rules.showing import Stage, plain, text_of
from craftsmen.showcase_tables import Profile, ProfilePicture, ShownCraftsman
from craftsmen.showing_pages import draft_of, drafts_of, take_away
from craftsmen.visible_lists import visible
from foundation.base.problem import NotFound, Problem, Refused
from foundation.files import pictures
from foundation.people import workers
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction

ROLES = ("portrait", "work", "trick1", "trick2", "trick3")
MOST_WORKS = 6  # photographs of works
PAGE = 30


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """A page as who keeps it sees it."""

    id: int
    address: str
    worker_id: int
    name: str
    unit: str
    stage: Stage
    public: bool
    changed: bool  # the draft says something else than what was approved
    revision: int
    changed_at: datetime


_COLUMNS = (
    *Profile.all_columns(),
    Profile.worker.name.as_alias("name"),
    Profile.worker.unit.name.as_alias("unit_name"),  # type: ignore[union-attr]
)


async def kept_by(user: SignedIn, before: int | None = None) -> list[ProfileFacts]:
    """The pages this person keeps, the newest first; one more than a page."""
    query = Profile.select(*_COLUMNS)
    if before is not None:
        query = query.where(Profile.id < before)
    rows = await permitted(query, KEEP_PROFILES, user).order_by(Profile.id, ascending=False).limit(PAGE + 1)
    return await _facts(rows)


async def for_user(user: SignedIn, address: str) -> tuple[ProfileFacts, dict[str, Any]]:
    """The page at this address, for who keeps it, with its row. NotFound for anybody else."""
    row = await permitted(Profile.select(*_COLUMNS).where(Profile.address == address), KEEP_PROFILES, user).first()
    if row is None:
        raise NotFound
    return (await _facts([row]))[0], row


async def of_worker(worker_id: int) -> dict[str, Any] | None:
    """The row of somebody's own page."""
    row: dict[str, Any] | None = await Profile.select().where(Profile.worker == worker_id).first()
    return row


async def _facts(rows: Sequence[Mapping[str, Any]]) -> list[ProfileFacts]:
    drafts = await drafts_of(rows)
    shown = await ShownCraftsman.select(ShownCraftsman.profile).where(ShownCraftsman.profile.is_in([0, *drafts]))
    public = {one["profile"] for one in shown}
    return [
        ProfileFacts(
            id=row["id"],
            address=row["address"],
            worker_id=row["worker"],
            name=row["name"],
            unit=row["unit_name"],
            stage=Stage(row["stage"]),
            public=row["id"] in public,
            changed=row["approved"] != plain(drafts[row["id"]]),
            revision=row["revision"],
            changed_at=row["changed_at"],
        )
        for row in rows
    ]


@tried_again
async def save(profile_id: int, draft: ProfileDraft, revision: int, by: str, now: datetime) -> None:
    """Replace the texts of the draft. Raises Refused where somebody saved since the form was opened."""
    async with transaction():
        row = await _locked(profile_id)
        if row["revision"] != revision:
            raise Refused(Problem("profile_changed"))
        values = {"headline": draft.headline, "story": draft.story, "works": plain(draft.works), "trick": draft.trick}
        await _changed(row, values, by, now, sorted(name for name, value in values.items() if row[name] != value))


@tried_again
async def put_picture(  # noqa: PLR0917 - a picture on a page is all of these
    profile_id: int, role: str, picture_id: int, caption: str, by: str, now: datetime
) -> None:
    """Put a picture on the draft: one portrait, one for each step of the trick, some works. Raises Refused."""
    if role not in ROLES:
        raise NotFound
    if len(caption) > 200:
        raise Refused(Problem("profile_long", "caption", {"most": "200"}))
    async with transaction():
        row = await _locked(profile_id)
        await pictures.hang(picture_id, f"profile:{profile_id}", role)
        if role == "portrait":
            await _changed(row, {"portrait": picture_id}, by, now, [role])
            await _let_go(profile_id, [row["portrait"]])
            return
        there = await ProfilePicture.select(ProfilePicture.position, ProfilePicture.picture).where(
            ProfilePicture.profile == profile_id, ProfilePicture.role == role
        )
        positions = [one["position"] for one in there]
        if role == "work" and len(positions) >= MOST_WORKS:
            raise Refused(Problem("profile_pictures_many", "picture", {"most": str(MOST_WORKS)}))
        if role != "work":
            await ProfilePicture.delete().where(ProfilePicture.profile == profile_id, ProfilePicture.role == role)
        position = 1 + max(positions, default=0) if role == "work" else 1
        await ProfilePicture(
            profile=profile_id, picture=picture_id, role=role, caption=caption.strip(), position=position
        ).save()
        await _changed(row, {}, by, now, [role])
        await _let_go(profile_id, [one["picture"] for one in there])


@tried_again
async def drop_picture(profile_id: int, picture_id: int, by: str, now: datetime) -> None:
    """Take a picture off the draft; it stays public until the draft is approved. One that is not there stays away."""
    async with transaction():
        row = await _locked(profile_id)
        gone = (
            await ProfilePicture.delete()
            .where(ProfilePicture.profile == profile_id, ProfilePicture.picture == picture_id)
            .returning(ProfilePicture.id)
        )
        if row["portrait"] == picture_id:
            await _changed(row, {"portrait": None}, by, now, ["portrait"])
        elif gone:
            await _changed(row, {}, by, now, ["picture"])
        await _let_go(profile_id, [picture_id])


@tried_again
async def approve(profile_id: int, revision: int, by: str, now: datetime) -> None:
    """Let the draft be shown, as far as the craftsman consents. Raises Refused."""
    async with transaction():
        row = await _locked(profile_id)
        if row["revision"] != revision:
            raise Refused(Problem("profile_changed"))
        text = await draft_of(row)
        if not text.headline.strip():
            raise Refused(Problem("profile_headline_empty", "headline"))
        approved = plain(text)
        await Profile.update({Profile.approved: approved, Profile.stage: Stage.APPROVED.value}).where(
            Profile.id == profile_id
        )
        digest = hashlib.sha256(approved.encode()).hexdigest()
        _record(profile_id, "profile.approved", by, {"sha256": digest})
        await showing.refresh_worker(row["worker"], now)
        await _let_go(profile_id, text_of(row["approved"]).pictures if row["approved"] else ())


@tried_again
async def hide(profile_id: int, by: str, now: datetime) -> None:
    """Keep the page back; its honours stay in the register. Raises Refused where nothing is shown."""
    async with transaction():
        row = await _locked(profile_id)
        if row["stage"] != Stage.APPROVED:
            raise Refused(Problem("profile_not_shown"))
        await Profile.update({Profile.stage: Stage.HIDDEN.value}).where(Profile.id == profile_id)
        _record(profile_id, "profile.hidden", by, {})
        await showing.refresh_worker(row["worker"], now)


async def has_pages(worker_id: int) -> bool:
    """Whether this person holds a title whose holders have pages."""
    return await Honour.exists().where(
        Honour.worker == worker_id,
        Honour.stage == "conferred",
        Honour.title.pages == True,  # noqa: E712 - a column, not a truth
        visible(Honour.honour_list),
    )


@workers.on_merge
async def _follow(goes: int, stays: int) -> None:
    """Two records become one worker: their page goes along, unless the one that stays has a page already."""
    await take_away(goes)
    if not await Profile.exists().where(Profile.worker == stays):
        await Profile.update({Profile.worker: stays}).where(Profile.worker == goes)
    await showing.refresh_worker(stays, datetime.now(UTC))


async def _locked(profile_id: int) -> dict[str, Any]:
    if not await lock_row(Profile, profile_id):
        raise NotFound
    row: dict[str, Any] | None = await Profile.select().where(Profile.id == profile_id).first()
    if row is None:
        raise NotFound
    return row


async def _let_go(profile_id: int, before: Iterable[int | None]) -> None:
    """Pictures that were used before are swept one day, unless the draft or what was approved still shows them."""
    row = await Profile.select(Profile.portrait, Profile.approved).where(Profile.id == profile_id).first()
    there = await ProfilePicture.select(ProfilePicture.picture).where(ProfilePicture.profile == profile_id)
    shown = text_of(row["approved"]).pictures if row and row["approved"] else ()
    kept = {*(one["picture"] for one in there), *shown, row["portrait"] if row else None}
    await pictures.unhang({one for one in before if one is not None} - kept, f"profile:{profile_id}")


async def _changed(
    row: Mapping[str, Any], values: Mapping[str, Any], by: str, now: datetime, fields: list[str]
) -> None:
    if not fields:
        return
    more = {"revision": row["revision"] + 1, "changed_by": by, "changed_at": now}
    written: Any = {**values, **more}
    await Profile.update(written).where(Profile.id == row["id"])
    _record(row["id"], "profile.changed", by, {"fields": fields})


def _record(profile_id: int, act: str, by: str, payload: Mapping[str, Any]) -> None:
    ledger.record(stream=f"profile:{profile_id}", act=act, actor=by, payload=payload)
