"""Photographs that workers put on a nomination of themselves: as their unit would, and for nobody else."""

import re
from datetime import UTC, datetime

import pytest

from craftsmen import nomination_pictures, nomination_reads
from craftsmen.honour_tables import HonourTitle
from craftsmen.nomination_tables import Nomination, NominationPicture
from foundation.base.problem import NotFound, Refused
from foundation.files import pictures, stored
from foundation.files.tables import StoredFile
from foundation.people import own, workers
from foundation.people.worker_facts import Given
from foundation.store import ledger
from tests.craftsmen.nominations.cast import NOW, honour, province
from tests.craftsmen.nominations.test_pages import FORM, rules
from tests.foundation.files.pictures_made_up import telling
from tests.web import visitors

PHOTO = ("照.jpg", telling(size=(700, 900)), "image/jpeg")

__all__ = ["rules"]


async def entered(web, here, who: str = "cheng", phone: str = "13870001234"):
    """A worker with their own page open."""
    code = await own.issue_code(here.workers[who], "test", datetime.now(UTC))
    worker = web.visitor()
    await worker.post("/mine", {"phone": phone, "code": code})
    page = await worker.get("/mine/nominations")
    worker.csrf = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
    return worker


async def begun(worker, here) -> str:
    started = await worker.post("/mine/nominations", {"round": here.round})
    return started.headers["location"].removesuffix("/draft")


async def facts_of(address: str):
    """A nomination as it stands, whoever may see it."""
    row = await Nomination.select(Nomination.id).where(Nomination.address == address).first()
    return (await nomination_reads.by_ids([row["id"]]))[0]


async def test_a_worker_adds_changes_and_takes_off_before_handing_over(database, rules):
    here = await province(rules)
    async with visitors() as web:
        worker = await entered(web, here)
        assert "我要自荐：" in (await worker.get("/mine")).text
        at = await begun(worker, here)
        address = at.rsplit("/", 1)[1]
        assert f'href="{at}/pictures"' in (await worker.get(at)).text
        wrong = await worker.post(f"{at}/pictures", {"role": "portrait", "alt": " "}, files={"picture": PHOTO})
        assert (wrong.status_code, 'id="f-alt-error"' in wrong.text) == (422, True)
        again = re.search(r'name="picture\.kept" value="(\d+)"', wrong.text)[1]
        done = await worker.post(f"{at}/pictures", {"role": "portrait", "alt": "我在窑前", "picture.kept": again})
        assert (done.status_code, done.headers["location"]) == (303, f"{at}/pictures")
        more = {"role": "photograph", "alt": "带徒", "caption": "第一堂课"}
        assert (await worker.post(f"{at}/pictures", more, files={"picture": PHOTO})).status_code == 303
        facts = await facts_of(address)
        assert facts.portrait == int(again)
        shown = await nomination_pictures.of(facts)
        assert [each.caption for each in shown.photographs] == ["第一堂课"]
        page = await worker.get(at)
        file = re.search(rf"{at}/pictures/{again}/portrait-\d+\.webp", page.text)[0]
        seen = await worker.get(file)
        assert (seen.status_code, seen.headers["cache-control"]) == (200, "private, no-store")
        moved = await worker.post(f"{at}/pictures/{again}", {"alt": "窑前的我", "caption": "", "focus": "167,167"})
        assert moved.status_code == 303
        changed = (await nomination_pictures.of(await facts_of(address))).portrait
        assert (changed.alt, changed.focus) == ("窑前的我", (167, 167))
        photo = shown.photographs[0].picture.id
        assert (await worker.post(f"{at}/pictures/{photo}/removal")).status_code == 303
        assert await NominationPicture.count() == 0
    acts = [entry.actor for entry in await ledger.entries(facts.subject) if "picture" in entry.act]
    me = f"worker:{here.workers['cheng']}"
    assert set(acts) == {me}
    rows = await StoredFile.select(StoredFile.uploaded_by, StoredFile.uploader)
    assert [(row["uploaded_by"], row["uploader"]) for row in rows] == [(0, me)] * 2


async def test_nobody_is_led_to_nominating_themselves_twice_or_for_what_they_hold(database, rules):
    here = await province(rules)
    async with visitors() as web:
        worker = await entered(web, here)
        assert "我要自荐：" in (await worker.get("/mine")).text
        await begun(worker, here)
        for page in ("/mine", "/mine/nominations"):
            assert "我要自荐" not in (await worker.get(page)).text
        await Nomination.update({Nomination.stage: "withdrawn"}, force=True)
        assert "我要自荐：" in (await worker.get("/mine")).text
        chosen = await HonourTitle.select(HonourTitle.code).where(HonourTitle.id == here.title).first()
        await honour(here, "cheng", "赣鄱工匠", 2022, chosen["code"])
        for page in ("/mine", "/mine/nominations"):
            assert "我要自荐" not in (await worker.get(page)).text


