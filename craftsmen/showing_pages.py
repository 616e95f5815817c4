"""One craftsman's public page, written whole: with `showing.py` the only writer of `ShownCraftsman`.

Reads everything that is written about somebody, asks the pure rule what of it may be shown, stores that, and
publishes or revokes its pictures with it. Knows nothing of how a page looks.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from craftsmen import companions
from craftsmen.honour_tables import Honour
from craftsmen.rules.honours import PartialDate
from craftsmen.rules.register import CONFERRED
from craftsmen.rules.showing import (
    Photograph,
    PublicView,
    ShownTitle,
    Stage,
    Text,
    Who,
    public_view,
    text_of,
    trick_of,
    view_of,
    view_text,
    works_of,
)
from craftsmen.showcase_tables import Profile, ProfilePicture, ShownCraftsman, ShownHonour
from craftsmen.visible_lists import visible
from foundation.base.clock import day_of
from foundation.files import pictures
from foundation.people import consents
from foundation.people.worker_tables import Worker
from foundation.people.workers import is_of_age
from foundation.store.locks import lock_row

STEPS = ("trick1", "trick2", "trick3")


async def refresh_page(worker_id: int, now: datetime) -> None:
    """Write this person's public page anew, or take it away; inside the caller's transaction.

    Where it comes or goes, the pages that lead to it follow.
    """
    if await _write(worker_id, now):
        await refresh_companions(worker_id, now)


async def refresh_companions(worker_id: int, now: datetime) -> None:
    """Write the pages of this person's masters and apprentices anew: they may name them, and lead to their page."""
    for other in await companions.around(worker_id):
        await _write(other, now)


async def _write(worker_id: int, now: datetime) -> bool:
    """Bring one page up to date; answers whether it came or went.

    Locked before anything is read, so that nobody brings back what was withdrawn meanwhile.
    """
    found = await Profile.select(Profile.id).where(Profile.worker == worker_id).first()
    if found is None or not await lock_row(Profile, found["id"]):
        return False
    profile = await Profile.select().where(Profile.id == found["id"]).first()
    if profile is None or profile["worker"] != worker_id:
        return False
    view = await view_for(profile, now)
    old = await ShownCraftsman.select().where(ShownCraftsman.profile == profile["id"]).first()
    before = view_of(old["view"]) if old else None
    if view is None:
        await ShownCraftsman.delete().where(ShownCraftsman.profile == profile["id"])
    elif old is None:
        row = ShownCraftsman(
            profile=profile["id"], address=view.address, name=view.name, view=view_text(view), changed_at=now
        )
        await row.save()
    elif old["view"] != view_text(view):
        await ShownCraftsman.update(
            {ShownCraftsman.name: view.name, ShownCraftsman.view: view_text(view), ShownCraftsman.changed_at: now}
        ).where(ShownCraftsman.id == old["id"])
    await _pictures(before, view)
    await _on_lines(worker_id, view)
    return (before is None) != (view is None)


async def take_away(worker_id: int) -> None:
    """This record ends, and its page with it: its pictures' addresses too. Inside the caller's transaction."""
    gone = (
        await ShownCraftsman.delete()
        .where(ShownCraftsman.profile.is_in(Profile.select(Profile.id).where(Profile.worker == worker_id)))
        .returning(ShownCraftsman.view)
    )
    for row in gone:
        await _pictures(view_of(row["view"]), None)


async def view_for(profile: Mapping[str, Any], now: datetime) -> PublicView | None:
    """The page as the public sees it now: what was approved, as far as the craftsman consents."""
    approved = text_of(profile["approved"]) if profile["stage"] == Stage.APPROVED and profile["approved"] else None
    said = {thing: word.given for thing, word in (await consents.of_worker(profile["worker"])).items()}
    return await _view(profile, approved, said, now)


async def preview(profile: Mapping[str, Any], said: Mapping[str, bool], now: datetime) -> PublicView | None:
    """The page as the public would see it, were its draft approved and these consents given."""
    return await _view(profile, await draft_of(profile), said, now)


async def draft_of(profile: Mapping[str, Any]) -> Text:
    """What is written now."""
    return (await drafts_of([profile]))[profile["id"]]


