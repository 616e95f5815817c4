"""What is public of craftsmen follows every act in its own transaction, and takes everything away that it gave."""

import json
import re
from dataclasses import replace
from datetime import date
from html import unescape
from io import BytesIO

from PIL import Image

from craftsmen import gallery, honours, profiles, showing
from craftsmen.honour_tables import Honour
from craftsmen.rules.profile_form import ProfileDraft
from craftsmen.rules.searching import Wanted
from craftsmen.rules.showing import PARTS, Work
from craftsmen.showcase_tables import Profile, ShownCraftsman, ShownFacet, ShownHonour, ShownName
from foundation.files import picture_reads, pictures
from foundation.people import consents, worker_merging
from foundation.people.worker_tables import Worker
from foundation.store.transactions import transaction
from foundation.work import two_person
from tests.craftsmen.honours.honours_made_up import BY, DOCUMENT, MAY, NOW, draft, honoured, place
from tests.foundation.people.workers_made_up import make
from tests.foundation.web.asking import ask
from tests.web import visitors

STORY = "她十九岁进坯房，第一年只做一件事：把水料调匀。"
PAGE = "/craftsmen/ganpo-craftsman-2026-1"
OF_IT = (PAGE, f"{PAGE}/poster.png", f"{PAGE}/article", "/api/craftsmen/ganpo-craftsman-2026-1", f"/en{PAGE}")


def drawn() -> bytes:
    made = BytesIO()
    Image.new("RGB", (700, 900), "#1c459c").save(made, "JPEG")
    return made.getvalue()


async def with_page(here, *, portrait: bool = False) -> dict:
    """冯砚秋 with an approved page, and her word for all of it."""
    await honoured(here)
    row = await profiles.of_worker(here.worker)
    draft_ = ProfileDraft("二十六年分水", STORY, (Work("2019", "色卡"),), "一笔分水")
    await profiles.save(row["id"], draft_, 1, BY, NOW)
    if portrait:
        picture = await pictures.keep_picture("p.jpg", drawn(), "冯砚秋在坯房", 7, NOW)
        await profiles.put_picture(row["id"], "portrait", picture, "", BY, NOW)
    row = await profiles.of_worker(here.worker)
    await profiles.approve(row["id"], row["revision"], BY, NOW)
    await consents.say_all(here.worker, dict.fromkeys(PARTS, True), "worker:1", NOW)
    return await profiles.of_worker(here.worker)


async def counted() -> dict[tuple[str, str, str], int]:
    return {(row["scope"], row["kind"], row["value"]): row["size"] for row in await ShownFacet.select()}


async def everything() -> str:
    tables = (ShownHonour, ShownName, ShownFacet, ShownCraftsman)
    return json.dumps([await table.select() for table in tables], ensure_ascii=False, default=str)


async def test_nothing_is_public_before_it_was_approved_and_agreed_to(database):
    here = await place()
    await honoured(here)
    row = await profiles.of_worker(here.worker)
    await profiles.save(row["id"], ProfileDraft("一句话", STORY, (), ""), 1, BY, NOW)
    assert STORY not in await everything()
    await consents.say_all(here.worker, dict.fromkeys(PARTS, True), "worker:1", NOW)
    assert await ShownCraftsman.count() == 0
    await profiles.approve(row["id"], 2, BY, NOW)
    assert STORY in await everything()
    await profiles.save(row["id"], ProfileDraft("一句话", "还没审定的话", (), ""), 2, BY, NOW)
    assert "还没审定的话" not in await everything()


