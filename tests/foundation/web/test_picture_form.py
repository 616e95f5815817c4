"""Fields that take files: nothing is chosen twice, nobody else's is taken, and pictures keep their place."""

import re

import pytest

from foundation.files import stored, uses
from foundation.files.tables import FileUse, Picture, StoredFile
from foundation.store.engines import Engine
from tests.foundation.files.pictures_made_up import telling
from tests.foundation.web.picture_form import form_visitors

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

PHOTO = ("凌师傅.jpg", telling(size=(700, 900)))
PDF = ("审批表.pdf", b"%PDF-1.7\n%%EOF\n")


def kept(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+\.kept\w*)" value="([^"]*)"', page))


async def test_what_was_accepted_need_not_be_chosen_again(database: Engine) -> None:
    async with form_visitors() as web:
        ling = await web.signed_in("ling")
        page = await ling.post("/test/pictures", {"alt": " "}, files={"photo": PHOTO, "paper": PDF})
        assert page.status_code == 422
        assert kept(page.text) == {
            "photo.kept": "1", "photo.kept_name": "凌师傅.jpg", "paper.kept": "2", "paper.kept_name": "审批表.pdf",
        }  # fmt: skip
        assert ('id="f-alt-error"' in page.text, 'id="f-photo-error"' in page.text) == (True, False)
        assert page.text.count("涉密") == 2
        assert await FileUse.count() == 0
        done = await ling.post("/test/pictures", {"alt": "凌师傅", **kept(page.text)})
        assert (done.status_code, done.headers["location"]) == (303, "/test/pictures/1")
        assert [(use.role, use.name) for use in await uses.uses_of("test:1")] == [
            ("portrait", "凌师傅.jpg"), ("paper", "审批表.pdf"),
        ]  # fmt: skip
        again = await ling.post("/test/pictures", {"alt": "凌师傅", **kept(page.text)})
        assert (again.status_code, kept(again.text)) == (422, {})
        assert ('id="f-photo-error"' in again.text, 'id="f-paper-error"' in again.text) == (True, True)


async def test_all_that_is_wrong_is_told_at_once_and_the_right_file_is_kept(database: Engine) -> None:
    async with form_visitors() as web:
        ling = await web.signed_in("ling")
        page = await ling.post("/test/pictures", {"alt": ""}, files={"photo": PDF, "paper": PDF})
        assert (page.status_code, kept(page.text)) == (422, {"paper.kept": "1", "paper.kept_name": "审批表.pdf"})
        assert ['id="f-photo-error"' in page.text, 'id="f-alt-error"' in page.text] == [True, True]
        page = await ling.post("/test/pictures", {"alt": ""})
        assert ['id="f-photo-error"' in page.text, 'id="f-paper-error"' in page.text] == [True, False]


async def test_nobody_takes_what_another_person_was_kept_for(database: Engine) -> None:
    async with form_visitors() as web:
        ling, stranger = await web.signed_in("ling"), await web.signed_in("stranger")
        await ling.post("/test/pictures", {"alt": ""}, files={"photo": PHOTO, "paper": PDF})
        for number in ("1", "2", "0", "99999999999", "-1", "' or 1=1", "１"):
            page = await stranger.post("/test/pictures", {"alt": "x", "photo.kept": number, "paper.kept": number})
            assert (page.status_code, kept(page.text)) == (422, {}), number
    assert (await FileUse.count(), await Picture.count(), await StoredFile.count()) == (0, 1, 2)
    assert (await stored.pending(2, ling.account_id)).name == "审批表.pdf"


async def test_a_picture_keeps_its_place_and_a_hidden_one_is_nobody_elses(database: Engine) -> None:
    async with form_visitors() as web:
        ling = await web.signed_in("ling")
        await ling.post("/test/pictures", {"alt": '凌 "车床" & 学徒'}, files={"photo": PHOTO})
        page = (await ling.get("/en/test/pictures/1")).text
        images = re.findall(r"<img [^>]*>", page)
        assert [re.search(r'width="(\d+)" height="(\d+)"', image)[0] for image in images] == [  # type: ignore[index]
            'width="700" height="900"', 'width="675" height="900"', 'width="700" height="700"',
            'width="675" height="900"',
        ]  # fmt: skip
        assert ['loading="lazy"' in image for image in images] == [True, True, True, False]
        assert 'fetchpriority="high"' in images[3]
        assert 'alt="凌 &#34;车床&#34; &amp; 学徒"' in images[0]
        assert "/en/test/pictures/1/full-640.webp 640w" in page
        assert re.search(r'<source type="image/avif" srcset="/pictures/\w{26}/portrait-320.avif 320w, ', page)
        sent = await ling.get("/test/pictures/1/portrait-320.webp")
        assert (sent.status_code, sent.headers["cache-control"]) == (200, "private, no-store")
        assert (await ling.get("/test/pictures/1/portrait-321.webp")).status_code == 404
        assert (await ling.get("/test/pictures/2/portrait-320.webp")).status_code == 404
        moved = await ling.post("/test/pictures/1/focus", {"focus": "833,833"})
        assert moved.status_code == 303
        assert 'value="833,833" id="f-focus-9" checked' in (await ling.get("/test/pictures/1")).text
        assert (await ling.get("/test/pictures/1/portrait-320.webp")).content != sent.content
