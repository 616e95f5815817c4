"""Portrait and photographs of nominations: taken once, seen by whom the nomination is shown, kept on their way."""

import re

import pytest

from craftsmen import nomination_pictures, profile_rows, standings, steps
from craftsmen.nomination_tables import NominationPicture
from craftsmen.rules.nomination_steps import Stage
from craftsmen.showcase_tables import Profile, ProfilePicture
from foundation.base.problem import NotFound, Refused
from foundation.files import pictures, uses
from foundation.process.openings import reference_problems
from foundation.store import ledger
from foundation.store.transactions import transaction
from tests.craftsmen.nominations.cast import DRAFT, NOW, RULES, honour, province
from tests.foundation.files.pictures_made_up import telling
from tests.web import visitors


async def kept(here, by="mei", size=(700, 900)):
    return await pictures.keep_undescribed("照.jpg", telling(size=size), here.people[by], NOW)


async def put(here, address, role="portrait", by="mei", alt="程砚秋在窑前", caption=""):
    one, picture = await here.facts(address), await kept(here, by)
    await nomination_pictures.put(one.id, role, picture, alt, caption, here.people[by], NOW)
    return picture


async def roles(about):
    return [use.role for use in await uses.uses_of(about)]


def codes(refused):
    return [problem.code for problem in refused.value.problems]


async def test_pictures_hang_on_the_nomination_and_a_new_portrait_takes_the_place_of_the_old(database):
    here = await province()
    address = await here.begun("cheng")
    one = await here.facts(address)
    first = await put(here, address)
    photo = await put(here, address, "photograph", caption="带徒")
    before = standings.version(await here.facts(address))
    second = await put(here, address)
    now = await here.facts(address)
    shown = await nomination_pictures.of(now)
    assert (now.portrait, [(each.picture.id, each.caption) for each in shown.photographs]) == (
        second,
        [(photo, "带徒")],
    )
    assert sorted(await roles(one.subject)) == ["photograph", "portrait"]
    assert shown.one(second).alt == "程砚秋在窑前"
    with pytest.raises(NotFound):
        shown.one(first)
    assert standings.version(now) != before
    acts = [entry.act for entry in await ledger.entries(one.subject)]
    assert acts.count("nomination.picture_in") == 3


async def test_taking_off_is_once_and_leaves_the_file_to_the_sweep(database):
    here = await province()
    address = await here.begun("cheng")
    one, mei = await here.facts(address), here.people["mei"]
    portrait, photo = await put(here, address), await put(here, address, "photograph")
    for _ in range(2):
        await nomination_pictures.take_off(one.id, photo, mei, NOW)
        await nomination_pictures.take_off(one.id, portrait, mei, NOW)
    assert ((await here.facts(address)).portrait, await NominationPicture.count()) == (None, 0)
    assert await roles(one.subject) == []


async def test_what_cannot_be_hung_is_refused(database):
    here = await province()
    address, other = await here.begun("cheng"), await here.begun("xiong", "tao")
    one, mei = await here.facts(address), here.people["mei"]
    foreign = await kept(here, "tao")
    with pytest.raises(NotFound):  # another person's upload
        await nomination_pictures.put(one.id, "portrait", foreign, "说明", "", mei, NOW)
    taken = await put(here, address)
    with pytest.raises(NotFound):  # one that hangs already
        await nomination_pictures.put(one.id, "photograph", taken, "说明", "", mei, NOW)
    theirs = await put(here, other, by="tao", alt="熊晓燕")
    with pytest.raises(NotFound):  # one of another nomination
        await nomination_pictures.say(one.id, theirs, "说明", "", mei, NOW)
    for _ in range(nomination_pictures.MOST):
        await put(here, address, "photograph")
    with pytest.raises(Refused) as refused:
        await put(here, address, "photograph")
    assert codes(refused) == ["nomination_pictures_many"]
    with pytest.raises(Refused) as refused:
        await put(here, address, alt=" ")
    assert codes(refused) == ["picture_alt_missing"]
    with pytest.raises(Refused) as refused:
        await put(here, address, "photograph", caption="字" * 201)
    assert codes(refused) == ["nomination_long"]
    with pytest.raises(Refused) as refused:
        await put(here, address, "seal")
    assert codes(refused) == ["nomination_picture_role"]


async def test_pictures_change_only_while_it_is_written_and_only_where_they_were_named(database):
    here = await province()
    address = await here.nominated("cheng")
    one = await here.at(address, Stage.COUNTY)
    with pytest.raises(Refused) as refused:
        await put(here, address)
    assert codes(refused) == ["nomination_at_county"]
    await steps.send_back(one.id, Stage.COUNTY, {"summary": "写具体些"}, here.people["xian"], NOW)
    with pytest.raises(Refused) as refused:
        await put(here, address)
    assert codes(refused) == ["return_field_closed"]