async def test_after_handing_over_the_unit_alone_goes_on_with_them(database, rules):
    here = await province(rules)
    async with visitors() as web:
        worker = await entered(web, here)
        at = await begun(worker, here)
        await worker.post(f"{at}/draft", {**FORM, "revision": "1"})
        await worker.post(f"{at}/pictures", {"role": "portrait", "alt": "我"}, files={"picture": PHOTO})
        address = at.rsplit("/", 1)[1]
        picture = (await facts_of(address)).portrait
        await worker.post(f"{at}/steps", {"step": "hand_over"})
        late = {"role": "photograph", "alt": "迟到的"}
        assert (await worker.post(f"{at}/pictures", late, files={"picture": PHOTO})).status_code == 404
        assert (await worker.get(f"{at}/pictures")).status_code == 404
        for path in (f"{at}/pictures/{picture}", f"{at}/pictures/{picture}/removal"):
            assert (await worker.post(path, {"alt": "别的", "caption": ""})).status_code == 404
        assert await StoredFile.count() == 1  # nothing of what came late was kept
        assert (await worker.get(f"{at}/pictures/{picture}/portrait-320.webp")).status_code == 200
        mei = await web.signed_in("mei")
        assert "我" in (await mei.get(f"/nominations/{address}/pictures")).text
    facts = await facts_of(address)
    with pytest.raises(Refused) as refused:  # a form that was on its way while it was handed over
        await nomination_pictures.take_off(facts.id, picture, f"worker:{here.workers['cheng']}", NOW)
    assert [problem.code for problem in refused.value.problems] == ["nomination_handed_over_already"]


async def test_strangers_reach_nothing_and_leave_nothing(database, rules):
    here = await province(rules)
    other, _ = await workers.create(Given("方巧", phone="13870005678"), here.places["porcelain"], "test", NOW)
    here.workers["fang"] = other
    async with visitors() as web:
        worker = await entered(web, here)
        at = await begun(worker, here)
        await worker.post(f"{at}/pictures", {"role": "portrait", "alt": "我"}, files={"picture": PHOTO})
        picture = (await facts_of(at.rsplit("/", 1)[1])).portrait
        paths = [f"{at}/pictures", f"{at}/pictures/{picture}", f"{at}/pictures/{picture}/portrait-320.webp"]
        posts = [f"{at}/pictures", f"{at}/pictures/{picture}", f"{at}/pictures/{picture}/removal"]
        stranger, fang, mei = web.visitor(), await entered(web, here, "fang", "13870005678"), await web.signed_in("mei")
        for who, gets, writes in (
            (stranger, [303, 303, 404], 403), (fang, [404] * 3, 404), (mei, [303, 303, 404], 403),
        ):  # fmt: skip
            assert [(await who.get(path)).status_code for path in paths] == gets
            files = {"picture": PHOTO}
            form = {"role": "photograph", "alt": "别人"}
            assert [(await who.post(path, form, files=files)).status_code for path in posts] == [writes] * 3
        forged = web.visitor()
        forged.client.cookies = worker.client.cookies
        forged.csrf = "0" * 32
        assert (
            await forged.post(posts[0], {"role": "portrait", "alt": "x"}, files={"picture": PHOTO})
        ).status_code == 403
        assert (await mei.get(f"/nominations/{at.rsplit('/', 1)[1]}/pictures")).status_code == 404
        assert await StoredFile.count() == 1


async def test_what_a_worker_was_kept_for_is_nobody_elses(database):
    here = await province()
    me, account = f"worker:{here.workers['cheng']}", here.workers["cheng"]
    file = await stored.keep("证.pdf", b"%PDF-1.7\n%%EOF\n", me, NOW)
    picture = await pictures.keep_undescribed("照.jpg", PHOTO[1], me, NOW)
    assert (await stored.pending(file, me)).uploader == me
    for other in (account, 0, f"worker:{here.workers['ji']}"):
        with pytest.raises(NotFound):
            await stored.pending(file, other)
        with pytest.raises(NotFound):
            await pictures.pending(picture, other)
    ours = await stored.keep("证.pdf", b"%PDF-1.7\n%%EOF\n", account, NOW)
    with pytest.raises(NotFound):
        await stored.pending(ours, me)
    assert [entry.actor for entry in await ledger.entries(f"file:{file}")] == [me]
