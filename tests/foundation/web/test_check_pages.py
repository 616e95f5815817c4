"""Checking what was issued: by number or code, for everyone, kept until it changes, not to be counted through."""

import pytest

from foundation.people import throttle
from foundation.process import certificates
from foundation.store.transactions import transaction
from tests.foundation.process.certificates_made_up import BY, NOW, issued, series
from tests.web import visitors

NAME = "龚䶮 同志"


async def test_the_qr_code_leads_to_what_the_paper_says(database):
    await series()
    made = await issued()
    async with visitors() as web:
        stranger = web.visitor()
        page = await stranger.get(f"/check/{made.code}")
        assert page.status_code == 200
        for words in (made.number, NAME, "江西省总工会", "赣工发〔2026〕12号", "2026年5月1日", "有效"):
            assert words in page.text
        assert "honour" not in page.text
        assert page.headers["cache-control"].startswith("public")
        again = await stranger.get(f"/check/{made.code}", headers={"if-none-match": page.headers["etag"]})
        assert again.status_code == 304
        assert "Valid" in (await stranger.get(f"/en/check/{made.code}")).text


async def test_a_kept_page_says_revoked_at_once_and_forgets_the_name(database):
    await series()
    made = await issued()
    async with visitors() as web:
        stranger = web.visitor()
        assert NAME in (await stranger.get(f"/check/{made.code}")).text
        async with transaction():
            await certificates.revoke(made.id, "荣誉已撤销。", BY, NOW)
        page = await stranger.get(f"/check/{made.code}")
        assert (page.status_code, NAME in page.text, "赣鄱工匠" in page.text) == (200, False, False)
        assert "已撤销" in page.text
        assert "荣誉已撤销。" in page.text


async def test_one_box_takes_number_and_code(database):
    await series()
    made = await issued()
    async with visitors() as web:
        stranger = web.visitor()
        box = await stranger.get("/check")
        assert (box.status_code, box.headers["cache-control"]) == (200, "no-store")
        by_number = await stranger.post("/check", {"number": " 赣匠证[2026]0001 "})
        assert (by_number.status_code, NAME in by_number.text) == (200, True)
        assert made.code not in by_number.text
        assert by_number.headers["cache-control"] == "no-store"
        by_code = await stranger.post("/check", {"number": made.code.lower()})
        assert (by_code.status_code, by_code.headers["location"]) == (303, f"/check/{made.code}")


@pytest.mark.parametrize(
    "typed, status, words",
    [
        ("", 422, "请输入"),
        ("  ", 422, "请输入"),
        ("赣匠证〔2026〕0099", 404, "没有查到"),
        ("<b>%_</b>", 404, "没有查到"),
    ],
)
async def test_what_is_not_there_is_said_and_nothing_typed_is_lost(database, typed, status, words):
    await series()
    await issued()
    async with visitors() as web:
        page = await web.visitor().post("/check", {"number": typed})
        assert (page.status_code, words in page.text) == (status, True)
        if typed.strip() and "<" not in typed:
            assert f'value="{typed}"' in page.text


async def test_other_ways_to_write_a_code_lead_to_its_one_address(database):
    await series()
    made = await issued()
    async with visitors() as web:
        stranger = web.visitor()
        for written in (made.code.lower(), f"{made.code[:5]}-{made.code[5:]}"):
            answer = await stranger.get(f"/check/{written}")
            assert (answer.status_code, answer.headers["location"]) == (303, f"/check/{made.code}")
        for wrong in ("0" * 26, "x", made.number, made.code[:-1]):
            assert (await stranger.get(f"/check/{wrong}")).status_code == 404


async def test_numbers_cannot_be_counted_through(database, monkeypatch):
    monkeypatch.setattr(throttle, "CHECKS", 3)
    await series()
    made = await issued()
    async with visitors() as web:
        stranger = web.visitor()
        answers = [await stranger.post("/check", {"number": f"赣匠证〔2026〕{at:04}"}) for at in range(1, 6)]
        assert [answer.status_code for answer in answers] == [200, 404, 404, 429, 429]
        assert "请等待 15 分钟" in answers[-1].text
        paused = await stranger.post("/check", {"number": made.number})
        assert (paused.status_code, NAME in paused.text) == (429, False)
        assert (await stranger.post("/check", {"number": made.code})).status_code == 303
        assert (await stranger.get(f"/check/{made.code}")).status_code == 200


async def test_a_form_from_elsewhere_is_not_read(database):
    async with visitors() as web:
        stranger = web.visitor()
        answer = await stranger.client.post(
            "/check", data={"number": "1"}, headers={"origin": "https://elsewhere.example"}
        )
        assert answer.status_code == 403