async def test_a_page_is_whole_and_every_consent_taken_back_takes_its_part_with_it(database):
    here = await place()
    await with_page(here, portrait=True)
    async with visitors() as web:
        shown = {address: await ask(web.app, address) for address in OF_IT}
        assert [answer.status for answer in shown.values()] == [200] * len(OF_IT)
        assert STORY.encode() in shown[PAGE].body
        picture = (await picture_reads.shown([(await profiles.of_worker(here.worker))["portrait"]])).popitem()[1]
        of_picture = picture.address("portrait", picture.widths("portrait")[0])
        assert (await ask(web.app, of_picture)).status == 200
        assert of_picture.encode() in shown[PAGE].body

        await consents.say(here.worker, "portrait", False, "worker:1", NOW)
        assert (await ask(web.app, of_picture)).status == 404
        assert picture.code.encode() not in (await ask(web.app, PAGE)).body
        assert picture.code.encode() not in (await ask(web.app, "/craftsmen")).body

        await consents.say(here.worker, "story", False, "worker:1", NOW)
        for address in OF_IT:
            assert STORY.encode() not in (await ask(web.app, address)).body
        assert STORY not in await everything()

        await consents.say(here.worker, "name", False, "worker:1", NOW)
        assert [(await ask(web.app, address)).status for address in OF_IT] == [404] * len(OF_IT)
        for address in (
            "/craftsmen",
            "/honour-roll",
            "/craftsmen.atom",
            "/sitemap.xml",
            "/api/craftsmen",
            "/craftsmen?q=fyq",
        ):
            answer = await ask(web.app, address)
            assert answer.status == 200
            assert "冯砚秋".encode() not in answer.body
            assert b"ganpo-craftsman-2026-1" not in answer.body
        assert "冯砚秋" not in await everything()
        assert await counted() == {}


async def test_a_page_leads_units_to_asking_for_a_talk_and_holds_no_form_for_it(database):
    here = await place()
    await with_page(here)
    link = "/talks/new?speaker=%E5%86%AF%E7%A0%9A%E7%A7%8B"
    async with visitors() as web:
        visitor = web.visitor()
        page = await visitor.get(PAGE)
        assert (f'href="{link}"' in page.text, 'method="post"' in page.text) == (True, False)
        assert f'href="/en{link}"' in (await visitor.get(f"/en{PAGE}")).text
        door = await visitor.get(link)
        assert (door.status_code, "speaker%3D" in door.headers["location"]) == (303, True)
        await Honour.update({Honour.posthumous: True}, force=True)
        async with transaction():
            await showing.refresh_worker(here.worker, NOW)
        assert "/talks/new" not in (await visitor.get(PAGE)).text


async def test_a_story_stands_in_its_paragraphs_wherever_it_is_shown(database):
    here = await place()
    row = await with_page(here)
    await profiles.save(row["id"], ProfileDraft("一句话", "第一段。\r\n\r\n第二段。", (), ""), row["revision"], BY, NOW)
    await profiles.approve(row["id"], row["revision"] + 1, BY, NOW)
    async with visitors() as web:
        visitor = web.visitor()
        assert "<p>第一段。</p><p>第二段。</p>" in (await visitor.get(PAGE)).text
        article = unescape((await visitor.get(f"{PAGE}/article")).text)
        assert re.findall(r'text-indent:2em">([^<]*)</p>', article) == ["第一段。", "第二段。"]
        assert (await visitor.get(f"/api{PAGE}")).json()["story"] == ["第一段。", "第二段。"]


async def test_a_portrait_agreed_to_again_has_another_address(database):
    here = await place()
    await with_page(here, portrait=True)
    picture = (await profiles.of_worker(here.worker))["portrait"]
    first = (await picture_reads.shown([picture]))[picture].code
    await consents.say(here.worker, "portrait", False, "worker:1", NOW)
    assert await picture_reads.shown([picture]) == {}
    await consents.say(here.worker, "portrait", True, "worker:1", NOW)
    assert (await picture_reads.shown([picture]))[picture].code != first


async def test_a_revoked_honour_leaves_a_tombstone_and_nothing_of_the_person(database):
    here = await place()
    honour = (await with_page(here)) and (await honours.of_worker(here.worker))[0]
    async with visitors() as web:
        assert (await ask(web.app, PAGE)).status == 200
        async with transaction():
            await honours.revoke(honour.id, "材料不实，撤销称号", "内部说明", None, BY, NOW)
        page = await ask(web.app, PAGE)
        assert page.status == 410
        assert "材料不实，撤销称号".encode() in page.body
        for secret in ("冯砚秋", "内部说明", STORY, "云窑"):
            assert secret.encode() not in page.body
            assert secret not in await everything()
        assert [(await ask(web.app, address)).status for address in OF_IT] == [410, 404, 404, 404, 410]
        assert await counted() == {}