async def test_an_auditor_can_open_the_pictures_alone(database):
    here = await province()
    address = await here.nominated("cheng")
    one = await here.at(address, Stage.COUNTY)
    await steps.send_back(one.id, Stage.COUNTY, {"pictures": "请换近期照片"}, here.people["xian"], NOW)
    await put(here, address)
    assert (await here.facts(address)).portrait is not None


async def test_the_craftsmans_page_begins_with_the_pictures_of_the_nomination(database):
    here = await province()
    address = await here.nominated("cheng", draft=DRAFT)
    portrait, photo = await put(here, address), await put(here, address, "photograph", caption="带徒")
    one = await here.facts(address)
    made = await honour(here, "cheng", "赣鄱工匠", 2026)
    row = {
        "id": made, "address": "h-1", "worker": here.workers["cheng"],
        "source_key": f"round:{here.round}:nomination:{one.id}",
    }  # fmt: skip
    await Profile.delete(force=True)
    for _ in range(2):
        async with transaction():
            await profile_rows.ensure(row, "account:1", NOW)
    page = await Profile.select().first()
    works = await ProfilePicture.select(ProfilePicture.picture, ProfilePicture.role, ProfilePicture.caption)
    assert (page["portrait"], works) == (portrait, [{"picture": photo, "role": "work", "caption": "带徒"}])
    assert sorted(await roles(f"profile:{page['id']}")) == ["portrait", "work"]


async def test_a_clerk_uploads_changes_and_takes_off_on_the_pages(database):
    here = await province(RULES)
    address = await here.begun("cheng")
    at = f"/nominations/{address}/pictures"
    async with visitors() as web:
        mei = await web.signed_in("mei")
        sent = {"picture": ("照.jpg", telling(size=(700, 900)), "image/jpeg")}
        wrong = await mei.post(at, {"role": "portrait", "alt": "", "caption": ""}, files=sent)
        assert wrong.status_code == 422
        again = re.search(r'name="picture\.kept" value="(\d+)"', wrong.text)[1]
        done = await mei.post(at, {"role": "portrait", "alt": "程砚秋在窑前", "caption": "", "picture.kept": again})
        assert done.status_code == 303
        picture = (await here.facts(address)).portrait
        assert picture == int(again)
        page = await mei.get(f"/nominations/{address}")
        file = re.search(rf"{at}/{picture}/portrait-\d+\.webp", page.text)[0]
        seen = await mei.get(file)
        assert (seen.status_code, seen.headers["cache-control"]) == (200, "private, no-store")
        one = await mei.get(f"{at}/{picture}")
        assert 'value="程砚秋在窑前"' in one.text
        moved = await mei.post(f"{at}/{picture}", {"alt": "窑前的程砚秋", "caption": "", "focus": "167,167"})
        assert moved.status_code == 303
        shown = (await nomination_pictures.of(await here.facts(address))).portrait
        assert (shown.alt, shown.focus) == ("窑前的程砚秋", (167, 167))
        for stranger, answers in ((await web.signed_in("ke"), [404, 404, 404]), (web.visitor(), [303, 303, 401])):
            met = [await stranger.get(file), await stranger.get(at), await stranger.post(f"{at}/{picture}/removal")]
            assert [one.status_code for one in met] == answers
        other = await here.begun("ji")
        assert (await mei.get(file.replace(address, other))).status_code == 404
        gone = await mei.post(f"{at}/{picture}/removal")
        assert (gone.status_code, (await mei.get(file)).status_code) == (303, 404)
        assert (await mei.post(f"{at}/{picture}/removal")).status_code == 303


async def test_a_notice_about_a_nomination_is_its_units_and_those_aboves(database):
    here = await province()
    address = await here.begun("cheng")
    reference = f"nomination:{address}"
    for place in ("porcelain", "county", "nanchang", "root"):
        assert await reference_problems(reference, here.places[place], "about") == []
    for place in ("smelter", "jiujiang"):
        told = await reference_problems(reference, here.places[place], "about")
        none = await reference_problems("nomination:ganpo-craftsman-8-999", here.places[place], "about")
        assert [one.code for one in told] == [one.code for one in none] == ["reference_not_yours"]
    await steps.withdraw((await here.facts(address)).id, Stage.DRAFT, "写错了人", "account:1", NOW)
    assert len(await reference_problems(reference, here.places["porcelain"], "about")) == 1
