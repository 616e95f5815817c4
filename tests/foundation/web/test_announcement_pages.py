"""The pages of announcements: from draft to public page, and nothing of a draft for anybody else."""

from foundation.process import announcements
from foundation.process.circular_tables import Announcement
from foundation.store.engines import Engine
from tests.foundation.process.circulars_made_up import PDF, issued, province
from tests.web import visitors

FORM = {"title": "关于评选结果的公告", "number": "2026年第3号", "text": "现予公告。"}


async def test_from_draft_to_public_page(database: Engine) -> None:
    await province()
    at = "/office/announcements/1"
    async with visitors() as web:
        ling, song, qian = [await web.signed_in(name) for name in ("ling", "song", "qian")]
        stranger, tu = web.visitor(), await web.signed_in("tu")
        assert (await ling.get("/office/announcements/new")).status_code == 200
        assert (await ling.post("/office/announcements", {**FORM, "title": ""})).status_code == 422
        assert (await ling.post("/office/announcements", FORM)).status_code == 303
        added = await ling.post(f"{at}/files", {"act": "add"}, files={"file": ("名单.pdf", PDF)})
        assert added.status_code == 303
        for path in ("/announcements/2026-3", "/announcements/2026-3/files/1"):
            assert (await stranger.get(path)).status_code == 404
        for path in (at, f"{at}/draft", f"{at}/files/1"):
            assert (await tu.get(path)).status_code == 404
            assert (await ling.get(path)).status_code == 200
        assert (await ling.post(f"{at}/draft", {**FORM, "text": "现予以公告。", "revision": "1"})).status_code == 303
        for who, step, more in (
            (ling, "hand_in", {}),
            (song, "pass_on", {}),
            (qian, "sign", {"number": "2026年第3号"}),
        ):
            assert (await who.post(f"{at}/steps", {"step": step, **more})).status_code == 303
        page = await stranger.get("/en/announcements/2026-3")
        assert (page.status_code, "现予以公告。" in page.text) == (200, True)
        assert FORM["title"] in (await stranger.get("/announcements")).text
        assert (await stranger.get("/announcements/2026-3/files/1")).content == PDF
        assert (await stranger.get("/announcements/2026-3/files/2")).status_code == 404
        assert (await ling.get("/office/announcements?show=issued")).status_code == 200


async def test_a_public_page_knows_nobody(database: Engine) -> None:
    made = await province()
    await issued(made, announcements.PAPER)
    async with visitors() as web:
        ling = await web.signed_in("ling")
        page = await ling.get("/announcements/2026-3")
        assert (page.status_code, "set-cookie" in page.headers) == (200, False)
        assert [word in page.text for word in ("ling某", "csrf_token", "<form")] == [False, False, False]
        moved = await ling.post("/office/announcements/1/draft", {**FORM, "revision": "1"})
        assert moved.status_code == 422
    row = await Announcement.select(Announcement.title).first()
    assert row == {"title": "公告"}