async def drafts_of(profiles: Sequence[Mapping[str, Any]]) -> dict[int, Text]:
    """What is written now for several pages, by their ids."""
    found: dict[int, list[Mapping[str, Any]]] = {one["id"]: [] for one in profiles}
    if not found:
        return {}
    rows = (
        await ProfilePicture.select()
        .where(ProfilePicture.profile.is_in(list(found)))
        .order_by(ProfilePicture.role, ProfilePicture.position)
    )
    for row in rows:
        found[row["profile"]].append(row)
    return {one["id"]: _draft(one, found[one["id"]]) for one in profiles}


def _draft(profile: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> Text:
    steps = [Photograph(row["picture"], row["caption"]) for row in rows if row["role"] in STEPS]
    return Text(
        headline=profile["headline"],
        story=profile["story"],
        works=works_of(profile["works"]),
        trick=trick_of(profile["trick"], steps),
        portrait=profile["portrait"],
        photographs=tuple(Photograph(row["picture"], row["caption"]) for row in rows if row["role"] == "work"),
    )


async def _view(
    profile: Mapping[str, Any], text: Text | None, said: Mapping[str, bool], now: datetime
) -> PublicView | None:
    worker = await Worker.select().where(Worker.id == profile["worker"]).first()
    titles = await shown_titles(profile["worker"])
    if worker is None or worker["merged_into"] is not None or not titles:
        return None
    apprentices, masters = await companions.of(worker["id"])
    return public_view(
        await _who(profile["address"], worker),
        text,
        titles,
        said,
        adult=is_of_age(worker["birth_date"], day_of(now)),
        apprentices=apprentices,
        masters=masters,
    )


async def shown_titles(worker_id: int) -> list[ShownTitle]:
    """This person's conferred titles that stand in the register, the newest first."""
    rows = (
        await Honour.select(
            Honour.address, Honour.verb, Honour.body, Honour.document, Honour.year, Honour.month, Honour.day,
            Honour.edition, Honour.posthumous, Honour.title.name.as_alias("title_name"),
            Honour.title.family.as_alias("family"),
        )
        .where(Honour.worker == worker_id, Honour.stage == CONFERRED, Honour.title.listed == True)  # noqa: E712
        .where(visible(Honour.honour_list))
        .order_by(Honour.year, Honour.id, ascending=False)
    )  # fmt: skip
    return [
        ShownTitle(
            address=row["address"],
            title=row["title_name"],
            verb=row["verb"],
            body=row["body"],
            document=row["document"],
            given_on=PartialDate(row["year"], row["month"], row["day"]).text,
            edition=row["edition"] or 0,
            family=row["family"],
            posthumous=row["posthumous"],
        )
        for row in rows
    ]


async def _who(address: str, worker: Mapping[str, Any]) -> Who:
    place = (
        await Honour.select(
            Honour.unit_name, Honour.industry, Honour.occupation,
            Honour.city.name.as_alias("city"), Honour.city.short_name.as_alias("city_short"),
            Honour.county.name.as_alias("county"), Honour.county.short_name.as_alias("county_short"),
        )
        .where(Honour.worker == worker["id"], Honour.stage == CONFERRED, Honour.title.pages == True)  # noqa: E712
        .where(visible(Honour.honour_list))
        .order_by(Honour.year, Honour.id, ascending=False)
        .first()
    )  # fmt: skip
    if place is None:
        return Who(address, worker["name"], worker["gender"])
    return Who(
        address=address,
        name=worker["name"],
        gender=worker["gender"],
        unit=place["unit_name"],
        city=place["city_short"] or place["city"] or "",
        county=place["county_short"] or place["county"] or "",
        trade=place["occupation"],
        industry=place["industry"],
    )


async def _pictures(before: PublicView | None, after: PublicView | None) -> None:
    """Pictures are public exactly as long as a public page shows them; a revoked one's address is dead for good."""
    had, has = set(before.pictures if before else ()), set(after.pictures if after else ())
    for picture in sorted(had - has):
        await pictures.revoke(picture)
    for picture in sorted(has - had):
        await pictures.publish(picture)


async def _on_lines(worker_id: int, view: PublicView | None) -> None:
    """What the register shows of a page: its address, portrait and headline."""
    lines = Honour.select(Honour.id).where(Honour.worker == worker_id, Honour.stage == CONFERRED)
    values: Any = {
        ShownHonour.page: view.address if view else "",
        ShownHonour.portrait: view.portrait if view else None,
        ShownHonour.headline: view.headline if view else "",
    }
    await ShownHonour.update(values).where(ShownHonour.honour.is_in(lines))