async def test_nobody_under_age_is_shown_and_nobody_of_unknown_age_has_a_page(database):
    here = await place()
    await with_page(here)
    for born, lines, pages in ((None, 1, 0), (date(2009, 6, 1), 0, 0), (date(1980, 6, 1), 1, 1)):
        await Worker.update({Worker.birth_date: born}).where(Worker.id == here.worker)
        await consents.say(here.worker, "trick", False, "worker:1", NOW)
        await consents.say(here.worker, "trick", True, "worker:1", NOW)
        assert (await ShownHonour.count(), await ShownCraftsman.count()) == (lines, pages), born


async def test_counts_are_what_a_recount_would_find(database):
    here = await place()
    for number in range(5):
        await honoured(
            here, source_key=f"x:{number}", edition=7 + number % 2, year=2025 + number % 2, occupation="焊工"
        )
    expected = {}
    for row in await ShownHonour.select():
        for kind, value in (("year", row["year"]), ("edition", row["edition"]), ("occupation", row["occupation"])):
            for scope in ("all", "gallery"):
                key = (scope, kind, str(value))
                expected[key] = expected.get(key, 0) + 1
    assert {
        key: size for key, size in (await counted()).items() if key[1] in ("year", "edition", "occupation")
    } == expected


async def test_the_gallery_goes_on_where_it_stopped_and_finds_by_name(database):
    here = await place()
    ids = [await honoured(here, source_key=f"x:{number}", edition=8) for number in range(7)]
    seen, before = [], None
    while True:
        found = await gallery.page(Wanted(), 3, gallery=True, before=before)
        seen += [line.address for line in found.lines]
        if not found.before:
            break
        year, last = found.before.split("-")
        before = (int(year), int(last))
    assert len(seen) == len(set(seen)) == len(ids)
    for q in ("冯", "砚秋", "fengyan", "yanq", "fyq", "ＦＹＱ"):
        assert len((await gallery.page(Wanted(q=q), 10, gallery=True)).lines) == 7, q
    for q in ("秋砚", "zz", "%", "_"):
        assert (await gallery.page(Wanted(q=q), 10, gallery=True)).lines == (), q
    assert (await gallery.page(Wanted(city=here.city, edition=8), 10, gallery=True)).lines != ()
    assert (await gallery.page(Wanted(city=here.city, edition=7), 10, gallery=True)).lines == ()


async def test_a_page_is_written_from_the_profile_and_kept_apart_by_revision(database):
    here = await place()
    row = await with_page(here)
    assert (await Profile.count(), row["address"]) == (1, "ganpo-craftsman-2026-1")
    problems = []
    try:
        await profiles.save(row["id"], ProfileDraft("别的", "", (), ""), 1, BY, NOW)
    except profiles.Refused as refusal:
        problems = [problem.code for problem in refusal.problems]
    assert problems == ["profile_changed"]
    async with transaction():
        await honours.register(draft(here, source_key="again", year=2027), DOCUMENT, MAY, BY, NOW)
    assert await Profile.count() == 1


async def test_a_page_follows_a_worker_whose_records_become_one(database):
    here = await place()
    twin = await make(here.kiln, "冯砚秋", birth_date="1978-05-12")
    await with_page(replace(here, worker=twin))
    assert await ShownCraftsman.count() == 1
    act = await worker_merging.ask_merge(here.worker, twin, 7, "同一人", NOW)
    await two_person.confirm(act, 8, NOW)
    row = await profiles.of_worker(here.worker)
    assert (row["address"], await profiles.of_worker(twin)) == ("ganpo-craftsman-2026-1", None)
    assert await ShownCraftsman.count() == 0  # consents are each record's own: the page waits for a new word
    await consents.say_all(here.worker, dict.fromkeys(PARTS, True), "worker:1", NOW)
    assert await ShownCraftsman.count() == 1
