"""The pages of nominations as people use them: the walk of one file, lists, twins of forms, strangers."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from craftsmen.nomination_tables import Nomination
from craftsmen.rules.nomination_steps import Stage
from foundation.base.clock import today
from foundation.people import own
from foundation.store import ledger
from tests.craftsmen.nominations.cast import PDF, RULES, honour, province
from tests.web import visitors


@pytest.fixture
def rules():
    """The round of the cast with days that are still to come whenever the tests run."""
    later = today() + timedelta(days=60)
    return replace(
        RULES,
        stages=tuple(replace(one, due=later if one.due else None) for one in RULES.stages),
        opinions=tuple(replace(one, valid_days=0) for one in RULES.opinions),
    )


FORM = {
    "role": "front_line", "unit_type": "state_enterprise", "special": "", "summary": "守一口窑二十年。",
    "story": "她十九岁进厂，从拉坯学起。师傅说，窑火不等人，人要等窑火。", "works": "2021 《鄱湖春汛》",
    "stated": "厂级标兵",
    "answer_years": "yes", "evidence_years": "劳动合同", "answer_accident": "no",
}  # fmt: skip


async def test_a_clerk_nominates_and_takes_it_to_the_congress(database, rules):
    here = await province(rules)
    known = await honour(here, "cheng", "洪城工匠", 2022)
    async with visitors() as web:
        mei = await web.signed_in("mei")
        page = await mei.get("/nominations")
        assert (page.status_code, "/nominations/new/ganpo-craftsman-8" in page.text) == (200, True)
        found = await mei.get("/nominations/new/ganpo-craftsman-8?q=cyq")
        assert ("程砚秋" in found.text, "熊晓燕" in found.text) == (True, False)
        begun = await mei.post("/nominations/new/ganpo-craftsman-8", {"worker": str(here.workers["cheng"])})
        at = "/nominations/ganpo-craftsman-8-001"
        assert begun.headers["location"].startswith(f"{at}/draft")
        draft = await mei.get(f"{at}/draft")
        assert f'value="{known}" checked' in draft.text
        saved = await mei.post(f"{at}/draft", {**FORM, "revision": "1", "honours": str(known)})
        assert saved.headers["location"].startswith(at)
        page = await mei.get(at)
        assert ("洪城工匠" in page.text, "《鄱湖春汛》" in page.text) == (True, True)
        (evidence,) = re.findall(r'href="(/honour-roll/[^"]+)"', page.text)
        assert (await web.visitor().get(evidence)).status_code == 200
        assert ("<li>评审</li>" in page.text, "裁判组" in page.text) == (True, False)
        gone = await mei.post(f"{at}/steps", {"step": "go_on", "at": "draft"})
        assert gone.status_code == 303
        assert (await here.facts("ganpo-craftsman-8-001")).stage is Stage.CONGRESS
        again = await mei.post(f"{at}/steps", {"step": "go_on", "at": "draft"})
        assert again.status_code == 422


async def test_nothing_typed_is_lost_when_somebody_saved_meanwhile(database, rules):
    here = await province(rules)
    at = f"/nominations/{await here.begun('cheng')}"
    async with visitors() as web:
        mei = await web.signed_in("mei")
        await mei.post(f"{at}/draft", {**FORM, "revision": "1"})
        late = await mei.post(f"{at}/draft", {**FORM, "summary": "另一个人写的一句话", "revision": "1"})
        assert (late.status_code, "另一个人写的一句话" in late.text) == (422, True)
        assert 'name="revision" value="2"' in late.text


async def test_a_form_with_what_cannot_be_kept_comes_back_whole(database, rules):
    here = await province(rules)
    at = f"/nominations/{await here.begun('cheng')}"
    async with visitors() as web:
        mei = await web.signed_in("mei")
        page = await mei.post(f"{at}/draft", {**FORM, "role": "king", "works": "长" * 300, "revision": "1"})
        assert (page.status_code, "长" * 300 in page.text) == (422, True)
        assert len(re.findall(r'<li><a href="#f-', page.text)) == 2


async def test_papers_go_up_and_come_down_for_those_who_may(database, rules):
    here = await province(rules)
    at = f"/nominations/{await here.begun('cheng')}"
    async with visitors() as web:
        mei, tao, xian = [await web.signed_in(who) for who in ("mei", "tao", "xian")]
        up = await mei.post(f"{at}/materials/minutes", files={"material_minutes": ("决议.pdf", PDF, "application/pdf")})
        assert up.status_code == 303
        down = await xian.get(f"{at}/materials/minutes")
        assert (down.content, "attachment" in down.headers["content-disposition"]) == (PDF, True)
        for stranger in (tao, web.visitor()):
            assert (await stranger.get(f"{at}/materials/minutes")).status_code in (404, 303)
        wrong = await mei.post(f"{at}/materials/minutes", files={"material_minutes": ("a.exe", b"MZ\x00\x01", "x")})
        assert wrong.status_code == 422
        assert (
            await mei.post(f"{at}/materials/unknown", files={"material_unknown": ("a.pdf", PDF, "x")})
        ).status_code == 404


async def test_an_auditor_goes_through_the_pile(database, rules):
    here = await province(rules)
    first, second = await here.nominated("cheng"), await here.nominated("ji")
    await Nomination.update({Nomination.stage: "county"}).where(Nomination.unit == here.places["porcelain"])
    async with visitors() as web:
        xian = await web.signed_in("xian")
        page = await xian.get(f"/nominations/{first}")
        assert (f'rel="next" href="/nominations/{second}"' in page.text, "第1件，共2件" in page.text) == (True, True)
        gone = await xian.post(f"/nominations/{first}/steps", {"step": "go_on", "at": "county"})
        assert gone.headers["location"].startswith(f"/nominations/{second}")
        back = await xian.post(
            f"/nominations/{second}/steps",
            {"step": "send_back", "at": "county", "fields": "story", "note_story": "请写带徒结果。"},
        )
        assert back.status_code == 303
        mei = await web.signed_in("mei")
        assert "请写带徒结果。" in (await mei.get(f"/nominations/{second}/draft")).text


async def test_not_chosen_asks_for_all_three_and_is_read_by_unit_and_worker(database, rules):
    here = await province(rules)
    address = await here.nominated("cheng")
    await Nomination.update({Nomination.stage: "province"}, force=True)
    async with visitors() as web:
        shen, mei = await web.signed_in("shen"), await web.signed_in("mei")
        at = f"/nominations/{address}"
        bare = await shen.post(
            f"{at}/steps", {"step": "leave_out", "at": "province", "reason": "被淘汰了，没有别的原因。"}
        )
        assert (bare.status_code, "被淘汰了" in bare.text) == (422, True)
        told = {
            "reason": "带徒的结果没有写明。成果只有一项。",
            "rule": "办法第七条",
            "advice": "补充徒弟的技能等级证书。",
        }
        assert (await shen.post(f"{at}/steps", {"step": "leave_out", "at": "province", **told})).status_code == 303
        page = await mei.get(at)
        assert [text for text in told.values() if text not in page.text] == []
        code = await own.issue_code(here.workers["cheng"], "test", datetime.now(UTC))
        worker = web.visitor()
        entered = await worker.post("/mine", {"phone": "13870001234", "code": code})
        assert entered.status_code == 303
        assert f"/mine/nominations/{address}" in (await worker.get("/mine")).text
        page = await worker.get(f"/mine{at}")
        assert [text for text in told.values() if text not in page.text] == []


async def test_a_worker_nominates_themselves_on_their_own_page(database, rules):
    here = await province(rules)
    async with visitors() as web:
        worker = web.visitor()
        assert (await worker.get("/mine/nominations")).status_code == 303
        code = await own.issue_code(here.workers["cheng"], "test", datetime.now(UTC))
        await worker.post("/mine", {"phone": "13870001234", "code": code})
        page = await worker.get("/mine/nominations")
        worker.csrf = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        begun = await worker.post("/mine/nominations", {"round": here.round})
        at = begun.headers["location"].removesuffix("/draft")
        assert (await worker.get(f"{at}/draft")).status_code == 200
        mei = await web.signed_in("mei")
        assert (await mei.get(at.removeprefix("/mine"))).status_code == 404
        assert (await worker.post(f"{at}/draft", {**FORM, "revision": "1"})).status_code == 303
        assert (await worker.post(f"{at}/steps", {"step": "hand_over"})).status_code == 303
        assert (await worker.get(f"{at}/draft")).status_code == 404
        assert (await mei.get(at.removeprefix("/mine"))).status_code == 200
        acts = {entry.act for entry in await ledger.entries("nomination:1")}
        assert "nomination.handed_over" in acts


async def test_a_channel_ranks_and_hands_in_within_its_places(database, rules):
    here = await province(rules)
    addresses = [await here.nominated(who, by) for who, by in (("cheng", "mei"), ("ji", "mei"), ("xiong", "tao"))]
    for address in addresses:
        await here.opinion(address, given_on=date(2026, 5, 1))
    await Nomination.update({Nomination.stage: "channel"}, force=True)
    ids = [(await here.facts(address)).id for address in addresses]
    at = f"/nominations/rounds/{here.round}/lists/{here.channels['nanchang']}"
    async with visitors() as web:
        shi, xun = await web.signed_in("shi"), await web.signed_in("xun")
        assert (await xun.get(at)).status_code == 404
        places = {f"place_{one}": str(place) for one, place in zip(ids, (3, 1, 2), strict=True)}
        assert (await shi.post(at, {**places, "act": "order"})).status_code == 303
        over = await shi.post(at, {"act": "hand_in", "seen": f"{ids[1]},{ids[2]},{ids[0]}"})
        assert (over.status_code, "超出限额2人" in over.text) == (422, True)
        two = {f"place_{ids[1]}": "1", f"place_{ids[2]}": "2"}
        await shi.post(at, {**two, "act": "order"})
        untold = await shi.post(at, {"act": "hand_in", "seen": f"{ids[1]},{ids[2]}"})
        assert (untold.status_code, "有1件未列入名单" in untold.text) == (422, True)
        await Nomination.update({Nomination.stage: "not_chosen"}).where(Nomination.id == ids[0])
        moved = await shi.post(at, {**two, "move": f"up:{ids[2]}"})
        assert moved.status_code == 303
        old = await shi.post(at, {"act": "hand_in", "seen": f"{ids[1]},{ids[2]}"})
        assert old.status_code == 422
        assert (await shi.post(at, {"act": "hand_in", "seen": f"{ids[2]},{ids[1]}"})).status_code == 303
        assert (await shi.post(at, {"act": "hand_in", "seen": f"{ids[2]},{ids[1]}"})).status_code == 422
        rows = await Nomination.select(Nomination.stage, Nomination.rank).order_by(Nomination.id)
        assert [(row["stage"], row["rank"]) for row in rows] == [("not_chosen", None), ("province", 2), ("province", 1)]


async def test_the_board_shows_what_the_hat_reaches(database, rules):
    here = await province(rules)
    await here.begun("cheng")
    await here.begun("kehe", "ke")
    async with visitors() as web:
        at = f"/nominations/rounds/{here.round}"
        seen = {}
        for who in ("sheng", "shi", "xun", "xian"):
            page = await (await web.signed_in(who)).get(at)
            seen[who] = ("程砚秋" in page.text, "柯河" in page.text)
        assert seen == {"sheng": (True, True), "shi": (True, False), "xun": (False, True), "xian": (True, False)}
        for who in ("mei", "wu"):
            assert (await (await web.signed_in(who)).get(at)).status_code == 404
        assert (await (await web.signed_in("shi")).get(f"{at}/opinions")).status_code == 200
        assert (await (await web.signed_in("shi")).get(f"{at}?stage=nonsense")).status_code == 404


async def test_forms_and_the_book_are_printed(database, rules):
    here = await province(rules)
    address = await here.nominated("cheng")
    await Nomination.update({Nomination.stage: "province", Nomination.rank: 1}, force=True)
    async with visitors() as web:
        mei, shen = await web.signed_in("mei"), await web.signed_in("shen")
        for kind, sheet, start in (("pdf", "A4", b"%PDF-"), ("pdf", "A3", b"%PDF-"), ("docx", "", b"PK")):
            page = await mei.post(f"/nominations/{address}/form/{kind}", {"sheet": sheet})
            assert (page.status_code, page.content.startswith(start)) == (200, True)
        assert (await mei.post(f"/nominations/{address}/form/exe")).status_code == 404
        at = f"/nominations/rounds/{here.round}/book"
        assert (await mei.post(f"{at}/pdf")).status_code == 404
        assert "程砚秋" in (await shen.get(at)).text
        for kind, start in (("pdf", b"%PDF-"), ("docx", b"PK")):
            page = await shen.post(f"{at}/{kind}", {"members": "3"})
            assert (page.status_code, page.content.startswith(start)) == (200, True)


async def test_strangers_and_other_units_meet_nothing(database, rules):
    here = await province(rules)
    address = await here.nominated("cheng")
    paths = ["", "/draft", "/materials/minutes", "/opinions/safety", "/attachments"]
    async with visitors() as web:
        for who in ("tao", "ke", "xun", "wu"):
            visitor = await web.signed_in(who)
            assert [(await visitor.get(f"/nominations/{address}{path}")).status_code for path in paths] == [404] * 5
            assert address not in (await visitor.get("/nominations")).text
            assert (
                await visitor.post(f"/nominations/{address}/steps", {"step": "go_on", "at": "draft"})
            ).status_code == 404
        stranger = web.visitor()
        assert {(await stranger.get(f"/nominations/{address}{path}")).status_code for path in paths} == {303}
        for path in ("/", "/rounds", f"/rounds/{here.round}", "/notices", "/sitemap.xml", "/competitions"):
            page = await stranger.get(path)
            assert ("程砚秋" in page.text, address in page.text) == (False, False)
