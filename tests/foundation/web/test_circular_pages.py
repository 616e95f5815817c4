"""The pages of circulars: drafting, checking, signing for, and what the public and other units never get."""

from typing import Any

import pytest

from foundation.process import approval, attachments, circulars
from foundation.process.circular_tables import Circular, CircularReceipt
from foundation.process.rules.publishing import Stage
from foundation.store.engines import Engine
from tests.foundation.process.circulars_made_up import NOW, PDF, Province, drafted, issued, province
from tests.web import Visitor, visitors

FORM = {
    "title": "关于举办竞赛的通知", "number": "赣工发[2026]12号", "text": "各设区市总工会：\n一、竞赛项目\n焊工。",
    "deadline_date": "2026-03-20", "deadline_time": "17:30", "contact_name": "凌某",
    "contact_phone": "0791-00000000", "addressed_under": "1", "public": "yes",
}  # fmt: skip


async def step(who: Visitor, circular: int, name: str, **more: str) -> Any:
    return await who.post(f"/office/circulars/{circular}/steps", {"step": name, **more})


async def stage_of(number: int) -> str:
    row = await Circular.select(Circular.stage).where(Circular.id == number).first()
    assert row is not None
    return str(row["stage"])


async def test_from_the_first_word_to_the_public_page(database: Engine) -> None:
    await province()
    async with visitors() as web:
        ling, song, qian = [await web.signed_in(name) for name in ("ling", "song", "qian")]
        assert (await ling.get("/office/circulars/new")).status_code == 200
        begun = (await ling.get("/office/circulars/new?opens=round:x-1&opens_label=%22%3E")).text
        assert 'value="round:x-1"' in begun
        assert 'value="">"' not in begun
        made = await ling.post("/office/circulars", FORM)
        assert (made.status_code, made.headers["location"].partition("?")[0]) == (303, "/office/circulars/1")
        at = "/office/circulars/1"
        sent = await ling.post(f"{at}/files", {"act": "add"}, files={"file": ("报名表.pdf", PDF, "text/html")})
        assert sent.status_code == 303
        assert (await step(ling, 1, "hand_in")).status_code == 303
        back = await step(song, 1, "send_back", **{"note.text": "补充报名方式"})
        assert (back.status_code, await stage_of(1)) == (303, "draft")
        page = (await ling.get(f"{at}/draft")).text
        assert "补充报名方式" in page
        closed = await ling.post(f"{at}/draft", {**FORM, "title": "换了标题", "revision": "1"})
        assert (closed.status_code, "换了标题" in closed.text) == (422, True)
        again = {**FORM, "text": "各设区市总工会：\n报名方式见附件。", "revision": "1"}
        assert (await ling.post(f"{at}/draft", again)).status_code == 303
        assert (await step(ling, 1, "hand_in")).status_code == 303
        assert (await step(song, 1, "pass_on")).status_code == 303
        refused = await step(qian, 1, "sign", number="十二")
        assert (refused.status_code, "十二" in refused.text, await stage_of(1)) == (422, True, "signing")
        stranger = web.visitor()
        assert (await stranger.get("/circulars/ggf-2026-12")).status_code == 404
        assert (await step(qian, 1, "sign", number="赣工发【2026】12号")).status_code == 303
        public = await stranger.get("/circulars/ggf-2026-12")
        assert (public.status_code, "报名方式见附件。" in public.text) == (200, True)
        assert FORM["title"] in (await stranger.get("/circulars")).text
        assert FORM["title"] in (await stranger.get("/en/circulars")).text
        file = await stranger.get("/circulars/ggf-2026-12/files/1")
        assert (file.status_code, file.content) == (200, PDF)
        assert file.headers["content-type"] == "application/pdf"
        assert file.headers["content-disposition"].startswith("attachment;")
        assert file.headers["content-security-policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("public", [True, False])
async def test_nobody_else_gets_a_draft_its_files_or_its_steps(database: Engine, public: bool) -> None:
    made = await province()
    number = await drafted(made, public=public)
    await attachments.add(circulars.PAPER, number, "a.pdf", PDF, made.people["ling"], NOW)
    desk = f"/office/circulars/{number}"
    async with visitors() as web:
        stranger = web.visitor()
        for path in (
            "/circulars/ggf-2026-12",
            "/circulars/ggf-2026-12/files/1",
            "/circulars/1",
            "/circulars/1/files/1",
        ):
            assert (await stranger.get(path)).status_code == 404
        assert (await stranger.get(desk)).headers["location"].startswith("/sign-in")
        for name in ("hu", "tu", "an"):
            who = await web.signed_in(name)
            for path in (desk, f"{desk}/files/1", f"{desk}/draft", f"{desk}/signatures", f"/received/{number}",
                         f"/received/{number}/files/1"):  # fmt: skip
                assert (name, path, (await who.get(path)).status_code) == (name, path, 404)
            for act in ("hand_in", "pass_on", "sign", "send_back", "withdraw", "nonsense"):
                assert (await step(who, number, act)).status_code == 404
            assert (await who.post(f"{desk}/files", {"act": "add"})).status_code == 404
            assert (await who.post(f"/received/{number}/signature")).status_code == 404
    assert await stage_of(number) == "draft"


async def test_a_role_takes_its_own_steps_and_no_others(database: Engine) -> None:
    made = await province()
    number = await drafted(made)
    async with visitors() as web:
        ling, song, qian = [await web.signed_in(name) for name in ("ling", "song", "qian")]
        assert (await step(song, number, "hand_in")).status_code == 404
        await step(ling, number, "hand_in")
        for who, name in ((ling, "pass_on"), (ling, "sign"), (qian, "pass_on"), (song, "sign"), (qian, "send_back")):
            assert (await step(who, number, name)).status_code == 404
        assert await stage_of(number) == "review"
        await step(song, number, "pass_on")
        assert (await step(song, number, "send_back", **{"note.text": "x"})).status_code == 404
        second = await step(qian, number, "withdraw", reason="x")
        assert (second.status_code, await stage_of(number)) == (422, "signing")


async def test_an_internal_circular_is_for_the_addressed_units_alone(database: Engine) -> None:
    made = await province()
    number = await issued(made, public=False, title="内部事项", addressed_under=made.places["nanchang"])
    async with visitors() as web:
        stranger, tu, ke, hu = web.visitor(), *[await web.signed_in(name) for name in ("tu", "ke", "hu")]
        for path in ("/circulars", "/en/circulars", "/"):
            assert "内部事项" not in (await stranger.get(path)).text
        assert (await stranger.get("/circulars/ggf-2026-12")).status_code == 404
        assert (await ke.get(f"/received/{number}")).status_code == 404
        assert (await ke.post(f"/received/{number}/signature")).status_code == 404
        assert "内部事项" not in (await ke.get("/received")).text
        page = await tu.get(f"/received/{number}")
        assert (page.status_code, page.headers["cache-control"]) == (200, "private, no-store")
        assert (await hu.get(f"/received/{number}")).status_code == 200
        assert (await tu.post(f"/received/{number}/signature")).status_code == 303
        assert (await tu.post(f"/received/{number}/signature")).status_code == 409
    assert await CircularReceipt.count() == 1


async def test_the_officer_copies_a_reminder_with_the_missing_units(database: Engine) -> None:
    made = await province()
    number = await issued(made)
    await circulars.sign_for(number, made.places["qingxiu"], made.people["tu"], "涂某", NOW)
    async with visitors() as web:
        ling = await web.signed_in("ling")
        for language in ("", "/en"):
            page = (await ling.get(f"{language}/office/circulars/{number}/signatures")).text
            reminder = page.partition("<textarea")[2].partition("</textarea>")[0]
            assert "《关于举办2026年职工职业技能竞赛的通知》" in reminder
            assert "2026年3月20日 17:30" in reminder
            assert [name in reminder for name in ("南昌市总工会", "浔禾石化装备有限公司工会", "青岫")] == [
                True,
                True,
                False,
            ]
        assert (await ling.get(f"/office/circulars/{number}/signatures?after=x")).status_code == 404


async def test_a_bad_form_keeps_every_word(database: Engine) -> None:
    made = await province()
    wrong = {**FORM, "deadline_date": "三月二十", "addressed_other": "没有这家工会", "contact_phone": "call"}
    async with visitors() as web:
        ling = await web.signed_in("ling")
        page = await ling.post("/office/circulars", wrong)
        assert page.status_code == 422
        assert all(word in page.text for word in ("三月二十", "没有这家工会", "call", "竞赛项目", FORM["title"]))
        named = {**FORM, "addressed_other": "青岫航空部件制造有限公司工会", "addressed_kinds": ["enterprise"]}
        assert (await ling.post("/office/circulars", named)).status_code == 303
        row = await Circular.select(Circular.addressed_under, Circular.addressed_kinds).first()
        assert row == {"addressed_under": made.places["qingxiu"], "addressed_kinds": ",enterprise,"}
        junk = ["/office/circulars?show=x", "/office/circulars/0", "/office/circulars/99999999999", "/received/0"]
        junk += ["/office/circulars/new?corrects=x", "/office/circulars?before=-1", "/circulars?before=1"]
        for path in junk:
            assert (path, (await ling.get(path)).status_code) == (path, 404)
        old = await ling.post("/office/circulars/1/draft", {**FORM, "revision": "0"})
        assert (old.status_code, FORM["title"] in old.text) == (422, True)


async def test_a_withdrawn_and_a_corrected_circular_say_so(database: Engine) -> None:
    made: Province = await province()
    first = await issued(made)
    async with visitors() as web:
        ling, qian, stranger = await web.signed_in("ling"), await web.signed_in("qian"), web.visitor()
        assert "赣工发〔2026〕15号" not in (await stranger.get("/circulars/ggf-2026-12")).text
        page = await ling.get(f"/office/circulars/new?corrects={first}")
        assert "赣工发〔2026〕12号" in page.text
        fixed = {**FORM, "number": "赣工发〔2026〕15号", "corrects": str(first)}
        assert (await ling.post("/office/circulars", fixed)).status_code == 303
        second = 2
        await approval.hand_in(circulars.PAPER, second, made.people["ling"], NOW)
        await approval.pass_on(circulars.PAPER, second, made.people["song"], NOW)
        assert (await step(qian, second, "sign", number="赣工发〔2026〕15号")).status_code == 303
        assert "赣工发〔2026〕15号" in (await stranger.get("/circulars/ggf-2026-12")).text
        assert (await step(qian, first, "withdraw", reason="")).status_code == 422
        assert (await step(qian, first, "withdraw", reason="时间有变")).status_code == 303
        assert "时间有变" in (await stranger.get("/circulars/ggf-2026-12")).text
    assert await stage_of(first) == Stage.WITHDRAWN
