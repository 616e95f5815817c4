"""Pictures of a craftsman's page are kept as long as the draft, or what was approved, shows them, and no longer."""

from datetime import UTC, datetime, timedelta

from craftsmen import honours, profiles
from craftsmen.nomination_tables import Nomination
from craftsmen.rules.honours import HonourDraft
from craftsmen.showcase_tables import Profile, ProfilePicture
from foundation.files import picture_reads, pictures, sweeping, uses
from foundation.files.tables import Picture
from foundation.people import worker_merging
from foundation.store.transactions import transaction
from foundation.work import two_person
from tests.competitions.judging.watching import statements
from tests.craftsmen.honours.honours_made_up import BY, DOCUMENT, MAY, NOW, honoured, place
from tests.craftsmen.nominations.cast import province
from tests.craftsmen.showcase.test_showing import drawn, with_page
from tests.foundation.people.workers_made_up import make, wearing


async def kept() -> int:
    return await pictures.keep_picture("p.jpg", drawn(), "冯砚秋在坯房", 7, NOW)


async def swept() -> set[int]:
    """The pictures that are left a week later."""
    await sweeping.sweep(datetime.now(UTC) + timedelta(days=7))
    return {row["id"] for row in await Picture.select(Picture.id)}


async def test_the_sweep_leaves_what_draft_and_approved_page_show(database):
    here = await place()
    page = await with_page(here, portrait=True)
    first, other, work, stray = page["portrait"], await kept(), await kept(), await kept()
    await profiles.put_picture(page["id"], "portrait", other, "", BY, NOW)
    await profiles.put_picture(page["id"], "work", work, "青花瓶", BY, NOW)
    assert stray not in await swept()
    assert await swept() == {first, other, work}  # the first one is what the public sees until the draft is approved
    row = await profiles.of_worker(here.worker)
    await profiles.approve(page["id"], row["revision"], BY, NOW)
    assert await swept() == {other, work}
    await profiles.drop_picture(page["id"], work, BY, NOW)
    await profiles.hide(page["id"], BY, NOW)
    assert await swept() == {other, work}  # approved, though nobody may see it now
    row = await profiles.of_worker(here.worker)
    await profiles.approve(page["id"], row["revision"], BY, NOW)
    assert await swept() == {other}


async def test_a_step_that_is_shown_otherwise_lets_its_first_picture_go(database):
    here = await place()
    await honoured(here)
    page = (await profiles.of_worker(here.worker))["id"]
    first, second = await kept(), await kept()
    for one in (first, second):
        await profiles.put_picture(page, "trick1", one, "第一步", BY, NOW)
    assert [row["picture"] for row in await ProfilePicture.select()] == [second]
    assert await swept() == {second}


async def test_the_portrait_of_a_nomination_is_the_page_s_as_well(database):
    here = await province()
    await here.begun("cheng")
    nomination, portrait = await Nomination.select().first(), await kept()
    await Nomination.update({Nomination.portrait: portrait}).where(Nomination.id == nomination["id"])
    key = f"round:{here.round}:nomination:{nomination['id']}"
    given = HonourDraft("ganpo-craftsman", 2026, worker=here.workers["cheng"], source_key=key)
    async with transaction():
        await honours.register(given, DOCUMENT, MAY, BY, NOW)
    page = await Profile.select().first()
    assert page["portrait"] == portrait
    assert [one.role for one in await uses.uses_of(f"profile:{page['id']}")] == ["portrait"]
    assert await swept() == {portrait}


async def test_a_record_that_becomes_part_of_another_takes_its_pictures_off_the_public(database):
    here = await place()
    page = await with_page(here, portrait=True)
    assert await picture_reads.shown([page["portrait"]]) != {}
    stays = await make(here.other, "冯砚秋")
    act = await worker_merging.ask_merge(stays, here.worker, 7, "同一人", NOW)
    await two_person.confirm(act, 8, NOW)
    assert await picture_reads.shown([page["portrait"]]) == {}  # consents were given to another record: asked anew
    assert await swept() == {page["portrait"]}
    moved = await profiles.of_worker(stays)
    assert moved["id"] == page["id"]


async def test_a_list_of_pages_asks_no_more_for_three_than_for_one(database):
    here, counted = await place(), []
    user = await wearing(here.city, "officer")
    for name in ("冯砚秋", "饶㛃", "龚䶮"):
        worker = await make(here.kiln, name)
        await honoured(here, worker=worker)
        page = await profiles.of_worker(worker)
        await profiles.put_picture(page["id"], "work", await kept(), "青花瓶", BY, NOW)
        with statements(database) as asked:
            rows = await profiles.kept_by(user)
        counted.append((len(rows), len(asked)))
    assert [rows for rows, _ in counted] == [1, 2, 3]
    assert len({many for _, many in counted}) == 1
